//! Payment codes as a scanner at the till reads them.

use crate::browser::Theme;
use crate::stage::{IVAN, Setting, Stage};
use crate::symbols::eight_digits;

/// How many codes are scanned.
const CODES: u32 = 50;

/// The ends and the codes that lose zeros on the wire first, then codes spread over all of them.
fn codes() -> Vec<u32> {
    let mut codes = vec![0, 7, 42, 12_345, 9_999_999, 1_000_000, 999_999];
    // A step without a common factor with the ten million codes meets each digit at each place.
    let mut code = 3_141_593;
    while codes.len() < CODES as usize {
        codes.push(code);
        code = (code + 6_180_339) % 10_000_000;
    }
    codes
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_codes_are_scanned_from_both_symbols() {
    let codes = codes();
    let given = sandbox::PaymentCodes::listed(codes.clone());
    let stage = Stage::with(Setting { payment_codes: given, ..Setting::default() }).await;
    stage.log_in(IVAN).await;
    stage.preview().show_payment_code().await;

    let mut renewals = 0;
    for code in codes {
        if renewals > 0 {
            stage.payment_code().renew().await;
        }
        renewals += 1;
        stage.payment_code().scans_as(&eight_digits(code)).await;
    }
    assert_eq!(renewals, CODES);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_scanned_at_each_width_in_both_themes() {
    let given = sandbox::PaymentCodes::listed([12_345]);
    let stage = Stage::with(Setting { payment_codes: given, ..Setting::default() }).await;
    stage.log_in(IVAN).await;
    stage.preview().show_payment_code().await;
    for width_px in [320, 768, 1280] {
        stage.browser.resize(width_px).await;
        for theme in [Theme::Light, Theme::Dark] {
            stage.browser.prefer(theme).await;
            stage.payment_code().scans_as(&eight_digits(12_345)).await;
        }
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_counts_down_and_is_renewed_when_its_time_is_over() {
    let given = sandbox::PaymentCodes::listed([11, 22]);
    let stage = Stage::with(Setting { payment_codes: given, ..Setting::default() }).await;
    stage.log_in(IVAN).await;
    stage.preview().show_payment_code().await;
    stage.payment_code().shows(&eight_digits(11)).await;
    let told = stage.browser.hears("loyalty-payment-code", 1).await;
    assert_eq!(told["ttl_s"], 300, "the host hears how long the code is good for, and no code: {told}");
    assert_eq!(told.as_object().map(serde_json::Map::len), Some(1), "{told}");

    stage.browser.pass_time(290).await;
    stage.browser.widget().shows("Действует ещё 0:0").await;
    stage.browser.pass_time(10).await;
    stage.payment_code().shows(&eight_digits(22)).await;
    stage.browser.widget().shows("Действует ещё 4:5").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_code_is_hidden_even_where_no_other_can_be_had() {
    let given = sandbox::PaymentCodes::listed([11, 22]);
    let stage = Stage::with(Setting { payment_codes: given, ..Setting::default() }).await;
    let widget = stage.browser.widget();
    stage.log_in(IVAN).await;
    stage.preview().show_payment_code().await;
    stage.payment_code().shows(&eight_digits(11)).await;

    stage.browser.set_offline(true).await;
    stage.browser.pass_time(301).await;
    widget.shows("Срок кода истёк.").await;
    widget.alerts("Нет связи. Проверьте интернет и повторите: всё, что вы ввели, сохранилось.").await;
    widget.hides("0000 011").await;

    stage.browser.set_offline(false).await;
    stage.preview().retry().await;
    stage.payment_code().shows(&eight_digits(22)).await;
    widget.is_calm().await;
    stage.finish().await;
}
