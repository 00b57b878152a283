//! Each request, compared with the JSON that Plazius documents.

use contract::{Money, Quantity};
use serde_json::{Value, json};
use upstream::LoyaltyProgram;
use upstream::program::{Confirmation, Question, Refund, RefundedItem};

use crate::order::{contents, guest, order_id, order_ref, phone, question};
use crate::stub::Stub;

fn identities() -> Value {
    json!({
        "guest": {"type": "phone", "phone": "+79990001122"},
        "organization": {"type": "rkObjectId", "id": "4174244"}
    })
}

fn order() -> Value {
    json!({
        "openedAt": "2026-11-23T10:00:00Z",
        "items": [
            {
                "product": {
                    "code": "hot-pelmeni",
                    "name": "Пельмени <b>домашние</b> 🥟",
                    "categories": ["Горячее"]
                },
                "price": 960, "cost": 960, "quantity": 2,
                "modifiers": [{
                    "modifier": {"code": "mod-sourcream", "name": "Сметана"},
                    "price": 80, "cost": 80, "discount": 0, "quantity": 2
                }]
            },
            {
                "product": {"code": "cake", "name": "Торт"},
                "price": 95.5, "cost": 95.5, "quantity": 0.35
            }
        ]
    })
}

/// The only operation has this path, this body and the token.
fn assert_sent(stub: &Stub, path: &str, body: &Value) {
    let sent = stub.only_operation();
    assert_eq!(sent.method, "POST");
    assert_eq!(sent.path, format!("/pub/b2b/v1/loyalty/{path}"));
    assert_eq!(sent.authorization.as_deref(), Some("Bearer token-1"));
    assert_eq!(&sent.json(), body);
}

#[tokio::test]
async fn questions_about_a_guest_name_the_guest_and_the_restaurant() {
    let stub = Stub::answering(json!({"guest": {"phone": "+79990001122"}})).await;
    stub.plazius().guest(&guest()).await.expect("a guest");
    assert_sent(&stub, "guests/get", &identities());

    let stub = Stub::answering(json!({"balance": 1})).await;
    stub.plazius().wallet(&guest()).await.expect("a wallet");
    assert_sent(&stub, "guests/getWallet", &identities());

    let stub = Stub::answering(json!({"code": 1, "ttlSeconds": 300})).await;
    stub.plazius().payment_code(&guest()).await.expect("a code");
    assert_sent(&stub, "guests/generateCode", &identities());
}

#[tokio::test]
async fn a_guest_joins_with_nothing_but_the_phone() {
    let stub = Stub::answering(json!({"guest": {"phone": "+79990001122"}})).await;
    stub.plazius().join(&phone()).await.expect("joined");
    let body = json!({
        "guest": {"phone": "+79990001122"},
        "organization": {"type": "rkObjectId", "id": "4174244"}
    });
    assert_sent(&stub, "guests/save", &body);
}

#[tokio::test]
async fn a_calculation_carries_full_line_sums_and_promo_codes() {
    let stub = Stub::start(|_| (400, String::new(), std::time::Duration::ZERO)).await;
    let promo_codes = ["PROMOCODE1".to_owned()];
    let answer = stub
        .plazius()
        .calculate(Question { promo_codes: &promo_codes, ..question(&guest(), &contents()) })
        .await;
    answer.expect_err("only the request matters here");
    let mut body = identities();
    body["order"] = order();
    body["delivery"] = json!({"expedition": {"type": "pickup"}});
    body["promocodes"] = json!([{"value": "PROMOCODE1"}]);
    assert_sent(&stub, "orders/calculate", &body);
}

#[tokio::test]
async fn a_calculation_without_guest_and_codes_sends_neither() {
    let stub = Stub::start(|_| (400, String::new(), std::time::Duration::ZERO)).await;
    stub.plazius()
        .calculate(Question { guest: None, ..question(&guest(), &contents()) })
        .await
        .expect_err("only the request matters here");
    let body = json!({
        "order": order(),
        "organization": {"type": "rkObjectId", "id": "4174244"},
        "delivery": {"expedition": {"type": "pickup"}}
    });
    assert_sent(&stub, "orders/calculate", &body);
}

