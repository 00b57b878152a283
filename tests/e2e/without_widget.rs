//! The restaurant's page without the widget: whatever of it is missing, the order can be made.

use std::path::Path;

use tempfile::TempDir;

use crate::stage::{Setting, Stage, built_widget};

/// Fills the cart, places the order and pays it, all without loyalty.
async fn order_without_loyalty(stage: &Stage) {
    let restaurant = stage.restaurant();
    restaurant.add("Медовик").await;
    restaurant.more("Медовик").await;
    restaurant.less("Медовик").await;
    restaurant.tick("Сметана, +40 ₽").await;
    restaurant.remove("Морс клюквенный 0,4 л").await;
    restaurant.cart_is("810 ₽").await;

    restaurant.place().await;
    restaurant.says("Напишите, куда привезти заказ.").await;
    restaurant.choose_pickup().await;
    restaurant.place().await;
    restaurant.says("Как к вам обращаться?").await;
    restaurant.fill_contacts().await;
    restaurant.place().await;
    restaurant.says("Заказ оформлен. К оплате 810 ₽").await;
    restaurant.pay().await;
    restaurant.says("Заказ оплачен, спасибо").await;
    assert!(stage.orders_done().is_empty(), "the loyalty system was not asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_is_made_where_the_widget_cannot_be_loaded_at_all() {
    let nothing = tempfile::tempdir().expect("a folder");
    let stage = Stage::with(Setting { widget_dir: nothing.path().to_owned(), ..Setting::default() }).await;
    stage.restaurant().says("Бонусы и скидки сейчас недоступны. Заказ можно оформить без них.").await;
    order_without_loyalty(&stage).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_is_made_where_a_part_of_the_widget_is_missing() {
    for missing in ["loyalty-checkout_bg.wasm", "loyalty-checkout.js"] {
        let crippled = widget_without(missing);
        let stage =
            Stage::with(Setting { widget_dir: crippled.path().to_owned(), ..Setting::default() }).await;
        stage.browser.widget().alerts("Программа лояльности сейчас недоступна. Заказ можно оформить без неё.").await;
        let told = stage.browser.hears("loyalty-error", 1).await;
        assert_eq!(told["code"], "load_failed", "without {missing}: {told}");

        // The widget comes as soon as it can be had.
        std::fs::copy(built_widget().join(missing), crippled.path().join(missing)).expect("a copy");
        stage.browser.widget().press("Повторить").await;
        stage.browser.widget().has("textbox", "Номер телефона").await;
        order_without_loyalty(&stage).await;
        stage.finish().await;
    }
}

/// The built widget without one of its files.
fn widget_without(missing: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(built_widget()).expect("the widget's folder") {
        let path = entry.expect("a file of it").path();
        if path.is_file() && path.file_name() != Some(Path::new(missing).as_os_str()) {
            std::fs::copy(&path, dir.path().join(path.file_name().expect("a file has a name"))).expect("a copy");
        }
    }
    dir
}
