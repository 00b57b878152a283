//! Which part of a history a request asks for.

use jiff::{RoundMode, TimestampRound, Unit};

use crate::plazius::error::Refusal;
use crate::plazius::wire::moment::DateTimeWire;
use crate::store::history::Span;

/// Entries on a page unless the request says otherwise.
const DEFAULT_TAKE: i32 = 50;

/// The part of a history between two moments, of which `skip` entries are left out and `take` are shown; `max_take` is
/// the largest page.
pub(super) fn span(
    from: Option<DateTimeWire>,
    to: Option<DateTimeWire>,
    skip: Option<i32>,
    take: Option<i32>,
    max_take: u32,
) -> Result<Span, Refusal> {
    let skip = u32::try_from(skip.unwrap_or(0))
        .map_err(|_| Refusal::invalid("filter.skip: must not be negative"))?;
    let take = u32::try_from(take.unwrap_or(DEFAULT_TAKE))
        .map_err(|_| Refusal::invalid("filter.take: must not be negative"))?;
    if take > max_take {
        return Err(Refusal::invalid(format!("filter.take: must be at most {max_take}")));
    }
    let from_ms = from.map_or(Ok(i64::MIN), |from| ms(from, RoundMode::Ceil))?;
    let to_ms = to.map_or(Ok(i64::MAX), |to| ms(to, RoundMode::Floor))?;
    Ok(Span { from_ms, to_ms, skip, take })
}

/// The books count in whole milliseconds: the nearest on the side that lets nothing in from outside.
fn ms(moment: DateTimeWire, side: RoundMode) -> Result<i64, Refusal> {
    let to_ms = TimestampRound::new().smallest(Unit::Millisecond).mode(side);
    let rounded = moment.0.round(to_ms).map_err(|_| Refusal::invalid("filter: the date is out of range"))?;
    Ok(rounded.as_millisecond())
}
