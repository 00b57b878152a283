//! r_k Delivery as a restaurant's site sees it.

mod changes;
mod documented;
mod many;
mod orders;
mod persistence;
mod precalculations;
mod refusals;
mod rights;
mod tampering;
mod tokens;

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};

use crate::stand::{Answer, Stand};

pub(crate) const MIRA: &str = "18f550d8-7fbe-45fa-8c83-35f531380f65";
pub(crate) const SADOVAYA: &str = "9b1f6a2e-4c7d-4e50-a3f8-6d2c0e5b7f14";

/// The third rank, 1230.58.
pub(crate) const DENIS: &str = "79990003344";
/// The first rank, 3.21.
pub(crate) const ANNA: &str = "79990004455";
/// Nobody's guest.
pub(crate) const STRANGER: &str = "79990009988";

/// A client of the system.
pub(crate) struct Site<'a> {
    pub(crate) stand: &'a Stand,
    pub(crate) token: String,
}

/// What a guest orders.
#[derive(Clone)]
pub(crate) struct Basket {
    pub(crate) dishes: Vec<Value>,
    pub(crate) phone: &'static str,
    pub(crate) restaurant: &'static str,
    pub(crate) promo_codes: Vec<&'static str>,
    pub(crate) uses_bonuses: bool,
    /// The number of the order that is changed.
    pub(crate) number: String,
}

/// So many salads of the makers' examples, at 200 each.
pub(crate) fn salads(count: i64) -> Value {
    json!({
        "id": "b5a5e2e8-958e-765c-2822-d5cf7c60df7d", "name": "Салат Мимоза", "price": 200, "discount": 0,
        "measure": { "value": 0, "unit": "" }, "isContainInStopList": [], "quantity": count, "ingredients": [],
    })
}

/// The burger of the makers' examples, at 100.
pub(crate) fn burger() -> Value {
    json!({
        "id": "66a506b9-ce54-26f6-c582-dc884f7d02f3", "name": "Чизбургер", "price": 100, "discount": 0,
        "measure": { "value": 0, "unit": "" }, "isContainInStopList": [], "quantity": 1, "ingredients": [],
    })
}

impl Basket {
    pub(crate) fn of(phone: &'static str, dishes: Vec<Value>) -> Self {
        let (restaurant, number) = (MIRA, String::new());
        Self { dishes, phone, restaurant, promo_codes: Vec::new(), uses_bonuses: false, number }
    }

    pub(crate) fn with_bonuses(self) -> Self {
        Self { uses_bonuses: true, ..self }
    }

    pub(crate) fn precalculation(&self) -> Value {
        json!({
            "dishList": self.dishes, "address": null, "soonest": true, "useLoyalty": true,
            "restaurantId": self.restaurant, "phone": self.phone, "expeditionType": "pickup",
            "useLoyaltyBonusPayments": self.uses_bonuses, "orderId": self.number, "manualDiscounts": [],
            "loyaltyPromo": self.promo_codes, "hideLoader": true,
        })
    }

    /// The order that a precalculation's answer comes to; null for no loyalty.
    pub(crate) fn creation(&self, block: &Value) -> Value {
        json!({
            "comment": "", "restaurantId": self.restaurant, "persons": 1, "expeditionType": "pickup",
            "paymentTypeId": "cash", "courierId": "", "soonest": true, "dishList": self.dishes,
            "changeFrom": null,
            "guest": { "firstName": "Гость", "lastName": "", "phone": self.phone, "email": null },
            "loyaltyCalculation": block, "discounts": null, "discountDeliveryAmount": null,
        })
    }

    pub(crate) fn change(&self, block: &Value) -> Value {
        json!({ "paymentTypeId": "cash", "dishList": self.dishes, "loyaltyCalculation": block })
    }
}

impl<'a> Site<'a> {
    pub(crate) async fn of(stand: &'a Stand) -> Self {
        Self::named(stand, "demo-delivery").await
    }

    pub(crate) async fn named(stand: &'a Stand, client: &str) -> Self {
        let form =
            format!("client_id={client}&client_secret=demo&grant_type=client_credentials&scopes=orders");
        let answer = ask_for_token(stand, &form).await.ok();
        Self { stand, token: answer["access_token"].as_str().expect("a text").to_owned() }
    }

    pub(crate) fn request(&self, method: Method, path: &str, body: String) -> Request<Body> {
        request(Some(&format!("Bearer {}", self.token)), method, path, body)
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.stand.send(self.request(method, path, body.to_string())).await
    }

    /// The answer's `amount`.
    pub(crate) async fn precalculate(&self, basket: &Basket) -> Value {
        let answer = self.call(Method::POST, "orders/delivery", &basket.precalculation()).await;
        answer.ok()["result"]["amount"].take()
    }

    /// The answer's `loyaltyAmount`.
    pub(crate) async fn block(&self, basket: &Basket) -> Value {
        self.precalculate(basket).await["loyaltyAmount"].take()
    }

    /// Precalculates, then creates.
    pub(crate) async fn order(&self, basket: &Basket) -> Answer {
        let block = self.block(basket).await;
        self.call(Method::POST, "orders", &basket.creation(&block)).await
    }

    /// As [`Self::order`]; the number of the order.
    pub(crate) async fn number(&self, basket: &Basket) -> String {
        let answer = self.order(basket).await;
        answer.status_is(axum::http::StatusCode::CREATED);
        answer.json()["result"]["orderId"].as_str().expect("a text").to_owned()
    }

    pub(crate) async fn reset(&self, number: &str) -> Answer {
        let path = format!("orders/{number}/resetLoyalty");
        self.stand.send(self.request(Method::POST, &path, String::new())).await
    }

    pub(crate) async fn change(&self, number: &str, body: &Value) -> Answer {
        self.call(Method::PATCH, &format!("orders/{number}"), body).await
    }

    /// What the guest may spend, as JSON writes it.
    pub(crate) async fn balance(&self, phone: &'static str) -> String {
        let block = self.block(&Basket::of(phone, vec![burger()])).await;
        block["bonuses"]["guestBalance"].to_string()
    }
}

pub(crate) fn request(
    authorization: Option<&str>,
    method: Method,
    path: &str,
    body: String,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(format!("/delivery/orders/api/v1/{path}"));
    if let Some(value) = authorization {
        request = request.header(header::AUTHORIZATION, value);
    }
    request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body)).expect("a request")
}

pub(crate) async fn ask_for_token(stand: &Stand, form: &str) -> Answer {
    let request = Request::post("/delivery/connect/token")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .expect("a request");
    stand.send(request).await
}

/// What the restaurant's till does: `close` or `cancel`.
pub(crate) async fn till(stand: &Stand, verb: &str, number: &str) -> Answer {
    let request = Request::post(format!("/sandbox/till/{verb}"))
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json!({ "order": number }).to_string()))
        .expect("a request");
    stand.send(request).await
}

/// Asserts a refusal: its status and exactly its body. Returns the path and the message.
#[track_caller]
pub(crate) fn refused(answer: &Answer, status: u16) -> (String, String) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    let mut error = answer.json()["error"].clone();
    assert_eq!(answer.json(), json!({ "error": error }));
    let mut take = |name: &str| error[name].take().as_str().unwrap_or_default().to_owned();
    let (path, message) = (take("path"), take("message"));
    assert!(!message.is_empty());
    (path, message)
}
