//! A frame of which nothing is heard, or not what was expected: whether its document is there, still there, or another.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::json;

use super::Framed;
use super::framed::{SAID, SENTENCE};
use crate::embedding::{EMPTY, FRAME};
use crate::stage::{IVAN, Setting};

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

/// Shows a frame of this script, which knocks, and is not loaded before its picture has come.
async fn show_unloaded(framed: &Framed, script: &str) -> Silent {
    let picture = Silent::start("");
    let proxy = framed.false_proxy(&format!(
        "{script}
         new Image().src = 'http://{}/';
         parent.postMessage({{ type: 'loyalty-checkout:here' }}, '*');",
        picture.address
    ));
    framed.show("", "", "").await;
    add(framed, &FRAME.replace("restaurant=", &format!("proxy=\"{proxy}/\" restaurant="))).await;
    picture
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
    let script = format!(
        "addEventListener('message', ({{ ports: [port] }}) => {{
             port.onmessage = ({{ data: {{ id }} }}) => id && port.postMessage({{ type: 'answer', id, value: true }});
             port.postMessage({{ type: 'welcome', version: 1, still: true }});
             port.postMessage({{ type: 'event', name: 'loyalty-ready', detail: {{}} }});
             setTimeout(() => location.assign('{}{EMPTY}'), 50);
         }});",
        framed.stage.site().origin()
    );
    let _picture = show_unloaded(&framed, &script).await;
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
    let script = "
        const asked = [];
         addEventListener('message', ({ data, ports: [port] }) => {
             if (data === 'wake') return asked.splice(0).forEach((say) => say());
             // As ours does, it takes the first greeting only.
             if (window.isGreeted) return;
             window.isGreeted = true;
             port.onmessage = ({ data: { id } }) =>
                 id && asked.push(() => port.postMessage({ type: 'answer', id, value: true }));
             port.postMessage({ type: 'welcome', version: 1, still: true });
             port.postMessage({ type: 'event', name: 'loyalty-ready', detail: {} });
         });";
    let picture = show_unloaded(&framed, script).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    picture.let_go();
    framed.stage.browser.hears("loyalty-error", 1).await;
    framed.until(SAID, json!(SENTENCE)).await;
    framed
        .with_widget("widget.shadowRoot.querySelector('iframe').contentWindow.postMessage('wake', '*')")
        .await;
    framed.until(SAID, json!("")).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_has_failed_and_says_that_it_is_still_there_is_no_widget() {
    let framed = Framed::start(Setting::default(), &["pirogi"]).await;
    // It is welcome, and has failed, before it is loaded, as it waits for its picture.
    let script = "
        addEventListener('message', ({ ports: [port] }) => {
             if (window.isGreeted) return;
             window.isGreeted = true;
             port.onmessage = ({ data: { id } }) => {
                 if (!id) return;
                 port.postMessage({ type: 'answer', id, value: true });
                 port.postMessage({ type: 'event', name: 'loyalty-logout', detail: {} });
             };
             port.postMessage({ type: 'welcome', version: 1, still: true });
             port.postMessage({ type: 'failed' });
         });";
    let picture = show_unloaded(&framed, script).await;
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "load_failed" }));
    picture.let_go();
    // It has been asked, and has answered.
    framed.stage.browser.hears("loyalty-logout", 1).await;
    assert_eq!(framed.with_widget(SAID).await, json!(SENTENCE));
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
