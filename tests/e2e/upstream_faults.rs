//! What the loyalty system can do wrong at the preview and at the confirm: the guest gets one sentence, tries again, and
//! has lost nothing.

use std::time::Duration;

use sandbox::faults::Fault;
use sandbox::ledger::Kind;

use crate::stage::{IVAN, Stage};

const NO_ANSWER: &str =
    "Программа лояльности сейчас не отвечает. Повторите через минуту или оформите заказ без неё.";
const REFUSED: &str = "Программа лояльности не приняла заказ. Повторите или оформите заказ без бонусов.";
const TOO_SLOW: &str = "Ответ идёт слишком долго. Повторите: всё, что вы ввели, сохранилось.";

/// Longer than anybody waits.
const SILENCE: Fault = Fault::Delay(Duration::from_secs(60));

/// More often than anybody tries.
const ALWAYS: u32 = 1000;

/// Each kind of failure and the sentence it takes.
const FAULTS: [(Fault, &str); 9] = [
    (Fault::Status(500), NO_ANSWER),
    (Fault::Status(503), NO_ANSWER),
    (Fault::PlaziusError("9004"), REFUSED),
    (Fault::PlaziusError("2004"), REFUSED),
    (Fault::Html, NO_ANSWER),
    (Fault::TruncatedBody, NO_ANSWER),
    (Fault::EmptyBody, NO_ANSWER),
    (Fault::WrongType, NO_ANSWER),
    (Fault::DropBefore, NO_ANSWER),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_that_fails_is_tried_again_with_everything_kept() {
    let stage = Stage::open().await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    preview.add_promo("PROMOCODE1").await;
    preview.asks_for("380 ₽").await;
    preview.type_spend("60").await;
    preview.asks_for("320 ₽").await;

    for (fault, sentence) in FAULTS {
        stage.demo.sandbox().faults().inject("orders/calculate", fault, ALWAYS);
        restaurant.tick("Лёд").await;
        widget.alerts(sentence).await;
        // The sums of the former cart are gone: they would be a lie.
        assert_eq!(widget.line("К оплате").await, None, "{fault:?}");
        preview.retry().await;
        widget.alerts(sentence).await;

        stage.demo.sandbox().faults().clear();
        preview.retry().await;
        preview.asks_for("320 ₽").await;
        preview.spend_is("60", "−60 ₽").await;
        widget.shows("PROMOCODE1").await;
        widget.is_calm().await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_without_an_answer_is_tried_again_with_everything_kept() {
    let stage = Stage::open().await;
    let (restaurant, preview, widget) = (stage.restaurant(), stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    preview.type_spend("60").await;
    stage.demo.sandbox().faults().inject("orders/calculate", SILENCE, ALWAYS);
    restaurant.tick("Лёд").await;
    widget.within(Duration::from_secs(30)).alerts(TOO_SLOW).await;
    stage.demo.sandbox().faults().clear();
    preview.retry().await;
    preview.asks_for("420 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_that_fails_is_tried_again_and_freezes_once() {
    let stage = Stage::open().await;
    let (preview, widget) = (stage.preview(), stage.browser.widget());
    stage.log_in(IVAN).await;
    preview.type_spend("60").await;
    for (fault, sentence) in FAULTS.into_iter().chain([(Fault::DropAfterCommit, NO_ANSWER)]) {
        let before = stage.orders_done().len();
        // The look at where the order stands fails as well, or the proxy would mend it before the guest hears of it.
        for path in ["orders/confirm", "orders/get"] {
            stage.demo.sandbox().faults().inject(path, fault, ALWAYS);
        }
        preview.confirm_spend("60 бонусов").await;
        widget.alerts(sentence).await;
        preview.spend_is("60", "−60 ₽").await;

        stage.demo.sandbox().faults().clear();
        preview.retry().await;
        stage.confirmed().shows("60 бонусов", "420 ₽").await;
        assert_eq!(stage.orders_done().split_off(before), [Kind::Confirmed], "{fault:?}");

        stage.confirmed().change().await;
        preview.spend_is("60", "−60 ₽").await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_whose_answer_was_lost_freezes_once() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    stage.preview().type_spend("60").await;
    stage.demo.sandbox().faults().inject("orders/confirm", Fault::DropAfterCommit, 1);
    stage.preview().confirm_spend("60 бонусов").await;
    stage.browser.widget().until("confirms, at once or by a retry", async |area| {
        if area.has_now("button", "Повторить").await {
            area.press("Повторить").await;
        }
        area.has_now("heading", "Применили к заказу").await
    })
    .await;
    stage.confirmed().shows("60 бонусов", "420 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_code_that_cannot_be_had_is_tried_again() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    stage.log_in(IVAN).await;
    stage.demo.sandbox().faults().inject("guests/generateCode", Fault::Status(500), ALWAYS);
    stage.preview().show_payment_code().await;
    widget.alerts(NO_ANSWER).await;
    stage.demo.sandbox().faults().clear();
    stage.preview().retry().await;
    widget.shows("Действует ещё").await;
    stage.finish().await;
}
