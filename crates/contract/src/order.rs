//! Confirming an order, and what may follow.

use crate::Money;
use crate::capabilities::Capabilities;

choice! {
    /// Where an order stands.
    pub enum OrderState {
        /// Nothing is frozen; the cart may change.
        Open = "open",
        /// The confirm is under way, or its answer was lost and is being looked up.
        Confirming = "confirming",
        /// The answer to the last step was lost, and no call can tell whether it was carried out: the restaurant sees.
        /// Nothing is sent again.
        Unknown = "unknown",
        /// Discounts and bonuses are frozen for this order.
        Confirmed = "confirmed",
        /// Paid: the bonuses are written off and the accrual is made.
        Closed = "closed",
        /// Cancelled for good: what was frozen is back.
        Aborted = "aborted",
        /// Paid and then taken back whole: the bonuses are back, the accrual is cancelled.
        Refunded = "refunded",
    }
}

object! {
    /// `POST /api/v1/order/confirm`: freeze the previewed discounts and the chosen bonuses. Needs the header
    /// `Idempotency-Key`; repeated with the same key, it answers the same and freezes nothing twice.
    pub struct ConfirmRequest {
        /// The order.
        pub order_id: String,
        /// The calculation the guest saw.
        pub preview_id: String,
        /// Bonuses to spend, in hundredths, between the preview's least and most.
        pub spend_minor: Money,
    }
}

object! {
    /// `POST /api/v1/order/reset` returns what is frozen so that the order may change; `POST /api/v1/order/cancel`
    /// cancels the order for good. Both may be repeated, and need the header `Idempotency-Key`.
    pub struct OrderRequest {
        /// The order.
        pub order_id: String,
    }
}

object! {
    /// An order as the proxy knows it. Also answers `GET /api/v1/order/{order_id}`.
    pub struct OrderResponse {
        /// The order.
        pub order_id: String,
        /// Where it stands.
        pub state: OrderState,
        /// ISO 4217 code of the currency of every amount.
        pub currency: String,
        /// Bonuses frozen or written off, in hundredths.
        pub spend_minor: Money,
        /// Discounts frozen or given, in minor units.
        pub discount_total_minor: Money,
        /// What is left to pay in money, in minor units. Zero of an open order that was previewed once and nothing more:
        /// then its preview says it.
        pub to_pay_minor: Money,
        /// Seconds until the frozen bonuses fall off by themselves, where they do; the order is open again then.
        pub hold_left_s: Option<u32>,
        /// What the restaurant's loyalty system can do with this order, and the guest with it. Told where the order is read,
        /// by whoever may not have seen its preview; not in answers to steps.
        pub capabilities: Option<Capabilities>,
    }
}
