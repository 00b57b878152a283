//! The guest and the orders that the tests ask about.

use contract::cart::Expedition;
use contract::{Money, Phone, Quantity};
use upstream::program::{GuestKey, Modifier, OrderContents, OrderLine, OrderRef, Question};
use uuid::Uuid;

pub(crate) fn phone() -> Phone {
    Phone::parse("+79990001122").expect("E.164")
}

pub(crate) fn guest() -> GuestKey {
    GuestKey::Phone(phone())
}

pub(crate) fn order_id() -> Uuid {
    Uuid::from_u128(0x46b7_c469_d99c_4499_acc7_8ca2_6ea2_117d)
}

/// The confirmed order of 1,135.50, of which 37.05 are paid with bonuses, as the proxy names it.
pub(crate) fn order_ref(guest: &GuestKey) -> OrderRef<'_> {
    OrderRef {
        order_id: order_id(),
        reference: None,
        guest,
        items_total: Money::from_minor(113_550),
        payment: Money::from_minor(3_705),
    }
}

/// A question about `order` for `guest`, without codes.
pub(crate) fn question<'a>(guest: &'a GuestKey, order: &'a OrderContents) -> Question<'a> {
    Question { guest: Some(guest), order, promo_codes: &[], reference: None }
}

/// Two portions with a modifier each, 350 g of something weighed: 1,135.50 in all.
pub(crate) fn contents() -> OrderContents {
    OrderContents {
        opened_at: "2026-11-23T10:00:00Z".parse().expect("a time"),
        expected_at: None,
        expedition: Expedition::Pickup,
        lines: vec![
            OrderLine {
                code: "hot-pelmeni".to_owned(),
                name: "Пельмени <b>домашние</b> 🥟".to_owned(),
                category: Some("Горячее".to_owned()),
                quantity: Quantity::from_milli(2000),
                unit_price: Money::from_minor(48_000),
                total: Money::from_minor(104_000),
                modifiers: vec![Modifier {
                    code: "mod-sourcream".to_owned(),
                    name: "Сметана".to_owned(),
                    quantity: Quantity::from_milli(2000),
                    per_portion: Quantity::ONE,
                    unit_price: Money::from_minor(4_000),
                    total: Money::from_minor(8_000),
                }],
            },
            OrderLine {
                code: "cake".to_owned(),
                name: "Торт".to_owned(),
                category: None,
                quantity: Quantity::from_milli(350),
                unit_price: Money::from_minor(27_286),
                total: Money::from_minor(9_550),
                modifiers: Vec::new(),
            },
        ],
    }
}
