//! The rules of a loyalty programme, as pure functions over integers.
//!
//! Owns what a programme is and what it makes of an order; must not read a clock, do I/O, or touch a floating-point
//! number. Amounts are [`contract::Money`], shares are basis points: 5 % is 500.
//!
//! In reading order: [`programme`] is a restaurant's rules as data, [`order`] is what they are applied to,
//! [`calculation`] is the result, [`discount`] and [`bonuses`] are how it is reached, [`life`] is what may happen to
//! an order afterwards, [`refund`] is what taking it back returns, and [`standing`] is what orders and time do to a
//! guest's rank.

#![deny(clippy::float_arithmetic)]

pub mod bonuses;
pub mod calculation;
pub mod discount;
pub mod distribute;
pub mod life;
pub mod notice;
pub mod order;
pub mod programme;
pub mod refund;
pub mod share;
pub mod standing;

pub use bonuses::{Bonuses, Bound, Guest};
pub use calculation::{Calculation, calculate};
pub use order::{Expedition, Line, Order, OrderError};
pub use programme::{Programme, ProgrammeError};
pub use refund::{ClosedOrder, Refund};
pub use share::Share;
pub use standing::Standing;
