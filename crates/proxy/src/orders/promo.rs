//! Promo codes: which of the entered ones are sent to the loyalty system, and which of those had an effect.
//!
//! The loyalty system does not say which codes it applied. So the order is calculated without codes, with the first,
//! with the first two, and so on: a code that changes nothing against the calculation before it has no effect. Comparing
//! with what went before, and not with the whole list less one, gives one of two codes for the same campaign the credit.

use contract::cart::{MAX_PROMO_CODES, MAX_TEXT};
use contract::preview::{PromoCode, PromoRefusal};
use upstream::program::Calculation;

use super::OrderError;

/// The entered codes, each with the reason for not sending it. Where the loyalty system knows no promo codes, none is
/// sent.
///
/// # Errors
/// [`OrderError::InvalidPromoCode`] where a text cannot be a code.
pub(super) fn sort_codes(entered: &[String], supported: bool) -> Result<Vec<PromoCode>, OrderError> {
    let mut codes: Vec<PromoCode> = Vec::new();
    let mut sent: Vec<String> = Vec::new();
    if entered.len() > MAX_PROMO_CODES * 10 {
        return Err(invalid("promo_codes".to_owned(), "far too many"));
    }
    for (index, code) in entered.iter().enumerate() {
        let text = code.trim();
        if text.is_empty() || text.chars().count() > MAX_TEXT || text.chars().any(char::is_control) {
            return Err(invalid(format!("promo_codes[{index}]"), "must be 1 to 200 printable characters"));
        }
        let folded = text.to_lowercase();
        let refusal = if !supported {
            Some(PromoRefusal::NotSupported)
        } else if sent.contains(&folded) {
            Some(PromoRefusal::Duplicate)
        } else if sent.len() == MAX_PROMO_CODES {
            Some(PromoRefusal::TooMany)
        } else {
            sent.push(folded);
            None
        };
        codes.push(PromoCode { code: code.clone(), refusal });
    }
    Ok(codes)
}

/// The texts to send, in the order they were entered.
pub(super) fn to_send(codes: &[PromoCode]) -> Vec<String> {
    codes.iter().filter(|code| code.refusal.is_none()).map(|code| code.code.trim().to_owned()).collect()
}

/// Marks the codes that had no effect. `steps` are the calculations with none, one, two, … of the codes that were sent.
pub(super) fn mark_effects(codes: &mut [PromoCode], steps: &[Calculation]) {
    let sent = codes.iter_mut().filter(|code| code.refusal.is_none());
    for (code, pair) in sent.zip(steps.windows(2)) {
        if let [before, after] = pair
            && after.same_effect(before)
        {
            code.refusal = Some(PromoRefusal::NoEffect);
        }
    }
}

fn invalid(field: String, message: &'static str) -> OrderError {
    OrderError::InvalidPromoCode { field, message }
}

#[cfg(test)]
mod tests;
