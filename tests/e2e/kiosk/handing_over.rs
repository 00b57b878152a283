//! How an order comes into the kiosk, and what the kiosk's program hears.

use sandbox::ledger::Kind;
use serde_json::{Value, json};

use super::{Step, lead_to, until_done, with_order};
use crate::host::cart;
use crate::pages::KIOSK;
use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_in_the_address_is_taken_out_of_it_and_calculated() {
    let stage = Stage::open().await;
    let script =
        "location.replace(arguments[0] + '#cart=' + encodeURIComponent(JSON.stringify(arguments[1])))";
    stage.kiosk().mark().await;
    stage.browser.run(script, vec![json!(KIOSK), cart()]).await;
    stage.kiosk().is_fresh().await;
    let address = stage.browser.run("return location.href", Vec::new()).await;
    assert!(address.as_str().is_some_and(|address| address.ends_with(KIOSK)), "{address}");
    lead_to(&stage, Step::Preview).await;
    stage.preview().asks_for("480 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_the_restaurants_server_has_registered_is_taken_back_as_any_other() {
    let stage = Stage::open().await;
    let token = stage.merchant().register(2, false).await;
    let base = stage.demo.base_url().trim_end_matches('/').to_owned();
    stage.browser.open(&format!("{base}{KIOSK}&order={token}")).await;
    stage.kiosk().is_fresh().await;
    let address = stage.browser.run("return location.href", Vec::new()).await;
    assert_eq!(address, format!("{base}{KIOSK}"), "the next guest does not have it");
    stage.kiosk().mark().await;
    lead_to(&stage, Step::Confirmed).await;
    assert_eq!(stage.merchant().order().await["state"], "confirmed");
    stage.kiosk().finish().await;
    stage.kiosk().is_fresh().await;
    until_done(&stage.demo, &[Kind::Confirmed, Kind::Reset]).await;
    assert_eq!(stage.merchant().order().await["state"], "open");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_cart_is_told_and_the_kiosk_goes_on() {
    let stage = with_order().await;
    stage.browser.run("loyaltyKiosk.order({ cart: 'x' }); loyaltyKiosk.order()", Vec::new()).await;
    let told = stage.browser.hears("loyalty-error", 2).await;
    assert_eq!(told["code"], "invalid_cart");
    lead_to(&stage, Step::Preview).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_kiosks_program_hears_how_a_visit_ended() {
    let stage = with_order().await;
    // Said in the page that goes, so it is kept by the one window that stays.
    let listen =
        "addEventListener('loyalty-kiosk-end', ({ detail }) => { window.name = JSON.stringify(detail); })";
    stage.browser.run(listen, Vec::new()).await;
    lead_to(&stage, Step::Confirmed).await;
    stage.kiosk().finish().await;
    stage.kiosk().is_fresh().await;
    let told = stage.browser.run("const { name } = window; window.name = ''; return name", Vec::new()).await;
    let told: Value = serde_json::from_str(told.as_str().expect("a text")).expect("details");
    assert_eq!(told, json!({ "reason": "guest", "released": true }));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_in_a_frame_listens_to_the_page_around_it_and_to_nobody_else() {
    let stage = Stage::open().await;
    let frame = "window.told = [];
        addEventListener('message', ({ data }) => data?.loyaltyKiosk === 1 && told.push([data.event, data.detail]));
        const frame = document.createElement('iframe');
        frame.src = arguments[0];
        document.body.replaceChildren(frame);
        window.say = (data) => frame.contentWindow.postMessage({ loyaltyKiosk: 1, ...data }, location.origin);
        // Another window of the same origin, which is not the page around.
        const stranger = document.createElement('iframe');
        document.body.append(stranger);
        window.strange = (data) => stranger.contentWindow.Function(
            'frame', 'data', 'frame.postMessage({ loyaltyKiosk: 1, ...data }, \"*\")')(frame.contentWindow, data);";
    stage.browser.lift_policy("/").await;
    stage.browser.refresh().await;
    stage.browser.run(frame, vec![json!(KIOSK)]).await;
    let told = async |event: &str| {
        let told = stage.browser.run("return told", Vec::new()).await;
        told.as_array().and_then(|told| told.iter().rfind(|one| one[0] == event)).cloned()
    };
    let page = stage.browser.page();
    page.until("hears that the kiosk is there", async |_| told("loyalty-ready").await.is_some()).await;
    stage.browser.run("strange({ end: true }); strange({ order: { cart: 1 } })", Vec::new()).await;
    stage.browser.run("say({ order: { cart: 'none' } })", Vec::new()).await;
    page.until("hears of the cart that is none", async |_| told("loyalty-error").await.is_some()).await;
    assert!(told("loyalty-kiosk-end").await.is_none(), "a stranger ended it");
    stage.browser.run("say({ end: true })", Vec::new()).await;
    page.until("hears the end", async |_| told("loyalty-kiosk-end").await.is_some()).await;
    let end = told("loyalty-kiosk-end").await.expect("told");
    assert_eq!(end[1], json!({ "reason": "program", "released": false }));
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_program_hands_an_order_over_and_hears_what_becomes_of_the_visit() {
    let stage = Stage::at("/demo/kiosk?restaurant=chashka").await;
    let page = stage.browser.page();
    page.shows("loyalty-ready").await;
    page.press("Капучино220 ₽").await;
    page.shows("Капучино 220 ₽").await;
    page.press("К скидкам").await;
    page.press("Гость ушёл").await;
    page.shows("loyalty-kiosk-end: program").await;
    page.shows("Заказ пуст").await;
    stage.finish().await;
}
