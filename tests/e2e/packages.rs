//! The components of React and Vue on a page, as the examples of `packages` use them. `cargo xtask test` bundles the pages.

use std::path::Path;

use serde_json::json;

use crate::examples::log_in;
use crate::host::Host;
use crate::stage::Stage;

/// Keeps what a framework complains of.
const LISTEN: &str = "<script>
    window.complaints = [];
    for (const name of ['error', 'warn']) console[name] = (...words) => complaints.push(words.join(' '));
</script>";

/// The example bundled with a framework, on a page that has nothing but a place for it.
async fn open(bundle: &str) -> Stage {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/packages").join(bundle);
    let script = std::fs::read(&file).unwrap_or_else(|_| {
        panic!(
            "there is no {}; `cargo xtask test --only packages` and `--only e2e` bundle it",
            file.display()
        )
    });
    let body = format!("<div id=\"root\"></div><script type=\"module\" src=\"/widget/{bundle}\"></script>");
    Host::without_script(LISTEN, &body).with_file(bundle, &script).open().await
}

/// Logs in, lets the order grow, confirms, and takes the component away.
async fn whole_way(bundle: &str) {
    let stage = open(bundle).await;
    stage.browser.hears("loyalty-ready", 1).await;
    let keep = "window.first = document.querySelector('loyalty-checkout')";
    stage.browser.run(keep, Vec::new()).await;
    let again = "return loaded.then((made) => [
        document.querySelectorAll('script[src$=\"element.js\"]').length, made === customElements.get('loyalty-checkout')])";
    assert_eq!(stage.browser.run(again, Vec::new()).await, json!([1, true]));

    log_in(&stage).await;
    stage.browser.page().shows("To pay: 480.00").await;
    stage.browser.page().press("One more pie").await;
    stage.browser.page().shows("To pay: 960.00").await;
    let stays = "return first === document.querySelector('loyalty-checkout') && first.isConnected";
    assert_eq!(stage.browser.run(stays, Vec::new()).await, json!(true), "another cart mounts nothing anew");
    assert_eq!(stage.browser.heard("loyalty-ready").await.len(), 1);

    assert_eq!(stage.with_widget("return widget.confirm()").await, json!(true));
    let order = stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!(order["state"], "confirmed");
    stage.browser.page().has("button", "Pay").await;

    stage.browser.run("unmount()", Vec::new()).await;
    let is_gone = "return [document.querySelector('loyalty-checkout'), first.shadowRoot.childElementCount]";
    assert_eq!(stage.browser.run(is_gone, Vec::new()).await, json!([null, 0]));
    assert_eq!(stage.browser.run("return complaints", Vec::new()).await, json!([]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_goes_the_whole_way_on_a_page_of_react() {
    whole_way("react-19.js").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_goes_the_whole_way_on_a_page_of_react_18() {
    whole_way("react-18.js").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_goes_the_whole_way_on_a_page_of_vue() {
    whole_way("vue.js").await;
}
