//! An order as the proxy keeps it: whose it is, what was last calculated, where it stands. No I/O.

use contract::Money;
use contract::cart::Expedition;
use contract::order::{OrderResponse, OrderState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use upstream::program::{Capabilities, GuestKey, OrderContents};
use uuid::Uuid;

use super::recovery::Recovery;
use super::refund::Refunding;
use crate::store::guest_key;

/// A guest at a restaurant: whose an order and an idempotency key are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Owner {
    /// The restaurant's name in the configuration.
    pub(crate) restaurant: String,
    /// The guest.
    pub(crate) guest: GuestKey,
}

impl Owner {
    /// The owner and something of theirs as bytes, for what proves or seals that the two belong together.
    pub(super) fn bytes_with(&self, theirs: &[u8]) -> Vec<u8> {
        let guest = guest_key::text(&self.guest);
        let mut bytes = Vec::with_capacity(128);
        for part in [self.restaurant.as_bytes(), guest.as_bytes(), theirs] {
            // Lengths first, so that no two owners run together into the same bytes.
            bytes.extend(part.len().to_be_bytes());
            bytes.extend(part);
        }
        bytes
    }
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
    /// Paid, and taken back whole.
    Refunded,
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
    /// Take back all that is left of a closed order.
    Refund,
    /// Take some of a closed order back.
    RefundPart,
}

impl Step {
    /// Where the order stands when the step is done.
    pub(crate) const fn goal(self) -> Settled {
        match self {
            Self::Confirm => Settled::Confirmed,
            Self::Reset => Settled::Open,
            Self::Abort => Settled::Aborted,
            Self::Close | Self::RefundPart => Settled::Closed,
            Self::Refund => Settled::Refunded,
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
    /// Which of the registered contents were calculated; none where the page described them.
    #[serde(default)]
    pub(crate) revision: Option<u32>,
}

/// A preview without the block that goes back with a confirm, which is text enough to be kept apart.
#[derive(Serialize)]
pub(super) struct WithoutEcho<'a> {
    preview_id: Uuid,
    at_ms: i64,
    contents: &'a OrderContents,
    echo: &'static str,
    items_total: Money,
    discount_total: Money,
    spend_min: Money,
    spend_max: Money,
    revision: Option<u32>,
}

impl StoredPreview {
    /// The same without the block, as it is written.
    pub(super) fn without_echo(&self) -> WithoutEcho<'_> {
        WithoutEcho {
            preview_id: self.preview_id,
            at_ms: self.at_ms,
            contents: &self.contents,
            echo: "",
            items_total: self.items_total,
            discount_total: self.discount_total,
            spend_min: self.spend_min,
            spend_max: self.spend_max,
            revision: self.revision,
        }
    }

    /// What is known of an order's preview where nothing of the order is kept: none of this name was ever told.
    pub(super) fn untold(opened_at: Timestamp) -> Self {
        let contents =
            OrderContents { opened_at, expected_at: None, expedition: Expedition::Pickup, lines: Vec::new() };
        Self {
            preview_id: Uuid::nil(),
            at_ms: 0,
            contents,
            echo: String::new(),
            items_total: Money::ZERO,
            discount_total: Money::ZERO,
            spend_min: Money::ZERO,
            spend_max: Money::ZERO,
            revision: None,
        }
    }

    /// Whether nothing is known of it.
    pub(super) const fn is_untold(&self) -> bool {
        self.preview_id.is_nil()
    }
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
    /// When the newest step was first asked for; zero before any was.
    pub(crate) step_at_ms: i64,
    /// Whether the loyalty system has ever answered that it confirmed this order.
    pub(crate) known_upstream: bool,
    /// The newest calculation.
    pub(crate) preview: StoredPreview,
    /// Which of the order's calculations that is: they are numbered as they were asked for.
    pub(crate) preview_number: i64,
    /// Bonuses frozen, written off, or asked to be frozen.
    pub(crate) spend: Money,
    /// The loyalty system's own name of the order, where it gave it one.
    pub(crate) reference: Option<String>,
    /// When what is frozen falls off by itself, where it does; absent where nothing is frozen.
    pub(crate) held_until_ms: Option<i64>,
    /// What is being taken back, while it is.
    pub(crate) refunding: Option<Refunding>,
}

/// The sums of an order as they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sums {
    /// Bonuses frozen or written off.
    pub(crate) spend: Money,
    /// Discounts frozen or given.
    pub(crate) discount: Money,
    /// What is left to pay in money.
    pub(crate) to_pay: Money,
}

impl Order {
    /// An order to which nothing has happened yet.
    pub(super) fn fresh(owner: &Owner, order_id: Uuid, currency: &str, preview: StoredPreview) -> Self {
        Self {
            order_id,
            owner: owner.clone(),
            currency: currency.to_owned(),
            state: Settled::Open,
            pending: None,
            step_at_ms: 0,
            known_upstream: false,
            preview,
            preview_number: 0,
            spend: Money::ZERO,
            reference: None,
            held_until_ms: None,
            refunding: None,
        }
    }

    /// How a step in doubt is settled at a system of these capabilities.
    pub(super) fn recovery(&self, capabilities: &Capabilities, step: Step) -> Recovery {
        Recovery::of(capabilities.lost_confirm, step, self.reference.is_some())
    }

    /// The sums as they stand. What is not frozen is not counted.
    pub(crate) fn sums(&self) -> Sums {
        let frozen = matches!(self.state, Settled::Confirmed | Settled::Closed);
        let (spend, discount) =
            if frozen { (self.spend, self.preview.discount_total) } else { (Money::ZERO, Money::ZERO) };
        let to_pay = self.preview.items_total.minus_or_zero(discount).minus_or_zero(spend);
        Sums { spend, discount, to_pay }
    }

    /// The order as the API tells it at a time.
    pub(crate) fn to_response(&self, capabilities: &Capabilities, now_ms: i64) -> OrderResponse {
        let Sums { spend, discount, to_pay } = self.sums();
        OrderResponse {
            order_id: self.order_id.to_string(),
            state: self.api_state(capabilities),
            currency: self.currency.clone(),
            spend_minor: spend,
            discount_total_minor: discount,
            to_pay_minor: to_pay,
            hold_left_s: self.hold_left_s(now_ms),
            capabilities: None,
        }
    }

    /// The state as the API tells it.
    pub(crate) fn api_state(&self, capabilities: &Capabilities) -> OrderState {
        match (self.pending, self.state) {
            (Some(step), _) if self.recovery(capabilities, step) == Recovery::AtTheTill => {
                OrderState::Unknown
            }
            (Some(Step::Confirm), _) => OrderState::Confirming,
            (_, Settled::Open) => OrderState::Open,
            (_, Settled::Confirmed) => OrderState::Confirmed,
            (_, Settled::Closed) => OrderState::Closed,
            (_, Settled::Aborted) => OrderState::Aborted,
            (_, Settled::Refunded) => OrderState::Refunded,
        }
    }

    /// Whole seconds until what is frozen falls off, where it does; a begun second is not promised.
    pub(crate) fn hold_left_s(&self, now_ms: i64) -> Option<u32> {
        let until_ms = self.held_until_ms.filter(|_| self.state == Settled::Confirmed)?;
        Some(u32::try_from((until_ms - now_ms).max(0) / 1000).unwrap_or(u32::MAX))
    }

    /// Whether what was frozen has fallen off by itself.
    pub(crate) fn has_lapsed(&self, now_ms: i64) -> bool {
        self.state == Settled::Confirmed && self.held_until_ms.is_some_and(|until_ms| until_ms <= now_ms)
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
