//! What the loyalty system can do wrong behind the proxy: one clear sentence, a way on, and the choice kept.

use std::time::Duration;

use sandbox::Fault;
use sandbox::ledger::Kind;

use crate::pages::{PROMO, SPEND};
use crate::stage::{IVAN, Stage};

const NOT_ANSWERING: &str =
    "Программа лояльности сейчас не отвечает. Повторите через минуту или оформите заказ без неё.";
const REFUSED: &str = "Программа лояльности не приняла заказ. Повторите или оформите заказ без бонусов.";
const TOO_SLOW: &str = "Ответ идёт слишком долго. Повторите: всё, что вы ввели, сохранилось.";

/// More often than a read is repeated.
const AGAIN_AND_AGAIN: u32 = 100;

/// Longer than the proxy waits.
const FOR_EVER: Fault = Fault::Delay(Duration::from_secs(60));

/// What can go wrong, and what the guest is told.
const FAULTS: [(Fault, &str); 15] = [
    (Fault::Status(500), NOT_ANSWERING),
    (Fault::Status(503), NOT_ANSWERING),
    (Fault::plazius_error("1001", "Order is closed"), REFUSED),
    (Fault::plazius_error("1002", "Order is aborted"), REFUSED),
    (Fault::plazius_error("1013", "Order is not closed"), REFUSED),
    (Fault::plazius_error("1014", "Wrong items"), REFUSED),
    (Fault::plazius_error("2004", "Organization not found"), REFUSED),
    (Fault::plazius_error("3007", "Guest not found"), REFUSED),
    (Fault::plazius_error("9004", "Validation error"), REFUSED),
    (Fault::Html, NOT_ANSWERING),
    (Fault::TruncatedBody, NOT_ANSWERING),
    (Fault::EmptyBody, NOT_ANSWERING),
    (Fault::WrongTypes, NOT_ANSWERING),
    (Fault::DropBefore, NOT_ANSWERING),
    (FOR_EVER, TOO_SLOW),
];

/// Where the confirm was carried out and only its answer was lost: the proxy looks it up, and the guest need not know.
const DONE_BUT_UNHEARD: [Fault; 4] =
    [Fault::TruncatedBody, Fault::EmptyBody, Fault::WrongTypes, Fault::DropAfterCommit];

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_that_fails_is_told_in_one_sentence_and_comes_on_retry() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let (widget, preview, faults) = (stage.browser.widget(), stage.preview(), stage.demo.sandbox().faults());
    preview.type_spend("70").await;
    preview.asks_for("410 ₽").await;
    let mut has_sour_cream = false;
    for (index, (fault, sentence)) in FAULTS.into_iter().enumerate() {
        faults.inject("orders/calculate", fault.clone(), AGAIN_AND_AGAIN);
        stage.restaurant().tick("Сметана, +40 ₽").await;
        has_sour_cream = !has_sour_cream;
        widget.alerts(sentence).await;
        assert_eq!(stage.browser.heard("loyalty-error").await.len(), index + 1, "{fault:?} is told once");
        assert!(widget.line("К оплате").await.is_none(), "{fault:?}: no sums of another cart are shown");

        faults.clear();
        preview.retry().await;
        preview.asks_for(if has_sour_cream { "450 ₽" } else { "410 ₽" }).await;
        widget.field_is(SPEND, "70").await;
        widget.is_calm().await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_that_fails_keeps_the_promo_codes() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let (widget, faults) = (stage.browser.widget(), stage.demo.sandbox().faults());
    faults.inject("orders/calculate", Fault::Status(500), AGAIN_AND_AGAIN);
    stage.preview().add_promo("PROMOCODE1").await;
    widget.alerts(NOT_ANSWERING).await;
    faults.clear();
    stage.preview().retry().await;
    widget.line_is("Скидка по промокоду PROMOCODE1", "−100 ₽").await;
    widget.field_is(PROMO, "").await;
    stage.finish().await;
}

