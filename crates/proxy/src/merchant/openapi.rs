//! The description of the restaurants' API, apart from the pages' own: the two have different readers and different keys.

use axum::Json;
use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{dead, read, register, steps};
use crate::openapi::{Edge, tell};

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
    components(schemas(contract::error::ErrorResponse)),
    modifiers(&Key, &Answers, &Edge)
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

/// Says what every operation may answer, and what every step of an order may, whichever it is.
struct Answers;

const ALWAYS: [(&str, &str); 2] = [("400", "invalid_request"), ("401", "not_logged_in")];

const TO_A_STEP: [(&str, &str); 6] = [
    ("404", "unknown_order"),
    ("409", "order_state_conflict, in_progress"),
    ("422", "idempotency_mismatch, not_supported, upstream_refused"),
    ("502", "upstream_malformed"),
    ("503", "upstream_unavailable, store_unavailable"),
    ("504", "upstream_timeout"),
];

/// The paths of the steps end so.
const STEPS: [&str; 3] = ["/close", "/abort", "/refund"];

impl Modify for Answers {
    fn modify(&self, api: &mut Description) {
        for (path, item) in &mut api.paths.paths {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                tell(operation, &ALWAYS);
                if STEPS.iter().any(|step| path.ends_with(step)) {
                    tell(operation, &TO_A_STEP);
                }
            }
        }
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
