//! Giving and taking bonuses through the API.

use sandbox::Kind;
use serde_json::{Value, json};

use crate::orders::{Cart, plain};
use crate::stand::{IVAN, ORDER, Stand, guest, organization};

const BOTH: [&str; 2] = ["guests/addBonus", "guests/writeoffBonus"];

fn change(amount: &Value, comment: &Value) -> Value {
    json!({ "guest": guest(IVAN), "organization": organization(), "amount": amount, "comment": comment })
}

#[tokio::test]
async fn bonuses_are_given_and_taken_without_a_word() {
    let stand = Stand::start().await;
    let gift = change(&json!(55.5), &json!("В день рождения"));
    for operation in BOTH {
        let answer = stand.call(operation, gift.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""), "{operation}");
        let balance = if operation == BOTH[0] { "155.5" } else { "100" };
        assert_eq!(stand.balance(IVAN).await, balance);
    }
    assert_eq!(stand.done(), [Kind::BonusAdded, Kind::BonusWrittenOff]);
    let entries = stand.entries();
    let [added, taken] = &entries[entries.len() - 2..] else { panic!("two entries") };
    assert_eq!((added.accrual.minor(), added.payment.minor()), (5_550, 0));
    assert_eq!((taken.accrual.minor(), taken.payment.minor()), (0, 5_550));
}

#[tokio::test]
async fn each_request_counts_for_itself() {
    let stand = Stand::start().await;
    let gift = change(&json!(1), &json!(""));
    stand.call("guests/addBonus", gift.clone()).await.status_is(axum::http::StatusCode::OK);
    stand.call("guests/addBonus", gift).await.status_is(axum::http::StatusCode::OK);
    assert_eq!(stand.balance(IVAN).await, "102");
}

#[tokio::test]
async fn the_balance_can_be_emptied_but_not_overdrawn() {
    let stand = Stand::start().await;
    stand.call(BOTH[1], change(&json!(100.01), &json!("слишком много"))).await.refused("9004");
    assert_eq!(stand.balance(IVAN).await, "100");
    stand.call(BOTH[1], change(&json!(100), &json!("всё"))).await.status_is(axum::http::StatusCode::OK);
    assert_eq!(stand.balance(IVAN).await, "0");
    stand.call(BOTH[1], change(&json!(0.01), &json!("ещё"))).await.refused("9004");
    assert_eq!(stand.done(), [Kind::BonusWrittenOff]);
}

#[tokio::test]
async fn what_is_frozen_for_an_order_cannot_be_taken() {
    let stand = Stand::start().await;
    Cart::of(IVAN, vec![plain(20_000)]).confirm(&stand, ORDER, 6_000).await.ok();
    stand.call(BOTH[1], change(&json!(40.01), &json!(""))).await.refused("9004");
    stand.call(BOTH[1], change(&json!(40), &json!(""))).await.status_is(axum::http::StatusCode::OK);
    crate::orders::reset(&stand, ORDER).await.ok();
    assert_eq!(stand.balance(IVAN).await, "60");
}

#[tokio::test]
async fn a_wallet_holds_no_more_than_an_amount_can_be() {
    let stand = Stand::start().await;
    let most = json!(9_999_999_900_i64);
    stand.call(BOTH[0], change(&most, &json!(""))).await.status_is(axum::http::StatusCode::OK);
    stand.call(BOTH[0], change(&json!(0.01), &json!(""))).await.refused("9004");
    assert_eq!(stand.balance(IVAN).await, "10000000000");
}

#[tokio::test]
async fn wrong_changes_are_refused_and_change_nothing() {
    let stand = Stand::start().await;
    let comment = json!("почему");
    for operation in BOTH {
        for amount in [
            json!(0),
            json!(-1),
            json!(0.001),
            json!(1e300),
            json!(9_999_999_999_999_999_i64),
            json!("1"),
            json!(null),
            json!([1]),
        ] {
            let shown = format!("{operation} {amount}");
            let message = stand.call(operation, change(&amount, &comment)).await.refused("9004");
            assert!(message.contains("amount"), "{shown}: {message}");
        }
        for comment in [json!(null), json!(7)] {
            let message = stand.call(operation, change(&json!(1), &comment)).await.refused("9004");
            assert!(message.contains("comment"), "{message}");
        }
        let mut wordless = change(&json!(1), &comment);
        wordless.as_object_mut().expect("an object").remove("comment");
        assert!(stand.call(operation, wordless).await.refused("9004").contains("comment"));
    }
    assert_eq!(stand.balance(IVAN).await, "100");
    assert!(stand.done().is_empty());
}
