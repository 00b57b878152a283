//! An order's first preview is kept by the browser: what comes back is believed only as it was, and anything that was kept
//! of it or of the session ends in time.

use std::time::{Duration, Instant};

use contract::error::ErrorCode;
use proxy::config::Limits;
use sandbox::Kind;
use scratch_postgres::ScratchPostgres;
use serde_json::{Value, json};

use crate::shared_store::store;
use crate::test_app::{Answer, Guest, IVAN, MARIA, TestApp, cart, dessert, dinner};

/// The preview under another name.
fn renamed(preview: &Value, order_id: &Value, preview_id: &Value) -> Value {
    json!({"order_id": order_id, "preview_id": preview_id, "spend_minor": preview["spend"]["min_minor"]})
}

/// The text with one character changed.
fn altered(text: &Value, place: usize) -> Value {
    let text = text.as_str().expect("a text");
    let other = if text.as_bytes()[place] == b'A' { "B" } else { "A" };
    json!(format!("{}{other}{}", &text[..place], &text[place + 1..]))
}

#[tokio::test]
async fn a_preview_that_was_altered_or_made_up_is_not_confirmed() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let (order_id, preview_id) = (&preview["order_id"], &preview["preview_id"]);
    let length = preview_id.as_str().expect("a text").len();
    let places = [0, 1, 30, length / 2, length - 10];
    let made_up =
        [json!(""), json!("AQ"), json!("00000000-0000-0000-0000-000000000000"), json!("A".repeat(70_000))];
    for forged in places.map(|place| altered(preview_id, place)).iter().chain(&made_up) {
        guest.confirm(&renamed(&preview, order_id, forged), 0).await.refused(409, "preview_outdated");
    }
    assert_eq!(app.accepted(Kind::Confirmed), 0);
    guest.confirm(&preview, 0).await.ok();
    app.finish().await;
}

#[tokio::test]
async fn a_preview_of_another_guest_order_or_restaurant_is_not_confirmed() {
    let app = TestApp::spawn().await;
    let (ivan, maria) = (app.guest(IVAN).await, app.guest(MARIA).await);
    let elsewhere = app.guest_at("chashka", "+79990005566").await;
    let preview = ivan.preview(&dinner()).await.ok();
    let other = ivan.preview(&cart(vec![dessert()])).await.ok();
    let marias = maria.preview(&dinner()).await.ok();
    for stranger in [&maria, &elsewhere] {
        stranger.confirm(&preview, 0).await.refused(404, "unknown_order");
        stranger.reset(&preview["order_id"]).await.refused(404, "unknown_order");
    }
    // The order is the guest's own, and the preview is not of it.
    for strange in [&preview["preview_id"], &other["preview_id"]] {
        let swapped = renamed(&marias, &marias["order_id"], strange);
        maria.confirm(&swapped, 0).await.refused(409, "preview_outdated");
    }
    let swapped = renamed(&preview, &preview["order_id"], &other["preview_id"]);
    ivan.confirm(&swapped, 0).await.refused(409, "preview_outdated");
    assert_eq!(app.accepted(Kind::Confirmed), 0);
    app.finish().await;
}

#[tokio::test]
async fn a_preview_is_good_for_its_time_and_a_name_for_a_day() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    app.pass(899);
    guest.confirm(&preview, 0).await.ok();
    let preview = guest.preview(&dinner()).await.ok();
    app.pass(900);
    guest.confirm(&preview, 0).await.refused(409, "preview_outdated");
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "open");
    app.pass(24 * 3600);
    let guest = app.guest(IVAN).await;
    guest.order(&preview["order_id"]).await.refused(404, "unknown_order");
    guest.preview_again(&preview["order_id"], &dinner()).await.refused(404, "unknown_order");
    app.finish().await;
}

#[tokio::test]
async fn an_order_that_was_only_previewed_can_be_given_up_and_is_then_over() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let order_id = &preview["order_id"];
    let once = json!({"order_id": order_id});
    let reset = guest.post_once("once", "/api/v1/order/reset", &once).await.ok();
    assert_eq!(guest.post_once("once", "/api/v1/order/reset", &once).await.ok(), reset);
    assert_eq!(guest.cancel(order_id).await.ok()["state"], "aborted");
    guest.confirm(&preview, 0).await.refused(409, "order_state_conflict");
    guest.preview_again(order_id, &dinner()).await.refused(409, "order_state_conflict");
    assert_eq!(app.accepted(Kind::Confirmed), 0);
    app.finish().await;
}

#[tokio::test]
async fn a_preview_too_large_for_a_browser_to_keep_is_confirmed_too() {
    let app = TestApp::spawn().await;
    let guest = app.guest(MARIA).await;
    let preview = guest.preview(&cart(vec![dessert(); 500])).await.ok();
    assert!(preview["preview_id"].as_str().expect("a text").len() < 100);
    guest.confirm(&preview, 0).await.ok();
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    app.finish().await;
}

/// Asks until the answer is another; says how long it took.
async fn until(status: u16, guest: &Guest<'_>) -> (Answer, Duration) {
    let began = Instant::now();
    loop {
        let answer = guest.preview(&dinner()).await;
        if answer.status == status || began.elapsed() > Duration::from_secs(20) {
            return (answer, began.elapsed());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_proxy_confirms_what_another_has_previewed_and_a_logout_is_obeyed_by_all_within_a_second() {
    let server = ScratchPostgres::start();
    let store = store(&server);
    let one = TestApp::spawn_over(store.clone(), Limits::default()).await;
    let other = TestApp::spawn_over(store, Limits::default()).await;
    let here = one.guest(IVAN).await;
    let there = Guest { app: &other, token: here.token.clone() };
    let preview = here.preview(&dinner()).await.ok();
    assert_eq!(there.confirm_once("once", &preview, 1_000).await.ok()["state"], "confirmed");
    assert_eq!(here.confirm_once("once", &preview, 1_000).await.ok()["state"], "confirmed");
    assert_eq!((one.accepted(Kind::Confirmed), other.accepted(Kind::Confirmed)), (0, 1));
    // What a later preview has made out of date at one proxy is out of date at the other.
    let old = here.preview(&dinner()).await.ok();
    let new = there.preview_again(&old["order_id"], &dinner()).await.ok();
    here.confirm(&old, 0).await.refused(409, "preview_outdated");
    there.confirm(&new, 0).await.ok();

    there.preview(&dinner()).await.ok();
    here.post("/api/v1/logout", &json!({})).await;
    // Here at once, and whatever is no preview everywhere at once.
    here.preview(&dinner()).await.refused(401, "not_logged_in");
    there.confirm(&old, 0).await.refused(401, "not_logged_in");
    let (answer, took) = until(401, &there).await;
    answer.refused(401, ErrorCode::NotLoggedIn.as_str());
    // A request that had begun before may take its time on a busy machine.
    assert!(took < Duration::from_secs(3), "{took:?}");
    one.finish().await;
    other.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_store_no_session_is_remembered_for_long() {
    let server = ScratchPostgres::start();
    let app = TestApp::spawn_over(store(&server), Limits::default()).await;
    let guest = app.guest(IVAN).await;
    guest.preview(&dinner()).await.ok();
    server.freeze();
    let (answer, took) = until(503, &guest).await;
    answer.refused(503, "store_unavailable");
    // A second for which it is remembered, two in which the store is given up.
    assert!(took < Duration::from_secs(4), "{took:?}");
    server.thaw();
    guest.preview(&dinner()).await.ok();
    app.finish().await;
}
