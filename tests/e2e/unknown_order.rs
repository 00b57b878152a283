//! A confirm whose answer was lost where no call can tell whether it was carried out.

use sandbox::Fault;
use sandbox::ledger::Kind;
use serde_json::json;

use crate::stage::{DENIS, LAPSHA, Stage};

/// A stage at «Лапша» where the restaurant has an order and nobody knows.
async fn with_unknown_order() -> Stage {
    let stage = Stage::at(LAPSHA).await;
    stage.log_in(DENIS).await;
    stage.preview().switch("295 бонусов").await;
    stage.demo.sandbox().faults().inject("v1/orders", Fault::DropAfterCommit, 1);
    stage.preview().confirm_spend("295 бонусов").await;
    stage.unknown().appears().await;
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guest_and_the_page_are_told_that_nobody_knows() {
    let stage = with_unknown_order().await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "order_unknown" }));
    stage.restaurant().says("заказ мог уже уйти в ресторан").await;
    stage.unknown().look_again().await;
    stage.unknown().appears().await;
    assert!(stage.browser.heard("loyalty-confirm").await.is_empty());
    assert_eq!(stage.orders_done(), [Kind::Confirmed]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_second_order_is_begun_unless_the_guest_says_so() {
    let stage = with_unknown_order().await;
    stage.restaurant().add("Чай улун").await;
    stage.unknown().look_again().await;
    stage.unknown().appears().await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed], "the changed cart was not sent");

    stage.unknown().begin_another().await;
    stage.preview().asks_for("370 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed], "it is calculated and not confirmed");
    stage.finish().await;
}
