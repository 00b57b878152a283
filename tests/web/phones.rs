//! The phone field before the widget is there groups as the widget does.

use loyalty_checkout::state::phone;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/src/embed/phone.js")]
extern "C" {
    fn format(text: &str) -> String;
}

/// Every country the widget groups, the Russian habits, what belongs to none, what is no phone, and the digits of Arabic and
/// Persian keyboards.
const TYPED: [&str; 27] = [
    "+79990001122",
    "89990001122",
    "79990001122",
    "9990001122",
    "99900011223",
    "889990001122",
    "8",
    "+8",
    "89",
    "+375291234567",
    "+37411222333",
    "+971501234567",
    "+994501234567",
    "+995555123456",
    "+996555123456",
    "+998901234567",
    "+15551234567890123",
    "+442071234567",
    " +7 (999) 000-11-22",
    "+",
    " ",
    "abc",
    "0",
    "+7+7+7",
    "\u{669}\u{669}\u{669}\u{660}\u{660}\u{660}\u{661}\u{661}\u{662}\u{662}",
    "+\u{669}\u{667}\u{661}\u{665}\u{660}\u{661}\u{662}\u{663}\u{664}\u{665}\u{666}\u{667}",
    "\u{6f8}\u{6f9}\u{6f9}\u{6f9}0001122",
];

#[wasm_bindgen_test]
fn every_phone_is_grouped_alike_at_every_digit_of_it() {
    for whole in TYPED {
        let letters: Vec<char> = whole.chars().collect();
        for length in 0..=letters.len() {
            let text: String = letters[..length].iter().collect();
            assert_eq!(format(&text), phone::format(&text), "{text:?}");
        }
    }
}

#[wasm_bindgen_test]
fn every_start_of_three_digits_is_grouped_alike() {
    for start in 0..1000 {
        for plus in ["", "+"] {
            let text = [plus, &start.to_string(), "123456789"].concat();
            assert_eq!(format(&text), phone::format(&text), "{text:?}");
        }
    }
}
