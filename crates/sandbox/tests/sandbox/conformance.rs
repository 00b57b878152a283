//! Each operation once or more with its documented answers, and the witness that holds all tests to the description.

use serde_json::{Value, json};

use crate::description::PLAZIUS;
use crate::orders::{Cart, dish, plain};
use crate::stand::{IVAN, MARIA, ORDER, Stand, guest_request, organization};
use crate::witness::{Exchange, faults};

/// Sends a request that is as described and expects an answer of this status; the stand's witness judges its body.
async fn exchange(stand: &Stand, operation: &str, request: Value, status: u16) -> Value {
    assert_eq!(PLAZIUS.request_faults(operation, &request), [""; 0], "request of {operation}");
    let answer = stand.call(operation, request).await;
    assert_eq!(answer.status.as_u16(), status, "{operation}: {}", answer.text);
    if answer.text.is_empty() { Value::Null } else { answer.json() }
}

#[tokio::test]
async fn the_answers_about_guests_are_as_described() {
    let stand = Stand::start().await;
    for phone in [IVAN, MARIA] {
        exchange(&stand, "guests/get", guest_request(phone), 200).await;
        exchange(&stand, "guests/getWallet", guest_request(phone), 200).await;
        exchange(&stand, "guests/generateCode", guest_request(phone), 200).await;
    }
    let anna =
        json!({ "phone": "+79995554433", "firstName": "Анна", "birthday": "2000-02-29", "sex": "female" });
    let save = json!({ "guest": anna, "organization": organization() });
    exchange(&stand, "guests/save", save, 200).await;
    for operation in ["guests/get", "guests/getWallet", "guests/generateCode"] {
        exchange(&stand, operation, guest_request("+70000000000"), 400).await;
    }
}

#[tokio::test]
async fn the_answers_about_changes_cards_and_histories_are_as_described() {
    let stand = Stand::start().await;
    Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-mors")]).confirm(&stand, ORDER, 5_000).await.ok();
    crate::orders::close(&stand, ORDER).await.ok();
    let filter = json!({ "fromDate": "2026-01-01T00:00:00Z", "toDate": null, "skip": 0, "take": 10 });
    for (operation, more, refused) in [
        (
            "guests/update",
            json!({ "guestInformation": { "birthday": { "hasValue": true, "value": "1989-01-17T00:00:00Z" } } }),
            json!({}),
        ),
        ("guests/addBonus", json!({ "amount": 155, "comment": "В день рождения" }), json!({ "amount": 0 })),
        ("guests/writeoffBonus", json!({ "amount": 1.5, "comment": "" }), json!({ "amount": 1_000_000 })),
        (
            "guests/addLoyaltyCard",
            json!({ "cardTrack": "1A56CD0", "cardNumber": "23000001GF", "isVirtual": false }),
            json!({ "cardTrack": "1A" }),
        ),
        ("guests/generateLoyaltyCard", json!({}), json!({})),
        ("guests/get", json!({}), json!({})),
        (
            "guests/getOrdersHistory",
            json!({ "filter": filter, "fillOrderDetails": true }),
            json!({ "filter": { "take": -1 } }),
        ),
        ("guests/getBonusHistory", json!({ "filter": filter }), json!({ "filter": { "take": 100_001 } })),
    ] {
        let request = with(guest_request(IVAN), &more);
        exchange(&stand, operation, request.clone(), 200).await;
        let stranger = json!({ "guest": { "type": "phone", "phone": "+70000000000" } });
        exchange(&stand, operation, with(request.clone(), &stranger), 400).await;
        if refused != json!({}) {
            exchange(&stand, operation, with(request, &refused), 400).await;
        }
    }
}

/// The request with more fields, or with others.
fn with(mut request: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    request
}

#[tokio::test]
async fn the_answers_about_orders_are_as_described() {
    let stand = Stand::start().await;
    let mut cart = Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-mors"), plain(1_000)]);
    cart.expedition = Some("delivery");
    let mut anybody = cart.clone().with_code("PROMOCODE1");
    anybody.phone = None;
    exchange(&stand, "orders/calculate", anybody.calculate_body(), 200).await;
    let calculated = exchange(&stand, "orders/calculate", cart.calculate_body(), 200).await;
    let fingerprint = calculated["loyalty"]["fingerprint"].as_str().expect("a text");

    let too_much = cart.confirm_body(ORDER, fingerprint, 10_001);
    exchange(&stand, "orders/confirm", too_much, 400).await;
    exchange(&stand, "orders/confirm", cart.confirm_body(ORDER, fingerprint, 10_000), 200).await;
    exchange(&stand, "orders/get", json!({ "id": ORDER }), 200).await;
    let reset = json!({ "id": ORDER, "resetAt": "2026-03-01T09:05:00Z" });
    exchange(&stand, "orders/reset", reset.clone(), 200).await;
    exchange(&stand, "orders/get", json!({ "id": ORDER }), 200).await;
    exchange(&stand, "orders/confirm", cart.confirm_body(ORDER, fingerprint, 10_000), 200).await;
    let close = json!({ "id": ORDER, "closedAt": "2026-03-01T09:07:00Z" });
    exchange(&stand, "orders/close", close, 200).await;
    exchange(&stand, "orders/get", json!({ "id": ORDER }), 200).await;
    exchange(&stand, "orders/reset", reset, 400).await;
    let abort = json!({ "id": ORDER, "abortedAt": "2026-03-01T09:08:00Z" });
    exchange(&stand, "orders/abort", abort, 400).await;
}

