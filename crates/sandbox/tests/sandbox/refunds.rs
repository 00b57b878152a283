//! Taking closed orders back: whole and by items, once for each id, down to the last hundredth.

use contract::Money;
use sandbox::Kind;
use serde_json::{Value, json};

use crate::orders::{Cart, close, dish, get, item, plain, refund, reset};
use crate::stand::{IVAN, MARIA, ORDER, Stand, guest_request};

const FIRST: &str = "9aea41ac-2d7e-4801-9ae4-9d9d39a55701";
const SECOND: &str = "9aea41ac-2d7e-4801-9ae4-9d9d39a55702";
const THIRD: &str = "9aea41ac-2d7e-4801-9ae4-9d9d39a55703";

/// A pie and the gift drink, 100 of 420 paid with bonuses, 16 accrued.
async fn closed_order(stand: &Stand) {
    Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-mors")]).confirm(stand, ORDER, 10_000).await.ok();
    close(stand, ORDER).await.ok();
    assert_eq!(stand.balance(IVAN).await, "16");
}

fn items(items: &[(&str, Value)]) -> Value {
    items
        .iter()
        .map(|(code, quantity)| json!({ "product": { "code": code }, "quantity": quantity }))
        .collect()
}

#[tokio::test]
async fn a_whole_refund_gives_everything_back_and_takes_the_accrual() {
    let stand = Stand::start().await;
    closed_order(&stand).await;
    assert_eq!(refund(&stand, ORDER, FIRST, json!(null)).await.ok(), json!({ "id": ORDER }));
    assert_eq!(stand.balance(IVAN).await, "100");
    let order = &get(&stand, ORDER).await.ok()["order"];
    assert_eq!(order["status"], "closed");
    assert_eq!(order["paidWithBonuses"], json!(100));
    assert_eq!(order["bonusPaymentRollbackSum"], json!(100));
    assert_eq!(order["\u{435}arnedBonuses"], json!(0));
    let again = Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-mors")]).calculate(&stand).await;
    assert_eq!(again["summary"]["discounts"]["total"], json!(160), "the gift is back");
    let entry = stand.entries().pop().expect("an entry");
    assert_eq!(
        (entry.kind, entry.payment, entry.accrual, entry.shortfall),
        (Kind::Refunded, Money::from_minor(10_000), Money::from_minor(1_600), Money::ZERO)
    );
}

#[tokio::test]
async fn refunds_by_items_add_up_to_the_whole() {
    let stand = Stand::start().await;
    let mut three_teas = item("drink-tea", "Чай с чабрецом", Some("Напитки"), 57_100);
    three_teas["quantity"] = json!(3);
    let cart = Cart::of(MARIA, vec![three_teas, dish("pie-cherry")]);
    cart.confirm(&stand, ORDER, 33_333).await.ok();
    close(&stand, ORDER).await.ok();
    let after_close = stand.balance(MARIA).await;
    for (id, part) in [
        (FIRST, items(&[("drink-tea", json!(1)), ("pie-cherry", json!(0.5))])),
        (SECOND, items(&[("drink-tea", json!(0.999))])),
        (THIRD, json!(null)),
    ] {
        refund(&stand, ORDER, id, part).await.ok();
        stand.sandbox.check().expect("the books hold together after every refund");
    }
    assert_ne!(after_close, "1230.58");
    assert_eq!(stand.balance(MARIA).await, "1230.58", "as before the order");
    let order = &get(&stand, ORDER).await.ok()["order"];
    assert_eq!(order["bonusPaymentRollbackSum"], json!(333.33));
    assert_eq!(order["\u{435}arnedBonuses"], json!(0));
    refund(&stand, ORDER, "9aea41ac-2d7e-4801-9ae4-9d9d39a55704", json!(null)).await.refused("1014");
}

#[tokio::test]
async fn a_refund_is_done_once_for_its_id() {
    let stand = Stand::start().await;
    closed_order(&stand).await;
    let half = || items(&[("pie-cherry", json!(0.5))]);
    for _ in 0..3 {
        refund(&stand, ORDER, FIRST, half()).await.ok();
        assert_eq!(stand.balance(IVAN).await, "58", "50 back, 8 cancelled");
    }
    refund(&stand, ORDER, &FIRST.to_uppercase(), half()).await.ok();
    refund(&stand, ORDER, FIRST, items(&[("pie-cherry", json!(0.4))])).await.refused("9004");
    refund(&stand, ORDER, FIRST, json!(null)).await.refused("9004");
    refund(&stand, ORDER, SECOND, json!(null)).await.ok();
    refund(&stand, ORDER, FIRST, half()).await.ok();
    close(&stand, ORDER).await.ok();
    assert_eq!(stand.balance(IVAN).await, "100");
    let done = [Kind::Confirmed, Kind::Closed, Kind::Refunded, Kind::Refunded];
    assert_eq!(stand.done(), done);
}

