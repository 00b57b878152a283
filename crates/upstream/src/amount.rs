//! Amounts of answers: judged as each system's must be. No arithmetic but the range.

use contract::Money;
use contract::decimal::Decimal;

use crate::UpstreamError;

/// An amount not below zero and not beyond [`Money::MAX`].
pub(crate) fn amount(value: Decimal<2>, name: &str) -> Result<Money, UpstreamError> {
    let Decimal(minor) = value;
    let amount = Money::from_minor(minor);
    if amount.is_negative() || amount > Money::MAX {
        return Err(UpstreamError::malformed(format!("{name} is out of range")));
    }
    Ok(amount)
}

/// A share in per cent as hundredths of a per cent, from 0 to 100 %.
pub(crate) fn share_bp(value: Decimal<2>, name: &str) -> Result<u32, UpstreamError> {
    let Decimal(hundredths) = value;
    u32::try_from(hundredths)
        .ok()
        .filter(|share| *share <= 10_000)
        .ok_or_else(|| UpstreamError::malformed(format!("{name} is not 0 to 100")))
}
