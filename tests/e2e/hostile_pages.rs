//! Pages that are hard on what they embed: strict policies, styles that reset everything, events cut off, closed shadow
//! roots, the script loaded twice or where there is no page.

use serde_json::{Value, json};

use crate::host::{ELEMENT, Host, cart};
use crate::pages::PHONE;
use crate::stage::{IVAN, Stage};

/// No inline script or style, no `eval`, no string that becomes script or markup, nothing from anywhere else.
const STRICT: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'\">";

/// Logs in and spends, up to the confirmed order.
async fn whole_way(stage: &Stage) {
    stage.log_in(IVAN).await;
    stage.preview().type_spend("100").await;
    stage.preview().asks_for("380 ₽").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.browser.hears("loyalty-confirm", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_way_works_under_a_strict_policy_with_trusted_types() {
    let stage = Host::new(STRICT, ELEMENT).open().await;
    // WebKit asks for the site's icon, which is none of the widget's doing.
    let watch = "
        window.broken = [];
        addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
            if (!blockedURI.endsWith('/favicon.ico')) broken.push(`${effectiveDirective} ${blockedURI}`);
        })";
    stage.browser.run(watch, Vec::new()).await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.hand_over(cart()).await;
    whole_way(&stage).await;
    stage.confirmed().show_payment_code().await;
    let digits = stage.payment_code().eight_digits().await;
    stage.payment_code().scans_as(&digits).await;
    assert_eq!(stage.browser.run("return broken", Vec::new()).await, json!([]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn styles_that_reset_everything_change_nothing_inside() {
    let looks = "
        const input = widget.shadowRoot.querySelector('input');
        const button = widget.shadowRoot.querySelector('button');
        const look = (one) => {
            const { height, width } = one.getBoundingClientRect();
            const { letterSpacing, textTransform, fontWeight, color } = getComputedStyle(one);
            return [height, width, letterSpacing, textTransform, fontWeight, color];
        };
        return [look(input), look(button)];
    ";
    let stage = Host::new("<style>body { margin: 0 }</style>", ELEMENT).open_with_cart().await;
    let plain = stage.with_widget(looks).await;
    stage.finish().await;

    let reset = "<style>
        *, *::before { all: unset !important; color: lime !important }
        html {
            letter-spacing: 9px !important; text-transform: uppercase !important; text-indent: 3em !important;
            white-space: pre !important; word-spacing: 2em !important;
        }
        button, input, form, div { display: none !important; opacity: 0 !important; height: 1px !important }
    </style>";
    let stage = Host::new(reset, ELEMENT).open_with_cart().await;
    assert_eq!(stage.with_widget(looks).await, plain);
    whole_way(&stage).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_go_no_further_than_the_window_do_not_stop_the_widget() {
    let stop = "<script>
        for (const name of ['click', 'input', 'change', 'submit', 'keydown', 'keyup', 'focusin', 'pointerdown']) {
            addEventListener(name, (event) => event.stopPropagation());
            document.addEventListener(name, (event) => event.stopImmediatePropagation());
        }
    </script>";
    let stage = Host::new(stop, ELEMENT).open_with_cart().await;
    whole_way(&stage).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inside_closed_shadow_roots_it_works_and_is_heard() {
    let body = "<div id=\"outer\"></div><script>
        const outer = document.querySelector('#outer').attachShadow({ mode: 'closed' });
        const inner = document.createElement('div');
        outer.append(inner);
        const root = inner.attachShadow({ mode: 'closed' });
        window.widget = document.createElement('loyalty-checkout');
        widget.restaurant = 'pirogi';
        root.append(widget);
    </script>";
    let stage = Host::new("", body).open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    let ask = "
        const input = widget.shadowRoot.querySelector('input');
        input.focus();
        input.value = arguments[0];
        input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
        input.form.requestSubmit();
    ";
    stage.browser.run(ask, vec![json!(IVAN)]).await;
    let code = stage.inbox().code_for(IVAN).await;
    let enter = "
        const input = widget.shadowRoot.querySelector('input');
        input.value = arguments[0];
        input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    ";
    let is_asked = async |_| {
        stage.browser.run("return widget.shadowRoot.querySelector('input').id", Vec::new()).await
            == json!("code")
    };
    stage.browser.page().until("asks for the code", is_asked).await;
    stage.browser.run(enter, vec![json!(code)]).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_loaded_twice_does_nothing_the_second_time_and_says_so_once() {
    let watch = "<script>window.said = []; console.warn = (text) => said.push(text);</script>";
    let stage = Host::new(watch, ELEMENT).open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    let again =
        "return import('/widget/element.js?2').then(() => import('/widget/element.js?3')).then(() => said)";
    let said = stage.browser.run(again, Vec::new()).await;
    let said = said.as_array().expect("a list of warnings");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].as_str().expect("a text").contains("loaded twice"), "{said:?}");
    assert_eq!(stage.browser.heard("loyalty-ready").await.len(), 1);
    stage.browser.widget().has("textbox", PHONE).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_can_be_imported_where_there_is_no_page() {
    let stage = Host::plain().open().await;
    // A worker has neither window nor document nor elements, as a server has none.
    let import = "return new Promise((go) => {
        const code = `import('${location.origin}/widget/element.js').then(
            (element) => postMessage([typeof window, typeof HTMLElement, typeof element.LoyaltyCheckout]),
            (error) => postMessage(String(error)),
        )`;
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' });
        worker.onmessage = (event) => go(event.data);
    })";
    let imported = stage.browser.run(import, Vec::new()).await;
    assert_eq!(imported, json!(["undefined", "undefined", "function"]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_says_before_the_script_arrives_is_heard() {
    let body = format!(
        "<loyalty-checkout></loyalty-checkout><script>
            const early = document.querySelector('loyalty-checkout');
            early.restaurant = 'pirogi';
            early.cart = {};
        </script>",
        cart()
    );
    let stage = Host::new("", &body).open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.log_in(IVAN).await;
    stage.browser.widget().line_is("Заказ", "480 ₽").await;
    let lines = stage.with_widget("return widget.cart.lines.length").await;
    assert_eq!(lines, Value::from(1));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxys_address_that_is_none_leads_to_where_the_script_came_from() {
    for none in ["http://[", "mailto:loyalty@example.com"] {
        let element = ELEMENT.replace("restaurant=", &format!("proxy=\"{none}\" restaurant="));
        let stage = Host::new("", &element).open_with_cart().await;
        stage.log_in(IVAN).await;
        stage.preview().asks_for("480 ₽").await;
        assert_eq!(stage.with_widget("return widget.doctor()").await, json!([]), "{none}");
        stage.finish().await;
    }
}