/// Confirms 70 bonuses while the system fails once, and goes on as the guest would: by «Повторить» where a sentence asks for
/// it. Returns that sentence.
async fn confirm_during(stage: &Stage, fault: Fault) -> String {
    let widget = stage.browser.widget();
    stage.demo.sandbox().faults().inject("orders/confirm", fault, 1);
    stage.preview().confirm_spend("70 бонусов").await;
    widget
        .until("tells how the confirm went", async |widget| {
            !widget.names("alert").await.concat().is_empty()
                || widget.has_now("heading", "Применили к заказу").await
        })
        .await;
    let sentence = widget.names("alert").await.concat();
    if !sentence.is_empty() {
        stage.preview().retry().await;
    }
    stage.demo.sandbox().faults().clear();
    sentence
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_that_fails_freezes_exactly_once_whatever_became_of_its_answer() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    stage.preview().type_spend("70").await;
    let mut done = Vec::new();
    for (fault, sentence) in FAULTS.into_iter().chain([(Fault::DropAfterCommit, NOT_ANSWERING)]) {
        let told = confirm_during(&stage, fault.clone()).await;
        let sentence = if DONE_BUT_UNHEARD.contains(&fault) { "" } else { sentence };
        assert_eq!(told, sentence, "{fault:?}");
        stage.confirmed().shows("70 бонусов", "410 ₽").await;
        done.push(Kind::Confirmed);
        assert_eq!(stage.orders_done(), done, "{fault:?}: frozen once");

        stage.confirmed().change().await;
        stage.preview().spend_is("70", "−70 ₽").await;
        done.push(Kind::Reset);
        assert_eq!(stage.orders_done(), done, "{fault:?}: given back once");
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_of_which_nothing_can_be_learnt_is_told_and_freezes_exactly_once() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    stage.preview().type_spend("70").await;
    let (widget, faults) = (stage.browser.widget(), stage.demo.sandbox().faults());
    let mut done = Vec::new();
    for fault in [Fault::DropAfterCommit, Fault::TruncatedBody, Fault::DropBefore] {
        faults.inject("orders/confirm", fault.clone(), 1);
        faults.inject("orders/get", Fault::Status(500), AGAIN_AND_AGAIN);
        stage.preview().confirm_spend("70 бонусов").await;
        widget.alerts(NOT_ANSWERING).await;
        stage.preview().spend_is("70", "−70 ₽").await;
        stage.preview().retry().await;
        widget.alerts(NOT_ANSWERING).await;

        faults.clear();
        stage.preview().retry().await;
        stage.confirmed().shows("70 бонусов", "410 ₽").await;
        done.push(Kind::Confirmed);
        assert_eq!(stage.orders_done(), done, "{fault:?}: frozen once");
        stage.confirmed().change().await;
        stage.preview().spend_is("70", "−70 ₽").await;
        done.push(Kind::Reset);
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_whose_wallet_cannot_be_read_may_try_again() {
    let stage = Stage::open().await;
    let faults = stage.demo.sandbox().faults();
    stage.login().ask_for_code(IVAN).await;
    faults.inject("guests/get", Fault::Status(500), AGAIN_AND_AGAIN);
    faults.inject("guests/getWallet", Fault::Status(500), AGAIN_AND_AGAIN);
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;
    stage.browser.widget().alerts(NOT_ANSWERING).await;
    faults.clear();
    stage.preview().retry().await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_code_that_fails_comes_on_retry() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    let faults = stage.demo.sandbox().faults();
    faults.inject("guests/generateCode", Fault::Status(500), AGAIN_AND_AGAIN);
    stage.preview().show_payment_code().await;
    stage.browser.widget().alerts(NOT_ANSWERING).await;
    faults.clear();
    stage.preview().retry().await;
    stage.browser.widget().has("heading", "Код для кассы").await;
    stage.finish().await;
}
