//! What a calculation keeps for its confirm: the blocks of both precalculations, letter by letter.

use contract::Money;
use contract::decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::request::Echoed;
use super::wire::MoneyWire;
use crate::UpstreamError;

/// The blocks of one precalculation.
#[derive(Serialize, Deserialize)]
pub(super) struct Blocks {
    pub(super) loyalty: Option<Box<RawValue>>,
    pub(super) discounts: Option<Box<RawValue>>,
}

/// Both ends of the choice.
#[derive(Serialize, Deserialize)]
pub(super) struct Echo {
    /// No bonuses are spent.
    pub(super) without: Blocks,
    /// All are spent that may be; absent where none may.
    pub(super) with: Option<Blocks>,
    /// How many those are.
    pub(super) max: MoneyWire,
}

impl Echo {
    /// The text to be kept.
    pub(super) fn write(&self) -> Result<String, UpstreamError> {
        serde_json::to_string(self).map_err(|_| UpstreamError::malformed("the blocks to be given back"))
    }

    /// Reads what [`Echo::write`] wrote.
    pub(super) fn read(text: &str) -> Result<Self, UpstreamError> {
        serde_json::from_str(text).map_err(|_| UpstreamError::Malformed {
            what: "the blocks that were kept".to_owned(),
            in_doubt: false,
        })
    }

    /// The blocks to give back where so many bonuses are spent: none, or all.
    pub(super) fn choose(&self, payment: Money) -> Result<Echoed<'_>, UpstreamError> {
        let Decimal(max) = self.max;
        let blocks = match &self.with {
            _ if payment == Money::ZERO => &self.without,
            Some(with) if payment == Money::from_minor(max) => with,
            _ => return Err(UpstreamError::Unsupported { what: "spending a part of the bonuses" }),
        };
        Ok(Echoed { loyalty: blocks.loyalty.as_deref(), discounts: blocks.discounts.as_deref() })
    }
}
