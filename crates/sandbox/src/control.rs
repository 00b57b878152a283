//! What a test or a person at the keyboard does with a sandbox that no real system would let anybody do: move its clock,
//! make it fail, reset it, look into its books.
//!
//! Owns the addresses under `/sandbox`, their JSON and their errors; must not be reachable by a page in a browser, which
//! is [`gate`]'s to see to.

use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use axum::{Json, Router};
use clock::Clock;
use serde::Serialize;

use crate::faults::Faults;
use crate::options::ControlAccess;
use crate::programmes::Programmes;
use crate::rk_delivery::till::End;
use crate::seed::Seed;
use crate::store::Store;
use error::ControlError;

mod body;
mod check;
mod clock_hands;
mod error;
mod fault_list;
mod gate;
mod guest_app;
mod ledger;
mod reset;
mod sms;
mod status;
mod till;

/// The largest request body, in bytes: an injected fault with its message.
const MAX_BODY: usize = 64 << 10;

/// What the control has its hands on. Clones share it.
#[derive(Clone)]
pub(crate) struct Control {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) programmes: Programmes,
    pub(crate) faults: Faults,
    /// What a reset goes back to where the books do not remember their seed.
    pub(crate) seed: Seed,
    pub(crate) access: ControlAccess,
}

/// Closes the order of r_k Delivery with this number. Answers whether that changed something. Blocks.
pub(crate) fn pay_at_the_till(control: &Control, order_number: &str) -> Result<bool, ControlError> {
    till::end_order(control, order_number, End::Closed)
}

/// The control, relative to `/sandbox`.
pub(crate) fn router(control: Control) -> Router {
    let access = control.access;
    Router::new()
        .route("/", get(status::show))
        .route("/clock", get(clock_hands::show).put(clock_hands::set))
        .route("/clock/advance", post(clock_hands::advance))
        .route("/faults", get(fault_list::show).post(fault_list::add).delete(fault_list::clear))
        .route("/reset", post(reset::reset))
        .route("/guest-app/activate", post(guest_app::activate))
        .route("/guest-app/buy", post(guest_app::buy))
        .route("/guest-app/save", post(guest_app::save))
        .route("/guest-app/invite", post(guest_app::invite))
        .route("/guest-app/code", post(guest_app::show_code))
        .route("/till/close", post(till::close))
        .route("/till/cancel", post(till::cancel))
        .route("/sms", get(sms::show))
        .route("/ledger", get(ledger::show))
        .route("/check", get(check::show))
        .fallback(async || ControlError::NotFound)
        .method_not_allowed_fallback(async || ControlError::MethodNotAllowed)
        .layer(axum::extract::DefaultBodyLimit::max(MAX_BODY))
        .with_state(control)
        .layer(from_fn_with_state(access, gate::guard))
}

/// Runs blocking work where it may block and answers with what it makes.
async fn off_the_async_threads<A: Serialize + Send + 'static>(
    work: impl FnOnce() -> Result<A, ControlError> + Send + 'static,
) -> Result<Json<A>, ControlError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(made) => made.map(Json),
        Err(error) => Err(ControlError::Internal(error.to_string())),
    }
}
