// The events of <loyalty-checkout> and their details. All of them bubble and cross shadow roots.

import type { LoyaltyErrorCode } from "./errors.js";
import type { OrderResponse, PreviewResponse } from "./preview.js";

/** Nothing to tell beside that it happened. */
export type NoDetail = Record<string, never>;

/** A calculation, with what the guest chose to spend and what is left to pay. */
export interface PreviewDetail extends PreviewResponse {
  spend_minor: number;
  to_pay_minor: number;
}

/** A payment code is shown. The code itself is never told. */
export interface PaymentCodeDetail {
  /** Seconds for which it is good. */
  ttl_s: number;
}

export interface ErrorDetail {
  code: LoyaltyErrorCode;
}

/** The details by the names of the events. */
export interface LoyaltyDetails {
  "loyalty-ready": NoDetail;
  "loyalty-login": NoDetail;
  "loyalty-preview": PreviewDetail;
  "loyalty-confirm": OrderResponse;
  "loyalty-reset": NoDetail;
  "loyalty-payment-code": PaymentCodeDetail;
  "loyalty-error": ErrorDetail;
  "loyalty-logout": NoDetail;
}

export type LoyaltyEventName = keyof LoyaltyDetails;

export type LoyaltyEventMap = { [Name in LoyaltyEventName]: CustomEvent<LoyaltyDetails[Name]> };

/** The names of all events. */
export const LOYALTY_EVENTS: readonly LoyaltyEventName[] = [
  "loyalty-ready",
  "loyalty-login",
  "loyalty-preview",
  "loyalty-confirm",
  "loyalty-reset",
  "loyalty-payment-code",
  "loyalty-error",
  "loyalty-logout",
];

declare global {
  interface HTMLElementEventMap extends LoyaltyEventMap {}
  interface DocumentEventMap extends LoyaltyEventMap {}
  interface WindowEventMap extends LoyaltyEventMap {}
}
