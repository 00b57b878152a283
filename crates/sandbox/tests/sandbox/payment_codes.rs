//! One-time codes for the till.

use std::collections::HashSet;

use axum::http::StatusCode;
use jiff::SignedDuration;
use sandbox::PaymentCodes;
use serde_json::{Value, json};

use crate::stand::{IVAN, MARIA, Stand, guest_request};

fn lasting(phone: &str, period: Value) -> Value {
    let mut body = guest_request(phone);
    body["activationPeriod"] = period;
    body
}

#[tokio::test]
async fn a_code_is_an_integer_of_seven_digits_at_most_and_lives_five_minutes() {
    let stand = Stand::start().await;
    let mut seen = HashSet::new();
    for _ in 0..50 {
        let answer = stand.call("guests/generateCode", guest_request(IVAN)).await.ok();
        assert_eq!(answer["ttlSeconds"], 300);
        let code = answer["code"].as_u64().expect("an integer");
        assert!(code < 10_000_000);
        seen.insert(code);
    }
    assert!(seen.len() > 45, "{} different codes of 50", seen.len());
}

#[tokio::test]
async fn leading_zeros_are_lost_on_the_wire() {
    let stand = Stand::with_codes(PaymentCodes::listed([0, 7, 42, 12_345])).await;
    for code in [0, 7, 42, 12_345] {
        let answer = stand.call("guests/generateCode", guest_request(IVAN)).await;
        assert_eq!(answer.ok(), json!({ "code": code, "ttlSeconds": 300 }));
    }
}

#[tokio::test]
async fn a_code_that_is_alive_is_given_to_nobody_else() {
    let stand = Stand::with_codes(PaymentCodes::listed([7, 7, 8, 7])).await;
    let code = async |phone: &str| {
        let answer = stand.call("guests/generateCode", guest_request(phone)).await;
        answer.ok()["code"].as_u64().expect("an integer")
    };
    assert_eq!(code(IVAN).await, 7);
    assert_eq!(code(MARIA).await, 8);
    // Мария's next draw is Иван's again until his has expired.
    stand.pass(SignedDuration::from_secs(300));
    assert_eq!(code(MARIA).await, 7);
}

#[tokio::test]
async fn without_a_free_code_the_sandbox_says_so() {
    let stand = Stand::with_codes(PaymentCodes::listed([7])).await;
    stand.call("guests/generateCode", guest_request(IVAN)).await.ok();
    let answer = stand.call_unseen("guests/generateCode", guest_request(MARIA)).await;
    answer.status_is(StatusCode::INTERNAL_SERVER_ERROR);
    stand.call("guests/generateCode", guest_request(IVAN)).await.ok();
}

#[tokio::test]
async fn the_activation_period_is_a_time_span() {
    let stand = Stand::start().await;
    for (period, seconds) in [
        (json!("00:01:30"), 90),
        (json!("1.00:00:00"), 86_400),
        (json!({ "ticks": 1_200_000_000 }), 120),
        (json!({ "minutes": 10 }), 600),
        (json!({ "minutes": 1, "seconds": 1, "totalSeconds": 61.0 }), 61),
    ] {
        let answer = stand.call("guests/generateCode", lasting(IVAN, period)).await.ok();
        assert_eq!(answer["ttlSeconds"], seconds);
    }
    for period in [
        json!("00:00:00"),
        json!("-00:05:00"),
        json!("1.00:00:01"),
        json!("5 min"),
        json!({ "fortnights": 1 }),
        json!({ "ticks": i64::MIN }),
        json!({ "days": i32::MAX, "hours": i32::MAX }),
        json!(300),
        json!(null),
    ] {
        let shown = period.to_string();
        let message = stand.call("guests/generateCode", lasting(IVAN, period)).await.refused("9004");
        assert!(message.contains("activationPeriod"), "{shown}: {message}");
    }
}
