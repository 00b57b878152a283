//! Each step on the screens kiosks have, in both themes: nothing runs off the side, and whatever can be pressed is large
//! enough for a finger. With `LOYALTY_SCREENSHOTS=1` a picture of each is written to `target/screenshots`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{STEPS, lead_to, with_order};
use crate::browser::Theme;
use crate::stage::Stage;

/// Portrait and landscape screens, a tablet, and the narrowest there is.
const SCREENS_PX: [(u32, u32); 4] = [(1080, 1920), (1920, 1080), (768, 1024), (320, 640)];

/// What can be pressed and is smaller than a finger, and what runs off the side; each in words.
const WRONG: &str = "
  const wrong = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.push(`the page is wider than the screen by ${scrollWidth - clientWidth} px`);
  let pressed = 0;
  const look = (root) => {
    for (const piece of root.querySelectorAll('*')) {
      if (piece.shadowRoot) look(piece.shadowRoot);
      if (!piece.checkVisibility({ visibilityProperty: true })) continue;
      const { left, right, width, height } = piece.getBoundingClientRect();
      const name = piece.getAttribute('aria-label') || piece.textContent.trim() || piece.id || piece.tagName;
      if (width > 1 && (left < -0.5 || right > clientWidth + 0.5)) wrong.push(`${name} runs off the side`);
      if (!piece.matches('button, input, a[href], select, textarea, [role=button], [tabindex=\"0\"]')) continue;
      pressed++;
      if (width < 48 || height < 48) wrong.push(`${name} is ${width} by ${height} px`);
      if (piece.matches('button') && piece.scrollWidth > piece.clientWidth + 1) wrong.push(`${name} is cut off`);
    }
  };
  look(document);
  if (!pressed) wrong.push('nothing can be pressed');
  return wrong";

/// Where the pictures go, where they are wanted.
pub(super) fn folder() -> Option<PathBuf> {
    std::env::var_os("LOYALTY_SCREENSHOTS").filter(|wanted| wanted == "1")?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).expect("the folder for the pictures");
    Some(folder)
}

async fn look_at(stage: &Stage, step: &str) {
    for (width_px, height_px) in SCREENS_PX {
        stage.browser.give_room(width_px, height_px).await;
        for theme in [Theme::Light, Theme::Dark] {
            stage.browser.prefer(theme).await;
            let wrong = stage.browser.run(WRONG, Vec::new()).await;
            assert_eq!(wrong, Value::Array(Vec::new()), "{step} at {width_px} in {theme:?}");
            if let Some(folder) = folder() {
                let name = format!("kiosk-{step}-{width_px}-{theme:?}.png").to_lowercase();
                let picture = stage.browser.photograph_window().await;
                std::fs::write(folder.join(name), picture).expect("the picture is written");
            }
        }
    }
    stage.browser.give_room(1080, 1920).await;
    stage.browser.prefer(Theme::Light).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_fits_every_screen_and_every_target_a_finger() {
    for (number, step) in (1..).zip(STEPS) {
        let stage = with_order().await;
        stage.browser.give_room(1080, 1920).await;
        lead_to(&stage, step).await;
        look_at(&stage, &format!("{number}-{step:?}")).await;
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_and_the_letters_fit_as_well() {
    let stage = with_order().await;
    lead_to(&stage, super::Step::Preview).await;
    stage.browser.widget().type_over(crate::pages::PROMO, "").await;
    stage.kiosk().page().has("button", "Q").await;
    look_at(&stage, "6-letters").await;
    stage.browser.pass_time(46).await;
    stage.kiosk().asks().await;
    look_at(&stage, "7-question").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_step_fits_in_every_language() {
    let stage = super::at("/kiosk?restaurant=chashka&language=ru").await;
    stage.kiosk().is_fresh().await;
    for (name, tag) in [("English", "en"), ("Қазақша", "kk"), ("العربية", "ar")] {
        stage.kiosk().page().press(name).await;
        let is_spoken = async |_| {
            stage.browser.run("return document.documentElement.lang", Vec::new()).await == json!(tag)
        };
        stage.kiosk().page().until("speaks it", is_spoken).await;
        look_at(&stage, &format!("8-{tag}")).await;
    }
    stage.finish().await;
}
