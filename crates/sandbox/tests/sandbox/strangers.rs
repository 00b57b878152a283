//! Right requests in every respect but one: they name what there is not, or what the key may not see.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::ground::{Ground, operations};
use crate::stand::request;

/// Names an organisation, so that this is what is wrong with a stranger's request.
fn has_organization(right: &Value) -> bool {
    right.get("organization").is_some()
}

impl Ground {
    /// Sends the right request with one value changed.
    async fn refuse_with(&mut self, pointer: &str, value: Value, code: &str) {
        let mut body = self.right.clone();
        *body.pointer_mut(pointer).expect("a field of the right request") = value;
        let request = self.request(body.to_string());
        self.refuse_as(pointer, request, StatusCode::BAD_REQUEST, Some(code)).await;
    }
}

#[tokio::test]
async fn the_keys_of_others_find_neither_restaurant_nor_order() {
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        let code = if has_organization(&ground.right) { "2004" } else { "9004" };
        // One of another network, and one of this network that may not see the restaurant.
        for key in ["demo-zerno", "demo-rechnaya"] {
            let token = ground.token_of(key).await;
            let request = request(Some(&token), operation, ground.right.to_string());
            ground.refuse_as(key, request, StatusCode::BAD_REQUEST, Some(code)).await;
        }
        assert_eq!(ground.end().await, [""; 0]);
    }
}

#[tokio::test]
async fn what_there_is_not_is_refused_with_its_code() {
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        if has_organization(&ground.right) {
            for id in ["4174245", "5280011", "4174244 ", "'; DROP TABLE restaurant; --"] {
                ground.refuse_with("/organization/id", json!(id), "2004").await;
            }
        }
        if ground.right.pointer("/guest/type").is_some() {
            ground.refuse_with("/guest/phone", json!("+79990009999"), "3007").await;
            ground.refuse_with("/guest/phone", json!(null), "9004").await;
        }
        if operation.starts_with("orders/") && !has_organization(&ground.right) {
            ground.refuse_with("/id", json!("00000000-0000-4000-8000-00000000dead"), "9004").await;
        }
        assert_eq!(ground.end().await, [""; 0]);
    }
}
