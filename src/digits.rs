//! Digits as keyboards of the widget's languages write them.

/// The value of a digit: European, Arabic or Persian.
#[must_use]
pub fn digit(letter: char) -> Option<u8> {
    let first = match letter {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    u8::try_from(u32::from(letter) - u32::from(first)).ok()
}

/// The digits of a text and nothing else, as European ones.
#[must_use]
pub fn digits(text: &str) -> String {
    text.chars().filter_map(digit).map(|value| char::from(b'0' + value)).collect()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn digits_of_each_keyboard_are_the_same_digits() {
        assert_eq!(digits("+7 (999) 000-11-22"), "79990001122");
        assert_eq!(digits("\u{660}\u{661}\u{669} x \u{6f0}\u{6f5}\u{6f9}"), "019059");
        assert_eq!(digits("½ ² five"), "");
    }
}
