//! What is left of an order that the restaurant's server has registered when its page is loaded again.

use sandbox::ledger::Kind;
use serde_json::{Value, json};

use crate::host::{ELEMENT, Host};
use crate::stage::IVAN;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_loaded_again_goes_on_with_its_confirmed_order() {
    // The page has its token where no server sees it.
    let hand_over = "document.querySelector('loyalty-checkout').orderToken = location.hash.slice(1)";
    let body = format!("{ELEMENT}<script>{hand_over}</script>");
    let mut stage = Host::new("", &body).open().await;
    let page = stage.browser.run("return location.pathname", Vec::new()).await;
    // The one name for which browsers take cookies without TLS.
    let origin = stage.demo.base_url().trim_end_matches('/').replace("127.0.0.1", "localhost");
    let reloaded = stage.demo.reload(|config| {
        config.public_origin = Some(origin.clone());
        config.restaurants[0].session_cookies = true;
        config.restaurants[0].spend_on_page_cart = false;
    });
    reloaded.expect("this takes no restart");
    let token = stage.merchant().register(1, false).await;
    stage.browser.open(&format!("{origin}{}#{token}", page.as_str().expect("a path"))).await;
    stage.log_in(IVAN).await;
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;

    stage.browser.refresh().await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    let told = stage.browser.hears("loyalty-confirm", 1).await;
    assert_eq!((&told["state"], &told["to_pay_minor"]), (&json!("confirmed"), &json!(38_000)));
    stage.confirmed().show_payment_code().await;
    let digits = stage.payment_code().eight_digits().await;
    stage.payment_code().scans_as(&digits).await;
    stage.payment_code().leave().await;
    stage.confirmed().change().await;
    stage.preview().asks_for("480 ₽").await;
    assert_eq!(stage.browser.heard("loyalty-error").await, [] as [Value; 0]);
    assert_eq!(stage.orders_done(), [Kind::Confirmed, Kind::Reset]);

    // What is over is told, and asked for no more.
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "380 ₽").await;
    stage.merchant().close().await;
    stage.browser.refresh().await;
    stage.browser.widget().alerts("Этот заказ не найден или уже оформлен. Спросите в ресторане.").await;
    assert_eq!(stage.browser.heard("loyalty-error").await, [json!({ "code": "order_state_conflict" })]);
    stage.finish().await;
}
