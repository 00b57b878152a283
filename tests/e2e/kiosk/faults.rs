//! No network, another proxy, a crash: the kiosk comes back by itself, and forgets all the same.

use sandbox::ledger::Kind;

use super::traces::{Guest, overheard, status_of, token};
use super::{Step, at, lead_to, until_done, with_order};
use crate::pages::KIOSK;

/// Leads a guest up to a step, takes the network away and lets them leave: they are gone at once, and the rest is done when the
/// network is back.
async fn leave_without_a_network_at(step: Step) {
    let guest = Guest::at(step).await;
    let stage = &guest.stage;
    stage.browser.set_offline(true).await;
    stage.kiosk().finish().await;
    stage.kiosk().says("Нет связи. Ваши данные с экрана уже убраны").await;
    let shown = stage.browser.run("return document.documentElement.outerHTML", Vec::new()).await;
    assert!(!shown.as_str().expect("a text").contains("999"), "{shown}");
    stage.browser.set_offline(false).await;
    stage.kiosk().is_fresh().await;
    guest.assert_forgotten().await;
    if step == Step::Confirmed {
        until_done(&stage.demo, &[Kind::Confirmed, Kind::Reset]).await;
    }
    guest.stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_without_a_network_at_the_phone_leaves_nothing() {
    leave_without_a_network_at(Step::Phone).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_without_a_network_at_the_code_leaves_nothing() {
    leave_without_a_network_at(Step::Code).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_without_a_network_at_the_preview_leaves_nothing() {
    leave_without_a_network_at(Step::Preview).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_without_a_network_at_the_confirmed_order_leaves_nothing() {
    leave_without_a_network_at(Step::Confirmed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_without_a_network_at_the_payment_code_leaves_nothing() {
    leave_without_a_network_at(Step::PaymentCode).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirm_that_is_still_under_way_is_taken_back() {
    let stage = with_order().await;
    lead_to(&stage, Step::Preview).await;
    stage.preview().slide_to_most().await;
    // One press right after the other: the confirm has been sent, and its answer reaches nobody any more.
    let press = "const { shadowRoot } = document.querySelector('loyalty-checkout');
        shadowRoot.querySelector('[part~=actions-main] button').click();
        setTimeout(() => document.querySelector('[data-end]').click())";
    stage.browser.run(press, Vec::new()).await;
    stage.kiosk().is_fresh().await;
    until_done(&stage.demo, &[Kind::Confirmed, Kind::Reset]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_crash_of_the_program_the_guest_is_still_logged_in() {
    let stage = overheard().await;
    lead_to(&stage, Step::Preview).await;
    let trap = "return program().then(({ memory }) => {
        new Uint8Array(memory.buffer).fill(255);
        document.querySelector('loyalty-checkout').updateCart(document.querySelector('loyalty-checkout').cart);
    })";
    stage.browser.run(trap, Vec::new()).await;
    stage.browser.hears("loyalty-ready", 2).await;
    stage.preview().asks_for("480 ₽").await;
    stage.kiosk().finish().await;
    stage.kiosk().is_fresh().await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_the_program_begins_anew_by_itself() {
    // A page that loads nothing of the widget.
    let stage = at("/demo/sms").await;
    stage.browser.lose_file(Some("loyalty-checkout_bg.wasm")).await;
    stage.browser.open(&format!("{}{KIOSK}", stage.demo.base_url().trim_end_matches('/'))).await;
    stage.browser.widget().shows("Программа лояльности сейчас недоступна.").await;
    stage.browser.lose_file(None).await;
    stage.browser.pass_time(46).await;
    stage.kiosk().is_fresh().await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_while_the_proxy_is_away_is_logged_out_when_it_is_back() {
    let stage = overheard().await;
    lead_to(&stage, Step::Confirmed).await;
    let session = token(&stage).await;
    let stage = stage
        .without_demo(async |browser| {
            browser.page().press("Закончить").await;
            browser.page().shows("Нет связи. Ваши данные с экрана уже убраны").await;
        })
        .await;
    stage.kiosk().is_fresh().await;
    assert_eq!(status_of(&stage, &session).await, 401);
    until_done(&stage.demo, &[Kind::Confirmed, Kind::Reset]).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_led_elsewhere_takes_back_what_is_held() {
    let stage = with_order().await;
    lead_to(&stage, Step::Confirmed).await;
    stage.browser.open("about:blank").await;
    until_done(&stage.demo, &[Kind::Confirmed, Kind::Reset]).await;
    stage.browser.open(stage.demo.base_url()).await;
    stage.finish().await;
}
