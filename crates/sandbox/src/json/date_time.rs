//! Moments in the one form of RFC 3339's `date-time`.
//!
//! The reader of times behind it takes more (a blank for the `T`, a zone's name in brackets), which would be more than is
//! described.

use jiff::Timestamp;

/// The moment, of a year from 1 on; `None` where the text is none, or of another form.
pub(crate) fn date_time(text: &str) -> Option<Timestamp> {
    let moment: Option<Timestamp> = is_date_time(text).then(|| text.parse().ok()).flatten();
    moment.filter(|moment| *moment >= FIRST_MOMENT)
}

/// The first of January of the year 1: what lies before it, as some offsets of that day do, has no year of four digits.
const FIRST_MOMENT: Timestamp = Timestamp::constant(-62_135_596_800, 0);

/// `0` stands for a digit.
const DATE_AND_TIME: &str = "0000-00-00T00:00:00";
const OFFSET: &str = "+00:00";

/// Whether the text has the form of RFC 3339; whether there is such a day is the reader's to say.
pub(crate) fn is_date_time(text: &str) -> bool {
    let Some((start, rest)) = text.split_at_checked(DATE_AND_TIME.len()) else { return false };
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let end = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
            if end.len() == fraction.len() {
                return false;
            }
            end
        }
        None => rest,
    };
    // A leap second is no moment that a clock of POSIX can tell.
    let is_leap_second = start.ends_with("60");
    matches_shape(&start.replace('t', "T"), DATE_AND_TIME) && !is_leap_second && is_offset(offset)
}

fn is_offset(text: &str) -> bool {
    let numbers = text.replacen('-', "+", 1);
    matches!(text, "Z" | "z") || (matches_shape(&numbers, OFFSET) && numbers[1..3] < *"24")
}

fn matches_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(letter, wanted)| match wanted {
            b'0' => letter.is_ascii_digit(),
            wanted => letter == wanted,
        })
}
