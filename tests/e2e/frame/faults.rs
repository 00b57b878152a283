//! Where there is no frame, where it goes or comes anew, and where the page does too much.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use super::Framed;
use super::framed::cart_for;
use crate::browser::Kind;
use crate::embedding::{EMPTY, FRAME};
use crate::pages::PHONE;
use crate::stage::{IVAN, MARIA, Setting, copy_widget};

/// What a guest reads where the frame cannot be had.
const SENTENCE: &str = "Программа лояльности сейчас недоступна. Заказ можно оформить без неё.";

/// How soon guest and host must know.
const AT_ONCE: Duration = Duration::from_secs(1);

/// What the element itself says, in place of a frame.
const SAID: &str = "return widget.shadowRoot.querySelector('[role=alert]')?.textContent ?? ''";

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
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "frame_blocked" }));
    assert!(opened.elapsed() < AT_ONCE, "told after {:?}", opened.elapsed());
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

/// A proxy that takes connections and says nothing, until it is let go: then it answers what it was asked, and whatever comes
/// later, with this page.
struct Silent {
    address: SocketAddr,
    speaks: Arc<(Mutex<bool>, Condvar)>,
}

impl Silent {
    fn start(page: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let speaks = Arc::new((Mutex::new(false), Condvar::new()));
        let gate = Arc::clone(&speaks);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let gate = Arc::clone(&gate);
                std::thread::spawn(move || answer_when_let_go(stream, &gate, page));
            }
        });
        Self { address, speaks }
    }

    fn let_go(&self) {
        *self.speaks.0.lock().expect("nobody has failed") = true;
        self.speaks.1.notify_all();
    }
}

fn answer_when_let_go(mut stream: TcpStream, gate: &(Mutex<bool>, Condvar), page: &str) {
    // A browser opens connections ahead, and says nothing on them for long.
    let Ok(1..) = stream.read(&mut [0; 8192]) else { return };
    let is_open = gate.0.lock().expect("nobody has failed");
    let is_open = gate.1.wait_while(is_open, |is_open| !*is_open).expect("nobody has failed");
    drop(is_open);
    let head = "Content-Type: text/html\r\nAccess-Control-Allow-Origin: *\r\nConnection: close";
    // Whom a probe has given up nobody listens to.
    drop(write!(stream, "HTTP/1.1 200 OK\r\n{head}\r\nContent-Length: {}\r\n\r\n{page}", page.len()));
}

