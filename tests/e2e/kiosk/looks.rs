//! Each step on the screens kiosks have, in both themes and each language: nothing runs off the side, whatever can be pressed
//! is large enough for a finger, and axe-core finds nothing.

use fantoccini::key::Key;
use serde_json::{Value, json};

use super::{STEPS, begin, lead_to};
use crate::browser::{Part, Theme};
use crate::pages::PROMO;
use crate::pictures::Shown;
use crate::stage::{OLGA_CARD, Stage};

/// Portrait and landscape screens, a tablet, and the narrowest there is.
const SCREENS_PX: [(u32, u32); 4] = [(1080, 1920), (1920, 1080), (768, 1024), (320, 640)];

/// Those of which pictures are kept.
const PICTURED_PX: [u32; 2] = [1080, 1920];

/// With other words everything is as long as it gets, or stands the other way round. The last is the one it began with.
const LANGUAGES: [&str; 4] = ["en", "kk", "ar", "ru"];

/// A kiosk that waits as long as it takes to look at it.
const PATIENT: &str = "/kiosk?restaurant=pirogi&language=ru&idle=3600&code-idle=3600";
const PATIENT_CHASHKA: &str = "/kiosk?restaurant=chashka&language=ru&idle=3600&code-idle=3600";

/// Somebody was there until now, and the question stands for a moment that nobody sees the end of.
const ASK_FOR_EVER: &str = "dispatchEvent(new Event('pointerdown'));
    const then = performance.now() + 3_601_000; performance.now = () => then";

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

async fn give_room(stage: &Stage, (width_px, height_px): (u32, u32)) {
    stage.browser.give_room(width_px, height_px).await;
}

async fn everything_fits(stage: &Stage, step: &str) {
    let wrong = stage.browser.run(WRONG, Vec::new()).await;
    assert_eq!(wrong, Value::Array(Vec::new()), "{step}");
}

/// Looks at a step on each screen in both themes, and examines it in each language.
async fn look_at(stage: &Stage, step: &str) {
    for screen in SCREENS_PX {
        give_room(stage, screen).await;
        for theme in [Theme::Light, Theme::Dark] {
            stage.browser.prefer(theme).await;
            let name = format!("{step}-{}-{theme}", screen.0);
            everything_fits(stage, &name).await;
            if PICTURED_PX.contains(&screen.0) {
                stage.keep_picture(Shown::Window, &format!("kiosk/{name}")).await;
            }
        }
    }
    for language in LANGUAGES {
        speak(stage, language).await;
        for screen in [SCREENS_PX[3], SCREENS_PX[0]] {
            give_room(stage, screen).await;
            everything_fits(stage, &format!("{step} in {language} at {}", screen.0)).await;
        }
        for theme in [Theme::Dark, Theme::Light] {
            stage.browser.prefer(theme).await;
            stage.examine_page(&format!("{step} in {language} in {theme}")).await;
        }
    }
}

/// Lets the kiosk speak a language, as its button does, without taking the focus from where it is.
async fn speak(stage: &Stage, tag: &str) {
    let set = "document.querySelector('loyalty-checkout').setAttribute('language', arguments[0])";
    stage.browser.run(set, vec![json!(tag)]).await;
    let spoken = "return document.documentElement.lang";
    let is_spoken = async |_| stage.browser.run(spoken, Vec::new()).await == json!(tag);
    stage.kiosk().page().until(&format!("speaks {tag}"), is_spoken).await;
}

/// A kiosk with an order in it, on an upright screen.
async fn open() -> Stage {
    let stage = super::at(PATIENT).await;
    give_room(&stage, SCREENS_PX[0]).await;
    begin(&stage).await;
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_fits_every_screen_and_every_target_a_finger() {
    for (number, step) in (1..).zip(STEPS) {
        let stage = open().await;
        lead_to(&stage, step).await;
        look_at(&stage, &format!("{number}-{step:?}")).await;
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_step_fits_every_screen_in_every_language() {
    let stage = super::at(PATIENT_CHASHKA).await;
    stage.kiosk().is_fresh().await;
    for language in LANGUAGES {
        speak(&stage, language).await;
        for screen in SCREENS_PX {
            give_room(&stage, screen).await;
            everything_fits(&stage, &format!("the first step in {language} at {}", screen.0)).await;
        }
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letters_the_question_and_the_thanks_fit_as_well() {
    let stage = open().await;
    lead_to(&stage, super::Step::Preview).await;
    stage.browser.widget().type_over(PROMO, "").await;
    stage.kiosk().page().has("button", "Q").await;
    look_at(&stage, "6-letters").await;
    stage.browser.run(ASK_FOR_EVER, Vec::new()).await;
    stage.kiosk().asks().await;
    look_at(&stage, "7-question").await;
    stage.kiosk().go_on().await;
    stage.kiosk().pay().await;
    stage.kiosk().says("Спасибо!").await;
    look_at(&stage, "8-thanks").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_scanner_has_read_and_a_screen_without_a_network_fit_as_well() {
    let stage = super::at(PATIENT_CHASHKA).await;
    give_room(&stage, SCREENS_PX[0]).await;
    stage.kiosk().is_fresh().await;
    stage.kiosk().says("можно поднести к сканеру").await;
    look_at(&stage, "9-scanner").await;
    let wrong: String = OLGA_CARD.chars().rev().collect();
    stage.kiosk().scan(&wrong).await;
    stage.kiosk().says("Такой карты или кода нет.").await;
    look_at(&stage, "10-no-such-card").await;
    stage.browser.set_offline(true).await;
    stage.kiosk().finish().await;
    stage.kiosk().says("Нет связи.").await;
    for screen in SCREENS_PX {
        give_room(&stage, screen).await;
        for theme in [Theme::Light, Theme::Dark] {
            stage.browser.prefer(theme).await;
            let overhang_px = stage.browser.overhang_px(Part::Page).await;
            assert_eq!(overhang_px, 0, "without a network at {} in {theme}", screen.0);
            stage.examine_page(&format!("without a network at {} in {theme}", screen.0)).await;
            if PICTURED_PX.contains(&screen.0) {
                let name = format!("kiosk/11-no-network-{}-{theme}", screen.0);
                stage.keep_picture(Shown::Window, &name).await;
            }
        }
    }
    stage.browser.set_offline(false).await;
    stage.kiosk().is_fresh().await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tabulator_leads_from_the_languages_down_to_the_keys() {
    let stage = open().await;
    let page = stage.kiosk().page();
    stage.browser.run("document.querySelector('#languages button').focus()", Vec::new()).await;
    let mut led = vec![page.focused().await];
    for _ in 0..7 {
        page.press_key(Key::Tab).await;
        led.push(page.focused().await);
    }
    let down =
        ["Русский", "English", "Қазақша", "العربية", "Закончить", "Номер телефона", "Получить код", "1"];
    assert_eq!(led, down);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_takes_the_focus_and_gives_it_back() {
    let stage = open().await;
    let page = stage.kiosk().page();
    lead_to(&stage, super::Step::Preview).await;
    stage.browser.widget().type_over(PROMO, "").await;
    stage.browser.run(ASK_FOR_EVER, Vec::new()).await;
    stage.kiosk().asks().await;
    assert_eq!(page.focused().await, "Продолжить");
    page.press_key(Key::Tab).await;
    assert_eq!(page.focused().await, "Закончить");
    stage.kiosk().go_on().await;
    assert_eq!(page.focused().await, PROMO);
    stage.finish().await;
}
