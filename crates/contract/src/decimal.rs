//! JSON's decimal numbers as exact integers: the one place where an upstream's `1230.58` becomes 123058.
//!
//! The number's text is read, never its binary approximation, so no amount passes through floating point.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A decimal number with `SCALE` places, held as an integer of its last place: `Decimal<2>` reads 30.5 as 3050.
///
/// Upstream systems compute in binary floating point, so 30.299999999999997 stands for 30.30: digits beyond `SCALE` are
/// tolerated where the number is within a millionth of a last place it can hold; anything else is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal<const SCALE: u32>(pub i64);

/// Why a JSON number is not a [`Decimal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// Not a JSON number at all.
    NotANumber,
    /// More places than the scale holds.
    TooPrecise,
    /// Beyond 15 significant digits, where other readers of JSON lose exactness.
    OutOfRange,
}

impl std::fmt::Display for DecimalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "expected a number",
            Self::TooPrecise => "the number has too many decimal places",
            Self::OutOfRange => "the number is out of range",
        })
    }
}

impl std::error::Error for DecimalError {}

/// Places kept beyond the scale to tell noise of binary floating point from a falsified amount.
const NOISE_PLACES: u32 = 6;

/// The largest magnitude, in units of the last place: 15 digits are exact in every reader of JSON.
const MAX: i128 = 999_999_999_999_999;

impl<const SCALE: u32> Decimal<SCALE> {
    /// Reads the text of a JSON number.
    ///
    /// # Errors
    /// [`DecimalError`] says what is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        if let Some(plain) = plain(text, SCALE) {
            return Ok(Self(plain));
        }
        Self::parse_slowly(text)
    }

    fn parse_slowly(text: &str) -> Result<Self, DecimalError> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, exponent.parse::<i32>().map_err(|_| DecimalError::NotANumber)?)
            }
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        if whole.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(DecimalError::NotANumber);
        }
        let point =
            i32::try_from(whole.len()).map_err(|_| DecimalError::OutOfRange)?.saturating_add(exponent);
        let fine = shifted(&digits, point, SCALE + NOISE_PLACES)?;
        let unit = 10_i128.pow(NOISE_PLACES);
        let rounded = (fine + unit / 2) / unit;
        if (fine - rounded * unit).abs() > 1 {
            return Err(DecimalError::TooPrecise);
        }
        if rounded > MAX {
            return Err(DecimalError::OutOfRange);
        }
        let magnitude = i64::try_from(rounded).map_err(|_| DecimalError::OutOfRange)?;
        Ok(Self(if negative { -magnitude } else { magnitude }))
    }
}

/// The text's value where it is as most are: few digits, no exponent, no more places than the scale has. Anything else, a
/// text that is no number among it, is left to the slow way.
fn plain(text: &str, scale: u32) -> Option<i64> {
    const MOST_DIGITS: u32 = 15;
    let (negative, unsigned) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        all => (false, all),
    };
    let (mut value, mut digits, mut places) = (0_i64, 0_u32, None);
    for byte in unsigned {
        match (byte, &mut places) {
            (b'0'..=b'9', places) => {
                value = value * 10 + i64::from(byte - b'0');
                digits += 1;
                if let Some(places) = places {
                    *places += 1;
                }
            }
            (b'.', places @ None) if digits > 0 => *places = Some(0_u32),
            _ => return None,
        }
        if digits + scale > MOST_DIGITS {
            return None;
        }
    }
    let missing = scale.checked_sub(places.unwrap_or(0)).filter(|_| digits > 0)?;
    let magnitude = value * 10_i64.pow(missing);
    Some(if negative { -magnitude } else { magnitude })
}

