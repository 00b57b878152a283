//! Requests that are wrong in one place each: refused by the path of the field, without a trace.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};

use super::{Basket, DENIS, Site, refused, salads};
use crate::books::Books;
use crate::stand::Stand;

/// What may be null.
const NULLABLE: [&str; 10] = [
    "/address",
    "/comment",
    "/courierId",
    "/changeFrom",
    "/guest/firstName",
    "/guest/lastName",
    "/guest/email",
    "/loyaltyCalculation",
    "/discounts",
    "/discountDeliveryAmount",
];

/// What must be there.
const REQUIRED: [&str; 8] = [
    "dishList",
    "useLoyalty",
    "restaurantId",
    "phone",
    "expeditionType",
    "useLoyaltyBonusPayments",
    "paymentTypeId",
    "guest",
];

/// Every place of a request, and values of other types for what is there.
fn wrong_types(at: &str, value: &Value, found: &mut Vec<(String, Value)>) {
    let mut add = |wrong: Value| found.push((at.to_owned(), wrong));
    match value {
        Value::Null => [json!(true), json!([])].into_iter().for_each(&mut add),
        Value::Bool(_) if at.ends_with("isListStoped") => {
            [json!(1), json!([])].into_iter().for_each(&mut add);
        }
        Value::Bool(_) => [json!("true"), json!(1), json!({})].into_iter().for_each(&mut add),
        Value::Number(_) => {
            [json!("1"), json!(true), json!([]), json!(0.0001)].into_iter().for_each(&mut add);
        }
        Value::String(_) => [json!(1), json!(true), json!([]), json!({})].into_iter().for_each(&mut add),
        Value::Array(_) => [json!("text"), json!(1), json!({})].into_iter().for_each(&mut add),
        Value::Object(_) => [json!("text"), json!(1), json!([])].into_iter().for_each(&mut add),
    }
    if !value.is_null() && !NULLABLE.contains(&at) {
        found.push((at.to_owned(), json!(null)));
    }
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                wrong_types(&format!("{at}/{index}"), item, found);
            }
        }
        Value::Object(fields) => {
            found.push((format!("{at}/surprise"), json!(1)));
            for (name, field) in fields {
                wrong_types(&format!("{at}/{name}"), field, found);
            }
        }
        _ => {}
    }
}

/// Values of the right type that no order can mean.
fn wrong_values() -> Vec<(&'static str, Value)> {
    vec![
        ("/dishList", json!([])),
        ("/dishList/0/id", json!("")),
        ("/dishList/0/id", json!("b5a5e2e8958e765c2822d5cf7c60df7d")),
        ("/dishList/0/id", json!("{b5a5e2e8-958e-765c-2822-d5cf7c60df7d}")),
        ("/dishList/0/name", json!(" ")),
        ("/dishList/0/price", json!(-1)),
        ("/dishList/0/price", json!(0.001)),
        ("/dishList/0/price", json!(9_999_999_999_999_i64)),
        ("/dishList/0/quantity", json!(0)),
        ("/dishList/0/quantity", json!(-1)),
        ("/dishList/0/quantity", json!(999_999_999_999_i64)),
        ("/dishList/0/discount", json!(1)),
        ("/dishList/0/ingredients/0/quantity", json!(0)),
        ("/dishList/0/ingredients/0/price", json!(-0.01)),
        ("/dishList/0/ingredients/0/name", json!("")),
        ("/dishList/0/ingredients/0/ingredients/0/quantity", json!(-2)),
        ("/dishList/0/ingredients/0/ingredients/0/ingredients", json!([])),
        ("/restaurantId", json!("18f550d8")),
        ("/expeditionType", json!("inRestaurant")),
        ("/expeditionType", json!("Pickup")),
        ("/expeditionType", json!("delivery")),
        ("/address", json!({ "street": "Мира" })),
        ("/expectedAt", json!("2026-03-01")),
        ("/expectedAt", json!("2026-03-01T09:00:00")),
        ("/phone", json!("")),
        ("/phone", json!("8 999 000 33 44")),
        ("/phone", json!("++79990003344")),
        ("/guest/phone", json!("0")),
        ("/manualDiscounts", json!([{ "id": 1 }])),
        ("/persons", json!(0)),
        ("/persons", json!(-1)),
        ("/paymentTypeId", json!(" ")),
        ("/discountDeliveryAmount", json!(1)),
        ("/discounts/discount", json!(1)),
        ("/discounts/useRk7Discounts", json!(true)),
        ("/discounts/discountList", json!([{}])),
    ]
}

/// A request with every field there is.
async fn right(site: &Site<'_>, path: &str) -> Value {
    let mut dish = salads(1);
    dish["schemeId"] = json!("");
    dish["description"] = json!("");
    dish["imageUrls"] = json!(["about:blank"]);
    dish["isListStoped"] = json!(false);
    let part = |more: Value| {
        let id = "66a506b9-ce54-26f6-c582-dc884f7d02f3";
        json!({ "id": id, "name": "Соус", "price": 15.5, "quantity": 2, "ingredients": more })
    };
    let mut modifier = part(json!([]));
    modifier.as_object_mut().expect("an object").remove("ingredients");
    dish["ingredients"] = json!([part(json!([modifier]))]);
    let basket = Basket { promo_codes: vec!["PROMOCODE1"], ..Basket::of(DENIS, vec![dish]).with_bonuses() };
    let mut body = basket.precalculation();
    if path == "orders" {
        let amount = site.precalculate(&basket).await;
        body = basket.creation(&amount["loyaltyAmount"]);
        body["discounts"] = amount["discounts"].clone();
        body["address"] = json!(null);
        body["changeFrom"] = json!(500);
        body["discountDeliveryAmount"] = json!(0);
        body["guest"]["email"] = json!("d@example.org");
    }
    body["expectedAt"] = json!("2026-03-01T15:00:00+03:00");
    body
}

