//! A request of each operation with every described field in it, made out of the description.

use serde_json::{Map, Value, json};

use crate::description::PLAZIUS;
use crate::orders::close;
use crate::stand::{IVAN, ORDER, Stand};

/// The refund of the examples.
const REFUND: &str = "00000000-0000-4000-8000-0000000000ff";

/// A request that a stand takes after [`prepare`] has made what it refers to.
pub(crate) async fn example(stand: &Stand, operation: &str) -> Value {
    let mut body = of_schema("", "", PLAZIUS.request_schema(operation));
    if let Some(value) = body.pointer_mut("/loyalty/fingerprint/value") {
        let calculate = example_of_calculate();
        let answer = stand.call("orders/calculate", calculate).await.ok();
        *value = answer["loyalty"]["fingerprint"].clone();
    }
    assert_eq!(PLAZIUS.request_faults(operation, &body), [""; 0], "the example of {operation}");
    body
}

fn example_of_calculate() -> Value {
    of_schema("", "", PLAZIUS.request_schema("orders/calculate"))
}

/// Brings the example's order to where the operation begins.
pub(crate) async fn prepare(stand: &Stand, operation: &str) {
    let needs_order = ["orders/reset", "orders/abort", "orders/close", "orders/refund", "orders/get"];
    if needs_order.contains(&operation) {
        let confirm = Box::pin(example(stand, "orders/confirm")).await;
        stand.call("orders/confirm", confirm).await.ok();
    }
    if operation == "orders/refund" {
        close(stand, ORDER).await.ok();
    }
}

/// A value of a schema, for the field `name` of the schema `owner`.
fn of_schema(owner: &str, name: &str, schema: &Value) -> Value {
    if let Some(known) = known(owner, name) {
        return known;
    }
    let owner = PLAZIUS.name_of(schema).unwrap_or(owner);
    let schema = PLAZIUS.resolved(schema);
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match schema["type"].as_str().expect("a type") {
        "object" => {
            let properties = schema["properties"].as_object().expect("the fields of an object");
            let fields = properties.iter().map(|(name, field)| (name.clone(), of_schema(owner, name, field)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        "array" => json!([of_schema(owner, name, &schema["items"])]),
        "boolean" => json!(true),
        "string" => match schema["format"].as_str() {
            Some("uuid") => json!(ORDER),
            Some("date-time") => json!("2026-03-01T09:00:00Z"),
            Some("date") => json!("2000-02-29"),
            _ => json!("Пирог"),
        },
        other => panic!("{owner}.{name}: no example of the type {other}"),
    }
}

/// What the schema cannot know: names of what the stand holds, and amounts that fit one another.
fn known(owner: &str, name: &str) -> Option<Value> {
    Some(match (owner, name) {
        (_, "phone") => json!(IVAN),
        ("OrganizationIdentityDto", "id") => json!("4174244"),
        (_, "organizationsInNetwork") => json!(["4174244"]),
        (_, "refundId") => json!(REFUND),
        (_, "activationPeriod") => json!("00:05:00"),
        (_, "email") if owner == "GuestDto" => json!("test_email@gmail.com"),
        ("OrderItemModifierDto", "price" | "cost") => json!(50),
        (_, "price" | "cost") => json!(300.5),
        (_, "discount" | "extraCharge" | "skip") => json!(0),
        (_, "quantity") => json!(1),
        (_, "take") => json!(50),
        (_, "amount" | "payment") => json!(10.25),
        ("AddLoyaltyCardRequestDto", "cardTrack") => json!("1A56CD0"),
        ("AddLoyaltyCardRequestDto", "cardNumber") => json!("23000001"),
        ("PromocodeDto", "value") => json!("PROMOCODE1"),
        _ => return None,
    })
}
