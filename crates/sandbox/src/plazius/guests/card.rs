//! A loyalty card in an answer, and binding one to its guest.

use serde::Serialize;

use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::store::cards::{self, CardRow};
use crate::store::ledger;

/// A loyalty card.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CardWire {
    track: String,
    number: String,
    is_virtual: bool,
}

impl From<CardRow> for CardWire {
    fn from(card: CardRow) -> Self {
        Self { track: card.track, number: card.number, is_virtual: card.is_virtual }
    }
}

/// Binds a card that is free to be bound.
pub(super) fn add(call: &Call<'_>, card: &CardRow) -> Result<(), Refusal> {
    cards::add(call.tx, call.network_id, card, call.now_ms())?;
    ledger::add(call.tx, &Entry::without_sums(Kind::CardAdded, call.now_ms()), Some(card.guest_id))?;
    Ok(())
}
