//! The client of the basic REST API: what is sent, what is believed.

mod answers;
mod requests;

use contract::cart::Expedition;
use contract::{Money, Phone, Quantity};
use serde_json::Value;
use upstream::BasicRest;
use upstream::program::{GuestKey, OrderContents, OrderLine, OrderRef};

use crate::stub::Stub;

const CLIENT: &str = include_str!("fixtures/basic_rest/client.json");
const RECALC: &str = include_str!("fixtures/basic_rest/recalc.json");
const HOLD: &str = include_str!("fixtures/basic_rest/hold.json");
const RELEASE: &str = include_str!("fixtures/basic_rest/release.json");
const RETAIL_SPEND: &str = include_str!("fixtures/basic_rest/retail_spend.json");
const RETAIL_EARN: &str = include_str!("fixtures/basic_rest/retail_earn.json");

/// The client of the documented example, whose masked digits are zeros here.
fn ivan() -> GuestKey {
    GuestKey::Phone(Phone::parse("+79200000000").expect("E.164"))
}

/// The documented answer to `path`; a sale without bonuses where the request spends none.
pub(crate) fn documented(path: &str, body: &str) -> &'static str {
    match path.rsplit("general/").next().expect("a path") {
        "client" => CLIENT,
        "recalc" => RECALC,
        "bonuses/hold" => HOLD,
        "bonuses/release" => RELEASE,
        "retail" if body.contains(r#""spend":0"#) => RETAIL_EARN,
        "retail" => RETAIL_SPEND,
        other => panic!("no operation {other}"),
    }
}

/// A server that answers as documented, but for `path`, whose answer `change` may change.
async fn stub(path: &'static str, change: impl Fn(&mut Value) + Send + Sync + 'static) -> Stub {
    Stub::start(move |request| {
        let mut answer: Value =
            serde_json::from_str(documented(&request.path, &request.text)).expect("a fixture");
        if request.path.ends_with(path) {
            change(&mut answer);
        }
        (200, answer.to_string(), std::time::Duration::ZERO)
    })
    .await
}

async fn documented_stub() -> Stub {
    stub("nothing", |_| {}).await
}

/// The documented order of 100.
fn contents() -> OrderContents {
    OrderContents {
        opened_at: "2026-11-23T10:00:00Z".parse().expect("a time"),
        expected_at: None,
        expedition: Expedition::Delivery,
        lines: vec![OrderLine {
            code: "soup".to_owned(),
            name: "Суп".to_owned(),
            category: None,
            quantity: Quantity::ONE,
            unit_price: Money::from_minor(10_000),
            total: Money::from_minor(10_000),
            modifiers: Vec::new(),
        }],
    }
}

/// The documented order, confirmed with `payment` bonuses.
fn confirmed<'a>(guest: &'a GuestKey, reference: Option<&'a str>, payment: Money) -> OrderRef<'a> {
    OrderRef {
        order_id: crate::order::order_id(),
        reference,
        guest,
        items_total: Money::from_minor(10_000),
        payment,
    }
}

impl Stub {
    pub(crate) fn basic_rest(&self) -> BasicRest {
        crate::stub::basic_rest(&format!("http://{}/basic", self.address))
    }
}
