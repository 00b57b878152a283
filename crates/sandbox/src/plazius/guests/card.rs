//! A loyalty card in an answer.

use serde::Serialize;

use crate::store::cards::CardRow;

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
