//! Which path goes where, and what happens to every request on its way.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use contract::error::ErrorCode;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use tower_http::cors::CorsLayer;

use crate::app::App;
use crate::error::ApiError;
use crate::handlers::{health, login, logout, order, payment_code, preview, restaurant, wallet};
use crate::{demo, middleware, openapi};

/// The largest body of a request.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// The router of a proxy.
pub(crate) fn router(app: Arc<App>) -> Router {
    let api = Router::new()
        .route("/login/start", post(login::start::start_login))
        .route("/login/verify", post(login::verify::verify_login))
        .route("/login/key", post(login::key::login_by_key))
        .route("/restaurant/{restaurant}", get(restaurant::read_restaurant))
        .route("/logout", post(logout::logout))
        .route("/wallet", get(wallet::read_wallet))
        .route("/preview", post(preview::preview_order))
        .route("/order/confirm", post(order::confirm::confirm_order))
        .route("/order/reset", post(order::reset::reset_order))
        .route("/order/cancel", post(order::cancel::cancel_order))
        .route("/order/{order_id}", get(order::read::read_order))
        .route("/payment-code", post(payment_code::issue_payment_code));
    let mut all = Router::new()
        .nest("/api/v1", api)
        .route("/api/openapi.json", get(openapi::read_description))
        .route("/healthz", get(health::read_health))
        .route("/readyz", get(health::read_readiness))
        .route("/embed", get(serve_embed))
        .route("/widget/{*path}", get(serve_widget));
    if app.demo.is_some() {
        all = all.merge(demo::routes());
    }
    all.fallback(|| async { not_found() })
        .method_not_allowed_fallback(|| async {
            ApiError::new(ErrorCode::InvalidRequest, "this path knows other methods")
                .with_status(StatusCode::METHOD_NOT_ALLOWED)
        })
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(from_fn_with_state(Arc::clone(&app), middleware::limit_time))
        .layer(cors(&app))
        .layer(from_fn(middleware::add_security_headers))
        .layer(from_fn_with_state(Arc::clone(&app), middleware::observe))
        .with_state(app)
}

/// Pages of the restaurants may call the API and load the widget; nobody else's may.
fn cors(app: &App) -> CorsLayer {
    let origins = app.restaurants.values().flat_map(|restaurant| &restaurant.config.allowed_origins);
    let origins: Vec<HeaderValue> = origins.filter_map(|origin| origin.parse().ok()).collect();
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static("idempotency-key"),
        ])
        .max_age(std::time::Duration::from_secs(600))
}

/// The widget alone, as an iframe shows it.
async fn serve_embed(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    serve_file(&app, "index.html", &headers).await
}

async fn serve_widget(State(app): State<Arc<App>>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    serve_file(&app, &path, &headers).await
}

async fn serve_file(app: &App, path: &str, headers: &HeaderMap) -> Response {
    let Some(widget) = &app.widget else { return not_found().into_response() };
    widget.serve(path, headers).await.unwrap_or_else(|| not_found().into_response())
}

fn not_found() -> ApiError {
    ApiError::new(ErrorCode::InvalidRequest, "nothing is here").with_status(StatusCode::NOT_FOUND)
}
