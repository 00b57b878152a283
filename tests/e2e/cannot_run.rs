//! Where the widget's program cannot run, or stops running: guest and host learn it, what is typed stays, and there is a
//! way on.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::host::{ELEMENT, Host, cart};
use crate::pages::PHONE;
use crate::stage::{IVAN, Stage};

/// What a guest reads where the widget cannot be had.
const SENTENCE: &str = "Программа лояльности сейчас недоступна. Заказ можно оформить без неё.";

/// How soon guest and host must know.
const AT_ONCE: Duration = Duration::from_secs(1);

/// A real trap at the next thing that happens in the widget, and where `again` at all that follow: the page's clock, which
/// it looks at each time, is an instruction that must not be reached.
const TRAP: &str = "
    const code = [0,97,115,109,1,0,0,0, 1,5,1,96,0,1,124, 3,2,1,0, 7,5,1,1,102,0,0, 10,5,1,3,0,0,11];
    // A driver's script may have errors of its own, which are none of the page's.
    const { WebAssembly } = window;
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(code))).exports;
    const now = performance.now;
    performance.now = () => {
        if (!arguments[0]) performance.now = now;
        return f();
    };
";

async fn trap(stage: &Stage, again: bool) {
    stage.browser.run(TRAP, vec![json!(again)]).await;
}

/// Ends a test in which the page was to see a crash: nothing else has failed.
async fn finish_after_crash(stage: Stage) {
    let errors = stage.browser.errors().await;
    assert!(!errors.is_empty(), "the trap was there");
    // WebKit begins a sentence with it.
    let is_trap = |error: &Value| error.to_string().to_lowercase().contains("unreachable");
    assert!(errors.iter().all(is_trap), "{errors:?}");
    stage.browser.run("witness.errors.length = 0", Vec::new()).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_against_webassembly_is_told_within_a_second() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'\">";
    let stage = Host::new(policy, ELEMENT).open().await;
    let opened = Instant::now();
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "blocked" }));
    stage.browser.widget().alerts(SENTENCE).await;
    assert!(opened.elapsed() < AT_ONCE, "told after {:?}", opened.elapsed());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_webassembly_is_told() {
    let stage = Host::new("<script>delete window.WebAssembly</script>", ELEMENT).open().await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "unsupported" }));
    stage.browser.widget().alerts(SENTENCE).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_script_of_the_widget_is_told() {
    let stage = Host::plain().without("loyalty-checkout.js").open().await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "load_failed" }));
    stage.browser.widget().alerts(SENTENCE).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_restaurant_is_told_and_mended_by_naming_one() {
    let stage = Host::new("", "<loyalty-checkout></loyalty-checkout>").open().await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "no_restaurant" }));
    stage.with_widget("widget.restaurant = 'pirogi'").await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.widget().is_calm().await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_there_after_a_retry() {
    let held = "<script>
        const fetchNow = window.fetch;
        window.fetch = (url, options) => String(url).endsWith('.wasm')
            ? new Promise((_, no) => { window.lose = () => { window.fetch = fetchNow; no(new TypeError('lost')); }; })
            : fetchNow(url, options);
    </script>";
    let stage = Host::new(held, ELEMENT).open().await;
    stage.login().type_phone(IVAN).await;
    stage.browser.run("lose()", Vec::new()).await;
    stage.browser.widget().alerts(SENTENCE).await;
    assert_eq!(stage.browser.widget().focused().await, "Повторить", "who was in the field is not lost");
    stage.browser.widget().press("Повторить").await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.widget().field_is(PHONE, IVAN).await;
    assert_eq!(stage.browser.widget().focused().await, PHONE);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crashed_widget_comes_back_by_itself_with_phone_and_cart() {
    let stage = Host::plain().open_with_cart().await;
    stage.login().type_phone("999000112").await;
    trap(&stage, false).await;
    let crashed = Instant::now();
    stage.browser.widget().type_where_focused("2").await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "crashed" }));
    stage.browser.hears("loyalty-ready", 2).await;
    assert!(crashed.elapsed() < AT_ONCE, "back after {:?}", crashed.elapsed());
    assert_eq!(stage.browser.widget().focused().await, PHONE);

    stage.log_in(IVAN).await;
    stage.browser.widget().line_is("Заказ", "480 ₽").await;
    finish_after_crash(stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_widget_that_crashes_again_shows_the_sentence() {
    let stage = Host::plain().open_with_cart().await;
    stage.login().type_phone("999").await;
    trap(&stage, true).await;
    stage.browser.widget().type_where_focused("0").await;
    stage.browser.widget().alerts(SENTENCE).await;
    assert_eq!(stage.browser.hears("loyalty-error", 2).await, json!({ "code": "crashed" }));
    finish_after_crash(stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_while_a_cart_is_handed_over_does_not_reach_the_page() {
    let stage = Host::plain().open_with_cart().await;
    trap(&stage, false).await;
    stage.hand_over(cart()).await;
    stage.browser.hears("loyalty-ready", 2).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_of_the_pages_own_program_is_not_the_widgets() {
    let stage = Host::plain().open_with_cart().await;
    let throw = "
        const error = new WebAssembly.RuntimeError('unreachable');
        Object.defineProperty(error, 'stack', { value: 'at https://page.example/game.wasm:wasm-function[1]:0x1' });
        dispatchEvent(new ErrorEvent('error', { error, message: 'unreachable' }));
    ";
    stage.browser.run(throw, Vec::new()).await;
    assert!(stage.browser.heard("loyalty-error").await.is_empty());
    stage.browser.widget().has("textbox", PHONE).await;
    finish_after_crash(stage).await;
}
