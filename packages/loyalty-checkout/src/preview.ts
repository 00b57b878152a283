// What events tell of an order: the contract of the proxy, crates/contract/src/preview.rs, order.rs and capabilities.rs.
// Amounts are whole minor units, bonuses are hundredths, shares are hundredths of a per cent.

/** A calculation of the order. */
export interface PreviewResponse {
  order_id: string;
  preview_id: string;
  /** ISO 4217 code of the currency of every amount. */
  currency: string;
  guest: Guest;
  /** The sum of the cart at list prices. */
  items_total_minor: number;
  discounts: Discount[];
  discount_total_minor: number;
  promo_codes: PromoCode[];
  /** What the loyalty system tells the guest about this order. */
  notifications: GuestNotification[];
  spend: SpendLimits;
  /** The sum to pay before any bonuses are spent. */
  total_minor: number;
  capabilities: Capabilities;
}

/** The guest and the guest's wallet. */
export interface Guest {
  name: string | null;
  /** The phone or the card's number with all but the last four characters hidden. */
  masked_key: string;
  balance_minor: number;
  rank: Rank | null;
}

/** A rank of the loyalty programme. */
export interface Rank {
  name: string;
  cashback_bp: number | null;
  discount_bp: number | null;
  confirmation: RankConfirmation | null;
}

/** What the guest must do to keep the rank. */
export interface RankConfirmation {
  sum_left_minor: number;
  hours_left: number;
}

/** What one campaign takes off the order. */
export interface Discount {
  campaign: string;
  amount_minor: number;
}

/** A promo code the guest entered. */
export interface PromoCode {
  code: string;
  /** Why it gives nothing; null where it works. */
  refusal: PromoRefusal | null;
}

export type PromoRefusal = "no_effect" | "duplicate" | "too_many" | "not_supported";

/** A message of the loyalty system to the guest. */
export interface GuestNotification {
  primary: string;
  /** May be empty. */
  secondary: string;
}

/** How many bonuses may be spent, and what is accrued. */
export interface SpendLimits {
  min_minor: number;
  max_minor: number;
  accrual_without_minor: number;
  accrual_with_minor: number;
}

/** How much may be spent on an order. */
export type SpendChoice = "any_amount" | "all_or_nothing";

/** What the restaurant's loyalty system can do with the order. */
export interface Capabilities {
  spend: SpendChoice;
  accrual_with_spend: boolean;
  promo_codes: boolean;
  payment_codes: boolean;
  cancel: boolean;
  /** Seconds after which what a confirm has frozen falls off by itself; null where it does not. */
  hold_s: number | null;
}

/** Where an order stands. */
export type OrderState = "open" | "confirming" | "unknown" | "confirmed" | "closed" | "aborted" | "refunded";

/** An order as the proxy knows it. */
export interface OrderResponse {
  order_id: string;
  state: OrderState;
  currency: string;
  /** Bonuses frozen or written off. */
  spend_minor: number;
  discount_total_minor: number;
  /** What the guest pays in money. */
  to_pay_minor: number;
  /** Seconds until the frozen bonuses fall off; null where they do not. */
  hold_left_s: number | null;
  /** What can be done with it, where the order was read; null in the answer to a step. */
  capabilities: Capabilities | null;
}
