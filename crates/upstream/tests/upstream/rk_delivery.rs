//! The client of r_k Delivery: what is sent, what is believed, how the token is kept.

mod answers;
mod authorisation;
mod requests;

use std::time::Duration;

use contract::cart::Expedition;
use contract::{Money, Phone, Quantity};
use serde_json::{Value, json};
use upstream::RkDelivery;
use upstream::program::{GuestKey, Modifier, OrderContents, OrderLine, OrderRef};

use crate::stub::{Received, Stub};

const BONUSES: &str = include_str!("fixtures/rk_delivery/precalculated_bonuses.json");
const DISCOUNT: &str = include_str!("fixtures/rk_delivery/precalculated_discount.json");
const PROMO_CODE: &str = include_str!("fixtures/rk_delivery/precalculated_promo_code.json");
const CREATED: &str = include_str!("fixtures/rk_delivery/created.json");

/// The dish of the documented examples.
const SALAD: &str = "b5a5e2e8-958e-765c-2822-d5cf7c60df7d";

/// The guest of the documented examples.
pub(crate) fn guest() -> GuestKey {
    GuestKey::Phone(Phone::parse("+71111111111").expect("E.164"))
}

/// So many salads of the documented examples, at 200 each.
pub(crate) fn salads(count: i64) -> OrderContents {
    OrderContents {
        opened_at: "2022-06-16T06:41:08Z".parse().expect("a time"),
        expected_at: None,
        expedition: Expedition::Pickup,
        lines: vec![OrderLine {
            code: SALAD.to_owned(),
            name: "Салат Мимоза".to_owned(),
            category: None,
            quantity: Quantity::from_milli(count * 1000),
            unit_price: Money::from_minor(20_000),
            total: Money::from_minor(20_000 * count),
            modifiers: Vec::new(),
        }],
    }
}

/// The first line gets two spoons of sauce with each portion, at 15.50 each.
fn with_sauce(mut order: OrderContents) -> OrderContents {
    let line = &mut order.lines[0];
    let spoons = line.quantity.milli() * 2;
    let total = Money::from_minor(spoons / 1000 * 1_550);
    line.total = line.total.checked_add(total).expect("small");
    line.modifiers.push(Modifier {
        code: "66a506b9-ce54-26f6-c582-dc884f7d02f3".to_owned(),
        name: "Соус".to_owned(),
        quantity: Quantity::from_milli(spoons),
        per_portion: Quantity::from_milli(2000),
        unit_price: Money::from_minor(1_550),
        total,
    });
    order
}

/// The documented answer with bonuses, or what it must be without them; other operations succeed as documented.
pub(crate) fn documented(request: &Received) -> (u16, String) {
    if request.path.ends_with("/orders/delivery") {
        let mut answer: Value = serde_json::from_str(BONUSES).expect("a fixture");
        if request.json()["useLoyaltyBonusPayments"] == json!(false) {
            let amount = &mut answer["result"]["amount"];
            amount["totalAmount"] = json!(200);
            amount["loyaltyAmount"]["totalAmount"] = json!(200);
            amount["loyaltyAmount"]["loyaltyDiscountAmount"] = json!(0);
            amount["loyaltyAmount"]["useLoyaltyBonusPayments"] = json!(false);
            amount["discounts"]["total"] = json!(200);
        }
        return (200, answer.to_string());
    }
    if request.path.ends_with("/orders") { (201, CREATED.to_owned()) } else { (200, String::new()) }
}

async fn documented_stub() -> Stub {
    Stub::start(|request| {
        let (status, body) = documented(request);
        (status, body, Duration::ZERO)
    })
    .await
}

/// The order as the proxy names it after a confirm.
pub(crate) fn confirmed<'a>(guest: &'a GuestKey, reference: Option<&'a str>) -> OrderRef<'a> {
    OrderRef {
        order_id: crate::order::order_id(),
        reference,
        guest,
        items_total: Money::from_minor(20_000),
        payment: Money::from_minor(10_000),
    }
}

impl Stub {
    pub(crate) fn rk_delivery(&self) -> RkDelivery {
        let base_url = format!("http://{}/delivery", self.address);
        crate::stub::rk_delivery(&base_url, clock::Clock::manual(jiff::Timestamp::UNIX_EPOCH))
    }
}
