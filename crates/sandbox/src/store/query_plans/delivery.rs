//! Every operation of r_k Delivery and of its till, once.

use axum::body::Body;
use axum::http::{Method, Request, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::Sandbox;

const RESTAURANT: &str = "18f550d8-7fbe-45fa-8c83-35f531380f65";

/// Nobody's guest until the first order.
const PHONE: &str = "79995554433";

async fn send(
    sandbox: &Sandbox,
    method: Method,
    path: &str,
    (kind, authorization): (&str, &str),
    body: String,
) -> Value {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, kind)
        .header(header::AUTHORIZATION, authorization);
    let request = request.body(Body::from(body)).expect("a request");
    let Ok(answer) = sandbox.router().oneshot(request).await;
    let status = answer.status();
    let bytes = answer.into_body().collect().await.expect("a whole body").to_bytes();
    assert!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&bytes));
    serde_json::from_slice(&bytes).expect("JSON")
}

/// Two orders of somebody who joins by the first: one is reset, changed and closed, one cancelled.
pub(super) async fn use_every_operation(sandbox: &Sandbox) {
    let form = "client_id=demo-delivery&client_secret=demo&grant_type=client_credentials&scopes=orders";
    let head = ("application/x-www-form-urlencoded", "");
    let token = send(sandbox, Method::POST, "/delivery/connect/token", head, form.to_owned()).await;
    let bearer = format!("Bearer {}", token["access_token"].as_str().expect("a text"));
    let call = async |method: Method, path: &str, body: String| {
        let path = format!("/delivery/orders/api/v1/{path}");
        send(sandbox, method, &path, ("application/json", &bearer), body).await
    };
    let dishes = json!([{ "id": RESTAURANT, "name": "Салат", "price": 200, "quantity": 1 }]);
    let block = async |number: &str| {
        let body = json!({ "dishList": dishes, "soonest": true, "useLoyalty": true, "restaurantId": RESTAURANT,
            "phone": PHONE, "expeditionType": "pickup", "useLoyaltyBonusPayments": true, "orderId": number,
            "loyaltyPromo": ["PROMOCODE1"] });
        let mut answer = call(Method::POST, "orders/delivery", body.to_string()).await;
        answer["result"]["amount"]["loyaltyAmount"].take()
    };
    for (number, verb) in [("1", "close"), ("2", "cancel")] {
        let body = json!({ "dishList": dishes, "soonest": true, "restaurantId": RESTAURANT,
            "guest": { "phone": PHONE }, "expeditionType": "pickup", "paymentTypeId": "cash",
            "loyaltyCalculation": block("").await });
        call(Method::POST, "orders", body.to_string()).await;
        if verb == "close" {
            call(Method::POST, "orders/1/resetLoyalty", String::new()).await;
            let change = json!({ "dishList": dishes, "paymentTypeId": "cash",
                "loyaltyCalculation": block(number).await });
            call(Method::PATCH, "orders/1", change.to_string()).await;
        }
        let body = json!({ "order": number }).to_string();
        send(sandbox, Method::POST, &format!("/sandbox/till/{verb}"), ("application/json", ""), body).await;
    }
}
