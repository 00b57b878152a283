//! A sandbox with the documented programme, which has every rule, and what a guest does in the system's own app.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};

use crate::orders::{Cart, close, item};
use crate::stand::{Answer, Stand, guest_request, organization};

const PROGRAMME: &str = include_str!("../../../../docs/programme.example.json");

pub(crate) const GIFT_DRINK: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01";
pub(crate) const COFFEE: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c02";
pub(crate) const DESSERTS: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c05";
pub(crate) const SPRING: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c06";
pub(crate) const STAMPS: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c10";
pub(crate) const REFERRAL: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c11";
pub(crate) const WELCOME: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c12";

/// A guest who is not one of the seed's.
pub(crate) const ANNA: &str = "+79995554433";

pub(crate) async fn start() -> Stand {
    Stand::with_programme(PROGRAMME).await
}

/// The id of the n-th order or refund of a test.
pub(crate) fn id(number: u32) -> String {
    let mut id = "00000000-0000-4000-8000-".to_owned();
    write!(id, "{number:012}").expect("a string takes all");
    id
}

/// Lets a new guest join the programme.
pub(crate) async fn join(stand: &Stand, phone: &str) {
    let body = json!({ "guest": { "phone": phone }, "organization": organization() });
    stand.call("guests/save", body).await.ok();
}

/// A dish that no campaign is about, for so many roubles.
pub(crate) fn meal(phone: &'static str, roubles: i64) -> Cart {
    Cart::of(phone, vec![item("hot-pelmeni", "Пельмени", None, roubles * 100)])
}

/// Confirms and closes an order without bonuses.
pub(crate) async fn buy(stand: &Stand, number: u32, cart: &Cart) {
    cart.confirm(stand, &id(number), 0).await.ok();
    close(stand, &id(number)).await.ok();
}

/// One of the guest's campaigns, or null.
pub(crate) async fn campaign(stand: &Stand, phone: &str, campaign_id: &str) -> Value {
    let answer = stand.call("guests/getMarketingCampaigns", guest_request(phone)).await.ok();
    let campaigns = answer["marketingCampaigns"].as_array().expect("a list").clone();
    campaigns.into_iter().find(|one| one["id"] == campaign_id).unwrap_or(Value::Null)
}

/// The guest's gifts of a campaign: status and stamp of each.
pub(crate) async fn gifts(stand: &Stand, phone: &str, campaign_id: &str) -> Vec<(String, Value)> {
    let campaign = campaign(stand, phone, campaign_id).await;
    let gifts = campaign["gifts"].as_array().cloned().unwrap_or_default();
    let status = |gift: &Value| gift["status"].as_str().expect("a status").to_owned();
    gifts.iter().map(|gift| (status(gift), gift["stampIndex"].clone())).collect()
}

/// Asks the system's own app for something.
pub(crate) async fn app(stand: &Stand, action: &str, phone: &str, campaign_id: &str) -> Answer {
    let body = json!({ "restaurant": "4174244", "phone": phone, "campaign_id": campaign_id });
    post(stand, action, body).await
}

pub(crate) async fn invite(stand: &Stand, phone: &str, invited_phone: &str) -> Answer {
    let body = json!({ "restaurant": "4174244", "phone": phone, "invited_phone": invited_phone,
        "campaign_id": REFERRAL });
    post(stand, "invite", body).await
}

async fn post(stand: &Stand, action: &str, body: Value) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("/sandbox/guest-app/{action}"))
        .header(header::HOST, "127.0.0.1:9090")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    stand.send(request).await
}