fn with(body: &Value, at: &str, value: Value) -> Option<Value> {
    let mut body = body.clone();
    let (owner, name) = at.rsplit_once('/').unwrap_or(("", ""));
    match body.pointer_mut(owner)? {
        _ if at.is_empty() => return Some(value),
        Value::Object(fields) => drop(fields.insert(name.to_owned(), value)),
        Value::Array(items) => *items.get_mut(name.parse::<usize>().ok()?)? = value,
        _ => return None,
    }
    Some(body)
}

/// The name of the field, or of the list it is in.
fn name_of(at: &str) -> &str {
    at.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default()
}

#[tokio::test]
async fn whatever_is_wrong_is_refused_by_its_path_and_leaves_no_trace() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    for path in ["orders/delivery", "orders"] {
        let right = right(&site, path).await;
        let books = Books::of(&stand);
        let before = books.snapshot();
        let mut wrong = Vec::new();
        wrong_types("", &right, &mut wrong);
        wrong.extend(
            wrong_values()
                .into_iter()
                .filter(|(at, _)| right.pointer(at).is_some() || at.ends_with("/ingredients"))
                .map(|(at, value)| (at.to_owned(), value)),
        );
        assert!(wrong.len() > 100, "{}", wrong.len());
        for (at, value) in wrong {
            let body = with(&right, &at, value.clone()).expect("a place of the request");
            let answer = site.call(Method::POST, path, &body).await;
            assert_eq!(answer.status.as_u16(), 400, "{path} {at} = {value}: {}", answer.text);
            let (field, message) = refused(&answer, 400);
            let named = if at == "/expeditionType" { "" } else { name_of(&at) };
            assert!(field.contains(named) || message.contains(named), "{at} = {value}: {field}: {message}");
            assert_eq!(books.snapshot(), before, "{path} {at} = {value}");
        }
        for name in REQUIRED.into_iter().filter(|name| right.get(name).is_some()) {
            let mut body = right.clone();
            body.as_object_mut().expect("an object").remove(name);
            let answer = site.call(Method::POST, path, &body).await;
            assert!(refused(&answer, 400).1.contains(name), "{name}: {}", answer.text);
        }
        let answer = site.call(Method::POST, path, &right).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_time_is_needed_unless_it_is_as_soon_as_can_be() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]);
    for (path, mut body) in
        [("orders/delivery", basket.precalculation()), ("orders", basket.creation(&json!(null)))]
    {
        body["soonest"] = json!(false);
        assert_eq!(refused(&site.call(Method::POST, path, &body).await, 400).0, "expectedAt");
        body.as_object_mut().expect("an object").remove("soonest");
        assert_eq!(refused(&site.call(Method::POST, path, &body).await, 400).0, "expectedAt");
    }
    let mut body = basket.with_bonuses().precalculation();
    body["useLoyalty"] = json!(false);
    let answer = site.call(Method::POST, "orders/delivery", &body).await;
    assert_eq!(refused(&answer, 400).0, "useLoyaltyBonusPayments");
}

#[tokio::test]
async fn a_change_is_read_as_strictly_and_a_reset_has_no_body() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]);
    let number = site.number(&basket).await;
    site.reset(&number).await.ok();
    let block = site.block(&Basket { number: number.clone(), ..basket.clone() }).await;
    let right = basket.change(&block);
    let books = Books::of(&stand);
    let before = books.snapshot();
    let mut wrong = Vec::new();
    wrong_types("", &right, &mut wrong);
    for (at, value) in wrong {
        let body = with(&right, &at, value.clone()).expect("a place of the request");
        let answer = site.change(&number, &body).await;
        assert_eq!(answer.status.as_u16(), 400, "{at} = {value}: {}", answer.text);
    }
    refused(&site.change("2", &right).await, 404);
    let path = format!("orders/{number}/resetLoyalty");
    refused(&site.call(Method::POST, &path, &json!({})).await, 400);
    refused(&site.reset("2").await, 404);
    assert_eq!(books.snapshot(), before);
    site.change(&number, &right).await.ok();
}

#[tokio::test]
async fn only_json_in_utf_8_of_a_sensible_size_is_taken() {
    let stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let body = Basket::of(DENIS, vec![salads(1)]).precalculation().to_string();
    let send = async |kind: &str, body: Vec<u8>| {
        let request = Request::post("/delivery/orders/api/v1/orders/delivery")
            .header(header::AUTHORIZATION, format!("Bearer {}", site.token))
            .header(header::CONTENT_TYPE, kind);
        stand.send(request.body(Body::from(body)).expect("a request")).await
    };
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=cp1251"] {
        refused(&send(kind, body.clone().into_bytes()).await, 400);
    }
    for text in ["", "{", "[]", "null", &format!("{body}{body}"), &" ".repeat(2 << 20)] {
        refused(&send("application/json", text.as_bytes().to_vec()).await, 400);
    }
    refused(&send("application/json", vec![0xff, 0xfe]).await, 400);
    send("application/json; charset=utf-8", body.into_bytes()).await.ok();
}
