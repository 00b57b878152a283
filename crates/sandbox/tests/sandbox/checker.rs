//! The check of the books notices what does not add up: each invariant is broken from outside, and named.

use rusqlite::Connection;
use serde_json::json;

use crate::bakery;
use crate::orders::{Cart, close, dish, refund};
use crate::rk_delivery::{Basket, DENIS, Site, salads};
use crate::stand::{IVAN, MARIA, ORDER, Stand, guest_request};
use crate::till;

/// What breaks an invariant, with `±` for the sign that the mending turns round, and words of its name.
const OF_A_CONFIRMED_ORDER: &[(&str, &str)] = &[
    ("UPDATE guest SET balance_minor = balance_minor ± 1", "balance + frozen"),
    (
        "UPDATE guest SET frozen_minor = frozen_minor ± 1, balance_minor = balance_minor ± -1 WHERE rank_index = 1",
        "a guest's frozen bonuses",
    ),
    ("UPDATE guest SET balance_minor = balance_minor ± -1000000", "is negative"),
    ("UPDATE gift SET guest_id = guest_id ± 1 WHERE state = 'frozen'", "gifts an order uses"),
    ("UPDATE order_line SET total_minor = total_minor ± 1 WHERE position = 0", "total is the sum"),
    ("UPDATE order_line SET price_minor = price_minor ± 1 WHERE position = 0", "price is the sum"),
    ("UPDATE order_line SET cost_minor = cost_minor ± 1 WHERE position = 0", "lines cost its total"),
    ("UPDATE order_discount SET discount_minor = discount_minor ± 1", "discount is the sum"),
    ("UPDATE order_line SET payment_minor = payment_minor ± 1 WHERE position = 0", "payment is the sum"),
];

const OF_A_CLOSED_ORDER: &[(&str, &str)] = &[
    ("UPDATE bonus_entry SET amount_minor = amount_minor ± 1 WHERE kind = 'accrual'", "exactly once"),
    ("UPDATE bonus_entry SET amount_minor = amount_minor ± 1 WHERE kind = 'write_off'", "exactly once"),
    ("UPDATE guest SET closed_orders = closed_orders ± 1", "count of orders"),
    ("UPDATE guest SET paid_total_minor = paid_total_minor ± 1", "money paid"),
];

/// The second network's guest has the id 3.
const OF_SEVERAL_NETWORKS: &[(&str, &str)] = &[
    (
        "UPDATE loyalty_card SET network_id = network_id ± 1 WHERE guest_id = 1",
        "a card is of its guest's network",
    ),
    ("UPDATE bonus_entry SET guest_id = guest_id ± 1 WHERE order_id IS NOT NULL", "a bonus entry is of"),
    ("UPDATE bonus_entry SET guest_id = guest_id ± 2 WHERE kind = 'api_add'", "a bonus entry is of"),
    ("UPDATE loyalty_order SET guest_id = guest_id ± 2", "an order's guest is of"),
    ("UPDATE api_key SET network_id = network_id ± 1 WHERE key = 'demo-rechnaya'", "a key's restaurants"),
    ("UPDATE bonus_entry SET amount_minor = amount_minor ± 1 WHERE kind = 'api_add'", "balance + frozen"),
    (
        "UPDATE bonus_entry SET amount_minor = amount_minor ± 1 WHERE kind = 'api_write_off'",
        "balance + frozen",
    ),
];

/// Of an order with a gift drink, a single-use promo code and stamps, half refunded, and of the first order of an invited
/// guest.
const OF_REWARDS_AND_REFUNDS: &[(&str, &str)] = &[
    ("UPDATE refund SET money_minor = money_minor ± 1", "a refund is the sum"),
    ("UPDATE refund_line SET quantity_milli = quantity_milli ± 100000", "no more of a line"),
    (
        "UPDATE loyalty_order SET rolled_back_minor = rolled_back_minor ± 1 WHERE state = 'closed'",
        "refunds are in the books",
    ),
    (
        "UPDATE loyalty_order SET cancelled_minor = cancelled_minor ± 1 WHERE cancelled_minor > 0",
        "refunds are in the books",
    ),
    (
        "UPDATE loyalty_order SET is_refunded = is_refunded ± 1 WHERE id LIKE '%-000000000001'",
        "refunded once all of its lines are",
    ),
    ("UPDATE stamp_card SET stamps = stamps ± 1", "stamps are those"),
    ("UPDATE gift SET bonus_minor = bonus_minor ± 1 WHERE bonus_minor > 1", "bonuses campaigns gave"),
    (
        "UPDATE order_discount SET uses_privilege = uses_privilege ± -1 WHERE name = 'Напиток в подарок'",
        "used up for no other order",
    ),
    (
        "UPDATE loyalty_order SET is_refunded = is_refunded ± 1 WHERE id IN (SELECT order_id FROM promo_code_use)",
        "a promo code is taken by",
    ),
    ("UPDATE invitation SET guest_id = guest_id ± -1", "rewarded for an order of the invited"),
];

