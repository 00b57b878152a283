//! The demo's pages and the inbox beside them.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::header;

use super::{frame, till};
use crate::app::App;
use crate::edge::framing::page_policy;
use crate::sms::inbox::Received;

/// A file of the demo that is built into the program.
struct Page {
    path: &'static str,
    content_type: &'static str,
    text: &'static str,
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

const PAGES: &[Page] = &[
    Page { path: "/", content_type: HTML, text: include_str!("../../../../demo/checkout.html") },
    Page { path: "/demo/base.css", content_type: CSS, text: include_str!("../../../../demo/base.css") },
    Page {
        path: "/demo/checkout.css",
        content_type: CSS,
        text: include_str!("../../../../demo/checkout.css"),
    },
    Page { path: "/demo/cart.css", content_type: CSS, text: include_str!("../../../../demo/cart.css") },
    Page {
        path: "/demo/restaurants.css",
        content_type: CSS,
        text: include_str!("../../../../demo/restaurants.css"),
    },
    Page { path: "/demo/dishes.svg", content_type: SVG, text: include_str!("../../../../demo/dishes.svg") },
    Page { path: "/demo/checkout.js", content_type: JS, text: include_str!("../../../../demo/checkout.js") },
    Page {
        path: "/demo/restaurants.js",
        content_type: JS,
        text: include_str!("../../../../demo/restaurants.js"),
    },
    Page { path: "/demo/kiosk", content_type: HTML, text: include_str!("../../../../demo/kiosk.html") },
    Page { path: "/demo/kiosk.css", content_type: CSS, text: include_str!("../../../../demo/kiosk.css") },
    Page { path: "/demo/kiosk.js", content_type: JS, text: include_str!("../../../../demo/kiosk.js") },
    Page {
        path: "/demo/playground.css",
        content_type: CSS,
        text: include_str!("../../../../demo/playground.css"),
    },
    Page {
        path: "/demo/playground-controls.css",
        content_type: CSS,
        text: include_str!("../../../../demo/playground-controls.css"),
    },
    Page {
        path: "/demo/playground-results.css",
        content_type: CSS,
        text: include_str!("../../../../demo/playground-results.css"),
    },
    Page {
        path: "/demo/playground.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground.js"),
    },
    Page {
        path: "/demo/playground-elements.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground-elements.js"),
    },
    Page {
        path: "/demo/playground-embeddings.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground-embeddings.js"),
    },
    Page {
        path: "/demo/playground-guest.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground-guest.js"),
    },
    Page {
        path: "/demo/playground-looks.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground-looks.js"),
    },
    Page {
        path: "/demo/playground-order.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground-order.js"),
    },
    Page {
        path: "/demo/playground-network.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground-network.js"),
    },
    Page {
        path: "/demo/playground-snippets.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground-snippets.js"),
    },
    Page {
        path: "/demo/playground-theme.js",
        content_type: JS,
        text: include_str!("../../../../demo/playground-theme.js"),
    },
    Page { path: "/demo/sms", content_type: HTML, text: include_str!("../../../../demo/sms.html") },
    Page { path: "/demo/sms.css", content_type: CSS, text: include_str!("../../../../demo/sms.css") },
    Page { path: "/demo/sms.js", content_type: JS, text: include_str!("../../../../demo/sms.js") },
];

/// What the demo adds to the router.
pub(crate) fn routes() -> Router<Arc<App>> {
    let mut routes = Router::new()
        .route("/demo/sms.json", get(read_inbox))
        .route(frame::CHECKOUT_PATH, get(frame::serve_checkout))
        .route(frame::PLAYGROUND_PATH, get(frame::serve_playground))
        .route("/demo/till/close", post(till::close_order))
        .route("/demo/till/refund", post(till::refund_order));
    for page in PAGES {
        routes = routes.route(page.path, get(|| async { serve(page) }));
    }
    routes
}

fn serve(page: &'static Page) -> Response {
    let mut response =
        ([(header::CONTENT_TYPE, page.content_type), (header::CACHE_CONTROL, "no-cache")], page.text)
            .into_response();
    if page.content_type == HTML {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, page_policy(page.text.as_bytes(), &[]));
    }
    response
}

/// The messages that have arrived, newest first.
async fn read_inbox(State(app): State<Arc<App>>) -> Json<Vec<Received>> {
    Json(app.demo.as_ref().map(|demo| demo.inbox.messages()).unwrap_or_default())
}
