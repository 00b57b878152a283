//! The rules of a loyalty programme, as pure functions over integers.
//!
//! Owns what a programme is and what it makes of an order; must not read a clock, do I/O, or touch a floating-point
//! number. Amounts are [`contract::Money`], shares are basis points: 5 % is 500.
//!
//! In reading order: [`programme`] is a restaurant's rules as data, [`order`] is what they are applied to, [`guest`] for
//! whom, and [`calculation`] is the result. How it is reached: [`occasion`] tells which campaigns are due, [`discount`]
//! what they take off, [`reward`] what they bring later, [`promo`] why a code did nothing, and [`bonuses`] what bonuses
//! may pay. [`life`] is what may happen to an order afterwards, [`refund`] is what taking it back returns, and [`standing`]
//! is what orders and time do to a guest's rank.

#![deny(clippy::float_arithmetic)]

pub mod bonuses;
pub mod calculation;
pub mod discount;
mod distribute;
pub mod guest;
pub mod life;
pub mod moment;
pub mod notice;
pub mod occasion;
pub mod order;
pub mod programme;
pub mod promo;
pub mod refund;
pub mod reward;
pub mod share;
pub mod stamps;
pub mod standing;

pub use bonuses::{Bonuses, Bound};
pub use calculation::{Calculation, calculate};
pub use guest::Guest;
pub use moment::Moment;
pub use order::{Expedition, Line, Order, OrderError};
pub use programme::{Programme, ProgrammeError};
pub use promo::RefusedPromoCode;
pub use refund::{ClosedOrder, Refund};
pub use reward::Reward;
pub use share::Share;
pub use standing::Standing;
