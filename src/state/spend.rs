//! How many bonuses the guest spends: chosen by slider, by typing or by a switch, kept within what the preview allows.

use contract::Money;
use contract::capabilities::SpendChoice;
use contract::preview::{PreviewResponse, SpendLimits};

use super::message::{Effect, HostEvent};
use super::model::Model;
use crate::digits::digit;

/// What the guest wants to spend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spend {
    /// The sum last chosen.
    pub wanted_minor: Money,
    /// What stands in the field while the guest is in it; else the field shows the chosen sum.
    pub typed: Option<String>,
    /// Why the chosen sum is not what the guest asked for.
    pub correction: Option<Correction>,
}

/// Why the chosen sum is not what the guest asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    /// More than the most was typed.
    AboveMost,
    /// Less than the least was typed.
    BelowLeast,
    /// No number was typed; the last chosen sum stands.
    NotANumber,
    /// The limit fell below the chosen sum when the order changed.
    LimitFell,
    /// Only all or nothing may be spent, and all is another sum since the order changed.
    AllChanged,
}

/// The positions of the slider: the least, whole bonuses between, the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    min: i64,
    max: i64,
}

/// One step of the slider, a whole bonus in hundredths.
const STEP: i64 = 100;

impl Scale {
    /// The slider for these limits.
    #[must_use]
    pub fn new(limits: &SpendLimits) -> Self {
        let min = limits.min_minor.minor();
        Self { min, max: limits.max_minor.minor().max(min) }
    }

    /// The last position; the first is 0.
    #[must_use]
    pub fn last(self) -> u32 {
        u32::try_from((self.max - self.min + STEP - 1) / STEP).unwrap_or(u32::MAX)
    }

    /// The sum at a position.
    #[must_use]
    pub fn sum(self, position: u32) -> Money {
        Money::from_minor(self.min.saturating_add(i64::from(position) * STEP).min(self.max))
    }

    /// The position nearest below a sum, or the last one for the most.
    #[must_use]
    pub fn position(self, sum: Money) -> u32 {
        if sum.minor() >= self.max {
            return self.last();
        }
        u32::try_from((sum.minor() - self.min).max(0) / STEP).unwrap_or(u32::MAX)
    }
}

/// The sum a guest has typed, in hundredths; spaces are allowed. Comma and point both part the fraction: where both are
/// there, the last does and the other parts thousands.
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let fraction = text.chars().rev().find_map(separator);
    let text: String = text
        .chars()
        .filter(|c| {
            !crate::digits::is_space(*c)
                && *c != THOUSANDS
                && (separator(*c).is_none() || separator(*c) == fraction)
        })
        .map(|c| digit(c).map_or(c, |value| char::from(b'0' + value)))
        .collect();
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = text.split_once(|c| separator(c).is_some()).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(whole) && digits(fraction)) || fraction.len() > 2 || whole.len() > 12 {
        return None;
    }
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut sum = 0;
    for byte in whole.bytes().chain(fraction.bytes()).chain(b"00".iter().copied().skip(fraction.len())) {
        sum = sum * 10 + i64::from(byte - b'0');
    }
    Some(if negative { -sum } else { sum })
}

/// What parts thousands in Arabic.
const THOUSANDS: char = '\u{66c}';

/// Which separator a character is: comma, the Arabic one included, or point.
fn separator(letter: char) -> Option<char> {
    match letter {
        ',' | '\u{66b}' => Some(','),
        '.' => Some('.'),
        _ => None,
    }
}

/// The sum that will be spent: what the guest wants, within the limits of the preview.
#[must_use]
pub fn chosen(model: &Model) -> Money {
    match &model.preview {
        Some(preview) => clamp(model.spend.wanted_minor, preview),
        None => Money::ZERO,
    }
}

/// The allowed sum nearest to one. Where only all or nothing may be spent, whoever wants anything wants all.
fn clamp(sum: Money, preview: &PreviewResponse) -> Money {
    let limits = &preview.spend;
    let wanted = match preview.capabilities.spend {
        SpendChoice::AllOrNothing if sum > limits.min_minor => limits.max_minor,
        SpendChoice::AllOrNothing => limits.min_minor,
        SpendChoice::AnyAmount => sum.min(limits.max_minor),
    };
    wanted.max(limits.min_minor)
}

/// Takes all, or nothing again.
pub(super) fn switched(model: &mut Model, out: &mut Vec<Effect>) {
    let Some(preview) = &model.preview else { return };
    let limits = &preview.spend;
    let all = chosen(model) <= limits.min_minor;
    let sum = if all { limits.max_minor } else { limits.min_minor };
    model.spend.correction = None;
    choose(model, sum, out);
}

pub(super) fn slid(model: &mut Model, position: u32, out: &mut Vec<Effect>) {
    let Some(preview) = &model.preview else { return };
    let sum = Scale::new(&preview.spend).sum(position);
    model.spend.typed = None;
    model.spend.correction = None;
    choose(model, sum, out);
}

pub(super) fn typed(model: &mut Model, text: String, out: &mut Vec<Effect>) {
    let Some(preview) = &model.preview else { return };
    let limits = &preview.spend;
    let sum = parse(&text).map(Money::from_minor);
    model.spend.correction = match sum {
        None => Some(Correction::NotANumber),
        Some(sum) if sum > limits.max_minor => Some(Correction::AboveMost),
        Some(sum) if sum < limits.min_minor => Some(Correction::BelowLeast),
        Some(_) => None,
    };
    let fitted = sum.map(|sum| clamp(sum, preview));
    model.spend.typed = Some(text);
    if let Some(sum) = fitted {
        choose(model, sum, out);
    }
}

/// Fits the chosen sum into the limits of a new preview. A sum that no longer fits is lowered for good: it does not
/// silently grow back when the limit does.
pub(super) fn fit(model: &mut Model) {
    let Some(preview) = &model.preview else { return };
    let wanted = model.spend.wanted_minor;
    let fitted = clamp(wanted, preview);
    let all = preview.capabilities.spend == SpendChoice::AllOrNothing;
    model.spend.correction = match model.spend.correction {
        _ if all => (fitted != wanted && wanted.is_positive()).then_some(Correction::AllChanged),
        _ if fitted < wanted => Some(Correction::LimitFell),
        Some(Correction::NotANumber) => Some(Correction::NotANumber),
        Some(kept) if model.spend.typed.is_some() => Some(kept),
        _ => None,
    };
    model.spend.wanted_minor = fitted;
}

fn choose(model: &mut Model, sum: Money, out: &mut Vec<Effect>) {
    if model.spend.wanted_minor != sum {
        model.spend.wanted_minor = sum;
        out.push(Effect::Tell(HostEvent::Preview));
    }
}
