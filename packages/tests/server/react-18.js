// Bundled with React 18 in place of the other.

export { LoyaltyCheckout } from "@loyalty-checkout/react";
export { createElement, version } from "react";
export { renderToString } from "react-dom/server";
