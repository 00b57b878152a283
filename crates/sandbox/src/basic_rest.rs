//! LoyalClient's basic REST API, imitated: paths, JSON and errors as its makers document them.
//!
//! Owns what is on the wire; the rules are `loyalty`'s and the books are `store`'s. In reading order: [`call`] is what
//! every operation goes through, [`error`] what it may answer instead, [`fields`] how a request is read, then one file an
//! operation.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use clock::Clock;

use crate::programmes::Programmes;
use crate::store::Store;

mod call;
mod client;
mod error;
mod fields;
mod hold;
mod holds;
mod lookup;
mod quote;
mod recalc;
mod release;
mod retail;
mod wire;

/// The largest request body, in bytes.
const MAX_BODY: usize = 1 << 20;

/// What every operation shares. Clones share it.
#[derive(Clone)]
pub(crate) struct BasicRest {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) programmes: Programmes,
}

/// The operations, relative to the API's base address.
pub(crate) fn router(basic_rest: BasicRest) -> Router {
    use call::operation;
    Router::new()
        .route("/integration/general/client", operation(client::answer))
        .route("/integration/general/recalc", operation(recalc::answer))
        .route("/integration/general/bonuses/hold", operation(hold::answer))
        .route("/integration/general/bonuses/release", operation(release::answer))
        .route("/integration/general/retail", operation(retail::answer))
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(basic_rest)
}
