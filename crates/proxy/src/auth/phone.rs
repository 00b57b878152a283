//! Whether a phone may log in: E.164, a country the restaurant accepts, a number of that country's plan.

use contract::Phone;

use super::AuthError;

/// The phone, if it may log in at a restaurant that accepts these calling codes (none: all of them).
///
/// The country is judged before the number: a guest abroad is told that the country is the matter, also where the
/// number is too short. Calling codes are prefix-free, so the first digits name the country's code.
///
/// # Errors
/// `InvalidPhone` or `CountryNotAllowed`.
pub(crate) fn judge_phone(text: &str, allowed_dialling_codes: &[u16]) -> Result<Phone, AuthError> {
    let phone = Phone::parse(text).ok_or(AuthError::InvalidPhone)?;
    let digits = &phone.as_str()[1..];
    let accepted = allowed_dialling_codes.is_empty()
        || allowed_dialling_codes.iter().any(|code| digits.starts_with(&code.to_string()));
    if !accepted {
        return Err(AuthError::CountryNotAllowed);
    }
    match phonenumber::parse(None, phone.as_str()) {
        Ok(number) if number.is_valid() => Ok(phone),
        Err(phonenumber::ParseError::InvalidCountryCode) => Err(AuthError::CountryNotAllowed),
        _ => Err(AuthError::InvalidPhone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_accepted_countries_may_log_in() {
        for (text, codes) in [
            ("+79990001122", &[7][..]),
            ("+79990002233", &[7]),
            ("+77012345678", &[7]),
            ("+375291234567", &[7, 375]),
            ("+4915112345678", &[]),
        ] {
            assert_eq!(judge_phone(text, codes).expect(text).as_str(), text);
        }
    }

    #[test]
    fn malformed_and_impossible_numbers_are_no_phones() {
        for text in ["", "79990001122", "+7 999 000-11-22", "+7999000112", "+799900011223", "+71110001122"] {
            let error = judge_phone(text, &[7]).expect_err(text);
            assert!(matches!(error, AuthError::InvalidPhone), "{text}: {error:?}");
        }
    }

    #[test]
    fn other_and_unknown_countries_are_not_accepted() {
        for (text, codes) in [("+4915112345678", &[7][..]), ("+9991234567890", &[7]), ("+9991234567890", &[])] {
            let error = judge_phone(text, codes).expect_err(text);
            assert!(matches!(error, AuthError::CountryNotAllowed), "{text}: {error:?}");
        }
    }
}
