//! Judges whether a phone may log in at a restaurant.

use contract::Phone;

use super::login::LoginError;

/// The phone, if it is a number of a country's plan and the restaurant accepts the country; an empty list accepts all.
///
/// The country is judged before the number: a guest from elsewhere is told that the country is the matter, also where
/// the number is too short. No calling code begins with another, so the first digits name the country.
pub(crate) fn accept_phone(text: &str, allowed_dialling_codes: &[u16]) -> Result<Phone, LoginError> {
    let phone = Phone::parse(text).ok_or(LoginError::InvalidPhone)?;
    let digits = &phone.as_str()[1..];
    let accepted = allowed_dialling_codes.is_empty()
        || allowed_dialling_codes.iter().any(|code| digits.starts_with(&code.to_string()));
    if !accepted {
        return Err(LoginError::CountryNotAllowed);
    }
    match phonenumber::parse(None, phone.as_str()) {
        Ok(number) if number.is_valid() => Ok(phone),
        Err(phonenumber::ParseError::InvalidCountryCode) => Err(LoginError::CountryNotAllowed),
        _ => Err(LoginError::InvalidPhone),
    }
}

/// Loads the countries' plans, which takes a moment, so that the first guest does not wait for it.
pub(crate) fn load_plans() {
    let known = phonenumber::parse(None, "+79990001122").is_ok_and(|number| number.is_valid());
    if !known {
        tracing::error!("the countries' phone plans do not know a mobile phone of +7");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_outside_its_countrys_plan_is_no_phone() {
        for wrong in
            ["", "+7", "79990001122", "+7 999 000 11 22", "+71990001122", "+7999000112", "+799900011223"]
        {
            let error = accept_phone(wrong, &[7]).expect_err(wrong);
            assert!(matches!(error, LoginError::InvalidPhone), "{wrong}: {error:?}");
        }
    }

    #[test]
    fn only_the_restaurants_countries_may_log_in() {
        for (text, codes) in [
            ("+79990001122", &[7][..]),
            ("+79990002233", &[7]),
            ("+4915112345678", &[7, 49]),
            ("+4915112345678", &[]),
        ] {
            assert_eq!(accept_phone(text, codes).expect(text).as_str(), text);
        }
    }

    #[test]
    fn other_and_unknown_countries_are_not_accepted() {
        for (text, codes) in [
            ("+4915112345678", &[7][..]),
            ("+49151", &[7]),
            ("+9991234567890", &[7]),
            ("+9991234567890", &[]),
        ] {
            let Err(error) = accept_phone(text, codes) else { panic!("{text} is accepted") };
            let short = text.len() < 9;
            let expected = if short { LoginError::InvalidPhone } else { LoginError::CountryNotAllowed };
            assert_eq!(error.to_string(), expected.to_string(), "{text}");
        }
    }
}
