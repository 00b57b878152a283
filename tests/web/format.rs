//! Numbers, money and plurals by the browser's `Intl`.

use contract::Money;
use loyalty_checkout::i18n::{Text, bonuses, clock, decimal, fill, hours, money, percent};
use wasm_bindgen_test::wasm_bindgen_test;

/// The browser's no-break spaces as plain ones.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[wasm_bindgen_test]
fn money_has_places_only_where_there_are_any() {
    for (minor, shown) in
        [(126_000, "1 260 ₽"), (3050, "30,50 ₽"), (0, "0 ₽"), (5, "0,05 ₽"), (9_999_999, "99 999,99 ₽")]
    {
        assert_eq!(plain(&money(Money::from_minor(minor), "RUB")), shown);
    }
}

#[wasm_bindgen_test]
fn another_currency_is_shown_as_it_is() {
    assert_eq!(plain(&money(Money::from_minor(100), "RUB")), "1 ₽");
    assert_eq!(plain(&money(Money::from_minor(100_050), "KZT")), "1 000,50 ₸");
}

#[wasm_bindgen_test]
fn bonuses_and_hours_take_the_plural_of_the_language() {
    for (minor, shown) in [
        (0, "0 бонусов"),
        (100, "1 бонус"),
        (200, "2 бонуса"),
        (500, "5 бонусов"),
        (2100, "21 бонус"),
        (321, "3,21 бонуса"),
        (123_058, "1 230,58 бонуса"),
    ] {
        assert_eq!(plain(&bonuses(Money::from_minor(minor))), shown);
    }
    assert_eq!(
        (plain(&hours(1)), plain(&hours(3)), plain(&hours(12))),
        ("1 час".into(), "3 часа".into(), "12 часов".into())
    );
}

#[wasm_bindgen_test]
fn shares_and_times_are_short() {
    assert_eq!((percent(500), percent(1250), percent(1205)), ("5%".into(), "12,5%".into(), "12,05%".into()));
    assert_eq!(
        (clock(0), clock(5), clock(65), clock(600)),
        ("0:00".into(), "0:05".into(), "1:05".into(), "10:00".into())
    );
    assert_eq!((decimal(7000), decimal(7050)), ("70".to_owned(), "70,50".to_owned()));
}

#[wasm_bindgen_test]
fn gaps_are_filled_in_order_and_nothing_else_is_touched() {
    assert_eq!(
        fill(Text::RankConfirmation, &["<b>{}</b>", "час"]),
        "Потратьте ещё <b>{}</b> за час, чтобы сохранить уровень"
    );
    assert!(Text::ALL.iter().all(|text| !text.as_str().trim().is_empty()));
}
