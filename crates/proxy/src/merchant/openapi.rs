//! The description of the restaurants' API, apart from the pages' own: the two have different readers and different keys.

use axum::Json;
use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{dead, read, register, steps};

/// The API.
#[derive(OpenApi)]
#[openapi(
    info(title = "Loyalty Checkout for restaurants", description = "What a restaurant's own server says to the proxy."),
    paths(
        register::register_order,
        read::read_order,
        steps::close_order,
        steps::abort_order,
        steps::refund_order,
        dead::list_dead_webhooks,
        dead::resend_dead_webhook,
    ),
    modifiers(&Key)
)]
struct Api;

/// Says how a restaurant's key is sent.
struct Key;

impl Modify for Key {
    fn modify(&self, api: &mut Description) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        api.components.get_or_insert_default().add_security_scheme("key", SecurityScheme::Http(bearer));
    }
}

/// The description of the API.
pub(crate) fn description() -> Description {
    Api::openapi()
}

/// `GET /merchant/openapi.json`
pub(crate) async fn read_description() -> Json<Description> {
    Json(description())
}
