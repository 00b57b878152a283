//! What is wrong in a till's request is named, field by field, and leaves no trace.

use axum::http::{StatusCode, header};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::books::{Books, difference};
use crate::stand::Stand;
use crate::till::{KEY, OLGA, POINT, SADOVAYA, till_request};

/// The operations with a right request of each; the fields by what they are.
fn operations() -> Vec<(&'static str, Value)> {
    vec![
        ("client", json!({ "search": "79990005566", "point": POINT })),
        ("recalc", json!({ "client": OLGA, "point": POINT, "amount": 100 })),
        ("bonuses/hold", json!({ "client": OLGA, "point": POINT, "amount": 100, "duration": 10 })),
        ("bonuses/release", json!({ "client": OLGA, "point": POINT })),
        ("retail", json!({ "client": OLGA, "point": POINT, "amount": 100, "spend": 100 })),
    ]
}

/// What a field must not be, as JSON's text, and what is said of it after the field's name.
fn wrong_values(field: &str) -> Vec<(&'static str, &'static str)> {
    let of_amounts = [
        ("\"1\"", "must be a number."),
        ("null", "must be a number."),
        ("true", "must be a number."),
        ("[]", "must be a number."),
        ("{}", "must be a number."),
        ("-0.01", "can't be less than 0."),
        ("-100", "can't be less than 0."),
        ("0.001", "can't have more than 2 decimal places."),
        ("99.999", "can't have more than 2 decimal places."),
        ("10000000000.01", "can't be more 10000000000."),
        ("1e400", "can't be more 10000000000."),
    ];
    match field {
        "amount" | "spend" => of_amounts.to_vec(),
        "duration" => ["0", "11", "-1", "1.5", "\"10\"", "null", "1e30", "[]"]
            .map(|value| (value, "must be a whole number from 1 to 10."))
            .to_vec(),
        _ => [("1", false), ("null", false), ("true", false), ("[]", false), ("{}", false), ("\"\"", true)]
            .map(|(value, is_empty)| {
                (value, if is_empty { "must not be empty." } else { "must be a string." })
            })
            .to_vec(),
    }
}

/// A stand on which a trace would be seen: bonuses are held, and others have run out unseen.
async fn stand_with_holds() -> Stand {
    let stand = Stand::start().await;
    let short = json!({ "client": OLGA, "point": SADOVAYA, "amount": 50, "duration": 1 });
    stand.till("bonuses/hold", short).await.ok();
    stand.hold(POINT, json!(150)).await.ok();
    stand.pass(SignedDuration::from_mins(1));
    stand
}

/// Sends what must be refused, as `expected` says where it says anything, and looks for a trace of it.
async fn refuse(stand: &Stand, books: &Books, operation: &str, body: Vec<u8>, expected: &Value) {
    let what = format!("{operation} {}", String::from_utf8_lossy(&body[..body.len().min(300)]));
    let before = books.snapshot();
    let answer = stand.send_from_till(till_request(Some(KEY), operation, body)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", answer.text);
    if expected.is_null() {
        assert_eq!(answer.json().as_object().map(|fields| fields.contains_key("body")), Some(true), "{what}");
    } else {
        assert_eq!(&answer.json(), expected, "{what}");
    }
    let after = books.snapshot();
    assert!(after == before, "{what}\n{}", difference(&before, &after));
}

fn capital(field: &str) -> String {
    field[..1].to_ascii_uppercase() + &field[1..]
}

#[tokio::test]
async fn each_wrong_field_is_named_and_leaves_no_trace() {
    for (operation, right) in operations() {
        let stand = stand_with_holds().await;
        let books = Books::of(&stand);
        for field in right.as_object().expect("an object").keys() {
            for (value, what) in wrong_values(field) {
                let mut body = right.clone();
                body[field] = json!("\u{1}");
                let body = body.to_string().replace(r#""\u0001""#, value);
                let expected = json!({ field: format!("{} {what}", capital(field)) });
                refuse(&stand, &books, operation, body.into_bytes(), &expected).await;
            }
            let mut without = right.clone();
            without.as_object_mut().expect("an object").remove(field);
            if field != "duration" {
                let expected = json!({ field: format!("{} is required.", capital(field)) });
                refuse(&stand, &books, operation, without.to_string().into(), &expected).await;
            }
            let twice = right.to_string().replacen('{', &format!("{{\"{field}\":\"x\","), 1);
            let expected = json!({ field: "This field was sent twice." });
            refuse(&stand, &books, operation, twice.into_bytes(), &expected).await;
        }
        let mut surprise = right.clone();
        surprise["surprise"] = json!(1);
        let expected = json!({ "surprise": "There is no such field." });
        refuse(&stand, &books, operation, surprise.to_string().into(), &expected).await;
        stand.till(operation, right).await.ok();
    }
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let stand = Stand::start().await;
    let answer = stand.till("retail", json!({ "client": 1, "amount": -1, "spend": "all", "sum": 2 })).await;
    answer.status_is(StatusCode::UNPROCESSABLE_ENTITY);
    let expected = json!({
        "client": "Client must be a string.",
        "point": "Point is required.",
        "amount": "Amount can't be less than 0.",
        "spend": "Spend must be a number.",
        "sum": "There is no such field.",
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn nothing_is_held_for_nothing() {
    let stand = Stand::start().await;
    stand.hold(POINT, json!(0)).await.wrong("amount", "Amount must be more than 0.");
}

#[tokio::test]
async fn what_is_no_json_object_is_no_request() {
    for (operation, right) in operations() {
        let stand = stand_with_holds().await;
        let books = Books::of(&stand);
        let right = right.to_string();
        let half = right[..right.len() / 2].to_owned();
        let large = right.replacen('{', &format!("{{{}", " ".repeat(2 << 20)), 1);
        for body in [
            "",
            "null",
            "[]",
            "1",
            "\"text\"",
            "{",
            &half,
            &format!("{right}{right}"),
            "{\"point\": NaN}",
            "{\"point\": 01}",
            "client=1&point=2",
            &large,
        ] {
            refuse(&stand, &books, operation, body.as_bytes().to_vec(), &Value::Null).await;
        }
        refuse(&stand, &books, operation, b"{\"point\": \"\xff\"}".to_vec(), &Value::Null).await;
    }
}

#[tokio::test]
async fn a_body_must_be_announced_as_json() {
    let stand = Stand::start().await;
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=windows-1251"]
    {
        let (_, right) = operations().remove(0);
        let mut request = till_request(Some(KEY), "client", right.to_string());
        request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().expect("a header"));
        let answer = stand.send_from_till(request).await;
        answer.wrong("body", "The content type must be application/json, in UTF-8.");
    }
}

#[tokio::test]
async fn noise_of_binary_floating_point_is_forgiven() {
    let stand = Stand::start().await;
    assert_eq!(stand.recalc(OLGA, POINT, json!(100.300_000_000_000_01)).await["amount"], json!(100.3));
}

#[tokio::test]
async fn a_wallet_does_not_overflow() {
    let stand = Stand::start().await;
    let most = json!(10_000_000_000_i64);
    for _ in 0..9 {
        stand.retail(OLGA, POINT, most.clone(), json!(0)).await.ok();
    }
    let refused = stand.retail(OLGA, POINT, most, json!(0)).await;
    refused.wrong("amount", "Amount would bring more than a wallet holds.");
}
