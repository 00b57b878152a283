//! Orders out of the demo's menu, and what a till asks about them.

use serde_json::{Value, json};

use crate::stand::{Answer, Stand, guest, organization};

/// Dishes of the demo's menu: code, name, group, price in kopecks.
const MENU: [(&str, &str, &str, i64); 7] = [
    ("pie-cherry", "Пирог с вишней", "Пироги", 42_000),
    ("pie-meat", "Пирог с говядиной", "Пироги", 56_000),
    ("soup-borsch", "Борщ", "Горячее", 34_000),
    ("hot-pelmeni", "Пельмени домашние", "Горячее", 48_000),
    ("drink-mors", "Морс клюквенный 0,4 л", "Напитки", 16_000),
    ("drink-tea", "Чай с чабрецом", "Напитки", 19_000),
    ("dessert-medovik", "Медовик", "Десерты", 29_000),
];

/// A number of roubles out of kopecks, as exact JSON.
pub(crate) fn roubles(minor: i64) -> Value {
    serde_json::from_str(&format!("{}.{:02}", minor / 100, minor % 100)).expect("a number")
}

/// One portion of a dish of the menu.
pub(crate) fn dish(code: &str) -> Value {
    let (code, name, group, minor) = MENU.into_iter().find(|dish| dish.0 == code).expect("on the menu");
    item(code, name, Some(group), minor)
}

pub(crate) fn item(code: &str, name: &str, group: Option<&str>, minor: i64) -> Value {
    json!({
        "product": { "code": code, "name": name, "group": group, "categories": null },
        "price": roubles(minor),
        "cost": roubles(minor),
        "quantity": 1,
        "modifiers": null,
    })
}

/// One dish of this price in no group.
pub(crate) fn plain(minor: i64) -> Value {
    item("plain", "Блюдо", None, minor)
}

/// When a cart's order is opened unless the test says otherwise: at the stand's beginning.
const OPENED_AT: &str = "2026-03-01T09:00:00Z";

/// An order of dishes, and perhaps a guest and promo codes.
#[derive(Clone)]
pub(crate) struct Cart {
    pub(crate) items: Vec<Value>,
    pub(crate) phone: Option<&'static str>,
    pub(crate) promo_codes: Vec<&'static str>,
    pub(crate) expedition: Option<&'static str>,
    pub(crate) opened_at: &'static str,
}

impl Cart {
    pub(crate) fn of(phone: &'static str, items: Vec<Value>) -> Self {
        Self { items, phone: Some(phone), promo_codes: Vec::new(), expedition: None, opened_at: OPENED_AT }
    }

    pub(crate) fn with_code(mut self, promo_code: &'static str) -> Self {
        self.promo_codes.push(promo_code);
        self
    }

    fn parts(&self) -> Value {
        let mut parts = json!({
            "order": { "openedAt": self.opened_at, "items": self.items },
            "organization": organization(),
        });
        if let Some(phone) = self.phone {
            parts["guest"] = guest(phone);
        }
        if let Some(kind) = self.expedition {
            parts["delivery"] = json!({ "expedition": { "type": kind } });
        }
        parts
    }

    pub(crate) fn calculate_body(&self) -> Value {
        let mut body = self.parts();
        body["promocodes"] = self.promo_codes.iter().map(|value| json!({ "value": value })).collect();
        body
    }

    pub(crate) fn confirm_body(&self, id: &str, fingerprint: &str, payment_minor: i64) -> Value {
        let mut body = self.parts();
        body["id"] = id.into();
        body["loyalty"] = json!({
            "pattern": "fingerprint",
            "fingerprint": {
                "value": fingerprint,
                "options": { "hold": true, "bonuses": { "payment": roubles(payment_minor) } },
            },
        });
        body
    }

    pub(crate) async fn calculate(&self, stand: &Stand) -> Value {
        stand.call("orders/calculate", self.calculate_body()).await.ok()["loyalty"].take()
    }

    pub(crate) async fn fingerprint(&self, stand: &Stand) -> String {
        self.calculate(stand).await["fingerprint"].as_str().expect("a text").to_owned()
    }

    /// Calculates, then confirms with a payment in bonuses.
    pub(crate) async fn confirm(&self, stand: &Stand, id: &str, payment_minor: i64) -> Answer {
        let fingerprint = self.fingerprint(stand).await;
        stand.call("orders/confirm", self.confirm_body(id, &fingerprint, payment_minor)).await
    }
}

pub(crate) async fn reset(stand: &Stand, id: &str) -> Answer {
    stand.call("orders/reset", json!({ "id": id, "resetAt": "2026-03-01T09:05:00Z" })).await
}

pub(crate) async fn abort(stand: &Stand, id: &str) -> Answer {
    stand.call("orders/abort", json!({ "id": id, "abortedAt": "2026-03-01T09:06:00Z" })).await
}

pub(crate) async fn close(stand: &Stand, id: &str) -> Answer {
    stand.call("orders/close", json!({ "id": id, "closedAt": "2026-03-01T09:07:00Z" })).await
}

pub(crate) async fn get(stand: &Stand, id: &str) -> Answer {
    stand.call("orders/get", json!({ "id": id })).await
}

/// Refunds items of an order; all that is left where they are null.
pub(crate) async fn refund(stand: &Stand, id: &str, refund_id: &str, items: Value) -> Answer {
    let refunded_at = "2026-03-01T09:08:00Z";
    let body = json!({ "id": id, "refundId": refund_id, "refundedAt": refunded_at, "items": items });
    stand.call("orders/refund", body).await
}
