//! What becomes of held bonuses: they run out by themselves, or are given back at their point of sale.
//!
//! Owns the ledger's entries about that; the sums move in the store.

use contract::Money;

use super::call::Call;
use super::error::Refusal;
use crate::ledger::{Entry, Kind};
use crate::store::{holds, ledger};

/// Gives back what of the guest's holds has run out by now. Whoever looks at a guest does this first.
pub(super) fn settle(call: &Call<'_>, guest_id: i64) -> Result<(), Refusal> {
    let back = holds::end_run_out(call.tx, guest_id, call.now_ms())?;
    enter(call, Kind::HoldRunOut, guest_id, back)
}

/// Gives back all that is held for the guest at this point, where anything is.
pub(super) fn release(call: &Call<'_>, guest_id: i64, point_id: &str) -> Result<(), Refusal> {
    let back = holds::end_at(call.tx, guest_id, point_id)?;
    enter(call, Kind::HoldReleased, guest_id, back)
}

/// Writes down what was moved; nothing where that is nothing.
pub(super) fn enter(call: &Call<'_>, kind: Kind, guest_id: i64, amount: Money) -> Result<(), Refusal> {
    if !amount.is_positive() {
        return Ok(());
    }
    let entry = Entry { payment: amount, ..Entry::without_sums(kind, call.now_ms()) };
    Ok(ledger::add(call.tx, &entry, Some(guest_id))?)
}
