//! Promo codes: one that works, one that does not, one that is no text a program should take for markup.

use crate::stage::{MARIA, Stage};

const NO_EFFECT: &str = "не подошёл к этому заказу: неизвестен, истёк или не выполнены условия";

#[tokio::test(flavor = "multi_thread")]
async fn a_promo_code_works_until_it_is_removed() {
    let stage = Stage::open().await;
    let (preview, widget) = (stage.preview(), stage.browser.widget());
    stage.log_in(MARIA).await;
    preview.asks_for("640 ₽").await;
    preview.add_promo("PROMOCODE1").await;
    widget.shows("применён").await;
    widget.shows("−100 ₽").await;
    preview.asks_for("540 ₽").await;
    preview.remove_promo("PROMOCODE1").await;
    preview.asks_for("640 ₽").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_promo_code_says_so_and_stays_out_of_the_way() {
    let stage = Stage::open().await;
    let (preview, widget) = (stage.preview(), stage.browser.widget());
    stage.log_in(MARIA).await;
    for code in ["НЕТТАКОГО", "<b>даром</b>"] {
        preview.add_promo(code).await;
        widget.shows(&format!("{code}\n{NO_EFFECT}")).await;
        preview.asks_for("640 ₽").await;
        preview.remove_promo(code).await;
        widget.hides(code).await;
    }
    preview.add_promo("PROMOCODE1").await;
    preview.asks_for("540 ₽").await;
    stage.finish().await;
}
