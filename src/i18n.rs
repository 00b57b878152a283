//! Every word a guest can see, and every number, date and plural as the guest's language writes it.
//!
//! The rest of the widget names a [`Text`]; nothing outside this folder holds a visible word. Numbers and plurals are the
//! browser's `Intl`.

mod format;
mod ru;
mod sentence;

pub use format::{bonuses, clock, decimal, hours, money, percent};
pub use ru::Text;
pub use sentence::{correction, failure, notice, refusal};

/// A text with its gaps `{}` filled in order.
#[must_use]
pub fn fill(text: Text, values: &[&str]) -> String {
    let mut out = String::new();
    let mut values = values.iter();
    // By single characters: a search for two would bring the whole of string searching along.
    for part in text.as_str().split('}') {
        match part.strip_suffix('{') {
            Some(before) => {
                out.push_str(before);
                out.push_str(values.next().unwrap_or(&""));
            }
            None => out.push_str(part),
        }
    }
    out
}
