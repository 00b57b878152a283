//! What a page, or anybody on it, can send: nothing of it changes anything.

use serde_json::json;

use super::Framed;
use crate::embedding::FRAME;
use crate::stage::IVAN;

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_are_not_the_frames_change_nothing_on_the_page_and_are_found() {
    let framed = Framed::open_with_cart().await;
    framed.stage.log_in(IVAN).await;
    let send = "
        const here = { type: 'loyalty-checkout:here' };
        const frame = widget.shadowRoot.querySelector('iframe').contentWindow;
        postMessage(here, '*');
        postMessage({ type: 'event', name: 'loyalty-confirm', detail: {} }, '*');
        postMessage({ type: 'height', px: 1 }, '*');
        postMessage(null, '*');
        postMessage(new Map([['type', 'loyalty-checkout:here']]), '*');
        // A forged one, with the frame's own window and origin.
        const origin = new URL(widget.shadowRoot.querySelector('iframe').src).origin;
        dispatchEvent(new MessageEvent('message', { data: here, source: frame, origin }));
        // A frame of nobody.
        const stranger = document.createElement('iframe');
        stranger.srcdoc = `<script>parent.postMessage({ type: 'loyalty-checkout:here' }, '*')</script>`;
        document.body.append(stranger);
        return new Promise((go) => (stranger.onload = () => setTimeout(go)));
    ";
    framed.with_widget(send).await;
    assert!(framed.stage.browser.heard("loyalty-confirm").await.is_empty());
    assert_eq!(framed.finds().await, json!(["frame_messages"]), "it still answers, and tells");
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(true));
    framed.stage.browser.hears("loyalty-confirm", 1).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_to_the_frame_that_are_not_its_pages_first_greeting_change_nothing() {
    let framed = Framed::open_with_cart().await;
    framed.stage.log_in(IVAN).await;
    let send = "
        const frame = widget.shadowRoot.querySelector('iframe').contentWindow;
        const state = { cart: { currency: 'RUB', expedition: 'pickup', lines: [] }, language: 'en' };
        const greet = (message) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = ({ data }) => (window.answered = data);
            frame.postMessage(message, '*', [port2]);
        };
        // Said again, by the page itself and by a frame beside.
        greet({ type: 'loyalty-checkout:hello', versions: [1], state });
        greet({ type: 'loyalty-checkout:hello', versions: 'all', state });
        frame.postMessage({ type: 'loyalty-checkout:hello', versions: [1], state }, '*');
        frame.postMessage({ type: 'state', state }, '*');
        frame.postMessage('loyalty-checkout:hello', '*');
        const stranger = document.createElement('iframe');
        stranger.srcdoc = `<script>
            const { port2 } = new MessageChannel();
            parent.frames[0].postMessage({ type: 'loyalty-checkout:hello', versions: [1], state: { language: 'en' } }, '*', [port2]);
        </script>`;
        document.body.append(stranger);
        return new Promise((go) => (stranger.onload = () => setTimeout(go)));
    ";
    framed.with_widget(send).await;
    assert_eq!(framed.finds().await, json!(["frame_messages"]), "it still answers its page, and tells");
    assert_eq!(framed.with_widget("return window.answered ?? null").await, json!(null));
    framed.stage.browser.widget().shows("480 ₽").await;
    framed.stage.browser.widget().shows("К оплате").await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_keeps_every_message_to_itself_has_the_widget_all_the_same() {
    let head = "<script>
        addEventListener('message', (event) => event.stopImmediatePropagation(), true);
        for (const name of ['load', 'focusin', 'keydown', 'click']) addEventListener(name, (event) => event.stopPropagation(), true);
    </script>";
    let framed = Framed::with(head, FRAME).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    framed.stage.hand_over(crate::host::cart()).await;
    framed.stage.log_in(IVAN).await;
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(true));
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_under_a_strict_policy_with_trusted_types_needs_only_the_proxys_address() {
    let framed = Framed::start(crate::stage::Setting::default(), &["pirogi"]).await;
    let proxy = framed.proxy();
    let policy = format!(
        "Content-Security-Policy: default-src 'none'; script-src {proxy}; frame-src {proxy}; \
         require-trusted-types-for 'script'; trusted-types 'none'\r\n"
    );
    framed.show(&policy, "", FRAME).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    framed.stage.hand_over(crate::host::cart()).await;
    framed.stage.log_in(IVAN).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxys_address_that_is_none_leads_to_where_the_script_came_from() {
    for none in ["http://[", "mailto:loyalty@example.com"] {
        let element = FRAME.replace("restaurant=", &format!("proxy=\"{none}\" restaurant="));
        let framed = Framed::with("", &element).await;
        framed.stage.browser.hears("loyalty-ready", 1).await;
        assert_eq!(framed.finds().await, json!([]), "{none}");
        framed.finish().await;
    }
}
