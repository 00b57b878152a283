//! What a screen reader says by itself: what matters, once, and never each second.

use serde_json::{Value, json};

use crate::browser::Part;
use crate::pages::CARD;
use crate::stage::{CHASHKA, IVAN, OLGA, Stage};

/// Keeps each text that a live region of the widget comes to have.
const LISTEN: &str = "
    window.announced = [];
    const root = document.querySelector('loyalty-checkout').shadowRoot;
    const last = new WeakMap();
    const look = (keep) => {
      for (const region of root.querySelectorAll('[role=status], [role=alert], [role=timer], [aria-live]')) {
        const text = region.textContent.trim();
        if (keep && text && last.get(region) !== text) announced.push(text);
        last.set(region, text);
      }
    };
    look(false);
    new MutationObserver(() => look(true)).observe(root, { subtree: true, childList: true, characterData: true });
";

async fn listen(stage: &Stage) {
    stage.browser.run_in(Part::Widget, LISTEN, Vec::new()).await;
}

/// What was announced since the last time this was asked.
async fn announced(stage: &Stage) -> Vec<String> {
    let announced: Value = stage.browser.run_in(Part::Widget, "return announced.splice(0)", Vec::new()).await;
    serde_json::from_value(announced).expect("a list of texts")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_countdown_is_announced_at_sixty_thirty_and_ten_seconds_and_at_no_other_time() {
    let stage = Stage::at(CHASHKA).await;
    stage.restaurant().choose_pickup().await;
    stage.log_in(OLGA).await;
    stage.preview().type_spend("100").await;
    stage.preview().confirm_spend("100 бонусов").await;
    stage.confirmed().shows("100 бонусов", "480 ₽").await;
    listen(&stage).await;
    // Times between the limits, each seen on the screen before the next.
    for next_s in [400, 120, 70, 52, 42, 24, 16, 8] {
        let left_s = stage.hold().left_s().await.expect("it is held");
        stage.browser.pass_time(left_s.saturating_sub(next_s)).await;
        stage.hold().is_between(next_s - 4, next_s).await;
    }
    let ends = "Потом бонусы вернутся на счёт, и заказ нужно будет подтвердить ещё раз.";
    let expected = ["минуты", "30 секунд", "10 секунд"].map(|left| format!("Осталось меньше {left}. {ends}"));
    assert_eq!(announced(&stage).await, expected);
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wait_for_another_code_and_the_time_of_a_payment_code_are_not_announced() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    stage.login().ask_for_code(IVAN).await;
    listen(&stage).await;
    widget.shows("Отправить ещё раз через 0:5").await;
    stage.browser.pass_time(20).await;
    widget.shows("Отправить ещё раз через 0:3").await;
    stage.browser.pass_time(60).await;
    widget.has("button", "Отправить код ещё раз").await;
    assert!(announced(&stage).await.is_empty());

    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-preview", 1).await;
    stage.preview().show_payment_code().await;
    stage.payment_code().eight_digits().await;
    announced(&stage).await;
    for shown in ["4:3", "4:1"] {
        stage.browser.pass_time(20).await;
        widget.shows(&format!("Действует ещё {shown}")).await;
    }
    assert!(announced(&stage).await.is_empty());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slider_that_is_dragged_announces_nothing_but_itself() {
    let stage = Stage::open().await;
    stage.log_in(IVAN).await;
    stage.preview().asks_for("480 ₽").await;
    listen(&stage).await;
    stage.preview().slide_to_most().await;
    stage.preview().asks_for("380 ₽").await;
    stage.preview().type_spend("7").await;
    stage.preview().asks_for("473 ₽").await;
    assert!(announced(&stage).await.is_empty());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_announced_once() {
    let stage = Stage::at(CHASHKA).await;
    stage.login().choose_way("Войти по карте", CARD).await;
    listen(&stage).await;
    stage.login().scan(CARD, "2200770012345679").await;
    let sentence = "Карта не найдена. Проверьте номер или войдите по телефону.";
    stage.browser.widget().alerts(sentence).await;
    assert_eq!(json!(announced(&stage).await), json!([sentence]));
    stage.finish().await;
}
