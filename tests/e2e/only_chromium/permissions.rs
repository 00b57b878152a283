//! What the frame may do that a page lets it do.

use serde_json::json;

use crate::frame::Framed;

#[tokio::test(flavor = "multi_thread")]
async fn the_frame_may_fill_in_codes_keep_the_screen_on_and_copy_and_nothing_else() {
    let framed = Framed::open().await;
    let allowed = "return ['otp-credentials', 'screen-wake-lock', 'clipboard-write', 'clipboard-read', 'camera', 'payment']
        .filter((name) => document.featurePolicy.allowsFeature(name))";
    let wanted = json!(["otp-credentials", "screen-wake-lock", "clipboard-write"]);
    assert_eq!(framed.inside(allowed).await, wanted);
    framed.finish().await;
}
