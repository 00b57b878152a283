//! A frame that speaks otherwise than ours: another version, no answers, words nobody knows.

use serde_json::json;

use super::Framed;
use crate::stage::Setting;

/// A frame of this script, which has `port` once it is greeted.
async fn open(script: &str) -> Framed {
    let framed = Framed::start(Setting::default(), &["pirogi"]).await;
    let proxy = framed.false_proxy(&format!(
        "addEventListener('message', ({{ data, ports: [port] }}) => {{ {script} }});
         parent.postMessage({{ type: 'loyalty-checkout:here' }}, '*');"
    ));
    // What takes the page ten seconds is over at once when `hurry()` is called; what a driver waits for takes longer.
    let head = "<script>
        const later = window.setTimeout;
        const waiting = [];
        window.setTimeout = (then, ms, ...rest) => ms === 10000 ? (waiting.push(then), 0) : later(then, ms, ...rest);
        window.hurry = () => waiting.splice(0).forEach((then) => then());
    </script>";
    let element =
        format!("<loyalty-checkout-frame restaurant=\"pirogi\" proxy=\"{proxy}/\"></loyalty-checkout-frame>");
    framed.show("", head, &element).await;
    framed
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_of_another_version_is_told_and_found() {
    let framed = open("port.postMessage({ type: 'refused', versions: [2] })").await;
    assert_eq!(framed.stage.browser.hears("loyalty-error", 1).await, json!({ "code": "frame_version" }));
    assert_eq!(framed.errors_heard().await.len(), 1, "it is told once");
    assert_eq!(framed.finds().await, json!(["frame_version"]));
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_never_answers_is_an_error_of_its_own_type_and_breaks_nothing() {
    let framed = open("port.postMessage({ type: 'welcome', version: 1 }); port.postMessage({ type: 'event', name: 'loyalty-ready', detail: {} })").await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    let ask = "window.asked = widget.confirm().catch(({ name, code }) => [name, code]); widget.reset()";
    framed.with_widget(ask).await;
    framed.with_widget("hurry()").await;
    assert_eq!(framed.with_widget("return asked").await, json!(["LoyaltyFrameError", "timeout"]));
    // Nobody has waited for the other: `finish` would find an error nobody has caught.
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_nobody_knows_and_wrong_shapes_change_nothing_and_are_found() {
    let framed = open(
        "const say = (message) => port.postMessage(message);
         say({ type: 'height', px: 100 });
         say({ type: 'welcome', version: 1 });
         for (const wrong of [
             null, 7, 'welcome', {}, { type: 'dance' }, { type: 'height', px: 'high' }, { type: 'height', px: NaN },
             { type: 'height', px: 1e9 }, { type: 'height', px: -1 }, { type: 'answer', id: 7, value: true },
             { type: 'event', name: 'click', detail: {} }, { type: 'event', name: 'loyalty-steal' },
             { type: 'event', name: { toString: 'loyalty-ready' } }, { type: 'welcome', version: 1 },
         ]) say(wrong);
         say({ type: 'height', px: 700 });
         port.onmessage = ({ data: { id, method } }) => id && say({ type: 'answer', id, value: method === 'doctor' ? [] : true });",
    )
    .await;
    framed.until("return widget.shadowRoot.querySelector('iframe').style.height", json!("700px")).await;
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(true));
    assert_eq!(framed.finds().await, json!(["frame_messages"]));
    assert!(framed.errors_heard().await.is_empty());
    framed.finish().await;
}
