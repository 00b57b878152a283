//! r_k Delivery, imitated: the loyalty of orders from a restaurant's site, as its makers document it.
//!
//! Owns what is on the wire; the rules are `loyalty`'s, what becomes of an order is `network`'s, the books are `store`'s.
//! In reading order: [`token`] lets a client in, [`call`] is what every operation goes through, [`error`] what it may
//! answer instead, [`subject`] what an order is bound to, [`block`] what is said of it, [`confirmation`] how it is held to
//! that, then one file an operation, and [`till`], which ends an order as
//! the restaurant's till does.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{patch, post};
use clock::Clock;

use crate::programmes::Programmes;
use crate::store::Store;

mod block;
mod call;
mod change;
mod confirmation;
mod create;
mod error;
mod precalculate;
mod reset_loyalty;
mod subject;
pub(crate) mod till;
mod token;
mod wire;

/// The largest request body, in bytes.
const MAX_BODY: usize = 1 << 20;

/// What every operation shares. Clones share it.
#[derive(Clone)]
pub(crate) struct RkDelivery {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) programmes: Programmes,
}

/// The operations, relative to the system's base address. The makers' two hosts, of tokens and of orders, are one here.
pub(crate) fn router(delivery: RkDelivery) -> Router {
    Router::new()
        .route("/connect/token", post(token::handle))
        .route("/orders/api/v1/orders/delivery", post(precalculate::handle))
        .route("/orders/api/v1/orders", post(create::handle))
        .route("/orders/api/v1/orders/{number}/resetLoyalty", post(reset_loyalty::handle))
        .route("/orders/api/v1/orders/{number}", patch(change::handle))
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(delivery)
}
