//! Nobody answers any more.

use sandbox::ledger::Kind;
use serde_json::json;

use super::{Step, begin, lead_to, until_done, with_order};
use crate::pages::KIOSK;

#[tokio::test(flavor = "multi_thread")]
async fn who_is_quiet_is_asked_and_who_answers_goes_on() {
    let stage = with_order().await;
    let kiosk = stage.kiosk();
    lead_to(&stage, Step::Preview).await;
    stage.browser.pass_time(40).await;
    assert!(!kiosk.is_asking().await);
    stage.browser.pass_time(6).await;
    kiosk.asks().await;
    assert_eq!(kiosk.page().focused().await, "Продолжить");
    stage.browser.pass_time(3).await;
    kiosk.go_on().await;
    stage.browser.pass_time(40).await;
    assert!(!kiosk.is_asking().await, "the time begins anew");
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_countdown_is_announced_at_ten_and_at_five_seconds_only() {
    let stage = with_order().await;
    lead_to(&stage, Step::Code).await;
    let watch = "window.said = []; new MutationObserver(() => {
        const text = document.getElementById('left-said').textContent;
        if (text && said.at(-1) !== text) said.push(text);
    }).observe(document.getElementById('left-said'), { childList: true, characterData: true, subtree: true })";
    stage.browser.run(watch, Vec::new()).await;
    // A clock that only the test moves.
    let stop =
        "const now = performance.now(); window.extra = 0; performance.now = () => now + window.extra * 1000";
    stage.browser.run(stop, Vec::new()).await;
    stage.kiosk().press_keys("1").await;
    stage.browser.run("window.extra = 45", Vec::new()).await;
    stage.kiosk().asks().await;
    for left_s in (1..=15).rev() {
        let left = "return document.getElementById('left').textContent";
        let is_shown = async |_| stage.browser.run(left, Vec::new()).await == json!(left_s.to_string());
        stage.kiosk().page().until(&format!("counts to {left_s}"), is_shown).await;
        if left_s > 1 {
            stage.browser.run("window.extra++", Vec::new()).await;
        }
    }
    let said = stage.browser.run("return said", Vec::new()).await;
    assert_eq!(said, json!(["Осталось секунд: 10", "Осталось секунд: 5"]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_answer_leaves_a_page_for_the_next() {
    let stage = with_order().await;
    lead_to(&stage, Step::Confirmed).await;
    stage.browser.pass_time(46).await;
    stage.kiosk().asks().await;
    stage.browser.pass_time(15).await;
    stage.kiosk().is_fresh().await;
    until_done(&stage.demo, &[Kind::Confirmed, Kind::Reset]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_went_to_the_till_with_a_payment_code_keeps_what_was_confirmed() {
    let stage = with_order().await;
    lead_to(&stage, Step::PaymentCode).await;
    stage.browser.pass_time(100).await;
    assert!(!stage.kiosk().is_asking().await, "who shows a code waits for a cashier");
    stage.browser.pass_time(21).await;
    stage.kiosk().asks().await;
    stage.browser.pass_time(15).await;
    stage.kiosk().is_fresh().await;
    until_done(&stage.demo, &[Kind::Confirmed]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_may_have_everything_released() {
    let stage = super::at("/kiosk?restaurant=pirogi&language=ru&release=always&code-idle=20").await;
    begin(&stage).await;
    lead_to(&stage, Step::PaymentCode).await;
    stage.browser.pass_time(40).await;
    stage.kiosk().is_fresh().await;
    until_done(&stage.demo, &[Kind::Confirmed, Kind::Reset]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_order_ends_the_visit_by_itself_and_stays_confirmed() {
    let stage = with_order().await;
    lead_to(&stage, Step::Confirmed).await;
    stage.kiosk().pay().await;
    stage.kiosk().says("Спасибо!").await;
    stage.browser.pass_time(9).await;
    stage.kiosk().is_fresh().await;
    until_done(&stage.demo, &[Kind::Confirmed]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_where_nobody_is() {
    let stage = super::at(KIOSK).await;
    stage.kiosk().is_fresh().await;
    stage.kiosk().mark().await;
    stage.browser.pass_time(600).await;
    stage.browser.widget().has("button", "Получить код").await;
    assert!(!stage.kiosk().is_asking().await);
    assert_eq!(stage.browser.run("return window.isOld", Vec::new()).await, json!(true), "the page stays");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_somebody_chose_is_forgotten_without_a_question() {
    let stage = super::at(KIOSK).await;
    stage.kiosk().is_fresh().await;
    stage.kiosk().mark().await;
    stage.kiosk().page().press("Қазақша").await;
    stage.browser.widget().has("heading", "Бонустар мен жеңілдіктер").await;
    stage.kiosk().page().has("button", "Аяқтау").await;
    stage.browser.pass_time(46).await;
    stage.kiosk().is_fresh().await;
    stage.kiosk().page().has("button", "Закончить").await;
    stage.finish().await;
}
