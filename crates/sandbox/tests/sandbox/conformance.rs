//! Requests and answers against the makers' own description of the interface, field by field.

use serde_json::{Value, json};

use crate::orders::{Cart, dish, plain};
use crate::stand::{IVAN, MARIA, ORDER, Stand, guest_request, organization};

/// The makers' description: 19 operations, of which the sandbox has these tests' ten.
const DESCRIPTION: &str = include_str!("plazius.openapi.json");

struct Description(Value);

impl Description {
    fn read() -> Self {
        Self(serde_json::from_str(DESCRIPTION).expect("the description is JSON"))
    }

    /// What is wrong with the request of an operation, or with its answer of a status.
    fn faults(&self, operation: &str, status: Option<u16>, body: &Value) -> Vec<String> {
        let post = &self.0["paths"][format!("/b2b/v1/loyalty/{operation}")]["post"];
        let holder = match status {
            Some(status) => &post["responses"][status.to_string()],
            None => &post["requestBody"],
        };
        let schema = &holder["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{operation} is described for {status:?}");
        let mut found = Vec::new();
        self.check(schema, body, "$", &mut found);
        found
    }

    fn check(&self, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.trim_start_matches('#');
            return self.check(self.0.pointer(name).expect("a described schema"), value, path, found);
        }
        if value.is_null() {
            if schema["nullable"] != true {
                found.push(format!("{path}: null"));
            }
            return;
        }
        match schema["type"].as_str().expect("every schema says its type") {
            "object" => self.check_object(schema, value, path, found),
            "array" => match value.as_array() {
                Some(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.check(&schema["items"], item, &format!("{path}[{index}]"), found);
                    }
                }
                None => found.push(format!("{path}: not an array")),
            },
            scalar => {
                if !is_of_type(scalar, schema["format"].as_str(), value) {
                    found.push(format!("{path}: {value} is no {scalar} {}", schema["format"]));
                }
                if schema["enum"].as_array().is_some_and(|allowed| !allowed.contains(value)) {
                    found.push(format!("{path}: {value} is not in the list"));
                }
            }
        }
    }

    fn check_object(&self, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
        let Some(fields) = value.as_object() else {
            return found.push(format!("{path}: not an object"));
        };
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                found.push(format!("{path}.{name}: missing"));
            }
        }
        for (name, field) in fields {
            match schema["properties"].get(name) {
                Some(property) => self.check(property, field, &format!("{path}.{name}"), found),
                None => found.push(format!("{path}.{name}: not described")),
            }
        }
    }
}

fn is_of_type(kind: &str, format: Option<&str>, value: &Value) -> bool {
    match (kind, format) {
        ("string", Some("uuid")) => value.as_str().is_some_and(|text| uuid::Uuid::try_parse(text).is_ok()),
        ("string", Some("date-time")) => {
            value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok())
        }
        ("string", Some("date")) => {
            value.as_str().is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok())
        }
        ("string", _) => value.is_string(),
        ("integer", Some("int32")) => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        ("integer", _) => value.is_i64(),
        ("number", _) => value.is_number(),
        ("boolean", _) => value.is_boolean(),
        _ => false,
    }
}

/// Sends a request as described and checks that the answer, of this status, is as described too.
async fn exchange(stand: &Stand, operation: &str, request: Value, status: u16) -> Value {
    let description = Description::read();
    assert_eq!(description.faults(operation, None, &request), [""; 0], "request of {operation}");
    let answer = stand.call(operation, request).await;
    assert_eq!(answer.status.as_u16(), status, "{operation}: {}", answer.text);
    let body = answer.json();
    assert_eq!(description.faults(operation, Some(status), &body), [""; 0], "answer of {operation}: {body}");
    body
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
fn the_comparison_notices_what_differs() {
    let description = Description::read();
    let faults = |body: Value| description.faults("guests/getWallet", Some(200), &body);
    let rank = json!({ "name": "Серебряный", "index": 1, "cashbackPercentage": 5 });
    assert_eq!(faults(json!({ "balance": 1.5, "currentRank": rank })), [""; 0]);
    assert_eq!(faults(json!({ "balance": "1.5", "currentRank": rank })).len(), 1);
    assert_eq!(faults(json!({ "balance": null, "currentRank": rank })), ["$.balance: null"]);
    assert_eq!(faults(json!({ "currentRank": rank })), ["$.balance: missing"]);
    assert_eq!(faults(json!({ "balance": 1, "frozen": 1 })), ["$.frozen: not described"]);
}
