//! The JSON that several operations share. Never leaves `basic_rest`.

use contract::Money;
use contract::decimal::Decimal;
use loyalty::Share;
use loyalty::programme::Rank;
use serde::Serialize;

/// Money and bonuses.
pub(super) type MoneyWire = Decimal<2>;

/// What a level gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum LoyaltyKindWire {
    Cashback,
    Discount,
}

/// An amount as the wire writes it.
pub(super) const fn money(amount: Money) -> MoneyWire {
    Decimal(amount.minor())
}

/// A share in per cent.
pub(super) fn percent(share: Share) -> Decimal<2> {
    Decimal(i64::from(share.bp()))
}

/// What a rank gives, and how much of it.
pub(super) fn benefit(rank: &Rank) -> (LoyaltyKindWire, Share) {
    match &rank.discount {
        Some(discount) => (LoyaltyKindWire::Discount, discount.share_bp),
        None => (LoyaltyKindWire::Cashback, rank.cashback_bp),
    }
}
