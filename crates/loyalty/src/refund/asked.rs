//! Which lines a list of items to refund means.

use std::collections::HashMap;

use contract::Quantity;

use super::RefundRefused;
use super::closed_order::ClosedLine;

/// An item to refund: so much of an article code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The article code.
    pub code: String,
    /// How much of it.
    pub quantity: Quantity,
}

/// The thousandths to return of each line, in the order of the lines; all that is left without a list.
///
/// The list names codes, not lines, and one code may stand on several lines: the earlier line is returned first. A code
/// the list names twice is returned as often.
pub(super) fn by_line(lines: &[ClosedLine], items: Option<&[Item]>) -> Result<Vec<i64>, RefundRefused> {
    let lefts = lines.iter().map(|line| line.quantity.milli() - line.refunded.milli());
    if lefts.clone().all(|left| left == 0) {
        return Err(RefundRefused::NothingLeft);
    }
    let Some(items) = items else { return Ok(lefts.collect()) };
    if items.is_empty() {
        return Err(RefundRefused::Empty);
    }
    let asked = asked_by_code(lines, items)?;
    let mut rest = asked;
    Ok(lines
        .iter()
        .zip(lefts)
        .map(|(line, left)| {
            let rest = rest.entry(line.code.as_str()).or_default();
            let taken = left.min(*rest);
            *rest -= taken;
            taken
        })
        .collect())
}

/// The thousandths asked of each code, none of them more than is left.
fn asked_by_code<'a>(
    lines: &[ClosedLine],
    items: &'a [Item],
) -> Result<HashMap<&'a str, i64>, RefundRefused> {
    let mut lefts: HashMap<&str, i64> = HashMap::new();
    for line in lines {
        let left = lefts.entry(line.code.as_str()).or_default();
        *left = left.saturating_add(line.quantity.milli() - line.refunded.milli());
    }
    let mut asked: HashMap<&str, i64> = HashMap::new();
    for item in items {
        let code = || item.code.clone();
        if item.quantity.milli() <= 0 {
            return Err(RefundRefused::Quantity { code: code() });
        }
        let left =
            *lefts.get(item.code.as_str()).ok_or_else(|| RefundRefused::UnknownItem { code: code() })?;
        let sum = asked.entry(item.code.as_str()).or_default();
        *sum = sum.saturating_add(item.quantity.milli());
        if *sum > left {
            return Err(RefundRefused::TooMuch { code: code(), left: Quantity::from_milli(left) });
        }
    }
    Ok(asked)
}
