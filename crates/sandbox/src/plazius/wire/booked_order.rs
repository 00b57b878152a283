//! An order as the books have it: what `orders/get` and the history of a guest show.

use contract::decimal::Decimal;
use jiff::Timestamp;
use loyalty::life::OrderState;
use serde::Serialize;

use super::loyalty::decimal;
use crate::store::StoreError;
use crate::store::orders::{LineRow, OrderRow};

/// An order and how far it has come. Without details it has no products.
///
/// A refund leaves the sums of the closed order as they were, but for two: the bonuses it gave back are in
/// `bonusPaymentRollbackSum`, and those it took back are no longer in `earnedBonuses`. The documents name the first for
/// aborted orders and are silent about the second: that is our reading.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BookedOrderWire {
    id: String,
    number: Option<i32>,
    full_sum: Decimal<2>,
    sum_to_pay: Decimal<2>,
    free_product_sum: Decimal<2>,
    paid_with_bonuses: Decimal<2>,
    /// The makers' spelling: its first letter is a Cyrillic е.
    #[serde(rename = "\u{435}arnedBonuses")]
    earned_bonuses: Decimal<2>,
    bonus_payment_rollback_sum: Decimal<2>,
    open_time: Timestamp,
    close_time: Option<Timestamp>,
    status: StatusWire,
    products: Vec<ProductWire>,
    organization_id: String,
    source: SourceWire,
}

/// A confirmed order is still open; what is frozen for it is in `paidWithBonuses`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum StatusWire {
    Open,
    Closed,
    Aborted,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum SourceWire {
    Indoor,
    Delivery,
}

#[derive(Serialize)]
struct ProductWire {
    code: String,
    name: String,
    group: Option<String>,
    price: Decimal<2>,
    cost: Decimal<2>,
    quantity: Decimal<3>,
}

/// An order and its lines as the wire writes them.
pub(crate) fn write(order: OrderRow, lines: Vec<LineRow>) -> Result<BookedOrderWire, StoreError> {
    let status = match order.state {
        OrderState::Open | OrderState::Confirmed => StatusWire::Open,
        OrderState::Closed => StatusWire::Closed,
        OrderState::Aborted => StatusWire::Aborted,
    };
    let (paid, earned) = (order.paid(), order.earned());
    Ok(BookedOrderWire {
        id: order.id,
        number: None,
        full_sum: decimal(order.price),
        sum_to_pay: decimal(paid),
        free_product_sum: decimal(order.discount),
        paid_with_bonuses: decimal(order.payment),
        earned_bonuses: decimal(earned),
        bonus_payment_rollback_sum: decimal(order.rolled_back),
        open_time: time(order.opened_at_ms)?,
        close_time: order.closed_at_ms.map(time).transpose()?,
        status,
        products: lines.into_iter().map(product).collect(),
        organization_id: order.restaurant_id,
        source: if order.is_delivery { SourceWire::Delivery } else { SourceWire::Indoor },
    })
}

fn product(line: LineRow) -> ProductWire {
    ProductWire {
        code: line.code,
        name: line.name,
        group: line.group,
        price: decimal(line.price),
        cost: decimal(line.total),
        quantity: Decimal(line.quantity.milli()),
    }
}

/// A moment of the books.
pub(crate) fn time(at_ms: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(at_ms).map_err(|error| StoreError::Corrupt(error.to_string()))
}
