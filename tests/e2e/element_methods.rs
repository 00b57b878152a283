//! What a host can do to the element: its methods, properties, slot and parts.

use sandbox::ledger::Kind;
use serde_json::json;

use crate::host::{ELEMENT, Host, cart};
use crate::pages::PHONE;
use crate::stage::{IVAN, MARIA};

#[tokio::test(flavor = "multi_thread")]
async fn a_host_confirms_and_takes_back_what_is_confirmed() {
    let stage = Host::plain().open_with_cart().await;
    assert_eq!(stage.with_widget("return [widget.confirm(), widget.reset()]").await, json!([false, false]));
    stage.log_in(IVAN).await;
    stage.preview().type_spend("100").await;

    let twice = "return [widget.confirm(), widget.confirm()]";
    assert_eq!(stage.with_widget(twice).await, json!([true, false]));
    stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!(stage.with_widget("return widget.confirm()").await, json!(false));
    assert_eq!(stage.orders_done(), [Kind::Confirmed]);

    assert_eq!(stage.with_widget("return widget.reset()").await, json!(true));
    stage.browser.hears("loyalty-reset", 1).await;
    stage.preview().spend_is("100", "−100 ₽").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_confirmed_can_be_taken_back_while_the_payment_code_is_shown() {
    let stage = Host::plain().open_with_cart().await;
    stage.log_in(IVAN).await;
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    // The preview has a button of this name too, which does nothing while the confirm is under way.
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.confirmed().show_payment_code().await;
    stage.payment_code().eight_digits().await;
    assert_eq!(stage.with_widget("return widget.reset()").await, json!(true));
    stage.browser.hears("loyalty-reset", 1).await;
    stage.preview().asks_for("380 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_cart_is_told_by_an_event_and_changes_nothing() {
    let stage = Host::plain().open_with_cart().await;
    stage.log_in(IVAN).await;
    let wrong = "
        const revoked = Proxy.revocable([], {});
        revoked.revoke();
        const wrong = [
            null, undefined, 7, 'cart', [], {}, () => {}, { lines: 'none' },
            { currency: 'RUB', expedition: 'pickup', lines: [{ quantity_milli: 0.5 }] },
            { get lines() { throw new Error('the page is broken'); } },
            { currency: 'RUB', expedition: 'pickup', lines: revoked.proxy },
        ];
        for (const cart of wrong) widget.updateCart(cart);
        for (const cart of wrong) widget.cart = cart;
        return [wrong.length, widget.cart.lines.length];
    ";
    let told = stage.with_widget(wrong).await;
    let count = usize::try_from(told[0].as_u64().expect("a number")).expect("a small one");
    assert_eq!(told[1], json!(1), "the last good cart stays");
    assert_eq!(stage.browser.hears("loyalty-error", 2 * count).await, json!({ "code": "invalid_cart" }));
    stage.browser.widget().line_is("Заказ", "480 ₽").await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_cart_before_the_program_is_there_is_told_and_the_next_one_is_taken() {
    let body = format!(
        "{ELEMENT}<script>document.querySelector('loyalty-checkout').cart = {{ lines: 'none' }}</script>"
    );
    let stage = Host::new("", &body).open().await;
    assert_eq!(stage.browser.hears("loyalty-error", 1).await, json!({ "code": "invalid_cart" }));
    stage.browser.hears("loyalty-ready", 1).await;
    stage.hand_over(cart()).await;
    stage.log_in(IVAN).await;
    stage.browser.widget().line_is("Заказ", "480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_carts_in_a_second_are_calculated_once_they_have_settled() {
    let stage = Host::plain().open_with_cart().await;
    stage.log_in(MARIA).await;
    let count = "return performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/preview')).length";
    let before = stage.browser.run(count, Vec::new()).await.as_u64().expect("a number");
    let many = "
        const began = performance.now();
        for (let times = 1; times <= 1000; times++) {
            const cart = structuredClone(widget.cart);
            cart.lines[0].unit_price_minor = 100 * times;
            widget.updateCart(cart);
        }
        return performance.now() - began;
    ";
    let took_ms = stage.with_widget(many).await.as_f64().expect("a time");
    stage.browser.widget().line_is("Заказ", "1 000 ₽").await;
    let after = stage.browser.run(count, Vec::new()).await.as_u64().expect("a number");
    assert_eq!(after - before, 1, "one request for the last");
    assert!(took_ms < 1000.0, "{took_ms} ms");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_restaurant_begins_anew() {
    let stage = Host::plain().open_with_cart().await;
    stage.login().type_phone(IVAN).await;
    stage.with_widget("widget.restaurant = 'chashka'").await;
    stage.browser.hears("loyalty-ready", 2).await;
    stage.browser.widget().has("button", "Войти по карте").await;
    assert_eq!(stage.browser.widget().holds(PHONE).await, "");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hosts_own_payment_button_stands_in_the_widget_and_works() {
    let body = "<loyalty-checkout restaurant=\"pirogi\">
        <button slot=\"payment\" onclick=\"window.paid = true\">Оплатить заказ</button>
    </loyalty-checkout>";
    let stage = Host::new("", body).open_with_cart().await;
    stage.browser.page().press("Оплатить заказ").await;
    assert_eq!(stage.browser.run("return paid", Vec::new()).await, json!(true));
    let is_inside = "
        const box = widget.shadowRoot.querySelector('[part=stage]').getBoundingClientRect();
        const own = widget.querySelector('button').getBoundingClientRect();
        return own.bottom < box.bottom && own.top > widget.shadowRoot.querySelector('form').getBoundingClientRect().bottom;
    ";
    assert_eq!(stage.with_widget(is_inside).await, json!(true));
    stage.log_in(IVAN).await;
    stage.browser.page().has("button", "Оплатить заказ").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_styles_the_parts() {
    let style = "<style>
        loyalty-checkout::part(heading) { font-style: italic }
        loyalty-checkout::part(field-input) { border-radius: 3px }
        loyalty-checkout::part(primary) { text-transform: uppercase }
    </style>";
    let looks = "
        const look = (selector, name) => getComputedStyle(widget.shadowRoot.querySelector(selector))[name];
        return [look('h2', 'fontStyle'), look('input', 'borderRadius'), look('button', 'textTransform')];
    ";
    let stage = Host::new(&[style, crate::host::HELD_BACK].concat(), ELEMENT).open().await;
    stage.browser.widget().has("textbox", PHONE).await;
    let styled = json!(["italic", "3px", "uppercase"]);
    assert_eq!(stage.with_widget(looks).await, styled, "before the program is there");
    stage.browser.run("release()", Vec::new()).await;
    stage.browser.hears("loyalty-ready", 1).await;
    assert_eq!(stage.with_widget(looks).await, styled, "and after");
    stage.finish().await;
}