/// Of Ольга, whose bonuses are held. Three guests before her, and the network before hers, are of other systems.
const OF_HOLDS: &[(&str, &str)] = &[
    ("UPDATE hold SET amount_minor = amount_minor ± 1", "a guest's frozen bonuses"),
    ("UPDATE hold SET until_ms = until_ms ± -600000", "ends after it began"),
    ("UPDATE hold SET guest_id = guest_id ± -3", "a hold is at a restaurant of its guest's network"),
    ("UPDATE app_code SET network_id = network_id ± -1", "a code of the app is of"),
    ("UPDATE client SET guest_id = guest_id ± -3", "have a client's id"),
    (
        "UPDATE api_key SET network_id = network_id ± (SELECT MAX(id * (name = 'Чашка')) - MAX(id * (name = 'Зерно'))
             FROM network) WHERE key = 'demo-zerno'",
        "is of no other system",
    ),
];

/// Of r_k Delivery: an order that was reset, and one that is confirmed. «Лапша»'s guests have the ids 4 and 5.
const OF_DELIVERY: &[(&str, &str)] = &[
    ("UPDATE delivery_order SET resets = resets ± 1 WHERE number = 2", "was reset as often"),
    ("UPDATE delivery_order SET resets = resets ± -1 WHERE number = 1", "is open only after a reset"),
    ("UPDATE loyalty_order SET guest_id = guest_id ± 1 WHERE id = 'delivery-2'", "is the one with its phone"),
    ("UPDATE guest SET frozen_minor = frozen_minor ± 1 WHERE id = 4", "a guest's frozen bonuses"),
    (
        "UPDATE order_line SET payment_minor = payment_minor ± 1 WHERE order_id = 'delivery-2'",
        "payment is the sum",
    ),
    (
        "UPDATE delivery_client SET network_id = network_id ± -1 WHERE id = 'demo-sadovaya'",
        "a delivery client's restaurants",
    ),
];

/// Breaks and mends one invariant after another.
fn each_is_noticed(stand: &Stand, table: &[(&str, &str)]) {
    let books = Connection::open(stand.database()).expect("the database opens beside the sandbox");
    books.pragma_update(None, "ignore_check_constraints", true).expect("a pragma of SQLite");
    for (change, name) in table {
        books.execute(&change.replace('±', "+"), []).expect(change);
        let violations = stand.sandbox.check().expect_err(change);
        assert!(violations.iter().any(|violation| violation.contains(name)), "{change}: {violations:?}");
        books.execute(&change.replace('±', "-"), []).expect(change);
        stand.sandbox.check().expect("the books are mended");
    }
}

#[tokio::test]
async fn whatever_does_not_add_up_is_noticed() {
    let stand = Stand::start().await;
    Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-tea")]).confirm(&stand, ORDER, 10_000).await.ok();
    each_is_noticed(&stand, OF_A_CONFIRMED_ORDER);
    close(&stand, ORDER).await.ok();
    each_is_noticed(&stand, OF_A_CLOSED_ORDER);

    stand.call("guests/generateLoyaltyCard", guest_request(IVAN)).await.ok();
    let mut change = guest_request(IVAN);
    (change["amount"], change["comment"]) = (5.into(), "".into());
    for operation in ["guests/addBonus", "guests/writeoffBonus"] {
        assert_eq!(stand.call(operation, change.clone()).await.status.as_u16(), 200);
    }
    each_is_noticed(&stand, OF_SEVERAL_NETWORKS);
}

#[tokio::test]
async fn whatever_does_not_add_up_of_held_bonuses_is_noticed() {
    let stand = Stand::start().await;
    stand.hold(till::POINT, json!(100)).await.ok();
    each_is_noticed(&stand, OF_HOLDS);
}

#[tokio::test]
async fn whatever_does_not_add_up_of_rewards_and_refunds_is_noticed() {
    let stand = bakery::start().await;
    let mut cart = bakery::meal(IVAN, 500).with_code("PIE-7K2P-XR4M");
    cart.items.push(dish("drink-mors"));
    cart.confirm(&stand, ORDER, 10_000).await.ok();
    close(&stand, ORDER).await.ok();
    let half = json!([{ "product": { "code": "hot-pelmeni" }, "quantity": 0.5 }]);
    refund(&stand, ORDER, &bakery::id(9), half).await.ok();
    bakery::join(&stand, bakery::ANNA).await;
    bakery::invite(&stand, MARIA, bakery::ANNA).await.ok();
    bakery::buy(&stand, 1, &bakery::meal(bakery::ANNA, 600)).await;
    each_is_noticed(&stand, OF_REWARDS_AND_REFUNDS);
}

#[tokio::test]
async fn whatever_does_not_add_up_of_delivery_orders_is_noticed() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let first = site.number(&basket).await;
    site.reset(&first).await.ok();
    site.number(&basket).await;
    each_is_noticed(&stand, OF_DELIVERY);
}
