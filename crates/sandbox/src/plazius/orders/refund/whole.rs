//! What follows once nothing of an order is left: its gifts go back where they came from.
//!
//! A refund by items moves sums alone, since a gift, a promo code or a stamp cannot be returned in part; the refund that
//! returns the last of the order moves these too. That is our choice.

use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::store::gifts;
use crate::store::orders::OrderRow;

/// The guest has the gifts again that the order used up; one that has expired since stays expired.
pub(super) fn undo(call: &Call<'_>, order: &OrderRow) -> Result<(), Refusal> {
    gifts::give_back(call.tx, &order.id)?;
    Ok(())
}
