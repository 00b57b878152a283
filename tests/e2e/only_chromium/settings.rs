//! A guest's settings: the few colours of a system with high contrast, nothing that moves, a page twice as large.

use serde_json::{Value, json};

use crate::pages::{CARD, CODE};
use crate::screens::nothing_runs_off;
use crate::stage::{CHASHKA, DENIS, IVAN, LAPSHA, OLGA, Setting, Stage};
use crate::symbols::eight_digits;

/// Controls whose edge cannot be seen. That texts can be read is the browser's business there, whose colours they are in.
const INVISIBLE: &str = "
    const root = document.querySelector('loyalty-checkout').shadowRoot;
    const bad = [];
    for (const control of root.querySelectorAll('.field-input, .button:not(.quiet), .symbols')) {
      const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(control);
      const isSeen = borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0 && borderTopColor !== backgroundColor;
      if (!isSeen && control.checkVisibility()) bad.push(control.outerHTML);
    }
    return bad";

/// What moves, or would if it were given the time.
const MOVING: &str = "
    return document.querySelector('loyalty-checkout').shadowRoot.getAnimations().length";

async fn every_edge_is_seen(stage: &Stage, screen: &str) {
    let invisible = stage.browser.run(INVISIBLE, Vec::new()).await;
    assert_eq!(invisible, Value::Array(Vec::new()), "{screen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_forced_colours_every_control_is_seen_and_a_code_is_still_scanned() {
    const GIVEN: u32 = 12_345;
    for theme in ["light", "dark"] {
        let payment_codes = sandbox::PaymentCodes::listed([GIVEN]);
        let stage = Stage::with(Setting { payment_codes, ..Setting::default() }).await;
        stage.devtools().set_media(&[("forced-colors", "active"), ("prefers-color-scheme", theme)]).await;
        stage.browser.hears("loyalty-ready", 1).await;
        every_edge_is_seen(&stage, "phone").await;
        stage.log_in(IVAN).await;
        stage.preview().type_spend("100").await;
        every_edge_is_seen(&stage, "preview").await;
        stage.preview().show_payment_code().await;
        stage.payment_code().scans_as(&eight_digits(GIVEN)).await;
        every_edge_is_seen(&stage, "payment code").await;
        stage.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_forced_colours_a_switch_shows_whether_it_is_on() {
    let stage = Stage::at(LAPSHA).await;
    stage.devtools().set_media(&[("forced-colors", "active")]).await;
    stage.log_in(DENIS).await;
    stage.preview().offers_all_or_nothing("295 бонусов").await;
    let knob = "
        const track = document.querySelector('loyalty-checkout').shadowRoot.querySelector('.switch-track');
        const { borderTopStyle, backgroundColor } = getComputedStyle(track);
        const knob = getComputedStyle(track, '::before');
        return [borderTopStyle, knob.backgroundColor !== backgroundColor, knob.translate]";
    let off = stage.browser.run(knob, Vec::new()).await;
    assert_eq!(off, json!(["solid", true, "none"]));
    stage.preview().switch("295 бонусов").await;
    stage.preview().asks_for("295 ₽").await;
    let is_moved = async |_| stage.browser.run(knob, Vec::new()).await[2] == "26px";
    stage.browser.widget().until("shows the switch on", is_moved).await;
    stage.finish().await;
}

/// A preview that never comes.
const STALL_AFTER_LOGIN: &str = "
    addEventListener('loyalty-login', () => { window.fetch = () => new Promise(() => {}); }, { once: true });
";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_where_the_guest_wants_nothing_to_move() {
    let stage = Stage::open().await;
    stage.login().ask_for_code(IVAN).await;
    stage.browser.run(STALL_AFTER_LOGIN, Vec::new()).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-login", 1).await;
    let moves = async |_| stage.browser.run(MOVING, Vec::new()).await != json!(0);
    stage.browser.widget().until("moves while it waits", moves).await;
    stage.devtools().set_media(&[("prefers-reduced-motion", "reduce")]).await;
    let is_still = async |_| stage.browser.run(MOVING, Vec::new()).await == json!(0);
    stage.browser.widget().until("is still", is_still).await;
    stage.examine("a preview that is awaited").await;
    stage.finish().await;
}

/// At 200 % in a window of 1280 pixels, and in one where 320 are left.
const LEFT_PX: [u32; 2] = [640, 320];

async fn nothing_runs_off_at_two_hundred_per_cent(stage: &Stage, screen: &str) {
    for width_px in LEFT_PX {
        stage.devtools().give_room(width_px, 450, 2).await;
        nothing_runs_off(stage, &format!("{screen} at {width_px} px")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_two_hundred_per_cent_nothing_runs_off_the_side_and_all_can_be_done() {
    let stage = Stage::at(CHASHKA).await;
    nothing_runs_off_at_two_hundred_per_cent(&stage, "phone").await;
    stage.login().choose_way("Войти по карте", CARD).await;
    nothing_runs_off_at_two_hundred_per_cent(&stage, "card").await;
    stage.login().choose_way("Войти по телефону", crate::pages::PHONE).await;
    stage.login().ask_for_code(OLGA).await;
    stage.browser.widget().has("textbox", CODE).await;
    nothing_runs_off_at_two_hundred_per_cent(&stage, "code").await;
    let code = stage.inbox().code_for(OLGA).await;
    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-preview", 1).await;
    nothing_runs_off_at_two_hundred_per_cent(&stage, "preview").await;
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.browser.hears("loyalty-confirm", 1).await;
    nothing_runs_off_at_two_hundred_per_cent(&stage, "confirmed").await;
    stage.finish().await;
}
