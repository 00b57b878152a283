//! Each screen at three widths in both themes, and at the narrowest in each language: nothing runs off the side, and in each
//! language and theme axe-core finds nothing.

use sandbox::Fault;
use serde_json::Value;

use crate::browser::{Part, Theme};
use crate::pages::CARD;
use crate::pictures::Shown;
use crate::stage::{CHASHKA, DENIS, IVAN, LAPSHA, OLGA, PYOTR, Stage};

const WIDTHS_PX: [u32; 3] = [320, 768, 1280];

/// Text is longer or shorter in the other languages, and it is tight where the window is.
const LANGUAGES: [&str; 4] = ["en", "kk", "ar", "ru"];

/// Which pieces of the widget stand out of the window, to whichever side, or out of their place, in words.
const STANDS_OUT: &str = "
  const { clientWidth } = document.documentElement;
  const off = [];
  for (const piece of document.querySelector('loyalty-checkout').shadowRoot.querySelectorAll('.stage *')) {
    const { left, right, width } = piece.getBoundingClientRect();
    if (width && (left < 0 || right > clientWidth + 0.5)) off.push(piece.textContent || piece.tagName);
    if (piece.matches('button, .line-value') && piece.scrollWidth > piece.clientWidth + 1 && piece.clientWidth)
      off.push(`in ${piece.textContent}`);
  }
  return off";

/// Those of which a picture is kept: the longest words, and the other direction.
const PICTURED: [&str; 2] = ["kk", "ar"];

/// Looks at what is shown at each width in both themes.
async fn look_at(stage: &Stage, screen: &str) {
    for width_px in WIDTHS_PX {
        stage.browser.resize(width_px).await;
        for theme in [Theme::Light, Theme::Dark] {
            stage.browser.prefer(theme).await;
            nothing_runs_off(stage, &format!("{screen} at {width_px} in {theme}")).await;
            stage.keep_picture(Shown::Widget, &format!("element/{screen}-{width_px}-{theme}")).await;
        }
    }
    stage.browser.resize(WIDTHS_PX[0]).await;
    for language in LANGUAGES {
        stage.speak(language).await;
        for theme in [Theme::Dark, Theme::Light] {
            stage.browser.prefer(theme).await;
            nothing_runs_off(stage, &format!("{screen} in {language} in {theme}")).await;
            stage.examine(&format!("{screen} in {language} in {theme}")).await;
        }
        if PICTURED.contains(&language) {
            stage.keep_picture(Shown::Widget, &format!("element/{screen}-{}-{language}", WIDTHS_PX[0])).await;
        }
    }
    stage.browser.resize(1280).await;
}

/// Nothing of the page, nor of the widget in it, stands out of the window.
pub(crate) async fn nothing_runs_off(stage: &Stage, screen: &str) {
    assert_eq!(stage.browser.overhang_px(Part::Page).await, 0, "{screen} runs off the side");
    let off = stage.browser.run(STANDS_OUT, Vec::new()).await;
    assert_eq!(off, Value::Array(Vec::new()), "{screen} runs off the side");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_runs_off_the_side_at_any_width_in_any_theme() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    widget.has("heading", "Бонусы и скидки").await;
    look_at(&stage, "1-phone").await;
    stage.login().type_phone("999").await;
    stage.login().submit_phone().await;
    widget.shows("Введите номер полностью").await;
    look_at(&stage, "1-phone-incomplete").await;

    stage.login().ask_for_code(IVAN).await;
    look_at(&stage, "2-code").await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;

    stage.preview().asks_for("480 ₽").await;
    stage.preview().type_spend("170").await;
    stage.preview().add_promo("НЕТ-ТАКОГО-ПРОМОКОДА").await;
    widget.shows("не подошёл к этому заказу").await;
    look_at(&stage, "3-preview").await;

    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    look_at(&stage, "4-confirmed").await;

    stage.confirmed().show_payment_code().await;
    let digits = stage.payment_code().eight_digits().await;
    stage.payment_code().scans_as(&digits).await;
    look_at(&stage, "5-payment-code").await;

    stage.browser.set_offline(true).await;
    stage.payment_code().renew().await;
    widget.shows("Нет связи.").await;
    look_at(&stage, "6-problem").await;
    stage.browser.set_offline(false).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_of_a_hold_runs_off_the_side_at_any_width_in_any_theme() {
    let stage = Stage::at(CHASHKA).await;
    stage.browser.widget().has("button", "Войти по карте").await;
    look_at(&stage, "chashka-1-phone").await;
    stage.login().choose_way("Войти по карте", CARD).await;
    stage.login().scan(CARD, "2200770012345679").await;
    stage.browser.widget().shows("Карта не найдена.").await;
    look_at(&stage, "chashka-2-card").await;
    stage.login().choose_way("Войти по телефону", crate::pages::PHONE).await;
    stage.restaurant().choose_pickup().await;
    stage.log_in(OLGA).await;
    stage.preview().type_spend("100").await;
    stage.preview().asks_for("480 ₽").await;
    look_at(&stage, "chashka-3-preview").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "480 ₽").await;
    look_at(&stage, "chashka-4-confirmed").await;
    stage.browser.pass_time(545).await;
    stage.hold().warns("минуты").await;
    look_at(&stage, "chashka-5-ending").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screen_of_a_discount_level_does_not_run_off_the_side() {
    let stage = Stage::at(CHASHKA).await;
    stage.log_in(PYOTR).await;
    stage.preview().asks_for("539,40 ₽").await;
    look_at(&stage, "chashka-6-discount").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_screen_of_all_or_nothing_runs_off_the_side_at_any_width_in_any_theme() {
    let stage = Stage::at(LAPSHA).await;
    stage.log_in(DENIS).await;
    stage.preview().offers_all_or_nothing("295 бонусов").await;
    look_at(&stage, "lapsha-1-off").await;
    stage.preview().switch("295 бонусов").await;
    stage.preview().asks_for("295 ₽").await;
    look_at(&stage, "lapsha-2-on").await;
    stage.preview().confirm_spend("295 бонусов").await;
    stage.confirmed().is_sent("295 бонусов", "295 ₽").await;
    look_at(&stage, "lapsha-3-confirmed").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screen_of_an_unknown_order_does_not_run_off_the_side() {
    let stage = Stage::at(LAPSHA).await;
    stage.log_in(DENIS).await;
    stage.demo.sandbox().faults().inject("v1/orders", Fault::DropAfterCommit, 1);
    stage.preview().confirm().await;
    stage.unknown().appears().await;
    look_at(&stage, "lapsha-4-unknown").await;
    stage.finish().await;
}
