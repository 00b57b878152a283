//! A guest's key as a column holds it: a phone as it is, anything else after the name of its kind.

use contract::Phone;
use upstream::program::GuestKey;

use super::StoreError;

const CARD: &str = "card:";
const APP_CODE: &str = "app:";

/// The key as text.
pub(crate) fn text(key: &GuestKey) -> String {
    match key {
        GuestKey::Phone(phone) => phone.as_str().to_owned(),
        GuestKey::Card(number) => format!("{CARD}{number}"),
        GuestKey::AppCode(code) => format!("{APP_CODE}{code}"),
    }
}

/// Reads what [`text`] wrote.
pub(crate) fn read(text: &str) -> Result<GuestKey, StoreError> {
    if let Some(number) = text.strip_prefix(CARD) {
        return Ok(GuestKey::Card(number.to_owned()));
    }
    if let Some(code) = text.strip_prefix(APP_CODE) {
        return Ok(GuestKey::AppCode(code.to_owned()));
    }
    Phone::parse(text).map(GuestKey::Phone).ok_or(StoreError::Unreadable("guest"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_key_is_read_as_it_was_written() {
        let phone = Phone::parse("+79990001122").expect("E.164");
        for key in [
            GuestKey::Phone(phone),
            GuestKey::Card("card:1".to_owned()),
            GuestKey::AppCode("AP-1".to_owned()),
        ] {
            assert!(read(&text(&key)).is_ok_and(|again| again == key));
        }
        assert!(read("nonsense").is_err());
    }
}
