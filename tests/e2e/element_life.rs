//! The element comes, is moved, goes, and comes again, alone and beside others.

use serde_json::json;

use crate::host::{ELEMENT, Host, cart};
use crate::pages::{CODE, PHONE, PROMO};
use crate::stage::{IVAN, MARIA};

/// Keeps the programs' memories, to see whether they grow, how often one was compiled, and what is not answered yet, whole.
pub(crate) const KEEP_MEMORY: &str = "<script>
    const { Instance, compileStreaming } = WebAssembly;
    window.memories = [];
    window.compiled = 0;
    WebAssembly.Instance = function (...given) {
        const made = new Instance(...given);
        // What is only to show whether anything may run has none.
        memories.push(...Object.values(made.exports).filter((one) => one instanceof WebAssembly.Memory));
        return made;
    };
    WebAssembly.compileStreaming = (answer) => (window.compiled++, compileStreaming(answer));
    const fetchNow = window.fetch;
    window.asked = new Set();
    window.fetch = (address, options) => {
        const asking = fetchNow(address, options).then(async (answer) => {
            const isProgram = String(address).endsWith('.wasm');
            return isProgram ? answer : new Response(await answer.arrayBuffer(), answer);
        });
        asked.add(asking);
        const end = () => asked.delete(asking);
        asking.then(end, end);
        return asking;
    };
</script>";

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_element_keeps_its_guest_and_what_is_typed() {
    let stage = Host::new("", &format!("{ELEMENT}<div id=\"elsewhere\"></div>")).open_with_cart().await;
    let widget = stage.browser.widget();
    stage.login().type_phone("99900").await;
    let moved = "
        const field = widget.shadowRoot.activeElement;
        field.setSelectionRange(2, 4);
        document.querySelector('#elsewhere').append(widget);
        return [widget.shadowRoot.activeElement === field, field.selectionStart, field.selectionEnd, field.value];
    ";
    assert_eq!(stage.with_widget(moved).await, json!([true, 2, 4, "+7 999 00"]));

    stage.log_in(IVAN).await;
    widget.type_over(PROMO, "ДЕСЕРТ").await;
    stage.with_widget("document.body.prepend(widget)").await;
    widget.field_is(PROMO, "ДЕСЕРТ").await;
    assert_eq!(widget.focused().await, PROMO);
    stage.preview().type_spend("50").await;
    stage.preview().asks_for("430 ₽").await;
    assert_eq!(stage.browser.heard("loyalty-ready").await.len(), 1, "it is the same widget");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_taken_out_while_a_request_is_on_its_way_is_gone_for_good() {
    let slow = "<script>
        const fetchNow = window.fetch;
        window.fetch = (url, options) => String(url).includes('/login/start')
            ? new Promise((go) => { window.answer = () => { window.fetch = fetchNow; go(fetchNow(url, options)); }; })
            : fetchNow(url, options);
    </script>";
    let stage = Host::new(slow, ELEMENT).open_with_cart().await;
    stage.login().type_phone(IVAN).await;
    stage.login().submit_phone().await;
    stage
        .browser
        .widget()
        .until("asks for the code", async |_| {
            stage.browser.run("return typeof answer", Vec::new()).await == json!("function")
        })
        .await;
    stage.with_widget("window.kept = widget; widget.remove()").await;
    stage.browser.run("answer()", Vec::new()).await;
    stage.inbox().code_for(IVAN).await;

    // Put back, it begins anew, with the cart it had.
    stage.browser.run("document.body.append(kept)", Vec::new()).await;
    stage.browser.hears("loyalty-ready", 2).await;
    assert_eq!(stage.browser.widget().holds(PHONE).await, "");
    stage.log_in(MARIA).await;
    stage.browser.widget().line_is("Заказ", "480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destroyed_element_is_empty_and_stays_so() {
    let stage = Host::plain().open_with_cart().await;
    stage
        .with_widget(
            "widget.destroy(); widget.destroy(); widget.updateCart({}); document.body.append(widget)",
        )
        .await;
    assert_eq!(stage.browser.widget().text().await, "");
    assert_eq!(stage.with_widget("return [widget.confirm(), widget.reset()]").await, json!([false, false]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_destroyed_by_a_listener_of_its_own_event_stays_empty() {
    let script = "<script>addEventListener('loyalty-ready', (event) => event.target.destroy())</script>";
    let stage = Host::new(script, ELEMENT).open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.widget().until("is empty", async |area| area.text().await.is_empty()).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_elements_share_one_program_and_nothing_else() {
    let stage = Host::new(KEEP_MEMORY, &ELEMENT.repeat(3)).open().await;
    stage.browser.hears("loyalty-ready", 3).await;
    let fetched =
        "return performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.wasm')).length";
    assert_eq!(stage.browser.run(fetched, Vec::new()).await, json!(1));
    assert_eq!(stage.browser.run("return [compiled, memories.length]", Vec::new()).await, json!([1, 1]));

    stage.login().ask_for_code(IVAN).await;
    stage.browser.widget().has("textbox", CODE).await;
    let others = "return [...document.querySelectorAll('loyalty-checkout')].slice(1)
        .map((one) => one.shadowRoot.querySelector('input').value)";
    assert_eq!(stage.browser.run(others, Vec::new()).await, json!(["", ""]));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn coming_back_to_the_page_finds_the_widget_as_it_was() {
    let head =
        "<script>addEventListener('pageshow', (event) => { window.isKept = event.persisted; })</script>";
    let stage = Host::new(head, ELEMENT).open_with_cart().await;
    stage.log_in(IVAN).await;
    stage.browser.run("location.href = '/demo/sms'", Vec::new()).await;
    let is_away =
        async |_| stage.browser.run("return location.pathname", Vec::new()).await == json!("/demo/sms");
    stage.browser.page().until("is another", is_away).await;
    stage.browser.go_back().await;
    let is_back =
        async |_| stage.browser.run("return window.isKept === true", Vec::new()).await == json!(true);
    stage.browser.page().until("is back from the browser's cache", is_back).await;
    stage.preview().type_spend("50").await;
    stage.preview().asks_for("430 ₽").await;
    stage.hand_over(cart()).await;
    stage.preview().asks_for("430 ₽").await;
    stage.finish().await;
}
