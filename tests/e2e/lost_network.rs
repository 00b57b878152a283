//! The browser loses its network at each step: one sentence, a retry, and nothing typed or chosen is lost.

use sandbox::ledger::Kind;

use crate::pages::{CODE, PHONE, PROMO};
use crate::stage::{IVAN, Stage};

const OFFLINE: &str = "Нет связи. Проверьте интернет и повторите: всё, что вы ввели, сохранилось.";

/// Lets the login arrive and loses every request after it.
const LOSE_AFTER_LOGIN: &str = "
    window.kept = window.fetch;
    const lose = () => { window.fetch = () => Promise.reject(new TypeError('no network')); };
    addEventListener('loyalty-login', lose, { once: true });
";

/// Does something without a network, reads the sentence, and tries again with one.
async fn lose_network_during(stage: &Stage, action: impl Future<Output = ()>) {
    stage.browser.set_offline(true).await;
    action.await;
    stage.browser.widget().alerts(OFFLINE).await;
    // A retry that comes too early is told as well and takes nothing away.
    stage.preview().retry().await;
    stage.browser.widget().alerts(OFFLINE).await;
    stage.browser.set_offline(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_network_while_logging_in_keeps_the_phone_and_the_code() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    stage.browser.hears("loyalty-ready", 1).await;
    lose_network_during(&stage, async {
        stage.login().type_phone(IVAN).await;
        stage.login().submit_phone().await;
    })
    .await;
    assert_eq!(widget.holds(PHONE).await, IVAN);
    stage.preview().retry().await;
    widget.has("textbox", CODE).await;

    let code = stage.inbox().code_for(IVAN).await;
    lose_network_during(&stage, stage.login().enter_code(&code)).await;
    assert_eq!(widget.holds(CODE).await, code);
    stage.preview().retry().await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_network_during_the_first_preview_is_told_and_mended() {
    let stage = Stage::open().await;
    stage.login().ask_for_code(IVAN).await;
    let code = stage.inbox().code_for(IVAN).await;
    // The login arrives, the preview after it does not.
    stage.browser.run(LOSE_AFTER_LOGIN, Vec::new()).await;
    stage.login().enter_code(&code).await;
    stage.browser.widget().alerts(OFFLINE).await;
    stage.browser.run("window.fetch = window.kept", Vec::new()).await;
    stage.preview().retry().await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_network_during_a_preview_keeps_the_spend_and_what_is_typed() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let widget = stage.browser.widget();
    stage.preview().type_spend("70").await;
    widget.type_over(PROMO, "PROMO").await;
    lose_network_during(&stage, stage.restaurant().tick("Сметана, +40 ₽")).await;
    assert!(widget.line("К оплате").await.is_none(), "no sums of another cart are shown");
    stage.preview().retry().await;
    stage.preview().spend_is("70", "−70 ₽").await;
    stage.preview().asks_for("450 ₽").await;
    widget.field_is(PROMO, "PROMO").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_network_during_a_promo_code_keeps_the_code() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    lose_network_during(&stage, stage.preview().add_promo("PROMOCODE1")).await;
    stage.preview().retry().await;
    stage.preview().asks_for("380 ₽").await;
    stage.browser.widget().shows("применён").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_network_after_the_preview_freezes_and_returns_exactly_once() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let (widget, preview, confirmed) = (stage.browser.widget(), stage.preview(), stage.confirmed());
    preview.type_spend("70").await;
    preview.asks_for("410 ₽").await;

    lose_network_during(&stage, preview.confirm_spend("70 бонусов")).await;
    preview.spend_is("70", "−70 ₽").await;
    preview.retry().await;
    confirmed.shows("70 бонусов", "410 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed]);

    lose_network_during(&stage, confirmed.change()).await;
    confirmed.shows("70 бонусов", "410 ₽").await;
    preview.retry().await;
    preview.spend_is("70", "−70 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset]);

    preview.confirm_spend("70 бонусов").await;
    confirmed.shows("70 бонусов", "410 ₽").await;
    lose_network_during(&stage, confirmed.cancel()).await;
    preview.retry().await;
    widget.shows("Списание отменено, бонусы вернулись на счёт.").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset, Kind::Confirmed, Kind::Aborted]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_network_at_the_payment_code_keeps_the_code_that_is_shown() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let widget = stage.browser.widget();
    lose_network_during(&stage, stage.preview().show_payment_code()).await;
    stage.preview().asks_for("480 ₽").await;
    stage.preview().retry().await;
    widget.has("heading", "Код для кассы").await;

    let first = shown_digits(&stage).await;
    lose_network_during(&stage, stage.payment_code().renew()).await;
    assert_eq!(shown_digits(&stage).await, first, "a code that is still good stays");
    stage.preview().retry().await;
    widget
        .until("shows another code", async |_| {
            stage.payment_code().digits().await.is_some_and(|digits| digits != first)
        })
        .await;
    stage.finish().await;
}

async fn shown_digits(stage: &Stage) -> String {
    stage.payment_code().digits().await.expect("digits are shown")
}
