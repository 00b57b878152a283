//! What to believe of an order whose step may or may not have been done, given what the loyalty system knows of it. Pure.

use upstream::program::{OrderRecord, OrderStatus};

use super::order::{Order, Settled, Step};

/// Where an order stands that the loyalty system has `record` of.
///
/// A confirm counts as done where the record's sums are those that were to be frozen. Where nothing was to be frozen, a
/// reset order looks the same as a confirmed one; then a lost confirm counts as done only if it was the order's first,
/// which alone can have made the order known, and a lost reset counts as not done: both may then simply be asked for
/// again, because nothing can be frozen or returned twice.
pub(super) fn settle(order: &Order, record: Option<&OrderRecord>) -> Settled {
    let Some(record) = record else { return Settled::Open };
    match record.status {
        // A record does not say that it was refunded; who knows it keeps it.
        OrderStatus::Closed if order.state == Settled::Refunded => return Settled::Refunded,
        OrderStatus::Closed => return Settled::Closed,
        OrderStatus::Aborted => return Settled::Aborted,
        OrderStatus::Open => {}
    }
    let preview = &order.preview;
    let same_sums = record.full == preview.items_total
        && record.discount == preview.discount_total
        && record.paid_with_bonuses == order.spend;
    let freezes = preview.discount_total.is_positive() || order.spend.is_positive();
    match order.pending {
        Some(Step::Confirm) if same_sums && (freezes || !order.known_upstream) => Settled::Confirmed,
        Some(Step::Confirm) => Settled::Open,
        Some(Step::Reset) if same_sums => Settled::Confirmed,
        Some(Step::Reset) => Settled::Open,
        Some(Step::Abort | Step::Close | Step::Refund | Step::RefundPart) | None => order.state,
    }
}

#[cfg(test)]
mod tests;
