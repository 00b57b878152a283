//! Applying the programme to a sum: what `recalc` shows and `retail` holds it to.
//!
//! An operation is a sum without dishes, and its answers have no place for what a campaign takes off or brings. So of the
//! programme only the levels apply, which is our choice.

use contract::{Money, Quantity};
use loyalty::calculation::UnknownRank;
use loyalty::programme::{Exclusion, Rank};
use loyalty::{Bonuses, Calculation, Expedition, Guest, Line, Moment, Order, Programme, Share};

use super::call::Call;
use super::error::Refusal;
use super::wire::{LoyaltyKindWire, benefit};
use crate::store::guests::GuestRow;

/// The code and the name of the one line that an operation has in the books.
pub(super) const LINE: (&str, &str) = ("operation", "Покупка");

/// A sum, and what the client's level makes of it.
pub(super) struct Quote {
    pub(super) kind: LoyaltyKindWire,
    pub(super) percent: Share,
    pub(super) calculation: Calculation,
    pub(super) bonuses: Bonuses,
}

/// What the client's level gives.
pub(super) fn kind(call: &Call<'_>, guest: &GuestRow) -> Result<LoyaltyKindWire, Refusal> {
    Ok(benefit(rank_of(call, guest)?).0)
}

/// The client's level.
pub(super) fn rank_of<'a>(call: &Call<'a>, guest: &GuestRow) -> Result<&'a Rank, UnknownRank> {
    let rank_index = guest.standing.rank_index;
    call.programme.ranks.get(rank_index).ok_or(UnknownRank { rank_index })
}

/// Calculates with what the client may spend now. `amount` is not below zero.
pub(super) fn quote(call: &Call<'_>, guest: &GuestRow, amount: Money) -> Result<Quote, Refusal> {
    let line = Line {
        code: LINE.0.to_owned(),
        categories: Vec::new(),
        quantity: Quantity::ONE,
        price: amount,
        cost: amount,
    };
    let opened_at = Moment::from_unix_s(call.now.as_second());
    let order = Order::new(vec![line], Expedition::InRestaurant, opened_at)
        .map_err(|error| Refusal::of("amount", format!("Amount is impossible: {error}.")))?;
    let holdings = Guest {
        balance: guest.balance,
        rank_index: guest.standing.rank_index,
        closed_orders: u64::from(guest.closed_orders),
        ..Guest::default()
    };
    let calculation = loyalty::calculate(&levels_of(call.programme), &order, Some(&holdings), &[])?;
    let (kind, percent) = benefit(rank_of(call, guest)?);
    let bonuses = calculation
        .bonuses
        .clone()
        .ok_or_else(|| Refusal::Internal("a calculation for a guest has no bonuses".to_owned()))?;
    Ok(Quote { kind, percent, calculation, bonuses })
}

/// The programme with nothing but its levels.
fn levels_of(programme: &Programme) -> Programme {
    Programme {
        name: programme.name.clone(),
        max_payable_share_bp: programme.max_payable_share_bp,
        utc_offset_minutes: programme.utc_offset_minutes,
        ranks: programme.ranks.clone(),
        unpayable: Exclusion::default(),
        unaccruing: Exclusion::default(),
        campaigns: Vec::new(),
    }
}
