//! `guests/addBonus` and `guests/writeoffBonus`: an API client changes a guest's balance and says why.
//!
//! The request has no id of its own, so a repetition is a second change.

use contract::Money;
use contract::decimal::Decimal;
use serde::Deserialize;

use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::lookup;
use crate::plazius::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use crate::store::guests::GuestRow;
use crate::store::wallet::{self, ApiChange};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeBalanceRequestWire {
    guest: GuestIdentityWire,
    organization: OrganizationIdentityWire,
    amount: Decimal<2>,
    /// What the guest's history shows.
    comment: String,
}

/// A change that may be tried.
struct Wanted {
    guest: GuestRow,
    restaurant_id: String,
    amount: Money,
    comment: String,
}

impl Wanted {
    fn change(&self, at_ms: i64) -> ApiChange<'_> {
        let Self { restaurant_id, amount, comment, .. } = self;
        ApiChange { amount: *amount, restaurant_id, comment, at_ms }
    }
}

fn read(call: &Call<'_>, request: ChangeBalanceRequestWire) -> Result<Wanted, Refusal> {
    let amount = Money::from_minor(request.amount.0);
    if !amount.is_positive() {
        return Err(Refusal::invalid("amount: must be above 0"));
    }
    let restaurant_id = lookup::restaurant_id(call, &request.organization)?;
    let guest = lookup::guest(call, &request.guest)?;
    Ok(Wanted { guest, restaurant_id, amount, comment: request.comment })
}

/// `guests/addBonus`.
pub(crate) fn add(call: &Call<'_>, request: ChangeBalanceRequestWire) -> Result<(), Refusal> {
    let wanted = read(call, request)?;
    if wanted.guest.balance.checked_add(wanted.amount).is_none() {
        return Err(Refusal::invalid("amount: the balance would be more than a wallet holds"));
    }
    wallet::give(call.tx, wanted.guest.id, &wanted.change(call.now_ms()))?;
    Ok(())
}

/// `guests/writeoffBonus`. The makers say that the balance stays positive; no code of theirs stands for its refusal, so
/// it is data in error, 9004. Nothing left is taken for positive. What is frozen for orders cannot be taken.
pub(crate) fn write_off(call: &Call<'_>, request: ChangeBalanceRequestWire) -> Result<(), Refusal> {
    let wanted = read(call, request)?;
    if wanted.amount > wanted.guest.balance {
        return Err(Refusal::invalid("amount: more than the balance"));
    }
    wallet::take(call.tx, wanted.guest.id, &wanted.change(call.now_ms()))?;
    Ok(())
}