#[test]
fn the_description_is_of_all_nineteen_operations() {
    assert_eq!(PLAZIUS.operations().count(), 19);
}

fn wallet_exchange(request: &Value, status: u16, answer: &Value) -> Vec<String> {
    faults(&Exchange {
        path: "/plazius/b2b/v1/loyalty/guests/getWallet",
        request: request.to_string().as_bytes(),
        status,
        content_type: Some("application/json"),
        answer: &answer.to_string(),
    })
}

#[test]
fn the_witness_notices_an_answer_that_is_not_described() {
    let request = guest_request(IVAN);
    let found = |answer: Value| wallet_exchange(&request, 200, &answer).len();
    let rank = json!({ "name": "Серебряный", "index": 1, "cashbackPercentage": 5 });
    assert_eq!(found(json!({ "balance": 1.5, "currentRank": rank })), 0);
    assert_eq!(found(json!({ "balance": "1.5", "currentRank": rank })), 1);
    assert_eq!(found(json!({ "balance": null, "currentRank": rank })), 1);
    assert_eq!(found(json!({ "currentRank": rank })), 1);
    assert_eq!(found(json!({ "balance": 1, "frozen": 1 })), 1);
    assert_eq!(found(json!({ "balance": 1, "currentRank": null })), 1, "left out, but never null");

    let error = |code: &str| json!({ "error": { "code": code, "message": "no" } });
    assert_eq!(wallet_exchange(&request, 400, &error("3007")), [""; 0]);
    assert_eq!(wallet_exchange(&request, 400, &error("3008")).len(), 1, "an invented code");
    assert_eq!(wallet_exchange(&request, 400, &error("")).len(), 2, "an empty code");
    assert_eq!(wallet_exchange(&request, 500, &error("500")).len(), 1, "a failure of the sandbox");
    assert_eq!(wallet_exchange(&request, 201, &json!({ "balance": 1 })).len(), 1);
}

#[test]
fn the_witness_notices_a_forbidden_request_that_was_accepted() {
    let answer = json!({ "balance": 1 });
    let mut request = guest_request(IVAN);
    assert_eq!(wallet_exchange(&request, 200, &answer), [""; 0]);
    request["guest"]["phone"] = json!(null);
    assert_eq!(wallet_exchange(&request, 200, &answer), [""; 0], "the phone may be null by the description");
    request["guest"]["type"] = json!("card");
    request["comment"] = json!("");
    assert_eq!(wallet_exchange(&request, 200, &answer).len(), 2);
    let error = json!({ "error": { "code": "9004", "message": "no" } });
    assert_eq!(wallet_exchange(&request, 400, &error), [""; 0], "it was refused, as it should be");
}

#[test]
fn numbers_are_held_to_their_formats_and_texts_to_theirs() {
    let filter = |filter: Value| {
        let mut request = guest_request(IVAN);
        request["filter"] = filter;
        PLAZIUS.request_faults("guests/getBonusHistory", &request).len()
    };
    assert_eq!(filter(json!({ "skip": 0, "take": 2_147_483_647, "fromDate": null })), 0);
    assert_eq!(filter(json!({ "take": 2_147_483_648_u32 })), 1);
    assert_eq!(filter(json!({ "take": 0.5 })), 1);
    assert_eq!(filter(json!({ "fromDate": "2026-03-01T09:00:00+03:00" })), 0);
    assert_eq!(filter(json!({ "fromDate": "2026-03-01 09:00" })), 1);
    assert_eq!(filter(json!({ "fromDate": "2026-02-29T09:00:00Z" })), 1);
    assert_eq!(PLAZIUS.request_faults("orders/get", &json!({ "id": ORDER })), [""; 0]);
    assert_eq!(PLAZIUS.request_faults("orders/get", &json!({ "id": "1" })).len(), 1);
}
