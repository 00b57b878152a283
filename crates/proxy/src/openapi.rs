//! The API's description, made from the handlers and the contract's types, so that it cannot differ from either.

use axum::Json;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Content, OpenApi as Description, Ref, Response, ResponseBuilder};
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
    modifiers(&Session, &Edge)
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

/// Says what is answered before any handler is asked.
struct Edge;

/// What every path of the API may answer, whatever else it does.
const ALWAYS: [(&str, &str); 3] = [
    ("403", "invalid_request: the restaurant has not allowed pages of this origin"),
    ("503", "upstream_unavailable: too much is asked for at once; store_unavailable"),
    ("504", "upstream_timeout: the request took too long"),
];

/// What a path that changes something may answer.
const TO_A_POST: [(&str, &str); 1] = [("415", "invalid_request: not application/json")];

/// What a path that reads a body may answer.
const TO_A_BODY: [(&str, &str); 3] = [
    ("400", "invalid_request"),
    ("408", "invalid_request: the body did not come in time"),
    ("413", "invalid_request: the body is too large"),
];

impl Modify for Edge {
    fn modify(&self, api: &mut Description) {
        for (path, item) in &mut api.paths.paths {
            if path.starts_with("/api/") {
                item.get.iter_mut().for_each(|operation| tell(operation, &ALWAYS));
                item.post.iter_mut().for_each(|operation| {
                    tell(operation, &ALWAYS);
                    tell(operation, &TO_A_POST);
                    if operation.request_body.is_some() {
                        tell(operation, &TO_A_BODY);
                    }
                });
            }
        }
    }
}

/// Adds answers to an operation that does not tell of them itself.
fn tell(operation: &mut Operation, answers: &[(&str, &str)]) {
    for (status, description) in answers {
        let told = operation.responses.responses.entry((*status).to_owned());
        told.or_insert_with(|| failure(description).into());
    }
}

fn failure(description: &str) -> Response {
    let body = Content::new(Some(Ref::from_schema_name("ErrorResponse")));
    ResponseBuilder::new().description(description).content("application/json", body).build()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_tells_what_is_answered_before_it_is_asked() {
        let api = serde_json::to_value(description()).expect("JSON");
        let answers = |path: &str, method: &str, status: &str| {
            let told = &api["paths"][path][method]["responses"][status];
            told["content"]["application/json"]["schema"]["$ref"].as_str().map(str::to_owned)
        };
        let body = Some("#/components/schemas/ErrorResponse".to_owned());
        for (path, method, statuses) in [
            ("/api/v1/wallet", "get", &["403", "503", "504"][..]),
            ("/api/v1/logout", "post", &["403", "415", "503", "504"]),
            ("/api/v1/preview", "post", &["400", "403", "408", "413", "415", "503", "504"]),
        ] {
            for status in statuses {
                assert_eq!(answers(path, method, status), body, "{path} {status}");
            }
        }
        let own = &api["paths"]["/api/v1/login/key"]["post"]["responses"]["403"]["description"];
        assert_eq!(own, "login_key_not_allowed", "what a handler tells itself stays");
        assert_eq!(answers("/healthz", "get", "403"), None);
    }
}
