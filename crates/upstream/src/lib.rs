//! Clients of the loyalty systems, and the one vocabulary the proxy uses for all of them.
//!
//! Owns the trait [`LoyaltyProgram`], its types and its errors, and one folder per system. Knows nothing of guests'
//! sessions, of orders' lives or of storage: it turns one question into one exchange with a loyalty system and judges
//! whether the answer can be believed.
//!
//! In reading order: [`program`] is the vocabulary, [`error`] what may go wrong, [`http`] the transport; [`plazius`],
//! [`rk_delivery`] and [`basic_rest`] are the systems; [`Guarded`] puts a breaker before any of them.

mod amount;
pub mod basic_rest;
mod breaker;
pub mod error;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod guarded;
pub mod http;
mod options;
pub mod plazius;
pub mod program;
pub mod rk_delivery;

pub use basic_rest::{BasicRest, BasicRestOptions};
pub use breaker::{BreakerOptions, BreakerState};
pub use error::UpstreamError;
pub use guarded::{CallObserver, CallOutcome, Guarded};
pub use options::WrongOptions;
pub use plazius::{Plazius, PlaziusOptions, SiteAccess};
pub use program::LoyaltyProgram;
pub use rk_delivery::{RkDelivery, RkDeliveryOptions};
