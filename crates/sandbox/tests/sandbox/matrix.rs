//! Every operation of the description with every fault: refused with the documented error, soon, and without a trace.

use crate::description::PLAZIUS;
use crate::ground::{Ground, operations};
use crate::odd::{impossible, repeated, strange};
use crate::wrong::forbidden;

async fn each_field_wrong(group: &str) {
    let mut found = Vec::new();
    for operation in operations().filter(|operation| operation.starts_with(group)) {
        let mut ground = Ground::of(operation).await;
        for wrong in forbidden(operation, &ground.right) {
            if let Ok(body) = serde_json::from_str(&wrong.body) {
                let faults = PLAZIUS.request_faults(operation, &body);
                assert!(!faults.is_empty(), "{operation} {}: the description does not forbid it", wrong.what);
            }
            ground.refuse_wrong(wrong).await;
        }
        found.extend(ground.end().await);
    }
    assert!(found.is_empty(), "{} of them: {found:#?}", found.len());
}

#[tokio::test]
async fn a_wrong_field_in_an_operation_on_guests_is_refused_without_a_trace() {
    each_field_wrong("guests/").await;
}

#[tokio::test]
async fn a_wrong_field_in_an_operation_on_orders_is_refused_without_a_trace() {
    each_field_wrong("orders/").await;
}

#[tokio::test]
async fn negative_and_unbounded_amounts_and_phones_of_other_notations_are_refused() {
    let mut found = Vec::new();
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        for wrong in impossible(operation, &ground.right) {
            ground.refuse_wrong(wrong).await;
        }
        found.extend(ground.end().await);
    }
    assert!(found.is_empty(), "{} of them: {found:#?}", found.len());
}

#[tokio::test]
async fn a_field_that_comes_twice_is_refused() {
    let mut found = Vec::new();
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        for wrong in repeated(&ground.right) {
            ground.refuse_wrong(wrong).await;
        }
        found.extend(ground.end().await);
    }
    assert!(found.is_empty(), "{} of them: {found:#?}", found.len());
}

/// What is taken changes the books; the next odd request begins on fresh ones.
#[tokio::test]
async fn strange_values_are_taken_or_refused_and_break_nothing() {
    let mut found = Vec::new();
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        for strange in strange(operation, &ground.right) {
            let request = ground.request(strange.body);
            if ground.take_or_refuse(&strange.what, request).await && ground.is_changed() {
                found.extend(std::mem::replace(&mut ground, Ground::of(operation).await).leave());
            }
        }
        found.extend(ground.leave());
    }
    assert!(found.is_empty(), "{} of them: {found:#?}", found.len());
}
