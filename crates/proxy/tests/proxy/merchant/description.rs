//! The restaurants' API as it describes itself.

use serde_json::{Value, json};

use crate::test_app::TestApp;

/// Every operation: its verb, its path, and what is said of it.
async fn operations(app: &TestApp) -> Vec<(String, String, Value)> {
    let document = app.get("/merchant/openapi.json").await.ok();
    let paths = document["paths"].as_object().expect("paths").clone();
    let of_path = |(path, verbs): (String, Value)| {
        let verbs = verbs.as_object().expect("operations").clone();
        verbs.into_iter().map(move |(verb, operation)| (verb, path.clone(), operation))
    };
    paths.into_iter().flat_map(of_path).collect()
}

#[tokio::test]
async fn every_operation_is_described_and_every_change_needs_a_key() {
    let app = TestApp::spawn().await;
    let operations = operations(&app).await;
    let names: Vec<String> = operations.iter().map(|(verb, path, _)| format!("{verb} {path}")).collect();
    let expected = [
        "post /merchant/v1/orders",
        "get /merchant/v1/orders/{order_ref}",
        "post /merchant/v1/orders/{order_ref}/abort",
        "post /merchant/v1/orders/{order_ref}/close",
        "post /merchant/v1/orders/{order_ref}/refund",
        "get /merchant/v1/webhooks/dead",
        "post /merchant/v1/webhooks/dead/{webhook_id}/resend",
    ];
    assert_eq!(names, expected);
    for (verb, path, operation) in &operations {
        assert_eq!(operation["security"], json!([{"key": []}]), "{path}");
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let needs_key = parameters.into_iter().any(|one| one["name"] == "Idempotency-Key");
        assert_eq!(needs_key, verb == "post", "{path}");
    }
    app.finish().await;
}

#[tokio::test]
async fn what_is_described_is_there() {
    let app = TestApp::spawn().await;
    for (verb, path, _) in operations(&app).await {
        let path = path.replace("{order_ref}", "1").replace("{webhook_id}", "1");
        let json = ("content-type", "application/json");
        let answer = app.send(&verb.to_uppercase(), &path, &[json], "{}").await;
        answer.refused(401, "not_logged_in");
    }
    app.finish().await;
}

#[tokio::test]
async fn the_answers_fit_the_description() {
    let app = TestApp::spawn().await;
    let document = app.get("/merchant/openapi.json").await.ok();
    let body = json!({"order_ref": "1", "cart": crate::test_app::dinner()});
    let registered = app.merchant().register_with(&body).await.json();
    let order = app.merchant().order("1").await;
    for (schema, sent) in [("RegisterOrderResponse", registered), ("MerchantOrderResponse", order)] {
        let schema = &document["components"]["schemas"][schema]["properties"];
        let names = |object: &Value| {
            let mut names: Vec<String> = object.as_object().expect("an object").keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(names(schema), names(&sent));
    }
    app.finish().await;
}
