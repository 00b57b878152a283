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

/// Whether this is a space as keyboards, pages and number formats write it. Not `char::is_whitespace`, whose table of every
/// other script's spaces would be loaded with the widget.
#[must_use]
pub const fn is_space(letter: char) -> bool {
    matches!(letter, '\t'..='\r' | ' ' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}')
}

/// The text without the spaces around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

#[cfg(test)]
mod tests {
    use super::{digits, trim};

    #[test]
    fn spaces_of_any_keyboard_are_taken_off_around_a_text_only() {
        for space in [" ", "\t", "\n", "\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}"] {
            assert_eq!(trim(&[space, "a", space, "b", space].concat()), ["a", space, "b"].concat());
        }
        assert_eq!(trim(" \u{a0} "), "");
    }

    #[test]
    fn digits_of_each_keyboard_are_the_same_digits() {
        assert_eq!(digits("+7 (999) 000-11-22"), "79990001122");
        assert_eq!(digits("\u{660}\u{661}\u{669} x \u{6f0}\u{6f5}\u{6f9}"), "019059");
        assert_eq!(digits("½ ² five"), "");
    }
}
