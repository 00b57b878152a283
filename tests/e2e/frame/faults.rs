//! Where there is no frame, where it goes or comes anew, and where the page does too much.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::json;

use super::Framed;
use super::framed::{SAID, SENTENCE, cart_for};
use crate::browser::Kind;
use crate::embedding::{EMPTY, FRAME};
use crate::pages::PHONE;
use crate::stage::{IVAN, MARIA, Setting, copy_widget};

/// How soon guest and host must know.
const AT_ONCE: Duration = Duration::from_secs(1);

/// Where nobody listens: a port that was free a moment ago, and one that no browser refuses to try.
fn nobodys_origin() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    format!("http://{}", listener.local_addr().expect("its address"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_the_restaurant_has_not_allowed_is_told_within_a_second_and_what_to_do() {
    let framed = Framed::start(Setting::default(), &["lapsha"]).await;
    framed.show("", "", FRAME).await;
    let opened = Instant::now();
    let first = framed.stage.browser.hears("loyalty-error", 1).await;
    assert!(opened.elapsed() < AT_ONCE, "told after {:?}", opened.elapsed());
    if Kind::chosen() == Kind::Firefox {
        // A busy one shows its page of the error later than a frame may be silent; then the page hears of both.
        let newest = "return witness.heard['loyalty-error'].at(-1)";
        framed.until(newest, json!({ "code": "frame_blocked" })).await;
    } else {
        assert_eq!(first, json!({ "code": "frame_blocked" }));
    }
    assert_eq!(framed.with_widget(SAID).await, json!(SENTENCE));
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(false));
    framed.with_widget("widget.language = 'en'").await;
    framed.until("return widget.shadowRoot.querySelector('button').textContent", json!("Try again")).await;

    // The restaurant allows the page of one of its other names; the guest tries again.
    framed.with_widget("widget.restaurant = 'lapsha'").await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    assert_eq!(framed.with_widget(SAID).await, json!(""));
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_the_pages_own_policy_forbids_is_told_and_found() {
    let framed = Framed::start(Setting::default(), &["pirogi"]).await;
    let proxy = framed.proxy();
    let policy = format!("Content-Security-Policy: frame-src 'none'; script-src {proxy} 'unsafe-inline'\r\n");
    framed.show(&policy, "", FRAME).await;
    // Firefox tells a page nothing of a frame that it does not load.
    let code = if Kind::chosen() == Kind::Firefox { "frame_silent" } else { "frame_blocked" };
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": code }));
    assert_eq!(framed.with_widget(SAID).await, json!(SENTENCE));
    assert_eq!(framed.finds().await, json!(["csp_blocked"]));
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_not_there_is_told_within_a_second_and_a_retry_brings_the_frame() {
    let framed = Framed::start(Setting::default(), &["pirogi"]).await;
    let nobody = format!("proxy=\"{}/\" restaurant=", nobodys_origin());
    let body = FRAME.replace("restaurant=", &nobody);
    framed.show("", "", &body).await;
    let opened = Instant::now();
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "load_failed" }));
    assert!(opened.elapsed() < AT_ONCE, "told after {:?}", opened.elapsed());
    assert_eq!(framed.with_widget(SAID).await, json!(SENTENCE));
    assert_eq!(framed.finds().await, json!(["proxy_unreachable"]));
    framed.with_widget("widget.removeAttribute('proxy')").await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offline_the_sentence_has_a_retry_that_works_by_keyboard_once_the_network_is_back() {
    let framed = Framed::open_with_cart().await;
    framed.stage.browser.set_offline(true).await;
    framed.with_widget("document.body.append(widget)").await;
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "load_failed" }));
    framed.stage.browser.set_offline(false).await;
    framed.with_widget("widget.focus()").await;
    let enter = char::from(fantoccini::key::Key::Enter).to_string();
    framed.stage.browser.page().type_where_focused(&enter).await;
    framed.stage.browser.hears("loyalty-ready", 2).await;
    let is_focused = async |_| framed.stage.browser.widget().focused().await == PHONE;
    framed.stage.browser.widget().until("focuses the phone", is_focused).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_whose_own_script_is_kept_out_is_told() {
    let pages = tempfile::tempdir().expect("a folder");
    copy_widget(pages.path(), |_| true);
    std::fs::remove_file(pages.path().join("element.js")).expect("it was there");
    let setting = Setting { widget_dir: pages.path().to_owned(), ..Setting::default() };
    let framed = Framed::start(setting, &["pirogi"]).await;
    framed.show("", "", FRAME).await;
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "load_failed" }));
    assert_eq!(framed.with_widget(SAID).await, json!(SENTENCE));
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_loads_itself_anew_or_is_moved_is_handed_everything_again() {
    let framed = Framed::open_with_cart().await;
    framed.with_widget("widget.texts = { PhoneTitle: 'Ягоды' }; widget.language = 'en'").await;
    framed.stage.browser.widget().shows("Ягоды").await;
    framed.inside("location.reload()").await;
    framed.stage.browser.hears("loyalty-ready", 2).await;
    framed.stage.browser.widget().shows("Ягоды").await;
    framed.with_widget("document.body.append(document.createElement('main')); document.querySelector('main').append(widget)").await;
    framed.stage.browser.hears("loyalty-ready", 3).await;
    framed.stage.browser.widget().shows("Ягоды").await;
    framed.with_widget("widget.language = 'ru'").await;
    framed.stage.log_in(IVAN).await;
    framed.stage.browser.widget().shows("480 ₽").await;
    assert!(framed.errors_heard().await.is_empty());
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_goes_where_no_widget_is_is_told_and_comes_back_by_a_retry() {
    let framed = Framed::open().await;
    let elsewhere = format!("setTimeout(() => location.assign('{}{EMPTY}'))", framed.stage.site().origin());
    framed.inside(&elsewhere).await;
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "frame_blocked" }));
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(false));
    framed.with_widget("widget.shadowRoot.querySelector('button').click()").await;
    framed.stage.browser.hears("loyalty-ready", 2).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_carts_in_a_second_are_calculated_once() {
    let framed = Framed::open_with_cart().await;
    framed.stage.log_in(MARIA).await;
    let count = "return performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/preview')).length";
    let before = framed.inside(count).await.as_u64().expect("a number");
    let many = "
        const began = performance.now();
        for (let times = 1; times <= 1000; times++) {
            const cart = structuredClone(widget.cart);
            cart.lines[0].unit_price_minor = 100 * times;
            widget.updateCart(cart);
        }
        return performance.now() - began;
    ";
    let took_ms = framed.with_widget(many).await.as_f64().expect("a time");
    framed.stage.browser.widget().shows("1 000 ₽").await;
    let after = framed.inside(count).await.as_u64().expect("a number");
    assert_eq!(after - before, 1, "one request for the last");
    assert!(took_ms < 1000.0, "{took_ms} ms");
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_cart_is_told_by_an_event_and_the_last_one_stays() {
    let framed = Framed::open_with_cart().await;
    let wrong = "
        const wrong = [null, undefined, 7, 'cart', [], {}, () => {}, { lines: 'none' }, { lines: [1n] },
            { get lines() { throw new Error('the page is broken'); } }];
        for (const cart of wrong) widget.updateCart(cart);
        return wrong.length;
    ";
    let count = framed
        .with_widget(wrong)
        .await
        .as_u64()
        .and_then(|count| usize::try_from(count).ok())
        .expect("a count");
    assert_eq!(framed.errors_heard().await, vec![json!("invalid_cart"); count]);
    // This one only the widget can tell.
    framed
        .with_widget(
            "widget.cart = { currency: 'RUB', expedition: 'pickup', lines: [{ quantity_milli: 0.5 }] }",
        )
        .await;
    framed.stage.browser.hears("loyalty-error", count + 1).await;
    assert_eq!(framed.with_widget("return widget.cart.lines[0].code").await, json!("pelmeni"));
    framed.stage.log_in(IVAN).await;
    framed.stage.browser.widget().shows("480 ₽").await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_taken_out_in_mid_request_or_destroyed_leaves_nothing_behind() {
    let framed = Framed::open_with_cart().await;
    framed.stage.log_in(IVAN).await;
    let removed = "const answer = widget.confirm(); widget.remove(); return answer.then(String, ({ name, code }) => [name, code])";
    assert_eq!(framed.with_widget(removed).await, json!(["LoyaltyFrameError", "disconnected"]));
    framed.with_widget("document.body.append(document.createElement('loyalty-checkout-frame'))").await;
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "no_restaurant" }));
    framed.with_widget("widget.restaurant = 'pirogi'").await;
    framed.stage.browser.hears("loyalty-ready", 2).await;
    framed
        .with_widget(
            "widget.destroy(); widget.restaurant = 'chashka'; widget.cart = {}; document.body.append(widget)",
        )
        .await;
    assert_eq!(
        framed
            .with_widget("return [widget.shadowRoot.querySelectorAll('iframe').length, frames.length]")
            .await,
        json!([0, 0])
    );
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_left_and_come_back_to_has_its_widget() {
    let framed = Framed::open_with_cart().await;
    let page = framed.stage.browser.page();
    let is_blank = "return location.href === 'about:blank'";
    framed.stage.browser.run("location.href = 'about:blank'", Vec::new()).await;
    let is_away = async |_| framed.stage.browser.run(is_blank, Vec::new()).await == json!(true);
    page.until("is another", is_away).await;
    framed.stage.browser.go_back().await;
    let is_back = async |_| framed.stage.browser.run(is_blank, Vec::new()).await == json!(false);
    page.until("is back", is_back).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    framed.stage.hand_over(cart_for(480)).await;
    framed.stage.log_in(IVAN).await;
    framed.stage.browser.widget().shows("480 ₽").await;
    framed.finish().await;
}
