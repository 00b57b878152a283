//! What is left of a guest when they have gone: nothing, at whichever step they went.

use sandbox::ledger::Kind;
use serde_json::json;

use super::traces::{
    Guest, assert_nothing_left, everything, left_in_memory, overheard, spellings_of_maria, status_of, token,
    watch_memory_at_the_end,
};
use super::{MARIA_KEYS, Step, begin, enter_code, lead_to, until_done, with_order};
use crate::pages::KIOSK;
use crate::stage::IVAN;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_guest_is_found_on_the_page_in_its_stores_on_its_heap_or_at_the_proxy() {
    let stage = overheard().await;
    stage.kiosk().ask_for_code(MARIA_KEYS).await;
    let code = enter_code(&stage, stage.kiosk()).await;
    stage.browser.widget().shows("Мария, ваши бонусы").await;
    stage.preview().slide_to_most().await;
    stage.browser.widget().press_beginning("Списать ").await;
    stage.browser.widget().has("heading", "Применили к заказу").await;
    let session = token(&stage).await;
    assert_eq!(status_of(&stage, &session).await, 200);
    // What is looked for can be found while the guest is there.
    assert!(everything(&stage).await.contains("Мария"));
    if let Some(devtools) = stage.browser.devtools() {
        let heap = devtools.heap_strings().await;
        assert!(heap.contains(&session) && heap.contains("Мария"));
    }
    stage.browser.run("localStorage.setItem('a', 'b'); sessionStorage.setItem('a', 'b')", Vec::new()).await;
    stage.browser.run("document.cookie = 'a=b'; return caches.open('a').then(() => 1)", Vec::new()).await;
    watch_memory_at_the_end(&stage).await;

    stage.browser.pass_time(46).await;
    stage.kiosk().asks().await;
    stage.browser.pass_time(15).await;
    stage.kiosk().is_fresh().await;

    assert_eq!(left_in_memory(&stage).await, json!("-1"), "the program's memory was overwritten");
    let mut secrets = spellings_of_maria();
    secrets.extend([session.clone(), code, "Мария".to_owned()]);
    assert_nothing_left(&stage, &secrets).await;
    assert_eq!(status_of(&stage, &session).await, 401, "the session has ended");
    until_done(&stage.demo, &[Kind::Confirmed, Kind::Reset]).await;

    let address = stage.browser.run("return location.pathname + location.search", Vec::new()).await;
    assert_eq!(address, KIOSK);
    stage.finish().await;
}

/// Leads a guest up to a step, lets them leave, and looks for what they have left.
async fn leave_at(step: Step) {
    let guest = Guest::at(step).await;
    guest.stage.kiosk().finish().await;
    guest.stage.kiosk().is_fresh().await;
    guest.assert_forgotten().await;
    let done = match step {
        Step::Confirmed => &[Kind::Confirmed, Kind::Reset][..],
        Step::PaymentCode => &[Kind::Confirmed],
        _ => &[],
    };
    until_done(&guest.stage.demo, done).await;
    guest.stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_at_the_phone_leaves_nothing() {
    leave_at(Step::Phone).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_at_the_code_leaves_nothing() {
    leave_at(Step::Code).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_at_the_preview_leaves_nothing() {
    leave_at(Step::Preview).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_at_the_confirmed_order_leaves_nothing() {
    leave_at(Step::Confirmed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_leaves_at_the_payment_code_leaves_nothing() {
    leave_at(Step::PaymentCode).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_guest_begins_where_the_first_one_did() {
    let stage = with_order().await;
    let length = "return history.length";
    let before = stage.browser.run(length, Vec::new()).await;
    lead_to(&stage, Step::Preview).await;
    stage.browser.widget().press("Выйти").await;
    begin(&stage).await;
    stage.kiosk().ask_for_code("9990001122").await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.kiosk().press_keys(&code).await;
    stage.browser.widget().shows("Иван, ваши бонусы").await;
    assert!(!stage.browser.widget().text().await.contains("Мария"));
    let after = stage.browser.run(length, Vec::new()).await;
    assert_eq!(before, after, "there is no way back to the guest before");
    stage.finish().await;
}