/// `digits` with the decimal point before position `point`, as an integer of the `places`-th place, cut off there.
fn shifted(digits: &str, point: i32, places: u32) -> Result<i128, DecimalError> {
    if digits.bytes().all(|byte| byte == b'0') {
        return Ok(0);
    }
    let places = i32::try_from(places).map_err(|_| DecimalError::OutOfRange)?;
    let end = point.saturating_add(places);
    if end > 4096 {
        return Err(DecimalError::OutOfRange);
    }
    let mut value: i128 = 0;
    for position in 0..end.max(0) {
        let digit = usize::try_from(position).ok().and_then(|index| digits.as_bytes().get(index)).copied();
        value = value * 10 + i128::from(digit.unwrap_or(b'0') - b'0');
        if value > MAX * 10_i128.pow(NOISE_PLACES) {
            return Err(DecimalError::OutOfRange);
        }
    }
    Ok(value)
}

impl<const SCALE: u32> std::fmt::Display for Decimal<SCALE> {
    /// The shortest text: no trailing zeros, no point where there is nothing after it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = 10_u64.pow(SCALE);
        let magnitude = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (magnitude / unit, magnitude % unit);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let places = format!("{fraction:0width$}", width = SCALE as usize);
        write!(f, "{sign}{whole}.{}", places.trim_end_matches('0'))
    }
}

impl<const SCALE: u32> Serialize for Decimal<SCALE> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unit = 10_i64.pow(SCALE);
        if self.0 % unit == 0 {
            return serializer.serialize_i64(self.0 / unit);
        }
        RawValue::from_string(self.to_string()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de, const SCALE: u32> Deserialize<'de> for Decimal<SCALE> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Self::parse(raw.get()).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn documented_amounts_are_read_exactly() {
        for (text, minor) in [
            ("100.0", 10000),
            ("1230.58", 123058),
            ("3.21", 321),
            ("1.94", 194),
            ("2", 200),
            ("0", 0),
            ("-0.5", -50),
            ("1e2", 10000),
            ("1.5E+1", 1500),
            ("5e-2", 5),
            ("0e999999999", 0),
            ("30.299999999999997", 3030),
            ("30.300000000000004", 3030),
            ("999999999999.99", 99_999_999_999_999),
            ("9999999999999.99", 999_999_999_999_999),
            ("0000000000000000001.50", 150),
            ("7.", 700),
            ("-0", 0),
        ] {
            assert_eq!(Decimal::<2>::parse(text), Ok(Decimal(minor)), "{text}");
        }
    }

    #[test]
    fn what_would_falsify_money_is_refused() {
        for (text, error) in [
            ("0.005", DecimalError::TooPrecise),
            ("100.001", DecimalError::TooPrecise),
            ("1e-3", DecimalError::TooPrecise),
            ("1e400", DecimalError::OutOfRange),
            ("99999999999999999999", DecimalError::OutOfRange),
            ("\"100\"", DecimalError::NotANumber),
            ("null", DecimalError::NotANumber),
            ("NaN", DecimalError::NotANumber),
            ("", DecimalError::NotANumber),
            ("-", DecimalError::NotANumber),
            (".5", DecimalError::NotANumber),
        ] {
            assert_eq!(Decimal::<2>::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn every_amount_up_to_99999_99_survives_json() {
        for minor in 0..=9_999_999_i64 {
            let amount = Decimal::<2>(minor);
            let text = amount.to_string();
            assert_eq!(Decimal::<2>::parse(&text), Ok(amount), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_reads_what_the_slow_way_reads(text in "-?[0-9]{0,16}(\\.[0-9]{0,4})?") {
            if let Some(quick) = plain(&text, 2) {
                prop_assert_eq!(Decimal::<2>::parse_slowly(&text), Ok(Decimal(quick)));
            }
        }

        #[test]
        fn a_binary_double_of_two_places_is_read_as_what_it_stands_for(minor in -9_999_999_i64..=9_999_999) {
            #[expect(clippy::cast_precision_loss, reason = "the test imitates an upstream that computes in doubles")]
            let noisy = (minor as f64) / 100.0 * 3.0 / 3.0;
            let json = serde_json::to_string(&noisy).expect("a finite number");
            prop_assert_eq!(serde_json::from_str::<Decimal<2>>(&json).expect("a number"), Decimal(minor));
        }
    }
}
