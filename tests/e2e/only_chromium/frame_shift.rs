//! Nothing moves while a frame loads, whose height its page has kept.

use serde_json::json;

use super::layout_shift::ALL_MOVED;
use crate::embedding::FRAME;
use crate::frame::Framed;
use crate::frame::height::{INNER, OUTER};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_while_the_frame_loads_at_any_width_in_any_language() {
    let framed = Framed::start(crate::stage::Setting::default(), &["pirogi"]).await;
    // What the documentation asks a page for: the place is kept before the script is there.
    let reserve = "<style>
        loyalty-checkout-frame { display: block; min-height: 375px }
        @media (max-width: 359px) { loyalty-checkout-frame { min-height: 402px } }
    </style>";
    let mut told = Vec::new();
    for width_px in [320, 390, 480, 768, 1280] {
        framed.stage.browser.resize(width_px).await;
        for tag in ["ru", "en", "kk", "ar"] {
            let body = format!("<p>Выше</p><div lang=\"{tag}\">{FRAME}</div><p>Ниже</p>");
            framed.show("", reserve, &body).await;
            framed.stage.browser.hears("loyalty-ready", 1).await;
            framed.stage.browser.is_drawn().await;
            let moved = framed.stage.browser.run(ALL_MOVED, Vec::new()).await;
            let inner = framed.inside(INNER).await;
            let outer = framed.with_widget(OUTER).await;
            told.push((width_px, tag, moved, inner[0].as_f64(), outer.as_f64()));
        }
    }
    for (width_px, tag, moved, inner, outer) in &told {
        assert_eq!(*moved, json!(0), "something moved at {width_px} in {tag}: {told:?}");
        let spare = outer.unwrap_or_default() - inner.unwrap_or_default();
        assert!((0.0..=60.0).contains(&spare), "{spare} spare at {width_px} in {tag}: {told:?}");
    }
    framed.finish().await;
}
