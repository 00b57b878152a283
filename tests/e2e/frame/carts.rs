//! Which cart is the order, where one is refused: the page must show and the guest confirm the same one.

use serde_json::{Value, json};

use super::Framed;
use super::framed::cart_for;
use crate::stage::MARIA;

/// What the proxy refuses, and the widget cannot know.
fn refused_by_the_proxy() -> Value {
    let mut cart = cart_for(500);
    cart["lines"][0]["quantity_milli"] = json!(0);
    cart
}

const LINES: &str = "return widget.cart.lines.map(({ quantity_milli }) => quantity_milli)";

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_the_proxy_refuses_stays_the_order_until_another_comes() {
    let framed = Framed::open_with_cart().await;
    framed.stage.log_in(MARIA).await;
    framed.stage.preview().asks_for("480 ₽").await;
    framed.stage.hand_over(refused_by_the_proxy()).await;
    framed.stage.browser.hears("loyalty-error", 1).await;
    framed.stage.browser.widget().shows("Проверьте количество и состав.").await;
    assert_eq!(framed.errors_heard().await, [json!("invalid_cart")]);
    // The page's order is this one, whatever is wrong with it: the former must not come back under the guest's hands.
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(false));
    assert_eq!(framed.with_widget(LINES).await, json!([0]));
    framed.stage.hand_over(cart_for(580)).await;
    framed.stage.preview().asks_for("580 ₽").await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_comes_while_another_is_refused_is_the_order() {
    let framed = Framed::open_with_cart().await;
    framed.stage.log_in(MARIA).await;
    framed.stage.preview().asks_for("480 ₽").await;
    // The widget's refusal of the first is on its way while the page hands the second over.
    let both = "
        const [good] = arguments;
        document.querySelector('loyalty-checkout-frame').cart =
            { currency: 'RUB', expedition: 'pickup', lines: [{ quantity_milli: 0.5 }] };
        setTimeout(() => document.querySelector('loyalty-checkout-frame').cart = good, 17);
    ";
    framed.stage.browser.run(both, vec![cart_for(580)]).await;
    framed.stage.browser.hears("loyalty-error", 1).await;
    framed.stage.preview().asks_for("580 ₽").await;
    assert_eq!(framed.with_widget("return widget.cart.lines[0].unit_price_minor").await, json!(58_000));
    framed.finish().await;
}
