//! What the proxy asks of a loyalty system, in words that fit each of them.
//!
//! Owns the trait and its types. Holds no I/O and no system's own JSON; what a system cannot do, it says in its
//! [`Capabilities`].

mod account;
mod calculation;
mod campaign;
mod capabilities;
mod guest;
mod order;

use std::pin::Pin;

use contract::Phone;
use jiff::Timestamp;

pub use account::{
    BonusCause, BonusChange, Card, Change, GuestAccount, GuestChanges, History, Page, PastDish, PastOrder,
    PastSums, Sex,
};
pub use calculation::{Calculation, CampaignResult, Notification, SpendEnd};
pub use campaign::{
    Campaign, CampaignKind, Gift, GiftContents, GiftStatus, GiftTerms, Referral, ReferrerStatus, Stamps,
};
pub use capabilities::{Capabilities, Finish, LostConfirm, SpendChoice};
pub use guest::{
    Guest, GuestKey, GuestKeyKind, PaymentCode, Rank, RankBenefit, RankConfirmation, SentCode, Wallet,
};
pub use order::{
    Confirmation, Confirmed, Modifier, OrderContents, OrderLine, OrderRecord, OrderRef, OrderStatus,
    Question, Refund, RefundedItem,
};

use crate::UpstreamError;

/// What a method of [`LoyaltyProgram`] returns: boxed, so that restaurants with different systems share one type.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, UpstreamError>> + Send + 'a>>;

/// A loyalty system, for one restaurant.
///
/// Methods that only read may be repeated by the client within the time limit. Methods that write are sent once; where
/// [`UpstreamError::in_doubt`] holds, do as [`Capabilities::lost_confirm`] says.
///
/// The methods with a body here are those that not every system can do; the body is the answer of one that cannot.
pub trait LoyaltyProgram: Send + Sync {
    /// What this system can do.
    fn capabilities(&self) -> Capabilities;

    /// Makes sure that the system is there and lets us in, by reading what concerns nobody.
    fn reach(&self) -> Answer<'_, ()>;

    /// The guest with this key, or `None` where nobody has joined with it.
    fn guest<'a>(&'a self, _key: &'a GuestKey) -> Answer<'a, Option<Guest>> {
        unsupported("looking a guest up")
    }

    /// Makes the phone's owner a member. Only for a phone of which [`LoyaltyProgram::guest`] knew nobody: an existing
    /// guest's data would be replaced.
    fn join<'a>(&'a self, _phone: &'a Phone) -> Answer<'a, ()> {
        unsupported("joining the programme")
    }

    /// The guest's balance and rank.
    fn wallet<'a>(&'a self, _guest: &'a GuestKey) -> Answer<'a, Wallet> {
        unsupported("a wallet outside a calculation")
    }

    /// What the programme gives on an order; changes nothing.
    fn calculate<'a>(&'a self, question: Question<'a>) -> Answer<'a, Calculation>;

    /// Freezes the calculated discounts and the chosen bonuses.
    fn confirm<'a>(&'a self, confirmation: Confirmation<'a>) -> Answer<'a, Confirmed>;

    /// Returns what is frozen; the order may be calculated and confirmed again.
    fn reset<'a>(&'a self, order: OrderRef<'a>, at: Timestamp) -> Answer<'a, ()>;

    /// Cancels the order for good and returns what is frozen.
    fn abort<'a>(&'a self, _order: OrderRef<'a>, _at: Timestamp) -> Answer<'a, ()> {
        unsupported("cancelling an order by a call")
    }

    /// Writes off what is frozen and accrues.
    fn close<'a>(&'a self, _order: OrderRef<'a>, _at: Timestamp) -> Answer<'a, ()> {
        unsupported("closing an order by a call")
    }

    /// Takes a closed order back, or some of its dishes: what was written off returns, what was accrued is cancelled.
    fn refund<'a>(&'a self, _order: OrderRef<'a>, _refund: Refund<'a>) -> Answer<'a, ()> {
        unsupported("refunds")
    }

    /// What the system knows of an order, or `None` where it has never heard of it.
    fn order<'a>(&'a self, _order: OrderRef<'a>) -> Answer<'a, Option<OrderRecord>> {
        unsupported("looking an order up")
    }

    /// A one-time code the guest shows at the till. Issues a new one or repeats the one still alive, as the system does.
    fn payment_code<'a>(&'a self, _guest: &'a GuestKey) -> Answer<'a, PaymentCode> {
        unsupported("payment codes")
    }

    /// Sends a login code of the system's own to a phone. What is answered says nothing of whether the system knows the
    /// phone.
    fn send_code<'a>(&'a self, _phone: &'a Phone) -> Answer<'a, SentCode> {
        unsupported("sending login codes")
    }

    /// Whether this is the login code that the system has sent to the phone. A try counts, and a right code is used up.
    fn check_code<'a>(&'a self, _phone: &'a Phone, _code: &'a str) -> Answer<'a, bool> {
        unsupported("checking login codes")
    }

    /// Guests' accounts, where the system lets others read and change them.
    fn accounts(&self) -> Option<&dyn GuestAccount> {
        None
    }
}

/// The answer of a system that cannot do `what`.
fn unsupported<'a, T: Send + 'a>(what: &'static str) -> Answer<'a, T> {
    Box::pin(std::future::ready(Err(UpstreamError::Unsupported { what })))
}
