//! Numbers, money and plurals by the browser's `Intl`. Its objects are made on first use: made eagerly they are the
//! largest script cost of a widget.

use std::cell::OnceCell;

use contract::Money;
use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::fill;
use super::ru::Text;

/// The language of all texts and numbers.
const LANGUAGE: &str = "ru";

thread_local! {
    static WHOLE: OnceCell<Function> = const { OnceCell::new() };
    static FRACTION: OnceCell<Function> = const { OnceCell::new() };
    static PLURALS: OnceCell<Intl::PluralRules> = const { OnceCell::new() };
    static CURRENCY: OnceCell<(String, Function, Function)> = const { OnceCell::new() };
}

fn languages() -> Array {
    Array::of1(&LANGUAGE.into())
}

/// `Intl.NumberFormat`'s formatting function with `digits` decimal places.
fn number_format(currency: Option<&str>, digits: u32) -> Function {
    let options = Object::new();
    let set = |name: &str, value: JsValue| drop(Reflect::set(&options, &name.into(), &value));
    if let Some(currency) = currency {
        set("style", "currency".into());
        set("currency", currency.into());
        set("currencyDisplay", "narrowSymbol".into());
    }
    set("minimumFractionDigits", digits.into());
    set("maximumFractionDigits", digits.into());
    Intl::NumberFormat::new(&languages(), &options).format()
}

/// Hundredths as the number a formatter takes: the nearest double, which it rounds back to the same two places.
#[expect(clippy::cast_precision_loss, reason = "only shown, never calculated with; exact below 2^53")]
fn number(minor: i64) -> JsValue {
    JsValue::from_f64(minor as f64 / 100.0)
}

fn call(format: &Function, value: &JsValue) -> String {
    format.call1(&JsValue::UNDEFINED, value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Whether an amount has hundredths; whole amounts are shown without.
fn has_fraction(minor: i64) -> bool {
    minor % 100 != 0
}

/// An amount of money: `1 260 ₽`, `30,50 ₽`. The currency must have two decimal places, as all supported have.
#[must_use]
pub fn money(amount: Money, currency: &str) -> String {
    let minor = amount.minor();
    CURRENCY.with(|cell| {
        let formats = cell.get_or_init(|| {
            (currency.to_owned(), number_format(Some(currency), 0), number_format(Some(currency), 2))
        });
        if formats.0 != currency {
            return call(&number_format(Some(currency), 2), &number(minor));
        }
        call(if has_fraction(minor) { &formats.2 } else { &formats.1 }, &number(minor))
    })
}

/// A number of hundredths without a unit: `1 230,58`, `70`.
#[must_use]
pub fn decimal(minor: i64) -> String {
    let (format, digits) = if has_fraction(minor) { (&FRACTION, 2) } else { (&WHOLE, 0) };
    format.with(|cell| call(cell.get_or_init(|| number_format(None, digits)), &number(minor)))
}

/// A share in hundredths of a per cent: `5%`, `12,5%`.
#[must_use]
pub fn percent(basis_points: u32) -> String {
    let mut text = decimal(i64::from(basis_points));
    if text.contains(',') {
        while text.ends_with('0') {
            text.pop();
        }
    }
    text.push('%');
    text
}

/// A number of bonuses: `70 бонусов`, `1 бонус`, `3,21 бонуса`.
#[must_use]
pub fn bonuses(amount: Money) -> String {
    plural(amount.minor(), [Text::BonusOne, Text::BonusFew, Text::BonusMany])
}

/// A number of hours: `12 часов`.
#[must_use]
pub fn hours(count: u32) -> String {
    plural(i64::from(count) * 100, [Text::HourOne, Text::HourFew, Text::HourMany])
}

/// The text for a number of hundredths by the language's plural rules; fractions take the second form.
fn plural(minor: i64, [one, few, many]: [Text; 3]) -> String {
    let category = PLURALS.with(|cell| {
        let rules = cell.get_or_init(|| Intl::PluralRules::new(&languages(), &Object::new()));
        rules.select(number(minor).unchecked_ref::<js_sys::Number>().value_of()).as_string()
    });
    let text = match category.as_deref() {
        Some("one") => one,
        Some("many" | "zero") => many,
        _ => few,
    };
    fill(text, &[&decimal(minor)])
}

/// Minutes and seconds: `4:05`.
#[must_use]
pub fn clock(seconds: u32) -> String {
    let rest = seconds % 60;
    let pad = if rest < 10 { "0" } else { "" };
    [&(seconds / 60).to_string(), ":", pad, &rest.to_string()].concat()
}
