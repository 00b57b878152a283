//! Every field of every documented answer: left out, null, and of another type.

use serde_json::{Value, json};

use super::{PATIENT, Told, told};
use crate::calls::{Call, Systems, all, documented};
use crate::fault_server::{Fault, FaultServer};
use crate::stub::Received;

/// The paths of all fields in a JSON value, in its order. Of a list only the first entry is looked at.
fn fields(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields_here) => {
            for (name, value) in fields_here {
                let place = format!("{place}/{name}");
                found.push(place.clone());
                fields(value, &place, found);
            }
        }
        Value::Array(values) => {
            if let Some(first) = values.first() {
                fields(first, &format!("{place}/0"), found);
            }
        }
        _ => {}
    }
}

/// A value of another type than `value`, which fits nothing that is read as `value` is.
fn of_another_type(value: &Value) -> Value {
    if value.is_object() || value.is_array() { json!(7) } else { json!({"wrong": []}) }
}

fn changed(answer: &Value, place: &str, change: &str) -> Value {
    let mut answer = answer.clone();
    let (parent, name) = place.rsplit_once('/').expect("a field");
    let parent = answer.pointer_mut(parent).expect("a parent").as_object_mut().expect("an object");
    match change {
        "absent" => drop(parent.remove(name)),
        "null" => parent[name] = json!(null),
        _ => parent[name] = of_another_type(&parent[name]),
    }
    answer
}

/// The documented answer to `call`. Where nothing may be spent r_k Delivery is asked once, and else twice, with answers
/// that one change would make contradict; so here nothing may.
fn answer_to(call: &Call) -> Option<Value> {
    let prefix = match call.system {
        crate::calls::System::Plazius => "/pub/b2b/v1/loyalty",
        crate::calls::System::RkDelivery => "/delivery/orders/api",
        crate::calls::System::BasicRest => "/basic/integration/general",
    };
    let request = Received {
        method: call.place.0.to_owned(),
        path: if call.place.1.contains("/v1/auth/") {
            format!("/pub{}", call.place.1)
        } else {
            format!("{prefix}{}", call.place.1)
        },
        authorization: None,
        api_key: None,
        origin: None,
        content_type: Some("application/json".to_owned()),
        text: json!({"useLoyaltyBonusPayments": false}).to_string(),
    };
    let mut answer = serde_json::from_str::<Value>(&documented(&request).1).ok()?;
    if let Some(max) = answer.pointer_mut("/result/amount/loyaltyAmount/bonuses/maxBonusesForPayment") {
        *max = json!(0);
    }
    Some(answer)
}

/// The fields of one answer without which, or with another type of which, it is not believed.
async fn judged(call: Call) -> String {
    let Some(answer) = answer_to(&call) else { return String::new() };
    let server = FaultServer::start(call.place, documented).await;
    let systems = Systems::at(server.address, PATIENT);
    let mut places = Vec::new();
    fields(&answer, "", &mut places);
    let mut report = format!("{:?} {}\n", call.system, call.name);
    for change in ["absent", "null", "wrong"] {
        report.push_str(&format!("  {change}:"));
        for place in &places {
            server.set(Fault::answer(200, changed(&answer, place, change).to_string()));
            let outcome = (call.run)(&systems).await;
            match told(&outcome) {
                Told::Nothing => {}
                Told::Malformed { in_doubt: true } => report.push_str(&format!(" {place}")),
                Told::Refused("success") => report.push_str(&format!(" {place} (refused)")),
                other => panic!("{:?} {} {place} {change}: {other:?}", call.system, call.name),
            }
            assert_eq!(server.hits(), 1, "an answer is not asked for again");
        }
        report.push('\n');
    }
    report
}

/// The recorded lists are to be read as: these fields are needed, and whatever of an answer is not in them is not read.
#[tokio::test]
async fn a_field_that_is_needed_is_missed_and_one_of_another_type_is_not_believed() {
    let checks: Vec<_> = all().into_iter().map(|call| tokio::spawn(judged(call))).collect();
    let mut report = String::new();
    for check in checks {
        report.push_str(&check.await.expect("no panic"));
    }
    insta::assert_snapshot!(report);
}
