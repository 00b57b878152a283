//! The only room that speaks HTTP: one function per endpoint of the proxy, one file per resource.
//!
//! An endpoint is a [`Call`]: what to send, and how to read what is answered. All calls take one path through
//! [`client`](self), so that it exists once in the binary. Every call has a time limit. Reads are repeated once after a
//! lost connection; writes are never repeated here: whether they may be is the model's business, which repeats them
//! under the same idempotency key.

mod client;
mod login;
mod order;
mod payment_code;
mod preview;
mod restaurant;

pub use client::{Abort, Call, Client};
pub use login::{key_login, logout, start_login, verify_login};
pub use order::{cancel, confirm, read_order, reset};
pub use payment_code::issue_code;
pub use preview::preview;
pub use restaurant::read_restaurant;
