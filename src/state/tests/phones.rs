//! Phones as guests type them.

use crate::state::phone::{caret, e164, format};

#[test]
fn phones_are_grouped_as_in_their_country() {
    for (typed, shown) in [
        ("", ""),
        ("+", "+"),
        ("9", "+7 9"),
        ("9990001122", "+7 999 000-11-22"),
        ("89990001122", "+7 999 000-11-22"),
        ("8", "8"),
        ("8999", "8999"),
        ("+7 999 000-11-22", "+7 999 000-11-22"),
        ("+7 999 000-11-22 33", "+7 999 000-11-22"),
        ("79990001122", "+7 999 000-11-22"),
        ("+375291234567", "+375 29 123-45-67"),
        ("+998901234567", "+998 90 123-45-67"),
        ("+4915112345678", "+4915112345678"),
        ("abc", ""),
    ] {
        assert_eq!(format(typed), shown, "{typed}");
    }
}

#[test]
fn only_complete_phones_have_e164() {
    assert_eq!(e164("+7 999 000-11-22").as_deref(), Some("+79990001122"));
    assert_eq!(e164("8 (999) 000-11-22").as_deref(), Some("+79990001122"));
    assert_eq!(e164("+49 1511 2345678").as_deref(), Some("+4915112345678"));
    for incomplete in ["", "+", "+7", "+7 999 000-11-2", "8999", "+375 29 123", "+0123456789"] {
        assert_eq!(e164(incomplete), None, "{incomplete}");
    }
}

#[test]
fn grouping_a_grouped_phone_changes_nothing() {
    for phone in ["+7 999 000-11-22", "+7 99", "+375 29 123-4", "8999", "+49151"] {
        assert_eq!(format(phone), phone);
    }
}

#[test]
fn the_caret_stays_behind_as_many_digits() {
    assert_eq!(caret("+7 999 000-11-22", 0), 1);
    assert_eq!(caret("+7 999 000-11-22", 1), 2);
    assert_eq!(caret("+7 999 000-11-22", 4), 6);
    assert_eq!(caret("+7 999 000-11-22", 11), 16);
    assert_eq!(caret("+7 999", 11), 6);
    assert_eq!(caret("", 0), 0);
}
