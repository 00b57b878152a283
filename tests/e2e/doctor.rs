//! What the element says is wrong on a page.

use serde_json::{Value, json};

use crate::host::{ELEMENT, Host};
use crate::stage::Stage;

/// The codes the doctor finds, in order, with their severities; each finding says what to do.
async fn findings(stage: &Stage) -> Vec<(String, String)> {
    let found = stage.with_widget("return widget.doctor()").await;
    let found = found.as_array().expect("a list of findings");
    let text = |finding: &Value, name: &str| {
        let text = finding[name].as_str().expect("a text").to_owned();
        assert!(!text.is_empty(), "{finding}");
        text
    };
    found
        .iter()
        .map(|finding| {
            let _said = (text(finding, "message"), text(finding, "remedy"));
            (text(finding, "code"), text(finding, "severity"))
        })
        .collect()
}

fn error(code: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), "error".to_owned())]
}

fn warning(code: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), "warning".to_owned())]
}

async fn found_on(head: &str, body: &str) -> Vec<(String, String)> {
    let stage = Host::new(head, body).open().await;
    stage.browser.widget().until("is there", async |area| !area.text().await.is_empty()).await;
    let found = findings(&stage).await;
    stage.finish().await;
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_page_has_nothing_wrong_and_loads_no_doctor() {
    let stage = Host::plain().open_with_cart().await;
    let loaded =
        "return performance.getEntriesByType('resource').some((one) => one.name.endsWith('/doctor.js'))";
    assert_eq!(stage.browser.run(loaded, Vec::new()).await, json!(false));
    assert_eq!(findings(&stage).await, []);
    assert_eq!(stage.browser.run(loaded, Vec::new()).await, json!(true));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_own_pages_are_sound() {
    let stage = Stage::open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    assert_eq!(findings(&stage).await, []);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_without_wasm_is_found() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self'\">";
    assert_eq!(found_on(policy, ELEMENT).await, error("csp_wasm"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_blocks_the_proxy_is_found() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"connect-src 'self'\">";
    let body = "<loyalty-checkout restaurant=\"pirogi\" proxy=\"http://127.0.0.2:9/\"></loyalty-checkout>";
    let found = found_on(policy, body).await;
    assert_eq!(found, [error("proxy_unreachable"), error("csp_blocked")].concat());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_and_an_unknown_restaurant_are_found() {
    assert_eq!(found_on("", "<loyalty-checkout></loyalty-checkout>").await, error("no_restaurant"));
    let unknown = "<loyalty-checkout restaurant=\"bistro\"></loyalty-checkout>";
    assert_eq!(found_on("", unknown).await, error("unknown_restaurant"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_origin_the_proxy_does_not_know_is_found() {
    let stage = Host::plain().open_with_cart().await;
    // The same server under another name is another origin.
    stage.with_widget("widget.proxy = location.origin.replace('127.0.0.1', 'localhost')").await;
    assert_eq!(findings(&stage).await, error("origin_not_allowed"));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_no_proxy_is_found() {
    let stage = Host::plain().open_with_cart().await;
    stage.with_widget("widget.proxy = location.origin + '/elsewhere/'").await;
    assert_eq!(findings(&stage).await, error("not_the_proxy"));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_file_is_found() {
    let stage = Host::plain().without("loyalty-checkout_bg.wasm").open().await;
    stage.browser.hears("loyalty-error", 1).await;
    assert_eq!(findings(&stage).await, error("file_missing"));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_loaded_twice_is_found() {
    let stage = Host::plain().open_with_cart().await;
    stage.browser.run("return import('/widget/element.js?2').then(() => null)", Vec::new()).await;
    assert_eq!(findings(&stage).await, warning("double_load"));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_is_found() {
    let stage = Host::plain().open_with_cart().await;
    // A driver's script may have a clock of its own.
    stage
        .browser
        .run("const { Date } = window, { now } = Date; Date.now = () => now() - 3600000", Vec::new())
        .await;
    assert_eq!(findings(&stage).await, warning("clock_skew"));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn colours_that_cannot_be_read_are_found() {
    let style =
        "<style>loyalty-checkout { --loyalty-muted: oklch(0.85 0 0); --loyalty-surface: white }</style>";
    let found = found_on(style, ELEMENT).await;
    assert!(!found.is_empty() && found.iter().all(|one| *one == warning("contrast")[0]), "{found:?}");
}
