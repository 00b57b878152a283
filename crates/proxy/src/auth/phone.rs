//! Judges whether a phone may log in at a restaurant.

use contract::Phone;

use super::login::LoginError;

/// The phone, if it is a number of a country's plan and the restaurant accepts the country; an empty list accepts all.
pub(crate) fn accept_phone(text: &str, allowed_dialling_codes: &[u16]) -> Result<Phone, LoginError> {
    let phone = Phone::parse(text).ok_or(LoginError::InvalidPhone)?;
    let number = phonenumber::parse(None, phone.as_str()).map_err(|_| LoginError::InvalidPhone)?;
    if !phonenumber::is_valid(&number) {
        return Err(LoginError::InvalidPhone);
    }
    let code = number.country().code();
    if !allowed_dialling_codes.is_empty() && !allowed_dialling_codes.contains(&code) {
        return Err(LoginError::CountryNotAllowed);
    }
    Ok(phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_outside_its_countrys_plan_is_no_phone() {
        for wrong in ["", "+7", "79990001122", "+7 999 000 11 22", "+71990001122", "+7999000112", "+99912345678"] {
            assert!(matches!(accept_phone(wrong, &[]), Err(LoginError::InvalidPhone)), "{wrong}");
        }
    }

    #[test]
    fn only_the_restaurants_countries_may_log_in() {
        assert!(accept_phone("+79990001122", &[7]).is_ok());
        assert!(matches!(accept_phone("+4915112345678", &[7]), Err(LoginError::CountryNotAllowed)));
        assert!(accept_phone("+4915112345678", &[7, 49]).is_ok());
        assert!(accept_phone("+4915112345678", &[]).is_ok());
    }
}
