// The element in JSX, for React 19, which sets properties and listens to events of custom elements by itself:
// `import type {} from "loyalty-checkout/jsx"`. With React 18 take the component of @loyalty-checkout/react.

import type { ClassAttributes, HTMLAttributes } from "react";

import type { Cart } from "./cart.js";
import type { LoyaltyCheckoutAttributes, LoyaltyCheckoutElement } from "./element.js";
import type { LoyaltyEventMap, LoyaltyEventName } from "./events.js";
import type { Texts } from "./texts.js";

export type LoyaltyCheckoutListeners = {
  [Name in LoyaltyEventName as `on${Name}`]?: (event: LoyaltyEventMap[Name]) => void;
};

export interface LoyaltyCheckoutJsx
  extends
    HTMLAttributes<LoyaltyCheckoutElement>,
    ClassAttributes<LoyaltyCheckoutElement>,
    LoyaltyCheckoutAttributes,
    LoyaltyCheckoutListeners {
  cart?: Cart;
  texts?: Texts;
  class?: string;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "loyalty-checkout": LoyaltyCheckoutJsx;
    }
  }
}
