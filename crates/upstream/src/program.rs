//! What the proxy asks of a loyalty system, in words that fit each of them.
//!
//! Owns the trait and its types. Holds no I/O and no system's own JSON; what a system cannot do, it says in its
//! [`Capabilities`].

mod calculation;
mod order;

use std::pin::Pin;

use contract::{Money, Phone};
use jiff::Timestamp;
use uuid::Uuid;

pub use calculation::{Calculation, CampaignResult, Notification, SpendEnd};
pub use order::{Confirmation, Modifier, OrderContents, OrderLine, OrderRecord, OrderStatus};

use crate::UpstreamError;

/// What a method of [`LoyaltyProgram`] returns: boxed, so that restaurants with different systems share one type.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, UpstreamError>> + Send + 'a>>;

/// A loyalty system, for one restaurant.
///
/// Methods that only read may be repeated by the client within the time limit. Methods that write are sent once; where
/// [`UpstreamError::in_doubt`] holds, look the order up with [`LoyaltyProgram::order`].
pub trait LoyaltyProgram: Send + Sync {
    /// What this system can do.
    fn capabilities(&self) -> Capabilities;

    /// The guest with this phone, or `None` where nobody has joined with it.
    fn guest<'a>(&'a self, phone: &'a Phone) -> Answer<'a, Option<Guest>>;

    /// Makes the phone's owner a member. Only for a phone of which [`LoyaltyProgram::guest`] knew nobody: an existing
    /// guest's data would be replaced.
    fn join<'a>(&'a self, phone: &'a Phone) -> Answer<'a, ()>;

    /// The guest's balance and rank.
    fn wallet<'a>(&'a self, phone: &'a Phone) -> Answer<'a, Wallet>;

    /// What the programme gives on an order; changes nothing.
    fn calculate<'a>(
        &'a self,
        guest: Option<&'a Phone>,
        order: &'a OrderContents,
        promo_codes: &'a [String],
    ) -> Answer<'a, Calculation>;

    /// Freezes the calculated discounts and the chosen bonuses.
    fn confirm<'a>(&'a self, confirmation: Confirmation<'a>) -> Answer<'a, ()>;

    /// Returns what is frozen; the order may be confirmed again.
    fn reset(&self, order_id: Uuid, at: Timestamp) -> Answer<'_, ()>;

    /// Cancels the order for good and returns what is frozen.
    fn abort(&self, order_id: Uuid, at: Timestamp) -> Answer<'_, ()>;

    /// Writes off what is frozen and accrues.
    fn close(&self, order_id: Uuid, at: Timestamp) -> Answer<'_, ()>;

    /// What the system knows of an order, or `None` where it has never heard of it.
    fn order(&self, order_id: Uuid) -> Answer<'_, Option<OrderRecord>>;

    /// A one-time code the guest shows at the till. Issues a new one or repeats the one still alive, as the system does.
    fn payment_code<'a>(&'a self, phone: &'a Phone) -> Answer<'a, PaymentCode>;
}

/// What a loyalty system can do beyond the least that all of them share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Any amount between the least and the most may be spent; otherwise it is all or nothing.
    pub partial_spend: bool,
    /// Promo codes are understood.
    pub promo_codes: bool,
    /// One-time payment codes are issued.
    pub payment_codes: bool,
}

/// A member of the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// The first name, where one is known.
    pub name: Option<String>,
}

/// What a guest has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// Bonuses that may be spent, in hundredths.
    pub balance: Money,
    /// The rank, where the programme has ranks.
    pub rank: Option<Rank>,
}

/// A rank of the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Its name, white space trimmed.
    pub name: String,
    /// The share of an order returned as bonuses, in hundredths of a per cent.
    pub cashback_bp: u32,
    /// What keeps the rank, where it must be confirmed.
    pub confirmation: Option<RankConfirmation>,
}

/// What the guest must do to keep a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankConfirmation {
    /// Money still to be spent.
    pub sum_left: Money,
    /// Hours left to spend it.
    pub hours_left: u32,
}

/// A one-time payment code.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentCode {
    /// Seven digits; the eighth is the check digit of EAN-8.
    pub digits: String,
    /// Seconds the code is still good for.
    pub ttl_s: u32,
}

impl std::fmt::Debug for PaymentCode {
    /// Hides the digits: whoever reads them in a log could pay with them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaymentCode").field("ttl_s", &self.ttl_s).finish_non_exhaustive()
    }
}
