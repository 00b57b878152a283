//! The demo's restaurants, one on each loyalty system, all of them the sandbox's.

use std::net::SocketAddr;

use contract::appearance::AppearanceResponse;
use contract::login::LoginKey;

use crate::config::{RestaurantConfig, Secret, UpstreamConfig};

/// Every restaurant of the demo.
pub(super) fn all(sandbox: SocketAddr) -> Vec<RestaurantConfig> {
    let phone = vec![LoginKey::Phone];
    let every_key = vec![LoginKey::Phone, LoginKey::Card, LoginKey::AppCode];
    vec![
        restaurant("pirogi", "Пироги да Фрукты", phone.clone(), plazius(sandbox)),
        restaurant("lapsha", "Лапша", phone, rk_delivery(sandbox)),
        restaurant("chashka", "Чашка", every_key, basic_rest(sandbox)),
    ]
}

fn restaurant(id: &str, name: &str, login_keys: Vec<LoginKey>, upstream: UpstreamConfig) -> RestaurantConfig {
    RestaurantConfig {
        id: id.to_owned(),
        name: name.to_owned(),
        currency: "RUB".to_owned(),
        upstream,
        allowed_dialling_codes: vec![7],
        login_keys,
        login_senders: Vec::new(),
        codes: None,
        spend_on_page_cart: true,
        // Browsers take such cookies over TLS alone, and the demo speaks plain HTTP.
        session_cookies: false,
        allowed_origins: Vec::new(),
        appearance: AppearanceResponse::default(),
        merchant_keys: vec![Secret::new(format!("demo-merchant-key-of-the-restaurant-{id}"))],
        webhook: None,
    }
}

fn plazius(sandbox: SocketAddr) -> UpstreamConfig {
    UpstreamConfig::Plazius {
        base_url: format!("http://{sandbox}/plazius"),
        organisation_id: "4174244".to_owned(),
        api_key: Secret::new("demo-plazius"),
        password: Secret::new("demo"),
        bearer: false,
    }
}

fn rk_delivery(sandbox: SocketAddr) -> UpstreamConfig {
    UpstreamConfig::RkDelivery {
        base_url: format!("http://{sandbox}/delivery"),
        auth_url: format!("http://{sandbox}/delivery"),
        restaurant_id: "18f550d8-7fbe-45fa-8c83-35f531380f65".to_owned(),
        payment_type_id: "cash".to_owned(),
        client_id: "demo-delivery".to_owned(),
        client_secret: Secret::new("demo"),
    }
}

fn basic_rest(sandbox: SocketAddr) -> UpstreamConfig {
    UpstreamConfig::BasicRest {
        base_url: format!("http://{sandbox}/basic"),
        point_id: "62a1f0c27be94d3a15e8b7f4".to_owned(),
        api_key: Secret::new("demo-basic"),
    }
}
