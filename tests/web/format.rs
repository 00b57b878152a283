//! Texts, numbers, money, times and plurals in each language, by the browser's `Intl`.

use std::rc::Rc;

use contract::Money;
use js_sys::{Array, JSON, Object};
use loyalty_checkout::i18n::{
    Language, Text, bonuses, bonuses_of, clock, fill, hours, minus, minutes, money, number, percent, plus,
    seconds, speak, typed,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/src/i18n/language.js")]
extern "C" {
    fn language(tag: &str, texts: &Array) -> Language;
}

/// Speaks the language of a tag with the texts of its file.
fn use_language(tag: &str) {
    let json = match tag.split('-').next() {
        Some("ru") => include_str!("../../src/i18n/texts/ru.json"),
        Some("en") => include_str!("../../src/i18n/texts/en.json"),
        Some("kk") => include_str!("../../src/i18n/texts/kk.json"),
        _ => include_str!("../../src/i18n/texts/ar.json"),
    };
    let texts = Object::values(JSON::parse(json).expect("JSON").unchecked_ref());
    speak(&Rc::new(language(tag, &texts)));
}

/// The browser's no-break spaces as plain ones, and without the marks that only tell the direction.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace(['\u{200e}', '\u{200f}', '\u{61c}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}

fn minor(minor: i64) -> Money {
    Money::from_minor(minor)
}

#[wasm_bindgen_test]
fn money_has_places_only_where_there_are_any() {
    use_language("ru");
    for (sum, shown) in
        [(126_000, "1 260 ₽"), (3050, "30,50 ₽"), (0, "0 ₽"), (5, "0,05 ₽"), (9_999_999, "99 999,99 ₽")]
    {
        assert_eq!(plain(&money(minor(sum), "RUB")), shown);
    }
}

#[wasm_bindgen_test]
fn money_is_written_as_in_its_language_and_region() {
    for (tag, whole, fraction, off) in [
        ("ru", "1 260 ₽", "1 000,50 ₸", "−160 ₽"),
        ("kk", "1 260 ₽", "1 000,50 ₸", "−160 ₽"),
        ("en", "₽1,260", "₸1,000.50", "−₽160"),
        ("ar-AE", "1,260 ₽", "1,000.50 ₸", "−160 ₽"),
        ("ar-EG", "١٬٢٦٠ ₽", "١٬٠٠٠٫٥٠ ₸", "−١٦٠ ₽"),
    ] {
        use_language(tag);
        assert_eq!(plain(&money(minor(126_000), "RUB")), whole, "{tag}");
        assert_eq!(plain(&money(minor(100_050), "KZT")), fraction, "{tag}");
        assert_eq!(plain(&minus(minor(16_000), "RUB")), off, "{tag}");
    }
}

#[wasm_bindgen_test]
fn russian_plurals_take_their_case() {
    use_language("ru");
    for (sum, shown) in [
        (0, "0 бонусов"),
        (100, "1 бонус"),
        (200, "2 бонуса"),
        (500, "5 бонусов"),
        (2100, "21 бонус"),
        (321, "3,21 бонуса"),
        (123_058, "1 230,58 бонуса"),
    ] {
        assert_eq!(plain(&bonuses(minor(sum))), shown);
    }
    for (sum, shown) in [(2100, "21 бонуса"), (300, "3 бонусов"), (321, "3,21 бонуса")] {
        assert_eq!(plain(&bonuses_of(minor(sum))), shown);
    }
    assert_eq!(
        [hours(1), hours(3), hours(12), minutes(1), seconds(30)].map(|text| plain(&text)),
        ["1 час", "3 часа", "12 часов", "1 минуту", "30 секунд"]
    );
}

#[wasm_bindgen_test]
fn plurals_of_the_other_languages_are_theirs() {
    for (tag, sums) in [
        ("en", [(100, "1 point"), (200, "2 points"), (321, "3.21 points")]),
        ("kk", [(100, "1 бонус"), (500, "5 бонус"), (321, "3,21 бонус")]),
        ("ar", [(100, "نقطة واحدة"), (200, "نقطتان"), (300, "3 نقاط")]),
        ("ar-SA", [(1100, "١١ نقطة"), (10_000, "١٠٠ نقطة"), (0, "٠ نقطة")]),
    ] {
        use_language(tag);
        for (sum, shown) in sums {
            assert_eq!(plain(&bonuses(minor(sum))), shown, "{tag}");
        }
    }
    use_language("ar");
    assert_eq!([hours(2), hours(5), minutes(10), seconds(30)], ["ساعتين", "5 ساعات", "10 دقائق", "30 ثانية"]);
}

#[wasm_bindgen_test]
fn shares_times_and_counts_are_written_as_in_the_language() {
    for (tag, shown) in [
        ("ru", ["5 %", "12,5 %", "4:05", "+24", "1230,58", "4"]),
        ("kk", ["5 %", "12,5 %", "4:05", "+24", "1230,58", "4"]),
        ("en", ["5%", "12.5%", "4:05", "+24", "1230.58", "4"]),
        ("ar-AE", ["5%", "12.5%", "4:05", "+24", "1230.58", "4"]),
        ("ar-EG", ["٥٪", "١٢٫٥٪", "٤:٠٥", "+٢٤", "١٢٣٠٫٥٨", "٤"]),
    ] {
        use_language(tag);
        let written =
            [percent(500), percent(1250), clock(245), plus(minor(2400)), typed(minor(123_058)), number(4)];
        assert_eq!(written.map(|text| plain(&text)), shown, "{tag}");
    }
}

#[wasm_bindgen_test]
fn what_is_shown_to_be_typed_is_read_back() {
    for tag in ["ru", "kk", "en", "ar", "ar-EG"] {
        use_language(tag);
        for sum in [0, 5, 7000, 123_058, 123_000] {
            let shown = typed(minor(sum));
            assert_eq!(loyalty_checkout::state::spend::parse(&shown), Some(sum), "{tag}: {shown}");
        }
    }
}

#[wasm_bindgen_test]
fn gaps_are_filled_where_the_language_has_them_and_nothing_else_is_touched() {
    use_language("ru");
    assert_eq!(
        fill(Text::RankConfirmation, &["<b>{1}</b>", "час"]),
        "Потратьте ещё <b>{1}</b> за час, чтобы сохранить уровень"
    );
    // Kazakh names the price without the spend first.
    use_language("kk");
    assert_eq!(fill(Text::SpendEffect, &["380", "480"]), "480 орнына 380 төлейсіз");
}

#[wasm_bindgen_test]
fn in_arabic_what_fills_a_gap_stands_apart() {
    use_language("ar");
    assert_eq!(fill(Text::CodeLead, &["+7 999"]), "أرسلنا الرمز إلى \u{2068}+7 999\u{2069}");
}
