//! What every imitated system does behind its API: one network of restaurants, its guests and their orders.
//!
//! Owns how an order is calculated, confirmed, released and closed, how a guest joins and how gifts are given, so that no
//! system has a rule of its own for it. Must not know any system's JSON, errors or rights: who may ask is the caller's to
//! see to, as is the transaction it all happens in.
//!
//! In reading order: [`holdings`] is what a guest brings to a calculation, [`quote`] the calculation, [`fingerprint`] what
//! binds a confirmation to it, [`terms`] what a confirmation comes to, [`confirm`], [`release`] and [`close`] what becomes
//! of an order, [`rewards`] and [`gift`] what it brings, [`join`] how somebody becomes a guest.

use jiff::Timestamp;
use loyalty::Programme;
use loyalty::calculation::UnknownRank;
use loyalty::life::StepRefused;
use rusqlite::Transaction;

use crate::store::StoreError;
use crate::store::guests::{self, GuestRow};

pub(crate) mod close;
pub(crate) mod confirm;
pub(crate) mod fingerprint;
pub(crate) mod gift;
mod holdings;
pub(crate) mod join;
pub(crate) mod quote;
pub(crate) mod release;
mod rewards;
pub(crate) mod terms;

/// A network within one transaction, at one moment.
#[derive(Clone, Copy)]
pub(crate) struct Network<'a> {
    /// Kept if the operation succeeds, undone if it is refused.
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) id: i64,
    pub(crate) programme: &'a Programme,
    pub(crate) now: Timestamp,
}

/// Why the network does not do what it is asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NetworkError {
    /// The step cannot follow where the order stands.
    #[error(transparent)]
    Step(#[from] StepRefused),
    /// The payment in bonuses is not one the order may have.
    #[error("{0}")]
    Payment(String),
    /// The books failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The sandbox failed in another way.
    #[error("{0}")]
    Internal(String),
}

/// A guest has a rank the programme does not have: the programme's file was exchanged for one with fewer.
impl From<UnknownRank> for NetworkError {
    fn from(unknown: UnknownRank) -> Self {
        Self::Internal(unknown.to_string())
    }
}

impl Network<'_> {
    pub(crate) fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// The guest with this phone as of now.
    pub(crate) fn guest(&self, phone: &str) -> Result<Option<GuestRow>, NetworkError> {
        guests::find(self.tx, self.id, phone)?.map(|guest| self.as_of_now(guest)).transpose()
    }

    /// The guest with this id as of now.
    pub(crate) fn guest_by_id(&self, guest_id: i64) -> Result<GuestRow, NetworkError> {
        self.as_of_now(guests::by_id(self.tx, guest_id)?)
    }

    /// The guest, where time alone has moved the rank since it was last written.
    fn as_of_now(&self, guest: GuestRow) -> Result<GuestRow, NetworkError> {
        let standing = guest.standing.as_of(&self.programme.ranks, self.now_ms())?;
        Ok(GuestRow { standing, ..guest })
    }
}
