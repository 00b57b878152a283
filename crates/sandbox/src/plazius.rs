//! The Plazius B2B API, imitated: paths, JSON and errors as its makers document them.
//!
//! Owns what is on the wire; the rules are `loyalty`'s and the books are `store`'s. In reading order: [`call`] is what
//! every operation goes through, [`error`] what it may answer instead, then one file an operation.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use clock::Clock;

use crate::payment_codes::PaymentCodes;
use crate::programmes::Programmes;
use crate::store::Store;

mod call;
mod campaigns;
mod error;
mod gentoken;
mod guests;
mod lookup;
mod orders;
mod quote;
mod read;
mod site_login;
mod wire;

/// The largest request body, in bytes.
const MAX_BODY: usize = 1 << 20;

/// What every operation shares. Clones share it.
#[derive(Clone)]
pub(crate) struct Plazius {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) payment_codes: PaymentCodes,
    pub(crate) programmes: Programmes,
}

/// The operations, relative to the API's base address.
pub(crate) fn router(plazius: Plazius) -> Router {
    use call::{operation, wordless_operation};
    Router::new()
        .route("/b2b/v1/auth/gentoken", post(gentoken::handle))
        .route("/guest/v1/auth/sendsms", post(site_login::send_sms))
        .route("/guest/v1/auth/checksms", post(site_login::check_sms))
        .route("/b2b/v1/loyalty/guests/get", operation(guests::get::answer))
        .route("/b2b/v1/loyalty/guests/save", operation(guests::save::answer))
        .route("/b2b/v1/loyalty/guests/getWallet", operation(guests::get_wallet::answer))
        .route("/b2b/v1/loyalty/guests/update", operation(guests::update::answer))
        .route("/b2b/v1/loyalty/guests/addBonus", wordless_operation(guests::change_balance::add))
        .route("/b2b/v1/loyalty/guests/writeoffBonus", wordless_operation(guests::change_balance::write_off))
        .route("/b2b/v1/loyalty/guests/addLoyaltyCard", wordless_operation(guests::add_loyalty_card::answer))
        .route(
            "/b2b/v1/loyalty/guests/getMarketingCampaigns",
            operation(guests::get_marketing_campaigns::answer),
        )
        .route("/b2b/v1/loyalty/guests/generateLoyaltyCard", operation(guests::generate_loyalty_card::answer))
        .route("/b2b/v1/loyalty/guests/getOrdersHistory", operation(guests::get_orders_history::answer))
        .route("/b2b/v1/loyalty/guests/getBonusHistory", operation(guests::get_bonus_history::answer))
        .route("/b2b/v1/loyalty/guests/generateCode", operation(guests::generate_code::answer))
        .route("/b2b/v1/loyalty/orders/calculate", operation(orders::calculate::answer))
        .route("/b2b/v1/loyalty/orders/confirm", operation(orders::confirm::answer))
        .route("/b2b/v1/loyalty/orders/reset", operation(orders::reset::answer))
        .route("/b2b/v1/loyalty/orders/abort", operation(orders::abort::answer))
        .route("/b2b/v1/loyalty/orders/close", operation(orders::close::answer))
        .route("/b2b/v1/loyalty/orders/refund", operation(orders::refund::answer))
        .route("/b2b/v1/loyalty/orders/get", operation(orders::get::answer))
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(plazius)
}
