//! Changing an order: reset, precalculation with its number, change.

use axum::http::Method;
use sandbox::Kind;
use serde_json::{Value, json};

use super::{ANNA, Basket, DENIS, MIRA, SADOVAYA, STRANGER, Site, burger, refused, salads, till};
use crate::books::Books;
use crate::stand::Stand;

/// A basket of the order with this number.
fn of(number: &str, basket: &Basket) -> Basket {
    Basket { number: number.to_owned(), ..basket.clone() }
}

/// Asserts that the change is refused and leaves no trace.
async fn refuse(site: &Site<'_>, number: &str, body: &Value) -> String {
    let books = Books::of(site.stand);
    let before = books.snapshot();
    let (_, message) = refused(&site.change(number, body).await, 409);
    assert_eq!(books.snapshot(), before);
    message
}

#[tokio::test]
async fn an_order_is_reset_precalculated_changed_and_closed() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let number = site.number(&basket).await;
    let answer = json!({ "result": { "orderId": number } });
    assert_eq!(site.reset(&number).await.ok(), answer);
    assert_eq!(site.balance(DENIS).await, "1230.58", "what was frozen is back");
    assert_eq!(site.reset(&number).await.ok(), answer, "repeated, it changes nothing");

    let larger = of(&number, &Basket { dishes: vec![salads(1), burger()], ..basket });
    let block = site.block(&larger).await;
    assert_eq!(block["bonuses"]["maxBonusesForPayment"], json!(150));
    assert_eq!(site.change(&number, &larger.change(&block)).await.ok(), answer);
    assert_eq!(site.balance(DENIS).await, "1080.58");
    till(&stand, "close", &number).await.ok();
    assert_eq!(site.balance(DENIS).await, "1088.08", "5 % of the 150 paid in money");
    assert_eq!(stand.done(), [Kind::Confirmed, Kind::Reset, Kind::Confirmed, Kind::Closed]);
}

#[tokio::test]
async fn without_a_reset_nothing_is_changed() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let number = site.number(&basket).await;
    let block = site.block(&of(&number, &basket)).await;
    let message = refuse(&site, &number, &basket.change(&block)).await;
    assert!(message.contains("reset"), "{message}");
    refuse(&site, &number, &basket.change(&json!(null))).await;
    // A precalculation from before the reset does not do either.
    site.reset(&number).await.ok();
    refuse(&site, &number, &basket.change(&block)).await;
}

#[tokio::test]
async fn without_a_precalculation_with_the_number_nothing_is_changed() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let first = site.block(&basket).await;
    let number = site.number(&basket).await;
    let other = site.number(&Basket::of(DENIS, vec![burger()])).await;
    site.reset(&number).await.ok();
    site.reset(&other).await.ok();
    refuse(&site, &number, &basket.change(&first)).await;
    refuse(&site, &number, &basket.change(&site.block(&basket).await)).await;
    refuse(&site, &number, &basket.change(&site.block(&of(&other, &basket)).await)).await;
    let right = site.block(&of(&number, &basket)).await;
    let more = Basket { dishes: vec![salads(2)], ..basket.clone() };
    refuse(&site, &number, &more.change(&right)).await;
    // Nor does what a change is made with make a new order.
    let answer = site.call(Method::POST, "orders", &basket.creation(&right)).await;
    refused(&answer, 409);
    site.change(&number, &basket.change(&right)).await.ok();
}

#[tokio::test]
async fn a_change_is_made_once() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let number = site.number(&basket).await;
    site.reset(&number).await.ok();
    let change = basket.change(&site.block(&of(&number, &basket)).await);
    site.change(&number, &change).await.ok();
    refuse(&site, &number, &change).await;
    site.reset(&number).await.ok();
    refuse(&site, &number, &change).await;
    assert_eq!(site.balance(DENIS).await, "1230.58");
}

#[tokio::test]
async fn a_change_may_take_the_loyalty_off_and_another_put_it_on() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(STRANGER, vec![salads(1)]);
    let number = site.number(&basket).await;
    site.reset(&number).await.ok();
    site.change(&number, &basket.change(&json!(null))).await.ok();
    site.reset(&number).await.ok();
    let change = basket.change(&site.block(&of(&number, &basket)).await);
    site.change(&number, &change).await.ok();
    till(&stand, "close", &number).await.ok();
    assert_eq!(site.balance(STRANGER).await, "4");
}

#[tokio::test]
async fn an_order_that_was_reset_is_not_closed_but_may_be_cancelled() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let number = site.number(&Basket::of(DENIS, vec![salads(1)]).with_bonuses()).await;
    site.reset(&number).await.ok();
    assert_eq!(refused(&till(&stand, "close", &number).await, 409).1, "the order is not confirmed");
    assert_eq!(till(&stand, "cancel", &number).await.ok(), json!({ "changed": true }));
}

#[tokio::test]
async fn an_order_that_is_over_is_neither_reset_nor_changed() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    for (number, end) in [("1", "close"), ("2", "cancel")] {
        let basket = Basket::of(DENIS, vec![salads(1)]);
        assert_eq!(site.number(&basket).await, number);
        till(&stand, end, number).await.ok();
        refused(&site.reset(number).await, 409);
        let block = site.block(&of(number, &basket)).await;
        refuse(&site, number, &basket.change(&block)).await;
    }
}

#[tokio::test]
async fn a_precalculation_with_a_number_is_for_its_guest_and_restaurant() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]);
    let number = site.number(&basket).await;
    let ask = async |change: Basket| {
        let body = of(&number, &change).precalculation();
        refused(&site.call(Method::POST, "orders/delivery", &body).await, 400).0
    };
    assert_eq!(ask(Basket { phone: ANNA, ..basket.clone() }).await, "phone");
    assert_eq!(ask(Basket { restaurant: SADOVAYA, ..basket.clone() }).await, "restaurantId");
    assert_eq!(basket.restaurant, MIRA);
    for unknown in ["2", "0", "-1", "01", "delivery-1", "1 "] {
        let body = of(unknown, &basket).precalculation();
        refused(&site.call(Method::POST, "orders/delivery", &body).await, 404);
    }
}
