//! Judges a cart and turns it into what a loyalty system is asked about. Pure: no clock, no I/O.
//!
//! Prices come from the guest's page, so nothing here is believed beyond its shape; what is refused is what cannot be a
//! cart at all. Names and codes are text and nothing else: markup and emoji pass through unchanged.

use contract::cart::{Cart, CartLine, CartModifier, MAX_LINES, MAX_MODIFIERS, MAX_TEXT};
use contract::error::ErrorCode;
use contract::{Money, Quantity};
use jiff::Timestamp;
use upstream::program::{Modifier, OrderContents, OrderLine};

use crate::error::ApiError;

/// The largest quantity of one line, a thousand portions.
const MAX_QUANTITY: Quantity = Quantity::from_milli(1_000_000);

/// The cart as order contents, opened at `opened_at`.
///
/// A line's total is quantity × (unit price + modifiers); each part is rounded half up to the minor unit before it is
/// added, so that the modifiers' sums, which are told to the loyalty system as well, are exact parts of the line's.
///
/// # Errors
/// `empty_cart`, or `invalid_cart` with the path of the first place that cannot be.
pub(crate) fn judge_cart(
    cart: &Cart,
    currency: &str,
    opened_at: Timestamp,
) -> Result<OrderContents, ApiError> {
    if cart.currency != currency {
        return Err(wrong("cart.currency", "not the restaurant's currency"));
    }
    if cart.lines.is_empty() {
        return Err(ApiError::new(ErrorCode::EmptyCart, "the cart has no lines").at("cart.lines"));
    }
    if cart.lines.len() > MAX_LINES {
        return Err(wrong("cart.lines", "more than 500 lines"));
    }
    let lines = cart.lines.iter().enumerate();
    let lines = lines.map(|(index, line)| judge_line(line, &format!("cart.lines[{index}]")));
    let contents = OrderContents {
        opened_at,
        expected_at: None,
        expedition: cart.expedition,
        lines: lines.collect::<Result<_, _>>()?,
    };
    if contents.total().is_none() {
        return Err(wrong("cart.lines", "the order's sum is out of range"));
    }
    Ok(contents)
}

fn judge_line(line: &CartLine, path: &str) -> Result<OrderLine, ApiError> {
    judge_text(&line.code, path, "code")?;
    judge_text(&line.name, path, "name")?;
    if let Some(category) = &line.category {
        judge_text(category, path, "category")?;
    }
    judge_quantity(line.quantity_milli, path)?;
    if line.modifiers.len() > MAX_MODIFIERS {
        return Err(wrong(&format!("{path}.modifiers"), "more than 50 modifiers"));
    }
    let mut total = price(line.unit_price_minor, line.quantity_milli, Quantity::ONE, path)?;
    let mut modifiers = Vec::with_capacity(line.modifiers.len());
    for (index, modifier) in line.modifiers.iter().enumerate() {
        let path = format!("{path}.modifiers[{index}]");
        let modifier = judge_modifier(modifier, line.quantity_milli, &path)?;
        total = total.checked_add(modifier.total).ok_or_else(|| wrong(&path, "the sum is out of range"))?;
        modifiers.push(modifier);
    }
    Ok(OrderLine {
        code: line.code.clone(),
        name: line.name.clone(),
        category: line.category.clone(),
        quantity: line.quantity_milli,
        unit_price: line.unit_price_minor,
        total,
        modifiers,
    })
}

fn judge_modifier(modifier: &CartModifier, portions: Quantity, path: &str) -> Result<Modifier, ApiError> {
    judge_text(&modifier.code, path, "code")?;
    judge_text(&modifier.name, path, "name")?;
    judge_quantity(modifier.quantity_milli, path)?;
    // Both factors are at most a million, so the product and the rounding fit easily.
    let quantity = (portions.milli() * modifier.quantity_milli.milli() + 500) / 1000;
    Ok(Modifier {
        code: modifier.code.clone(),
        name: modifier.name.clone(),
        quantity: Quantity::from_milli(quantity.max(1)),
        per_portion: modifier.quantity_milli,
        unit_price: modifier.unit_price_minor,
        total: price(modifier.unit_price_minor, portions, modifier.quantity_milli, path)?,
    })
}

/// `unit` × `portions` × `each`, both in thousandths, rounded half up.
fn price(unit: Money, portions: Quantity, each: Quantity, path: &str) -> Result<Money, ApiError> {
    let field = || format!("{path}.unit_price_minor");
    if unit.is_negative() {
        return Err(wrong(&field(), "below zero"));
    }
    let millionths = i128::from(unit.minor()) * i128::from(portions.milli()) * i128::from(each.milli());
    i64::try_from((millionths + 500_000) / 1_000_000)
        .ok()
        .map(Money::from_minor)
        .filter(|total| *total <= Money::MAX)
        .ok_or_else(|| wrong(&field(), "the sum is out of range"))
}

fn judge_quantity(quantity: Quantity, path: &str) -> Result<(), ApiError> {
    if quantity.milli() <= 0 {
        return Err(wrong(&format!("{path}.quantity_milli"), "not above zero"));
    }
    if quantity > MAX_QUANTITY {
        return Err(wrong(&format!("{path}.quantity_milli"), "more than a thousand"));
    }
    Ok(())
}

fn judge_text(text: &str, path: &str, name: &str) -> Result<(), ApiError> {
    if text.trim().is_empty() {
        return Err(wrong(&format!("{path}.{name}"), "empty"));
    }
    if text.chars().count() > MAX_TEXT {
        return Err(wrong(&format!("{path}.{name}"), "longer than 200 characters"));
    }
    Ok(())
}

fn wrong(field: &str, message: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidCart, message).at(field)
}

#[cfg(test)]
mod tests;
