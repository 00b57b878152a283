//! A client sees its restaurants; guests and wallets are the whole network's, and no other network's.

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{Basket, DENIS, MIRA, SADOVAYA, Site, burger, refused, salads, till};
use crate::books::Books;
use crate::stand::Stand;

#[tokio::test]
async fn a_restaurant_that_a_client_does_not_see_is_none_to_it() {
    let stand = Stand::start().await;
    let both = Site::of(&stand).await;
    let one = Site::named(&stand, "demo-sadovaya").await;
    let basket = Basket::of(DENIS, vec![salads(1)]);
    let block = both.block(&basket).await;
    let number = both.number(&basket).await;
    both.reset(&number).await.ok();
    let books = Books::of(&stand);
    let before = books.snapshot();
    // Seen by nobody, or another network's: Plazius' restaurant.
    for restaurant in [MIRA, "b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10", "00000000-0000-4000-8000-000000000000"] {
        let basket = Basket { restaurant, ..basket.clone() };
        refused(&one.call(Method::POST, "orders/delivery", &basket.precalculation()).await, 404);
        refused(&one.call(Method::POST, "orders", &basket.creation(&block)).await, 404);
    }
    let change = Basket { number: number.clone(), restaurant: SADOVAYA, ..basket.clone() };
    refused(&one.call(Method::POST, "orders/delivery", &change.precalculation()).await, 404);
    refused(&one.reset(&number).await, 404);
    refused(&one.change(&number, &basket.change(&json!(null))).await, 404);
    assert_eq!(books.snapshot(), before);
}

#[tokio::test]
async fn a_wallet_is_the_whole_networks() {
    let stand = Stand::start().await;
    let both = Site::of(&stand).await;
    let one = Site::named(&stand, "demo-sadovaya").await;
    let number = both.number(&Basket::of(DENIS, vec![salads(1)]).with_bonuses()).await;
    till(&stand, "close", &number).await.ok();
    let there = Basket { restaurant: SADOVAYA, ..Basket::of(DENIS, vec![burger()]) };
    assert_eq!(one.block(&there).await["bonuses"]["guestBalance"], json!(1135.58));
    // A restaurant may be written in capitals.
    let mut body = there.precalculation();
    body["restaurantId"] = json!(SADOVAYA.to_uppercase());
    one.call(Method::POST, "orders/delivery", &body).await.ok();
}

#[tokio::test]
async fn another_networks_guest_is_new_here() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    // Иван of «Пироги да Фрукты», who has 100 there.
    let basket = Basket::of("79990001122", vec![salads(1)]).with_bonuses();
    assert_eq!(site.block(&basket).await["bonuses"]["guestBalance"], json!(0));
    let number = site.number(&basket).await;
    till(&stand, "close", &number).await.ok();
    assert_eq!(site.balance("79990001122").await, "4");
    assert_eq!(stand.balance(crate::stand::IVAN).await, "100");
}

#[tokio::test]
async fn what_is_no_operation_is_told_in_json() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    for (method, path, status) in [
        (Method::GET, "orders/delivery", StatusCode::METHOD_NOT_ALLOWED),
        (Method::GET, "orders/1", StatusCode::METHOD_NOT_ALLOWED),
        (Method::PUT, "orders", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "orders/1/close", StatusCode::NOT_FOUND),
        (Method::POST, "menu", StatusCode::NOT_FOUND),
    ] {
        refused(&site.call(method, path, &json!({})).await, status.as_u16());
    }
}