#[tokio::test]
async fn a_confirm_carries_the_fingerprint_and_the_chosen_payment() {
    let stub = Stub::answering(json!({"id": order_id()})).await;
    let (guest, contents) = (guest(), contents());
    let confirmation = Confirmation {
        order_id: order_id(),
        reference: None,
        guest: &guest,
        order: &contents,
        echo: "UGVyc29uYWxpemVk",
        payment: Money::from_minor(3_705),
    };
    stub.plazius().confirm(confirmation).await.expect("confirmed");
    let mut body = identities();
    body["id"] = json!("46b7c469-d99c-4499-acc7-8ca26ea2117d");
    body["order"] = order();
    body["delivery"] = json!({"expedition": {"type": "pickup"}});
    body["loyalty"] = json!({
        "pattern": "fingerprint",
        "fingerprint": {"value": "UGVyc29uYWxpemVk", "options": {"bonuses": {"payment": 37.05}}}
    });
    assert_sent(&stub, "orders/confirm", &body);
}

#[tokio::test]
async fn times_are_sent_in_milliseconds() {
    let stub = Stub::answering(json!({"id": order_id()})).await;
    let at = "2026-11-23T10:30:00.123456789Z".parse().expect("a time");
    stub.plazius().close(order_ref(&guest()), at).await.expect("closed");
    let body = json!({"id": order_id(), "closedAt": "2026-11-23T10:30:00.123Z"});
    assert_sent(&stub, "orders/close", &body);
}

#[tokio::test]
async fn an_orders_later_steps_name_it_and_their_time() {
    let at = "2026-11-23T10:30:00Z".parse().expect("a time");
    let id = order_id();
    let answer = json!({"id": id});

    let stub = Stub::answering(answer.clone()).await;
    stub.plazius().reset(order_ref(&guest()), at).await.expect("reset");
    assert_sent(&stub, "orders/reset", &json!({"id": id, "resetAt": "2026-11-23T10:30:00Z"}));

    let stub = Stub::answering(answer.clone()).await;
    stub.plazius().abort(order_ref(&guest()), at).await.expect("aborted");
    assert_sent(&stub, "orders/abort", &json!({"id": id, "abortedAt": "2026-11-23T10:30:00Z"}));

    let stub = Stub::answering(answer).await;
    stub.plazius().close(order_ref(&guest()), at).await.expect("closed");
    assert_sent(&stub, "orders/close", &json!({"id": id, "closedAt": "2026-11-23T10:30:00Z"}));

    let stub = Stub::start(|_| (400, String::new(), std::time::Duration::ZERO)).await;
    stub.plazius().order(order_ref(&guest())).await.expect_err("only the request matters here");
    assert_sent(&stub, "orders/get", &json!({"id": id}));
}

#[tokio::test]
async fn a_refund_names_the_dishes_or_takes_the_whole_order_back() {
    let at = "2026-11-23T10:30:00Z".parse().expect("a time");
    let refund_id = uuid::Uuid::from_u128(7);
    let items = [RefundedItem { code: "cake".to_owned(), quantity: Quantity::from_milli(350) }];
    let whole = json!({"id": order_id(), "refundId": refund_id, "refundedAt": "2026-11-23T10:30:00Z"});
    let mut by_items = whole.clone();
    by_items["items"] = json!([{"product": {"code": "cake"}, "quantity": 0.35}]);
    for (items, body) in [(None, whole), (Some(items.as_slice()), by_items)] {
        let stub = Stub::answering(json!({"id": order_id()})).await;
        stub.plazius().refund(order_ref(&guest()), Refund { refund_id, at, items }).await.expect("refunded");
        assert_sent(&stub, "orders/refund", &body);
    }
}
