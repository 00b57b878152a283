// The element itself, as src/embed/element.js makes it.

import type { Cart } from "./cart.js";
import type { FindingCode } from "./errors.js";
import type { Texts } from "./texts.js";

/** `<loyalty-checkout>`. None of its methods and properties throws, whatever it is given. */
export interface LoyaltyCheckoutElement extends HTMLElement {
  /** The name under which the proxy knows the restaurant; another one begins anew. */
  restaurant: string;
  /** The proxy's address, where it is not the one the script came from. */
  proxy: string;
  /** The language's tag, where it is not the one of what is around the element. */
  language: string;
  /** The token of an order that the restaurant's server has registered, in the place of a cart. */
  orderToken: string;
  /** The order's contents; setting it is `updateCart`. Reading it gives the last one taken. */
  get cart(): Cart | undefined;
  set cart(cart: Cart);
  /** Some of the widget's texts in the page's own words. */
  get texts(): Texts | undefined;
  set texts(texts: Texts | null | undefined);

  /** Hands the order over, before or after the widget is there; without a cart, has the registered order calculated again. */
  updateCart(cart?: Cart): void;
  /** Confirms what is previewed, as the guest's own press would. Returns whether that has begun. */
  confirm(): boolean;
  /** Takes back what is confirmed. Returns whether that has begun. */
  reset(): boolean;
  /** Ends the widget for good; the element stays, empty. */
  destroy(): void;
  /** Looks for what is wrong on this page. Nothing found is an empty list. */
  doctor(): Promise<Finding[]>;
}

/** The element's class, as the module script exports it. */
export interface LoyaltyCheckoutConstructor {
  new (): LoyaltyCheckoutElement;
  readonly prototype: LoyaltyCheckoutElement;
}

/** The element's attributes. */
export interface LoyaltyCheckoutAttributes {
  restaurant?: string;
  proxy?: string;
  language?: string;
  "order-token"?: string;
  /** An attribute only: the next guest uses this device too, so nothing of a session is kept. */
  kiosk?: "" | undefined;
}

/** What is wrong on a page and how to mend it; for developers, in English. */
export interface Finding {
  code: FindingCode;
  severity: "error" | "warning";
  message: string;
  remedy: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "loyalty-checkout": LoyaltyCheckoutElement;
  }
}