/// Puts an element into a page that is loaded: a driver waits until every frame of a page is.
async fn add(framed: &Framed, element: &str) {
    let add = "window.began = performance.now(); document.body.innerHTML = arguments[0]";
    framed.stage.browser.run(add, vec![json!(element)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_of_which_nothing_is_heard_is_told_within_a_second_until_it_speaks_after_all() {
    let framed = Framed::start(Setting::default(), &["pirogi"]).await;
    let silent = Silent::start(
        "<script>
            addEventListener('message', ({ ports: [port] }) => {
                port.postMessage({ type: 'welcome', version: 1 });
                port.postMessage({ type: 'event', name: 'loyalty-ready', detail: {} });
            });
            parent.postMessage({ type: 'loyalty-checkout:here' }, '*');
        </script>",
    );
    let element = FRAME.replace("restaurant=", &format!("proxy=\"http://{}/\" restaurant=", silent.address));
    // When it is told, by the page's own clock: this test hears of it by and by.
    let head =
        "<script>addEventListener('loyalty-error', () => (window.told ??= performance.now()))</script>";
    framed.show("", head, "").await;
    add(&framed, &element).await;
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "frame_silent" }));
    let after = framed.with_widget("return told - began").await.as_f64().expect("a time");
    assert!(after < 1000.0, "told after {after} ms");
    assert_eq!(framed.with_widget(SAID).await, json!(SENTENCE));

    silent.let_go();
    framed.stage.browser.hears("loyalty-ready", 1).await;
    framed.until(SAID, json!("")).await;
    let is_shown = "return widget.shadowRoot.querySelector('iframe').checkVisibility()";
    assert_eq!(framed.with_widget(is_shown).await, json!(true));
    assert_eq!(framed.errors_heard().await.len(), 1, "it is told once");
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_has_answered_and_goes_elsewhere_before_it_is_loaded_is_found_out() {
    let framed = Framed::start(Setting::default(), &["pirogi"]).await;
    // It is welcome before its picture has come, which never does; then it goes where no widget is.
    let silent = Silent::start("");
    let script = format!(
        "addEventListener('message', ({{ ports: [port] }}) => {{
             port.onmessage = ({{ data: {{ id }} }}) => id && port.postMessage({{ type: 'answer', id, value: true }});
             port.postMessage({{ type: 'welcome', version: 1, still: true }});
             port.postMessage({{ type: 'event', name: 'loyalty-ready', detail: {{}} }});
             setTimeout(() => location.assign('{}{EMPTY}'), 50);
         }});
         new Image().src = 'http://{}/';
         parent.postMessage({{ type: 'loyalty-checkout:here' }}, '*');",
        framed.stage.site().origin(),
        silent.address
    );
    let proxy = framed.false_proxy(&script);
    framed.show("", "", "").await;
    add(&framed, &FRAME.replace("restaurant=", &format!("proxy=\"{proxy}/\" restaurant="))).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "frame_blocked" }));
    assert_eq!(framed.with_widget(SAID).await, json!(SENTENCE));
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(false), "nobody is asked");
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_is_too_busy_to_say_that_it_is_still_there_is_found_again() {
    let framed = Framed::start(Setting::default(), &["pirogi"]).await;
    // It is welcome before it is loaded, as it waits for its picture.
    let silent = Silent::start("");
    let proxy = framed.false_proxy(&format!(
        "const asked = [];
         addEventListener('message', ({{ data, ports: [port] }}) => {{
             if (data === 'wake') return asked.splice(0).forEach((say) => say());
             // As ours does, it takes the first greeting only.
             if (window.isGreeted) return;
             window.isGreeted = true;
             port.onmessage = ({{ data: {{ id }} }}) =>
                 id && asked.push(() => port.postMessage({{ type: 'answer', id, value: true }}));
             port.postMessage({{ type: 'welcome', version: 1, still: true }});
             port.postMessage({{ type: 'event', name: 'loyalty-ready', detail: {{}} }});
         }});
         new Image().src = 'http://{}/';
         parent.postMessage({{ type: 'loyalty-checkout:here' }}, '*');",
        silent.address
    ));
    framed.show("", "", "").await;
    add(&framed, &FRAME.replace("restaurant=", &format!("proxy=\"{proxy}/\" restaurant="))).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    silent.let_go();
    framed.stage.browser.hears("loyalty-error", 1).await;
    framed.until(SAID, json!(SENTENCE)).await;
    framed
        .with_widget("widget.shadowRoot.querySelector('iframe').contentWindow.postMessage('wake', '*')")
        .await;
    framed.until(SAID, json!("")).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_whose_knock_comes_later_than_its_answer_is_not_given_up() {
    let framed = Framed::open_with_cart().await;
    // On a busy machine the answer to the greeting of its load may overtake it.
    framed.inside("parent.postMessage({ type: 'loyalty-checkout:here' }, '*')").await;
    // As long as a document may take that has knocked, and the proxy to be probed.
    tokio::time::sleep(Duration::from_secs(6)).await;
    assert_eq!(framed.with_widget(SAID).await, json!(""));
    assert!(framed.errors_heard().await.is_empty(), "nothing is amiss");
    framed.stage.log_in(IVAN).await;
    framed.stage.preview().asks_for("480 ₽").await;
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
    framed.stage.browser.run("location.href = 'about:blank'", Vec::new()).await;
    framed.stage.browser.run("history.back()", Vec::new()).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    framed.stage.hand_over(cart_for(480)).await;
    framed.stage.log_in(IVAN).await;
    framed.stage.browser.widget().shows("480 ₽").await;
    framed.finish().await;
}