#[tokio::test]
async fn an_id_of_another_orders_refund_is_refused() {
    let stand = Stand::start().await;
    closed_order(&stand).await;
    let other = "00000000-0000-4000-8000-000000000002";
    Cart::of(MARIA, vec![plain(20_000)]).confirm(&stand, other, 0).await.ok();
    close(&stand, other).await.ok();
    refund(&stand, ORDER, FIRST, json!(null)).await.ok();
    refund(&stand, other, FIRST, json!(null)).await.refused("9004");
    refund(&stand, other, SECOND, json!(null)).await.ok();
    assert_eq!(stand.balance(MARIA).await, "1230.58");
}

#[tokio::test]
async fn only_a_closed_order_is_refunded() {
    let stand = Stand::start().await;
    refund(&stand, ORDER, FIRST, json!(null)).await.refused("9004");
    let cart = Cart::of(IVAN, vec![plain(20_000)]);
    cart.confirm(&stand, ORDER, 5_000).await.ok();
    refund(&stand, ORDER, FIRST, json!(null)).await.refused("1013");
    reset(&stand, ORDER).await.ok();
    refund(&stand, ORDER, FIRST, json!(null)).await.refused("1013");
    crate::orders::abort(&stand, ORDER).await.ok();
    refund(&stand, ORDER, FIRST, json!(null)).await.refused("1013");
    assert_eq!(stand.balance(IVAN).await, "100");
}

#[tokio::test]
async fn a_wrong_list_is_refused_and_nothing_is_moved() {
    let stand = Stand::start().await;
    closed_order(&stand).await;
    for wrong in [
        json!([]),
        items(&[("pie-meat", json!(1))]),
        items(&[("pie-cherry", json!(1.001))]),
        items(&[("pie-cherry", json!(1)), ("pie-cherry", json!(0.001))]),
        items(&[("pie-cherry", json!(0))]),
        items(&[("pie-cherry", json!(-1))]),
    ] {
        refund(&stand, ORDER, FIRST, wrong).await.refused("1014");
    }
    assert_eq!(stand.balance(IVAN).await, "16");
    assert_eq!(stand.done(), [Kind::Confirmed, Kind::Closed]);
}

#[tokio::test]
async fn what_the_guest_has_spent_already_is_a_shortfall() {
    let stand = Stand::start().await;
    // 1800.00 in money: 90.00 accrued.
    Cart::of(IVAN, vec![plain(180_000)]).with_code("PROMOCODE1").confirm(&stand, ORDER, 0).await.ok();
    close(&stand, ORDER).await.ok();
    assert_eq!(stand.balance(IVAN).await, "185");
    let other = "00000000-0000-4000-8000-000000000002";
    Cart::of(IVAN, vec![plain(40_000)]).confirm(&stand, other, 18_500).await.ok();
    refund(&stand, ORDER, FIRST, json!(null)).await.ok();
    assert_eq!(stand.balance(IVAN).await, "0", "frozen bonuses are the other order's");
    let entry = stand.entries().pop().expect("an entry");
    assert_eq!((entry.accrual.minor(), entry.shortfall.minor()), (8_500, 8_500));
    let order = &get(&stand, ORDER).await.ok()["order"];
    assert_eq!(order["\u{435}arnedBonuses"], json!(85), "nothing of it could be taken back");
}

#[tokio::test]
async fn an_order_of_nobody_is_refunded_without_bonuses() {
    let stand = Stand::start().await;
    let mut cart = Cart::of(IVAN, vec![plain(20_000)]);
    cart.phone = None;
    cart.confirm(&stand, ORDER, 0).await.ok();
    close(&stand, ORDER).await.ok();
    refund(&stand, ORDER, FIRST, items(&[("plain", json!(1))])).await.ok();
    refund(&stand, ORDER, SECOND, json!(null)).await.refused("1014");
}

#[tokio::test]
async fn refunded_money_no_longer_confirms_the_rank() {
    let stand = Stand::start().await;
    let sum_left = async || {
        let wallet = stand.call("guests/getWallet", guest_request(IVAN)).await.ok();
        wallet["currentRank"]["confirmation"]["sumLeft"].clone()
    };
    assert_eq!(sum_left().await, json!(2500));
    closed_order(&stand).await;
    assert_eq!(sum_left().await, json!(2180));
    refund(&stand, ORDER, FIRST, items(&[("pie-cherry", json!(0.5))])).await.ok();
    assert_eq!(sum_left().await, json!(2340));
    refund(&stand, ORDER, SECOND, json!(null)).await.ok();
    assert_eq!(sum_left().await, json!(2500));
}
