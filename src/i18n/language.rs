//! The language of the widget that is being shown: `language.js`, which fills texts and writes numbers by the browser's
//! `Intl`. In JavaScript, because it is smaller there (see docs/bytes.md).

use std::cell::RefCell;
use std::rc::Rc;

use contract::Money;
use wasm_bindgen::prelude::*;

use super::Text;

#[wasm_bindgen]
extern "C" {
    /// A language with its texts, made by `language.js`.
    pub type Language;

    #[wasm_bindgen(method)]
    fn say(this: &Language, saying: u32, text: u32, number: f64, first: &str, second: &str) -> String;
}

/// What a language can say, in the order of `language.js`. One import for all of them is smaller than one for each.
#[derive(Clone, Copy)]
enum Saying {
    Text,
    Plural,
    Money,
    Minus,
    Plus,
    Number,
    Typed,
    Percent,
    Clock,
}

thread_local! {
    static SPOKEN: RefCell<Option<Rc<Language>>> = const { RefCell::new(None) };
}

/// From now on everything is said in this language. Widgets of one page may speak different ones, so each says which
/// before it says anything.
pub fn speak(language: &Rc<Language>) {
    SPOKEN.set(Some(Rc::clone(language)));
}

fn say(saying: Saying, text: u32, number: f64, first: &str, second: &str) -> String {
    SPOKEN.with_borrow(|spoken| match spoken {
        Some(language) => language.say(saying as u32, text, number, first, second),
        None => String::new(),
    })
}

/// What is said of a number alone, or of one in a currency.
fn say_number(saying: Saying, number: f64, currency: &str) -> String {
    say(saying, 0, number, currency, "")
}

/// Hundredths as the number `Intl` takes: exact below 2^53.
#[expect(clippy::cast_precision_loss, reason = "only shown, never calculated with")]
fn minor(amount: Money) -> f64 {
    amount.minor() as f64
}

impl Text {
    /// The words of a text without gaps.
    #[must_use]
    pub fn words(self) -> String {
        fill(self, &[])
    }
}

/// A text with its gaps `{0}` and `{1}` filled.
#[must_use]
pub fn fill(text: Text, values: &[&str]) -> String {
    let value = |at: usize| values.get(at).copied().unwrap_or_default();
    say(Saying::Text, text as u32, 0.0, value(0), value(1))
}

/// An amount of money: `1 260 ₽`, `30,50 ₽`. The currency must have two decimal places, as all supported have.
#[must_use]
pub fn money(amount: Money, currency: &str) -> String {
    say_number(Saying::Money, minor(amount), currency)
}

/// An amount of money taken off: `−160 ₽`.
#[must_use]
pub fn minus(amount: Money, currency: &str) -> String {
    say_number(Saying::Minus, minor(amount), currency)
}

/// A number of bonuses added, without the unit: `+24`.
#[must_use]
pub fn plus(amount: Money) -> String {
    say_number(Saying::Plus, minor(amount), "")
}

/// A whole number: `4`.
#[must_use]
pub fn number(count: u32) -> String {
    say_number(Saying::Number, hundredths(count), "")
}

/// A number of bonuses as a guest would type it: `1230,58`.
#[must_use]
pub fn typed(amount: Money) -> String {
    say_number(Saying::Typed, minor(amount), "")
}

/// A share in hundredths of a per cent: `5 %`, `12,5 %`.
#[must_use]
pub fn percent(share_bp: u32) -> String {
    say_number(Saying::Percent, share_bp.into(), "")
}

/// Minutes and seconds: `4:05`.
#[must_use]
pub fn clock(seconds: u32) -> String {
    say_number(Saying::Clock, seconds.into(), "")
}

/// A number of bonuses: `70 бонусов`, `1 бонус`, `3,21 бонуса`.
#[must_use]
pub fn bonuses(amount: Money) -> String {
    plural(Text::Bonuses, minor(amount))
}

/// The same behind “up to”, “more than”, “less than”: `3 бонусов`.
#[must_use]
pub fn bonuses_of(amount: Money) -> String {
    plural(Text::BonusesOf, minor(amount))
}

/// So many digits of the login code: `6 цифр из сообщения`.
#[must_use]
pub fn code_digits(count: u32) -> String {
    plural(Text::CodeLabel, hundredths(count))
}

/// A number of hours: `12 часов`.
#[must_use]
pub fn hours(count: u32) -> String {
    plural(Text::Hours, hundredths(count))
}

/// A number of minutes, as in “for so many”: `1 минуту`.
#[must_use]
pub fn minutes(count: u32) -> String {
    plural(Text::Minutes, hundredths(count))
}

/// A number of seconds, as in “less than so many”: `30 секунд`.
#[must_use]
pub fn seconds(count: u32) -> String {
    plural(Text::HoldSeconds, hundredths(count))
}

fn hundredths(count: u32) -> f64 {
    f64::from(count) * 100.0
}

fn plural(text: Text, minor: f64) -> String {
    say(Saying::Plural, text as u32, minor, "", "")
}
