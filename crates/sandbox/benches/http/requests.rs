//! What the clients ask: about guests all over the books, with orders of five lines.

use serde_json::{Value, json};

/// A guest of the large seed, or the one guest of books that have no other.
pub(crate) fn phone(number: u64, guests: u32) -> String {
    format!("+7900{:07}", number % u64::from(guests))
}

fn subject(phone: &str) -> Value {
    json!({
        "guest": { "type": "phone", "phone": phone },
        "organization": { "type": "rkObjectId", "id": "4174244" }
    })
}

pub(crate) fn save(phone: &str) -> String {
    let mut request = subject(phone);
    request["guest"] = json!({ "phone": phone });
    request.to_string()
}

pub(crate) fn wallet(phone: &str) -> String {
    subject(phone).to_string()
}

/// Five dishes for 150.00 each: from 1000.00 on the demo takes a tenth off and gives no bonuses.
fn order() -> Value {
    let lines: Vec<Value> = (0..5)
        .map(|line| {
            json!({
                "product": { "code": format!("dish-{line}"), "name": "Блюдо", "group": "Горячее" },
                "price": 150, "cost": 150, "quantity": 1
            })
        })
        .collect();
    json!({ "openedAt": "2026-11-23T10:00:00Z", "items": lines })
}

pub(crate) fn calculate(phone: &str) -> String {
    let mut request = subject(phone);
    request["order"] = order();
    request.to_string()
}

/// Confirms what `calculated` answered, without bonuses.
pub(crate) fn confirm(phone: &str, id: &str, calculated: &[u8]) -> String {
    let calculated: Value = serde_json::from_slice(calculated).expect("JSON");
    let mut request = subject(phone);
    request["order"] = order();
    request["id"] = id.into();
    request["loyalty"] = json!({ "pattern": "fingerprint", "fingerprint": {
        "value": calculated["loyalty"]["fingerprint"], "options": { "bonuses": { "payment": 0 } }
    }});
    request.to_string()
}

pub(crate) fn close(id: &str) -> String {
    json!({ "id": id, "closedAt": "2026-11-23T11:00:00Z" }).to_string()
}
