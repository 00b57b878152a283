//! The API's description, made from the handlers and the contract's types, so that it cannot differ from either.

use axum::Json;
use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::{Modify, OpenApi};

use crate::handlers::{health, login, logout, order, payment_code, preview, restaurant, wallet};

/// The API.
#[derive(OpenApi)]
#[openapi(
    info(title = "Loyalty Checkout", description = "What the widget says to the proxy."),
    paths(
        login::start::start_login,
        login::verify::verify_login,
        login::key::login_by_key,
        restaurant::read_restaurant,
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

/// Says how a session's token is sent: as a header or, by a browser, as a cookie.
struct Session;

impl Modify for Session {
    fn modify(&self, api: &mut Description) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("session", SecurityScheme::Http(bearer));
        let description =
            "Together with the header Loyalty-Restaurant, which names the restaurant of the cookie.";
        let cookie = ApiKeyValue::with_description("__Host-loyalty-session-{restaurant}", description);
        components.add_security_scheme("session_cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        for item in api.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                // Whatever takes the one takes the other.
                if let Some(ways) = &mut operation.security {
                    ways.push(SecurityRequirement::new("session_cookie", [""; 0]));
                }
            }
        }
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
