//! Takes the steps of a walk on a stand, and holds what comes of them against the model.

use std::collections::HashMap;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::model::{Expected, Model, Order};
use super::step::{ORDERS, Step};
use crate::books::Books;
use crate::orders::roubles;
use crate::stand::{Answer, Stand, guest_request, organization};

pub(super) struct Walker<'a> {
    pub(super) stand: &'a mut Stand,
    pub(super) model: Model,
    books: &'a Books,
    /// How often steps were accepted, and refused with each code.
    pub(super) outcomes: HashMap<Option<&'static str>, u32>,
    /// Keeps its names apart from those of other walks on the stand.
    walk: u32,
    confirmed: [Option<Value>; ORDERS],
}

impl<'a> Walker<'a> {
    pub(super) fn new(stand: &'a mut Stand, books: &'a Books, walk: u32) -> Self {
        Self {
            stand,
            books,
            walk,
            model: Model::new(),
            outcomes: HashMap::new(),
            confirmed: [const { None }; ORDERS],
        }
    }

    /// Takes one step; nothing but an accepted one may leave a trace.
    pub(super) async fn take(&mut self, index: usize, step: Step) {
        if self.is_void(step) {
            return;
        }
        let before = self.books.version();
        let answer = self.send(index, step).await;
        let expected = self.model.take(step);
        if let Some(answer) = answer {
            held(expected, &answer, step);
            *self.outcomes.entry(expected.err()).or_default() += 1;
        }
        if expected.is_err() {
            assert_eq!(self.books.version(), before, "refused, and yet it left a trace: {step:?}");
        } else if let Some(guest) = self.model.guest_of(step) {
            self.compare_wallet(guest, step).await;
        }
    }

    /// A confirmation is sent again only if it was accepted and its order was not reset since.
    fn is_void(&self, step: Step) -> bool {
        let Step::ConfirmAgain { order } = step else { return false };
        let is_unsettled = matches!(self.model.orders[order], Order::Unknown | Order::Open);
        is_unsettled || self.confirmed[order].is_none()
    }

    async fn send(&mut self, index: usize, step: Step) -> Option<Answer> {
        let (operation, body) = match step {
            Step::Pass { minutes } => {
                self.stand.pass(SignedDuration::from_mins(minutes));
                self.stand.renew_token().await;
                return None;
            }
            Step::Restart => {
                self.stand.restart();
                return None;
            }
            Step::Confirm { order, guest, portions, payment_minor, with_code } => {
                let parts = self.parts(index, guest, portions);
                let codes = if with_code { json!([{ "value": "WALK" }]) } else { json!([]) };
                return Some(self.confirm(order, parts, &codes, payment_minor).await);
            }
            Step::ConfirmAgain { order } => ("orders/confirm", self.confirmed[order].clone()?),
            Step::Save { guest, name } => (
                "guests/save",
                json!({
                    "guest": { "phone": self.phone(guest), "firstName": name.to_string() },
                    "organization": organization(),
                }),
            ),
            Step::Rename { guest, name } => {
                let mut body = self.named(guest);
                let name = name.map(|name| name.to_string());
                body["guestInformation"] = json!({ "firstName": { "hasValue": true, "value": name } });
                ("guests/update", body)
            }
            Step::AddBonus { guest, minor } => ("guests/addBonus", self.change(guest, minor)),
            Step::WriteOff { guest, minor } => ("guests/writeoffBonus", self.change(guest, minor)),
            Step::AddCard { guest, card } => {
                let mut body = self.named(guest);
                body["cardTrack"] = json!(format!("track {}-{card}", self.walk));
                body["cardNumber"] = json!(format!("number {}-{card}", self.walk));
                ("guests/addLoyaltyCard", body)
            }
            Step::GenerateCard { guest } => ("guests/generateLoyaltyCard", self.named(guest)),
            Step::Reset { order } => ("orders/reset", self.moment(order, "resetAt")),
            Step::Abort { order } => ("orders/abort", self.moment(order, "abortedAt")),
            Step::Close { order } => ("orders/close", self.moment(order, "closedAt")),
            Step::Refund { order, refund, portions } => {
                let items =
                    portions.map(|count| json!([{ "product": { "code": "plain" }, "quantity": count }]));
                let mut body = self.moment(order, "refundedAt");
                body["refundId"] = json!(format!("{:08x}-0000-4001-8000-{refund:012x}", self.walk));
                body["items"] = json!(items);
                ("orders/refund", body)
            }
        };
        Some(self.stand.call(operation, body).await)
    }

    /// Calculates, then confirms; what the calculation refuses is not confirmed.
    async fn confirm(&mut self, order: usize, parts: Value, codes: &Value, payment_minor: i64) -> Answer {
        let mut calculate = parts.clone();
        calculate["promocodes"] = codes.clone();
        let calculated = self.stand.call("orders/calculate", calculate).await;
        if calculated.status != 200 {
            return calculated;
        }
        let mut body = parts;
        body["id"] = json!(self.order_id(order));
        body["loyalty"] = json!({ "pattern": "fingerprint", "fingerprint": {
            "value": calculated.json()["loyalty"]["fingerprint"],
            "options": { "bonuses": { "payment": roubles(payment_minor) } },
        }});
        let answer = self.stand.call("orders/confirm", body.clone()).await;
        if answer.status == 200 {
            self.confirmed[order] = Some(body);
        }
        answer
    }

    fn parts(&self, index: usize, guest: usize, portions: i64) -> Value {
        let mut parts = self.named(guest);
        let sum = portions * 200;
        parts["order"] = json!({
            // No two are alike, so that only the very same request is a repetition.
            "openedAt": format!("2026-03-01T08:{index:02}:00Z"),
            "items": [{
                "product": { "code": "plain", "name": "Блюдо" },
                "price": sum, "cost": sum, "quantity": portions,
            }],
        });
        parts
    }

    fn change(&self, guest: usize, minor: i64) -> Value {
        let mut body = self.named(guest);
        body["amount"] = roubles(minor);
        body["comment"] = json!("");
        body
    }

    fn moment(&self, order: usize, field: &str) -> Value {
        json!({ "id": self.order_id(order), field: "2026-03-01T09:00:00Z" })
    }

    pub(super) fn named(&self, guest: usize) -> Value {
        guest_request(&self.phone(guest))
    }

    fn phone(&self, guest: usize) -> String {
        format!("+7{:08}{guest:02}", self.walk)
    }

    pub(super) fn order_id(&self, order: usize) -> String {
        format!("{:08x}-0000-4000-8000-{order:012x}", self.walk)
    }
}

fn held(expected: Expected, answer: &Answer, step: Step) {
    let code = expected.err();
    let told: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    assert_eq!(told["error"]["code"].as_str(), code, "{step:?}: {}", answer.text);
    assert_eq!(answer.status.as_u16(), if code.is_none() { 200 } else { 400 }, "{step:?}");
}
