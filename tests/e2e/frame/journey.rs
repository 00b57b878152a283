//! The whole way through a frame, and the page's part in it: the same events and methods as of the element.

use sandbox::ledger::Kind;
use serde_json::json;

use super::Framed;
use super::framed::cart_for;
use crate::embedding::FIRST_FRAME;
use crate::pages::PHONE;
use crate::stage::{IVAN, MARIA};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_logs_in_takes_a_promo_code_confirms_changes_the_order_and_shows_the_code() {
    let framed = Framed::open_with_cart().await;
    let stage = &framed.stage;
    let blocked = "document.cookie = 'a=1; SameSite=None; Secure'; return document.cookie";
    assert_eq!(framed.inside(blocked).await, json!(""), "its site's cookies are blocked");

    framed.stage.log_in(IVAN).await;
    assert_eq!(stage.browser.heard("loyalty-login").await.len(), 1);
    stage.preview().asks_for("480 ₽").await;
    stage.preview().add_promo("PROMOCODE1").await;
    stage.preview().asks_for("380 ₽").await;
    stage.preview().type_spend("100").await;
    stage.preview().asks_for("280 ₽").await;
    framed.until("return witness.heard['loyalty-preview'].at(-1).to_pay_minor", json!(28_000)).await;

    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "280 ₽").await;
    let told = stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!((&told["state"], &told["to_pay_minor"]), (&json!("confirmed"), &json!(28_000)));

    framed.stage.hand_over(cart_for(580)).await;
    stage.browser.hears("loyalty-reset", 1).await;
    stage.browser.widget().shows("Заказ изменился, бонусы вернулись на счёт.").await;
    stage.preview().asks_for("380 ₽").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.confirmed().show_payment_code().await;
    stage.payment_code().eight_digits().await;
    let told = stage.browser.hears("loyalty-payment-code", 1).await;
    assert!(told["ttl_s"].as_u64().is_some_and(|left| left > 0) && told.get("code").is_none(), "{told}");
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset, Kind::Confirmed]);
    assert_eq!(framed.finds().await, json!([]), "and nothing is wrong on the page");
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_confirms_and_takes_back_as_it_would_with_the_element() {
    let framed = Framed::open_with_cart().await;
    let both = "return Promise.all([widget.confirm(), widget.reset()])";
    assert_eq!(framed.with_widget(both).await, json!([false, false]), "there is nothing to confirm");
    framed.stage.log_in(MARIA).await;
    let twice = "return Promise.all([widget.confirm(), widget.confirm()])";
    assert_eq!(framed.with_widget(twice).await, json!([true, false]));
    framed.stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!(framed.with_widget("return widget.reset()").await, json!(true));
    framed.stage.browser.hears("loyalty-reset", 1).await;
    assert_eq!(framed.stage.orders_done(), [Kind::Confirmed, Kind::Reset]);
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_says_before_the_script_arrives_is_heard_and_language_words_and_looks_follow_it() {
    let body = "<div lang=\"en\"><loyalty-checkout-frame></loyalty-checkout-frame></div><script>
        const early = document.querySelector('loyalty-checkout-frame');
        early.restaurant = 'pirogi';
        early.texts = { PhoneTitle: 'Berries' };
        early.cart = { currency: 'RUB', expedition: 'pickup', lines: [] };
    </script>";
    let style = "<style>loyalty-checkout-frame { --loyalty-accent: rgb(1, 2, 3) }</style>";
    let framed = Framed::with(style, body).await;
    framed.stage.browser.hears("loyalty-ready", 1).await;
    framed.stage.browser.widget().shows("Berries").await;
    let colour = "return getComputedStyle(document.querySelector('loyalty-checkout').shadowRoot.querySelector('button')).backgroundColor";
    assert_eq!(framed.inside(colour).await, json!("rgb(1, 2, 3)"));
    assert_eq!(
        framed.with_widget("return widget.shadowRoot.querySelector('iframe').title").await,
        json!("Points and discounts")
    );

    framed.with_widget("widget.parentNode.lang = 'kk'; widget.texts = {}").await;
    framed.stage.browser.widget().has("textbox", "Телефон нөмірі").await;
    framed
        .with_widget("widget.language = 'ru'; widget.style.setProperty('--loyalty-accent', 'rgb(4, 5, 6)')")
        .await;
    framed.stage.browser.widget().has("textbox", PHONE).await;
    let is_dressed = async |_| framed.inside(colour).await == json!("rgb(4, 5, 6)");
    framed.stage.browser.widget().until("has the new colour", is_dressed).await;
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_frames_on_a_page_are_two_guests() {
    let body = "<loyalty-checkout-frame restaurant=\"pirogi\"></loyalty-checkout-frame>
        <loyalty-checkout-frame restaurant=\"chashka\" id=\"other\"></loyalty-checkout-frame>";
    let framed = Framed::with("", body).await;
    framed.stage.browser.hears("loyalty-ready", 2).await;
    framed.stage.hand_over(cart_for(480)).await;
    framed.stage.log_in(IVAN).await;
    let other = "return document.querySelector('#other').shadowRoot.querySelector('iframe')";
    framed.stage.browser.look_into(other).await;
    framed.stage.browser.widget().has("button", "Войти по карте").await;
    assert_eq!(framed.with_widget("return document.querySelector('#other').confirm()").await, json!(false));
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(true));
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_page_of_another_site_sells_with_the_widget_in_a_frame() {
    let stage = crate::stage::Stage::at("/demo/frame").await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.browser.page().has("link", "Без фрейма").await;
    stage.restaurant().choose_pickup().await;
    stage.restaurant().fill_contacts().await;
    stage.browser.look_into(FIRST_FRAME).await;
    stage.log_in(IVAN).await;
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.restaurant().asks_for("380 ₽").await;
    stage.restaurant().place().await;
    stage.restaurant().pay().await;
    stage.restaurant().says("Заказ оплачен, спасибо").await;
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Closed]);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_the_restaurants_server_has_registered_is_confirmed_by_its_token() {
    let framed = Framed::open().await;
    let token = framed.stage.merchant().register(1, false).await;
    let hand_over = "document.querySelector('loyalty-checkout-frame').orderToken = arguments[0]";
    framed.stage.browser.run(hand_over, vec![json!(token)]).await;
    framed.stage.log_in(IVAN).await;
    framed.stage.preview().asks_for("480 ₽").await;
    framed.with_widget("widget.cart = { currency: 'RUB', expedition: 'pickup', lines: [] }").await;
    assert_eq!(framed.errors_heard().await, [json!("cart_and_token")]);
    let previews = framed.stage.browser.heard("loyalty-preview").await.len();
    framed.with_widget("widget.updateCart()").await;
    framed.stage.browser.hears("loyalty-preview", previews + 1).await;
    assert_eq!(framed.with_widget("return widget.confirm()").await, json!(true));
    framed.stage.browser.hears("loyalty-confirm", 1).await;
    framed.finish().await;
}
