//! How a restaurant's operator has its widget speak and look, as the proxy's configuration says it.

use serde_json::{Value, json};

use crate::stage::Stage;

/// The colour of the widget's first button, and the radius of its corners.
const LOOK: &str = "
    const element = document.querySelector('loyalty-checkout');
    const { backgroundColor, borderRadius } = getComputedStyle(element.shadowRoot.querySelector('.button.primary'));
    return [backgroundColor, borderRadius]";

/// The demo whose first restaurant has an appearance of its own, in a browser that has opened it anew.
async fn with_appearance(appearance: Value) -> Stage {
    let mut stage = Stage::open().await;
    let own = serde_json::from_value(appearance).expect("an appearance");
    stage.demo.reload(|config| config.restaurants[0].appearance = own).expect("this takes no restart");
    // Under another name of the same place, for which nothing is kept of what was answered before.
    stage.browser.open(&stage.demo.base_url().replace("127.0.0.1", "localhost")).await;
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restaurants_colours_and_texts_are_the_widgets_where_the_page_says_nothing() {
    let stage = with_appearance(json!({
        "theme": { "accent": "rgb(1, 2, 3)", "radius-small": "2px" },
        "texts": { "ru": { "PhoneTitle": "Ягоды и скидки", "PhoneSubmit": "Дайте код" } },
    }))
    .await;
    let widget = stage.browser.widget();
    widget.has("heading", "Ягоды и скидки").await;
    let looks = async |colour: &str| {
        let wanted = json!(colour);
        let is_seen = async |_| stage.browser.run(LOOK, Vec::new()).await[0] == wanted;
        stage.browser.widget().until(&format!("is {colour}"), is_seen).await;
    };
    looks("rgb(1, 2, 3)").await;
    let say = "
        const element = document.querySelector('loyalty-checkout');
        element.style.setProperty('--loyalty-accent', 'rgb(4, 5, 6)');
        element.texts = { PhoneTitle: 'Орехи за заказ' }";
    stage.browser.run(say, Vec::new()).await;
    looks("rgb(4, 5, 6)").await;
    widget.has("heading", "Орехи за заказ").await;
    widget.has("button", "Дайте код").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_widget_speaks_only_what_its_restaurant_speaks() {
    let stage = with_appearance(json!({ "languages": ["kk", "en"] })).await;
    let widget = stage.browser.widget();
    // The page and the browser are Russian.
    widget.has("heading", "Бонустар мен жеңілдіктер").await;
    stage.browser.run("document.documentElement.lang = 'en'", Vec::new()).await;
    widget.has("heading", "Points and discounts").await;
    stage.browser.run("document.documentElement.lang = 'ar'", Vec::new()).await;
    widget.has("heading", "Бонустар мен жеңілдіктер").await;
    stage.finish().await;
}
