//! The guest's one-time payment code, shown at the till as EAN-8 and as QR.

object! {
    /// A one-time payment code.
    pub struct PaymentCodeResponse {
        /// The seven digits the loyalty system issued, leading zeros restored.
        pub code: String,
        /// Seconds the code is still good for.
        pub ttl_s: u32,
    }
}

/// The eighth digit of an EAN-8 whose first seven are `digits`: the digits weighted 3, 1, 3, 1, … from the left, summed,
/// and filled up to the next ten (GS1 General Specifications, 7.9.1). `None` unless there are seven ASCII digits.
#[must_use]
pub fn ean8_check_digit(digits: &str) -> Option<u8> {
    if digits.len() != 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut sum = 0;
    for (position, byte) in digits.bytes().enumerate() {
        sum += (byte - b'0') * if position % 2 == 0 { 3 } else { 1 };
    }
    Some((10 - sum % 10) % 10)
}

/// The eight digits of the EAN-8 whose first seven are `code`. `None` unless there are seven ASCII digits.
#[must_use]
pub fn ean8_digits(code: &str) -> Option<String> {
    let mut digits = code.to_owned();
    digits.push(char::from(b'0' + ean8_check_digit(code)?));
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::{ean8_check_digit, ean8_digits};

    #[test]
    fn the_check_digit_is_added_behind() {
        assert_eq!(ean8_digits("5024790").as_deref(), Some("50247905"));
        assert_eq!(ean8_digits("0000007").as_deref(), Some("00000079"));
        assert_eq!(ean8_digits("502479"), None);
    }

    #[test]
    fn check_digits_are_those_of_known_symbols() {
        for (digits, check) in [
            ("5024790", 5),
            ("9638507", 4),
            ("0000000", 0),
            ("0000007", 9),
            ("0000042", 0),
            ("0012345", 7),
            ("7351353", 7),
        ] {
            assert_eq!(ean8_check_digit(digits), Some(check), "{digits}");
        }
    }

    #[test]
    fn anything_but_seven_digits_has_no_check_digit() {
        for wrong in ["", "123456", "12345678", "12345a7", "١٢٣٤٥٦٧"] {
            assert_eq!(ean8_check_digit(wrong), None, "{wrong}");
        }
    }
}
