//! A phone number in E.164.

/// A phone number in E.164: a plus sign and 8 to 15 digits, the first of them not zero.
///
/// This is the shape only; whether the number exists in its country's plan is judged by the proxy.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(String);

impl Phone {
    /// The number, or `None` where `text` is not in E.164.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let valid = (8..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        valid.then(|| Self(text.to_owned()))
    }

    /// The number with its plus sign.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Phone;

    #[test]
    fn only_e164_is_a_phone() {
        assert_eq!(Phone::parse("+79990001122").expect("E.164").as_str(), "+79990001122");
        for wrong in [
            "",
            "+",
            "79990001122",
            "+7 999 000 11 22",
            "+7999000112a",
            "+0999000112",
            "+7999",
            "+7999000112233445",
            "+٧٩٩٩٠٠٠١١٢٢",
        ] {
            assert_eq!(Phone::parse(wrong), None, "{wrong}");
        }
    }
}
