//! What the widget and the proxy say to each other: the types of the proxy's API, money, phones and error codes.
//!
//! Owns the vocabulary of both sides and nothing else: no I/O, no clock, no upstream system's types. Each type is
//! written once, by [`macros`]; the feature `server` gives it serde and an OpenAPI schema, the feature `browser` reads
//! and writes it through the browser's own JSON values.
//!
//! In reading order: [`money`], [`quantity`], [`phone`], [`payment_code`] are the values; [`restaurant`], [`login`], [`session`],
//! [`cart`], [`capabilities`], [`preview`], [`order`] are the resources; [`error`] is what every endpoint may answer
//! instead.

#[cfg(feature = "server")]
pub mod appearance;
#[cfg(feature = "browser")]
pub mod browser;
#[macro_use]
mod macros;
pub mod capabilities;
pub mod cart;
#[cfg(feature = "server")]
pub mod decimal;
pub mod error;
pub mod login;
pub mod money;
pub mod order;
pub mod payment_code;
pub mod phone;
pub mod preview;
pub mod quantity;
pub mod restaurant;
pub mod session;

pub use money::Money;
pub use phone::Phone;
pub use quantity::Quantity;
