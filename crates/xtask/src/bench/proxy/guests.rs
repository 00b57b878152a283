//! The restaurants of the measurement, and guests who log in as guests do.

use anyhow::{Context, ensure};

use super::http::{Connection, post, text_field};
use super::servers::Proxy;

/// The path of the proxy's previews.
pub(super) const PREVIEW: &str = "/api/v1/preview";

/// A restaurant, and what a preview there takes.
pub(super) struct Restaurant {
    pub(super) id: &'static str,
    pub(super) system: &'static str,
    /// How many calls of the upstream one preview takes.
    pub(super) calls: u32,
    /// The call that nginx forwards.
    pub(super) upstream_path: &'static str,
    /// The cart that the recorded answers are of.
    pub(super) cart: &'static str,
}

pub(super) const RESTAURANTS: [Restaurant; 2] = [
    Restaurant {
        id: "lapsha",
        system: "r_k Delivery",
        calls: 1,
        upstream_path: "/delivery/orders/api/v1/orders/delivery",
        cart: r#"{"cart":{"currency":"RUB","expedition":"pickup","lines":[{"code":"b5a5e2e8-958e-765c-2822-d5cf7c60df7d","name":"Салат Мимоза","category":"Салаты","quantity_milli":7000,"unit_price_minor":20000,"modifiers":[]}]},"promo_codes":[]}"#,
    },
    Restaurant {
        id: "pirogi",
        system: "Plazius",
        calls: 3,
        upstream_path: "/plazius/b2b/v1/loyalty/orders/calculate",
        cart: r#"{"cart":{"currency":"RUB","expedition":"pickup","lines":[{"code":"hot-pelmeni","name":"Пельмени домашние","category":"Горячее","quantity_milli":1000,"unit_price_minor":48000,"modifiers":[]}]},"promo_codes":[]}"#,
    },
];

/// A guest who is logged in.
pub(super) struct Guest {
    pub(super) restaurant: &'static str,
    pub(super) token: String,
}

/// Logs guests in, in turns at each restaurant, by the codes that the proxy writes to its standard output.
pub(super) fn log_in(proxy: &Proxy, count: usize) -> anyhow::Result<Vec<Guest>> {
    let mut connection = Connection::open(proxy.server.address)?;
    let mut guests = Vec::with_capacity(count);
    for number in 0..count {
        let restaurant = RESTAURANTS[number % RESTAURANTS.len()].id;
        let phone = format!("+7999{number:07}");
        let start = format!(r#"{{"restaurant":"{restaurant}","phone":"{phone}"}}"#);
        let started = connection.ask(&post("/api/v1/login/start", None, &start))?;
        let challenge = text_field(started, "challenge_id")?.to_owned();
        let message = proxy.lines.recv().context("the proxy says no more")?;
        ensure!(message.contains(&phone), "not the message to {phone}: {message}");
        let code = message.split(|char: char| !char.is_ascii_digit()).find(|word| word.len() == 6);
        let code = code.with_context(|| format!("no code: {message}"))?;
        let verify = format!(r#"{{"challenge_id":"{challenge}","code":"{code}"}}"#);
        let session = connection.ask(&post("/api/v1/login/verify", None, &verify))?;
        guests.push(Guest { restaurant, token: text_field(session, "token")?.to_owned() });
    }
    Ok(guests)
}
