//! An order as the proxy keeps it: whose it is, what was last calculated, where it stands. No I/O.

use contract::order::{OrderResponse, OrderState};
use contract::{Money, Phone};
use serde::{Deserialize, Serialize};
use upstream::program::{GuestKey, OrderContents};
use uuid::Uuid;

/// A guest at a restaurant: whose an order and an idempotency key are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Owner {
    /// The restaurant's name in the configuration.
    pub(crate) restaurant: String,
    /// The guest's phone.
    pub(crate) phone: Phone,
}

/// Where an order stands once nothing about it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// Nothing is frozen.
    Open,
    /// Discounts and bonuses are frozen.
    Confirmed,
    /// Paid.
    Closed,
    /// Cancelled for good.
    Aborted,
}

/// What the loyalty system was asked to do with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Freeze.
    Confirm,
    /// Return what is frozen.
    Reset,
    /// Cancel for good.
    Abort,
    /// Write off and accrue.
    Close,
}

impl Step {
    /// Where the order stands when the step is done.
    pub(crate) const fn goal(self) -> Settled {
        match self {
            Self::Confirm => Settled::Confirmed,
            Self::Reset => Settled::Open,
            Self::Abort => Settled::Aborted,
            Self::Close => Settled::Closed,
        }
    }
}

/// What was last calculated for an order; a confirm freezes exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StoredPreview {
    /// Names the calculation.
    pub(crate) preview_id: Uuid,
    /// When it was made.
    pub(crate) at_ms: i64,
    /// What was calculated.
    pub(crate) contents: OrderContents,
    /// What the loyalty system wants back with a confirm.
    #[serde(alias = "fingerprint")]
    pub(crate) echo: String,
    /// The sum at list prices.
    pub(crate) items_total: Money,
    /// What is taken off.
    pub(crate) discount_total: Money,
    /// The least that may be spent.
    pub(crate) spend_min: Money,
    /// The most that may be spent.
    pub(crate) spend_max: Money,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// The same at the proxy and at the loyalty system.
    pub(crate) order_id: Uuid,
    /// Whose it is.
    pub(crate) owner: Owner,
    /// ISO 4217 code of every amount.
    pub(crate) currency: String,
    /// Where it stood when the last step was done.
    pub(crate) state: Settled,
    /// The step that is under way, or of which nobody knows whether it was done.
    pub(crate) pending: Option<Step>,
    /// Whether the loyalty system has ever answered that it confirmed this order.
    pub(crate) known_upstream: bool,
    /// The newest calculation.
    pub(crate) preview: StoredPreview,
    /// Which of the order's calculations that is: they are numbered as they were asked for.
    pub(crate) preview_number: i64,
    /// Bonuses frozen, written off, or asked to be frozen.
    pub(crate) spend: Money,
}

impl Order {
    /// The guest, as the loyalty system's calls name one.
    pub(crate) fn guest(&self) -> GuestKey {
        GuestKey::Phone(self.owner.phone.clone())
    }

    /// The state as the API tells it.
    pub(crate) const fn api_state(&self) -> OrderState {
        match (self.pending, self.state) {
            (Some(Step::Confirm), _) => OrderState::Confirming,
            (_, Settled::Open) => OrderState::Open,
            (_, Settled::Confirmed) => OrderState::Confirmed,
            (_, Settled::Closed) => OrderState::Closed,
            (_, Settled::Aborted) => OrderState::Aborted,
        }
    }

    /// The order as the API tells it. What is not frozen is not counted.
    pub(crate) fn to_response(&self) -> OrderResponse {
        let frozen = matches!(self.state, Settled::Confirmed | Settled::Closed);
        let (spend, discount) =
            if frozen { (self.spend, self.preview.discount_total) } else { (Money::ZERO, Money::ZERO) };
        OrderResponse {
            order_id: self.order_id.to_string(),
            state: self.api_state(),
            currency: self.currency.clone(),
            spend_minor: spend,
            discount_total_minor: discount,
            to_pay_minor: self.preview.items_total.minus_or_zero(discount).minus_or_zero(spend),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_kept_by_an_earlier_version_is_read() {
        let kept = r#"{
            "preview_id": "00000000-0000-0000-0000-000000000007", "at_ms": 1, "fingerprint": "UGVy",
            "contents": {
                "opened_at": "2026-11-23T10:00:00Z", "expedition": "pickup",
                "lines": [{
                    "code": "soup", "name": "Суп", "category": null, "quantity": 2000, "total": 10000,
                    "modifiers": [{"code": "m", "name": "Сметана", "quantity": 2000, "total": 800}]
                }]
            },
            "items_total": 10000, "discount_total": 0, "spend_min": 0, "spend_max": 5000
        }"#;
        let preview: StoredPreview = serde_json::from_str(kept).expect("readable");
        assert_eq!(preview.echo, "UGVy");
        assert_eq!(preview.contents.total(), Some(Money::from_minor(10_000)));
        assert_eq!(preview.contents.lines[0].unit_price, Money::ZERO);
        let again: StoredPreview =
            serde_json::from_str(&serde_json::to_string(&preview).expect("written")).expect("readable");
        assert_eq!(again, preview);
    }
}
