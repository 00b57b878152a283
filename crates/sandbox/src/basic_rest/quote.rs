//! Applying the programme to a sum: what `recalc` shows and `retail` holds it to.
//!
//! An operation is a sum without dishes, and its answers have no place for what a campaign takes off or brings. So of the
//! programme only the levels apply, which is our choice.

use contract::{Money, Quantity};
use loyalty::calculation::UnknownRank;
use loyalty::programme::{Exclusion, Rank};
use loyalty::{Expedition, Line, Moment, Order, Programme};

use super::call::Call;
use super::error::Refusal;
use crate::network;
use crate::network::quote::{Buyer, Quote};
use crate::store::guests::GuestRow;

/// The code of the one line that an operation has in the books.
const LINE_CODE: &str = "operation";

/// A sum, and what the client's level makes of it.
pub(super) struct Sum {
    pub(super) quote: Quote,
    /// The most that may be spent.
    pub(super) most: Money,
    /// What is earned where nothing is spent.
    pub(super) earn: Money,
}

/// The client's level.
pub(super) fn rank_of<'a>(call: &Call<'a>, guest: &GuestRow) -> Result<&'a Rank, UnknownRank> {
    let rank_index = guest.standing.rank_index;
    call.programme.ranks.get(rank_index).ok_or(UnknownRank { rank_index })
}

/// Calculates with what the client may spend now. `amount` is not below zero.
pub(super) fn quote(call: &Call<'_>, guest: GuestRow, amount: Money) -> Result<Sum, Refusal> {
    let line = Line {
        code: LINE_CODE.to_owned(),
        categories: Vec::new(),
        quantity: Quantity::ONE,
        price: amount,
        cost: amount,
    };
    let opened_at = Moment::from_unix_s(call.now.as_second());
    let order = Order::new(vec![line], Expedition::InRestaurant, opened_at)
        .map_err(|error| Refusal::Internal(error.to_string()))?;
    let quote = network::quote::quote(&call.network(), order, Buyer::Guest(Box::new(guest)), &[])?;
    let bonuses = quote.calculation.bonuses.as_ref();
    let bonuses = bonuses.ok_or_else(|| Refusal::Internal("a guest without bonuses".to_owned()))?;
    let (most, earn) = (bonuses.max.payment, bonuses.min.accrual);
    Ok(Sum { quote, most, earn })
}

/// The programme with nothing but its levels.
pub(super) fn levels_of(programme: &Programme) -> Programme {
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
