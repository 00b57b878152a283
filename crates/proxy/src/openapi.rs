//! The API's description, made from the handlers and the contract's types, so that it cannot differ from either.

use axum::Json;
use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::handlers::{appearance, health, login, logout, order, payment_code, preview, restaurant, wallet};

/// The API.
#[derive(OpenApi)]
#[openapi(
    info(title = "Loyalty Checkout", description = "What the widget says to the proxy."),
    paths(
        login::start::start_login,
        login::verify::verify_login,
        login::key::login_by_key,
        restaurant::read_restaurant,
        appearance::read_appearance,
        logout::logout,
        wallet::read_wallet,
        preview::preview_order,
        order::confirm::confirm_order,
        order::reset::reset_order,
        order::cancel::cancel_order,
        order::read::read_order,
        payment_code::issue_payment_code,
        health::read_health,
        health::read_readiness,
    ),
    modifiers(&Session)
)]
struct Api;

/// Says how a session's token is sent.
struct Session;

impl Modify for Session {
    fn modify(&self, api: &mut Description) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        api.components.get_or_insert_default().add_security_scheme("session", SecurityScheme::Http(bearer));
    }
}

/// The description of the API.
#[must_use]
pub fn description() -> Description {
    Api::openapi()
}

/// `GET /api/openapi.json`
pub(crate) async fn read_description() -> Json<Description> {
    Json(description())
}
