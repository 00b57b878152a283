//! The frame is as high as what is in it: nothing scrolls inside, nothing outside moves by itself.

use serde_json::{Value, json};

use super::Framed;
use super::framed::cart_for;
use crate::stage::IVAN;

/// How high the frame is.
pub(crate) const OUTER: &str =
    "return widget.shadowRoot.querySelector('iframe').getBoundingClientRect().height";

/// How high the widget is in the frame, and whether anything can be scrolled there.
pub(crate) const INNER: &str = "
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
    const widget = document.querySelector('loyalty-checkout').getBoundingClientRect().height;
    return [Math.ceil(widget), scrollHeight > clientHeight || scrollWidth > clientWidth];
";

/// Waits until the frame is exactly as high as the widget.
async fn is_as_high(framed: &Framed) -> u64 {
    let deadline = tokio::time::Instant::now() + crate::browser::PATIENCE;
    loop {
        let inner = framed.inside(INNER).await;
        let outer = framed.with_widget(OUTER).await;
        if outer.as_f64() == inner[0].as_f64() && inner[1] == json!(false) {
            return inner[0].as_u64().expect("a height");
        }
        assert!(tokio::time::Instant::now() < deadline, "the frame is {outer} high, the widget {inner}");
        tokio::time::sleep(crate::browser::LOOK_EVERY).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_frame_grows_and_shrinks_with_its_screens_and_with_the_window() {
    let framed = Framed::open_with_cart().await;
    framed.stage.log_in(IVAN).await;
    let wide = is_as_high(&framed).await;
    framed.stage.browser.resize(320).await;
    let narrow = is_as_high(&framed).await;
    assert!(narrow > wide, "{narrow} at 320, {wide} at 1280");
    framed.stage.browser.resize(1280).await;
    assert_eq!(is_as_high(&framed).await, wide, "and back: height makes no height");
    framed.stage.preview().confirm().await;
    framed.stage.browser.widget().has("heading", "Применили к заказу").await;
    assert_ne!(is_as_high(&framed).await, wide);
    framed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_height_is_told_at_most_once_a_drawn_frame_and_comes_to_rest() {
    let framed = Framed::open_with_cart().await;
    framed.stage.log_in(IVAN).await;
    let count = "
        const frame = widget.shadowRoot.querySelector('iframe');
        window.heights = [];
        new MutationObserver(() => heights.push(frame.style.height)).observe(frame, { attributeFilter: ['style'] });
    ";
    framed.with_widget(count).await;
    for roubles in [490, 500, 510] {
        framed.stage.hand_over(cart_for(roubles)).await;
    }
    framed.stage.browser.widget().shows("510 ₽").await;
    is_as_high(&framed).await;
    framed.stage.browser.is_drawn().await;
    let told = framed.with_widget("return heights.length").await;
    let frames =
        framed.with_widget("return new Promise((go) => setTimeout(() => go(heights.length), 300))").await;
    assert_eq!(told, frames, "it has come to rest");
    assert!(matches!(&told, Value::Number(count) if count.as_u64() < Some(10)), "{told}");
    framed.finish().await;
}
