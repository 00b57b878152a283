//! Which path goes where, and what happens to every request on its way.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use contract::error::ErrorCode;
use http::{HeaderMap, StatusCode};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::app::App;
use crate::edge::origin;
use crate::error::ApiError;
use crate::handlers::{appearance, health, login, logout, order, payment_code, preview, restaurant, wallet};
use crate::{demo, merchant, middleware, openapi};

/// The largest body of a request.
const MAX_BODY_BYTES: usize = 1024 * 1024;

/// How hard a page is compressed while it goes out: harder takes ten times as long for a tenth less.
const PAGE_COMPRESSION: CompressionLevel = CompressionLevel::Precise(5);

/// The router of a proxy.
pub(crate) fn router(app: Arc<App>) -> Router {
    // Each path whole: what is nested under a prefix has its address taken apart and put together again.
    let mut all = Router::new()
        .route("/api/v1/login/start", post(login::start::start_login))
        .route("/api/v1/login/verify", post(login::verify::verify_login))
        .route("/api/v1/login/key", post(login::key::login_by_key))
        .route("/api/v1/restaurant/{restaurant}", get(restaurant::read_restaurant))
        .route("/api/v1/appearance/{restaurant}", get(appearance::read_appearance))
        .route("/api/v1/logout", post(logout::logout))
        .route("/api/v1/wallet", get(wallet::read_wallet))
        .route("/api/v1/preview", post(preview::preview_order))
        .route("/api/v1/order/confirm", post(order::confirm::confirm_order))
        .route("/api/v1/order/reset", post(order::reset::reset_order))
        .route("/api/v1/order/cancel", post(order::cancel::cancel_order))
        .route("/api/v1/order/{order_id}", get(order::read::read_order))
        .route("/api/v1/payment-code", post(payment_code::issue_payment_code))
        .nest("/merchant", merchant::routes())
        .route("/api/openapi.json", get(openapi::read_description))
        .route("/healthz", get(health::read_health))
        .route("/readyz", get(health::read_readiness))
        .route("/embed", get(serve_embed).layer(CompressionLayer::new().quality(PAGE_COMPRESSION)))
        .route("/kiosk", get(serve_kiosk).layer(CompressionLayer::new().quality(PAGE_COMPRESSION)))
        .route("/widget/{*path}", get(serve_widget));
    if app.demo.is_some() {
        all = all.merge(demo::routes());
    }
    all.fallback(|| async { not_found() })
        .method_not_allowed_fallback(|| async {
            ApiError::new(ErrorCode::InvalidRequest, "this path knows other methods")
                .with_status(StatusCode::METHOD_NOT_ALLOWED)
        })
        // In one piece: layers on top of each other are copied over and over for each request.
        .layer((
            from_fn_with_state(Arc::clone(&app), middleware::observe),
            origin::cors(&app),
            from_fn_with_state(Arc::clone(&app), middleware::admit),
            DefaultBodyLimit::max(MAX_BODY_BYTES),
        ))
        .with_state(app)
}

/// Which restaurant's widget is to be shown, and in which language: its own, or that of what is around it.
#[derive(Default, serde::Deserialize)]
struct Embed {
    restaurant: Option<String>,
    language: Option<String>,
    lang: Option<String>,
}

/// The language of the built page itself.
const LANG: &str = "ru";

/// The widget alone, as an iframe shows it: a restaurant's in frames of its own pages, where one is named.
async fn serve_embed(
    State(app): State<Arc<App>>,
    query: Result<Query<Embed>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let live = app.live();
    let Some(widget) = &live.widget else { return not_found().into_response() };
    let embed = query.map(|Query(embed)| embed).unwrap_or_default();
    let asked = [embed.language.as_deref().unwrap_or_default(), embed.lang.as_deref().unwrap_or(LANG)];
    match embed.restaurant {
        None => widget.page(None, &asked, &headers),
        Some(name) => match live.restaurants.get(&name) {
            Some(restaurant) => widget.page(Some(&restaurant.config), &asked, &headers),
            None => not_found().into_response(),
        },
    }
}

/// The widget full-screen, as a device in the restaurant shows it to one guest after another.
async fn serve_kiosk(
    State(app): State<Arc<App>>,
    query: Result<Query<Embed>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let live = app.live();
    let embed = query.map(|Query(embed)| embed).unwrap_or_default();
    let named = embed.restaurant.and_then(|name| live.restaurants.get(&name));
    match (&live.widget, named) {
        (Some(widget), Some(restaurant)) => {
            widget.kiosk(&restaurant.config, &[embed.language.as_deref().unwrap_or_default()], &headers)
        }
        _ => not_found().into_response(),
    }
}

async fn serve_widget(State(app): State<Arc<App>>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    let served = app.live().widget.as_ref().and_then(|widget| widget.serve(&path, &headers));
    served.unwrap_or_else(|| not_found().into_response())
}

fn not_found() -> ApiError {
    ApiError::new(ErrorCode::InvalidRequest, "nothing is here").with_status(StatusCode::NOT_FOUND)
}
