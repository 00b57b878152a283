// <loyalty-checkout> as a React component. It hands props to the element and events to handlers, and knows nothing else.

import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import type { ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes } from "react";

import { LOYALTY_EVENTS } from "loyalty-checkout";
import type { Cart, LoyaltyCheckoutElement, LoyaltyEventMap, LoyaltyEventName, Texts } from "loyalty-checkout";

type Listener<Name extends LoyaltyEventName> = (event: LoyaltyEventMap[Name]) => void;

/** A handler for each event: `loyalty-payment-code` is `onPaymentCode`. */
export interface LoyaltyCheckoutHandlers {
  onReady?: Listener<"loyalty-ready">;
  onLogin?: Listener<"loyalty-login">;
  onPreview?: Listener<"loyalty-preview">;
  onConfirm?: Listener<"loyalty-confirm">;
  onReset?: Listener<"loyalty-reset">;
  onPaymentCode?: Listener<"loyalty-payment-code">;
  onError?: Listener<"loyalty-error">;
  onLogout?: Listener<"loyalty-logout">;
}

export interface LoyaltyCheckoutProps
  extends Omit<HTMLAttributes<LoyaltyCheckoutElement>, keyof LoyaltyCheckoutHandlers>, LoyaltyCheckoutHandlers {
  /** The name under which the proxy knows the restaurant; another one begins anew. */
  restaurant: string;
  /** The proxy's address, where it is not the one the script came from. */
  proxy?: string | undefined;
  /** The language's tag, where it is not the one of what is around the element. */
  language?: string | undefined;
  /** Whether the next guest uses this device too, so that nothing of a session is kept. */
  kiosk?: boolean | undefined;
  /** The token of an order that your server has registered, in the place of a cart. */
  orderToken?: string | undefined;
  /** The order's contents. Each new object is handed over; the same one is not handed over again. */
  cart?: Cart | undefined;
  /** Some of the widget's texts in your own words. */
  texts?: Texts | undefined;
  /** What stands in the slots: your own payment button with `slot="payment"`. */
  children?: ReactNode;
}

// React 18 warns of a layout effect on a server, where neither kind runs.
const useCommitEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

/** The prop that hears an event. */
function handlerOf(name: LoyaltyEventName): keyof LoyaltyCheckoutHandlers {
  const words = name.split("-").slice(1);
  return `on${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")}` as keyof LoyaltyCheckoutHandlers;
}

/** The custom element `<loyalty-checkout>`; its ref is the element, with all its methods. */
export const LoyaltyCheckout: ForwardRefExoticComponent<LoyaltyCheckoutProps & RefAttributes<LoyaltyCheckoutElement>> =
  /* @__PURE__ */ forwardRef<LoyaltyCheckoutElement, LoyaltyCheckoutProps>(function LoyaltyCheckout(props, ref) {
    const { restaurant, proxy, language, orderToken, kiosk, cart, texts, className, children, ...others } = props;
    const { onReady, onLogin, onPreview, onConfirm, onReset, onPaymentCode, onError, onLogout, ...rest } = others;
    const attributes = { restaurant, proxy, language, "order-token": orderToken, kiosk: kiosk ? "" : undefined };
    const element = useRef<LoyaltyCheckoutElement>(null);
    const handlers = useRef<LoyaltyCheckoutHandlers>({});
    // React writes them once, on a server too. What changes later is set below: React 18 and 19 take an attribute away in
    // different ways, and one of them leaves the word "undefined" behind.
    const [first] = useState(attributes);

    useImperativeHandle(ref, () => element.current as LoyaltyCheckoutElement, []);
    useCommitEffect(() => {
      handlers.current = { onReady, onLogin, onPreview, onConfirm, onReset, onPaymentCode, onError, onLogout };
    });
    useCommitEffect(() => {
      const there = element.current;
      if (!there) return;
      const heard = new AbortController();
      for (const name of LOYALTY_EVENTS) {
        const hear = (event: Event) => {
          const handle = handlers.current[handlerOf(name)] as ((event: Event) => void) | undefined;
          handle?.(event);
        };
        there.addEventListener(name, hear, { signal: heard.signal });
      }
      return () => heard.abort();
    }, []);
    useCommitEffect(() => {
      for (const [name, value] of Object.entries(attributes)) {
        const there = element.current?.getAttribute(name) ?? undefined;
        if (there === value) continue;
        if (value === undefined) element.current?.removeAttribute(name);
        else element.current?.setAttribute(name, value);
      }
    }, [restaurant, proxy, language, orderToken, kiosk]);
    useCommitEffect(() => {
      if (element.current && (texts ?? element.current.texts)) element.current.texts = texts;
    }, [texts]);
    useCommitEffect(() => {
      if (element.current && cart !== undefined) element.current.cart = cart;
    }, [cart]);

    // `class`, not `className`: to React 18 a custom element has only attributes.
    return createElement("loyalty-checkout", { ...rest, ...first, class: className, ref: element }, children);
  });
