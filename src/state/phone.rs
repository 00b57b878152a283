//! Phones as a guest types them: grouped as in their country, and in E.164.
//!
//! Knows the lengths and groups of the countries below; a number of any other country is left ungrouped, and whether a
//! number can be one is judged by the proxy.

/// A country's dialling code and how its national number is grouped.
struct Plan {
    code: &'static str,
    groups: &'static [usize],
}

/// Longer codes before shorter ones that begin alike.
const PLANS: [Plan; 8] = [
    Plan { code: "7", groups: &[3, 3, 2, 2] },
    Plan { code: "375", groups: &[2, 3, 2, 2] },
    Plan { code: "374", groups: &[2, 3, 3] },
    Plan { code: "971", groups: &[2, 3, 4] },
    Plan { code: "994", groups: &[2, 3, 2, 2] },
    Plan { code: "995", groups: &[3, 3, 3] },
    Plan { code: "996", groups: &[3, 3, 3] },
    Plan { code: "998", groups: &[2, 3, 2, 2] },
];

/// The longest number E.164 allows, in digits.
const MAX_DIGITS: usize = 15;

/// The digits of a phone in international form. The trunk prefix 8 and a bare mobile number are Russian habit: both mean
/// +7.
fn digits(text: &str) -> String {
    let mut digits = crate::digits::digits(text);
    if !has_plus(text) {
        if digits.len() == 11 && digits.starts_with('8') {
            digits.replace_range(..1, "7");
        } else if digits.starts_with('9') && digits.len() <= 10 {
            digits.insert(0, '7');
        }
    }
    digits.truncate(MAX_DIGITS);
    digits
}

/// Whether the first thing typed is a plus. Written so that no search in strings is carried along for it.
fn has_plus(text: &str) -> bool {
    text.bytes().find(|byte| *byte != b' ') == Some(b'+')
}

fn plan(digits: &str) -> Option<&'static Plan> {
    PLANS.iter().find(|plan| digits.starts_with(plan.code))
}

fn length(plan: &Plan) -> usize {
    plan.code.len() + plan.groups.iter().sum::<usize>()
}

/// The phone grouped for reading: `+7 999 000-11-22`. Whatever has no digits becomes empty; a lone plus stays.
#[must_use]
pub fn format(text: &str) -> String {
    let mut digits = digits(text);
    if digits.is_empty() {
        return if has_plus(text) { "+".to_owned() } else { String::new() };
    }
    let mut out = String::from("+");
    // An 8 alone may still become the trunk prefix: the plus would turn it into a country.
    if digits.starts_with('8') && !has_plus(text) {
        return digits;
    }
    let Some(plan) = plan(&digits) else {
        out.push_str(&digits);
        return out;
    };
    digits.truncate(length(plan));
    out.push_str(plan.code);
    let mut rest = digits.get(plan.code.len()..).unwrap_or("");
    for (index, group) in plan.groups.iter().enumerate() {
        if rest.is_empty() {
            break;
        }
        out.push(if index < 2 { ' ' } else { '-' });
        let (head, tail) = rest.split_at((*group).min(rest.len()));
        out.push_str(head);
        rest = tail;
    }
    out
}

/// The phone in E.164, or `None` while digits are missing.
#[must_use]
pub fn e164(text: &str) -> Option<String> {
    let digits = digits(text);
    let complete = match plan(&digits) {
        Some(plan) => digits.len() == length(plan),
        None => (8..=MAX_DIGITS).contains(&digits.len()) && !digits.starts_with('0'),
    };
    complete.then(|| ["+", &digits].concat())
}

/// Where the caret belongs in `formatted` so that it stands behind as many digits as it did: `before` of them.
#[must_use]
pub fn caret(formatted: &str, before: usize) -> usize {
    if before == 0 {
        return formatted.len().min(1);
    }
    let mut seen = 0;
    for (index, byte) in formatted.bytes().enumerate() {
        if byte.is_ascii_digit() {
            seen += 1;
            if seen == before {
                return index + 1;
            }
        }
    }
    formatted.len()
}
