//! The same journey at a restaurant on each loyalty system, with the differences that its capabilities declare.

mod holds;
mod journey;
mod keys;
mod lost_answers;
mod refusals;

use serde_json::{Value, json};

use crate::test_app::{Guest, TestApp, cart, line};

/// A restaurant, a guest of it who has bonuses, and dishes of its menu.
pub(crate) struct Place {
    pub(crate) restaurant: &'static str,
    pub(crate) phone: &'static str,
    /// The path's end of the call by which its loyalty system confirms.
    confirms_by: &'static str,
    /// The same for the return of what is frozen.
    resets_by: &'static str,
    first: fn() -> Value,
    second: fn() -> Value,
}

/// On Plazius.
pub(crate) const PIROGI: Place = Place {
    restaurant: "pirogi",
    phone: "+79990002233",
    confirms_by: "orders/confirm",
    resets_by: "orders/reset",
    first: || line("hot-pelmeni", "Пельмени домашние", "Горячее", 48_000),
    second: || line("dessert-medovik", "Медовик", "Десерты", 29_000),
};

/// On r_k Delivery.
pub(crate) const LAPSHA: Place = Place {
    restaurant: "lapsha",
    phone: "+79990003344",
    confirms_by: "v1/orders",
    resets_by: "resetLoyalty",
    first: || line("b5a5e2e8-958e-765c-2822-d5cf7c60df7d", "Салат Мимоза", "Салаты", 20_000),
    second: || line("66a506b9-ce54-26f6-c582-dc884f7d02f3", "Чизбургер", "Горячее", 10_000),
};

/// On the basic REST API.
pub(crate) const CHASHKA: Place = Place {
    restaurant: "chashka",
    phone: "+79990005566",
    confirms_by: "bonuses/hold",
    resets_by: "bonuses/release",
    first: || line("flat-white", "Флэт уайт", "Кофе", 30_000),
    second: || line("croissant", "Круассан", "Выпечка", 20_000),
};

pub(crate) const PLACES: [&Place; 3] = [&PIROGI, &LAPSHA, &CHASHKA];

impl Place {
    pub(crate) async fn guest<'a>(&self, app: &'a TestApp) -> Guest<'a> {
        app.guest_at(self.restaurant, self.phone).await
    }

    pub(crate) fn cart(&self) -> Value {
        cart(vec![(self.first)()])
    }

    pub(crate) fn larger_cart(&self) -> Value {
        cart(vec![(self.first)(), (self.second)()])
    }

    /// What the guest has, as a preview of another order tells it.
    pub(crate) async fn balance_minor(&self, guest: &Guest<'_>) -> i64 {
        amount(&guest.preview(&self.cart()).await.ok()["guest"]["balance_minor"])
    }
}

pub(crate) fn amount(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("no amount: {value}"))
}

/// The body by which an order is named.
pub(crate) fn order(order_id: &Value) -> Value {
    json!({"order_id": order_id})
}
