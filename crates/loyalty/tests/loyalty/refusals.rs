//! What is no order, no guest of the programme and no payment, and how the caller is told.

use contract::{Money, Quantity};
use loyalty::calculation::UnknownRank;
use loyalty::{Expedition, Guest, Line, Order, OrderError, calculate};

use crate::fixture::{NOON, dish, guest, order, programme};

#[test]
fn impossible_lines_make_no_order() {
    let with = |quantity_milli: i64, price: i64, cost: i64| {
        let second = Line {
            quantity: Quantity::from_milli(quantity_milli),
            price: Money::from_minor(price),
            cost: Money::from_minor(cost),
            ..dish("pie-cherry", "Пироги", 0)
        };
        Order::new(vec![dish("pie-meat", "Пироги", 1), second], Expedition::InRestaurant, NOON)
            .map(|order| order.cost().minor())
    };
    let most = Money::MAX.minor();
    let table = [
        (1, 0, 0, Ok(1)),
        (1000, most - 1, most - 1, Ok(most)),
        (0, 10, 10, Err(OrderError::Quantity { line: 1 })),
        (-1000, 10, 10, Err(OrderError::Quantity { line: 1 })),
        (1000, -1, 10, Err(OrderError::Negative { line: 1 })),
        (1000, 10, -1, Err(OrderError::Negative { line: 1 })),
        (1000, most, 0, Err(OrderError::TooLarge)),
        (1000, 0, most, Err(OrderError::TooLarge)),
        (1000, i64::MAX, i64::MAX, Err(OrderError::TooLarge)),
        (i64::MIN, i64::MIN, i64::MIN, Err(OrderError::Quantity { line: 1 })),
    ];
    for (quantity, price, cost, expected) in table {
        assert_eq!(with(quantity, price, cost), expected, "{quantity} {price} {cost}");
    }
    assert_eq!(Order::new(Vec::new(), Expedition::InRestaurant, NOON), Err(OrderError::Empty));
}

#[test]
fn a_guest_of_an_unknown_rank_is_not_calculated() {
    let guest = Guest { rank_index: 1, ..guest(0) };
    let order = order(vec![dish("pie-meat", "Пироги", 1)]);
    assert_eq!(calculate(&programme(0, 0), &order, Some(&guest), &[]), Err(UnknownRank { rank_index: 1 }));
}

#[test]
fn a_payment_outside_its_limits_is_refused_and_one_within_is_not() {
    let order = order(vec![dish("pie-meat", "Пироги", 20_000)]);
    let calculation = calculate(&programme(5_000, 500), &order, Some(&guest(123_058)), &[]);
    let bonuses = calculation.expect("a known rank").bonuses.expect("a guest has bonuses");
    for payment in [i64::MIN, -1, 10_001, i64::MAX] {
        let refused = bonuses.pay(Money::from_minor(payment)).expect_err("outside");
        assert_eq!((refused.min.minor(), refused.max.minor()), (0, 10_000));
    }
    for (payment, accrual) in [(0, 1_000), (1, 1_000), (4_000, 800), (10_000, 500)] {
        let side = bonuses.pay(Money::from_minor(payment)).expect("within");
        assert_eq!((side.payment.minor(), side.accrual.minor()), (payment, accrual));
    }
}
