//! Logging in: what a guest can type wrong, each with its sentence and a way on.

use proxy::config::{Secret, SystemCodes};

use crate::pages::{CODE, PHONE, another_code};
use crate::stage::{IVAN, MARIA, Setting, Stage, movable_clock};

const SPENT: &str = "Этот код больше не действует. Запросите новый.";

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_grouped_while_it_is_typed() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    for (typed, shown) in [
        ("+79990001122", "+7 999 000-11-22"),
        ("89990001122", "+7 999 000-11-22"),
        ("9990001122", "+7 999 000-11-22"),
        ("+375291234567", "+375 29 123-45-67"),
    ] {
        stage.login().type_phone(typed).await;
        widget.field_is(PHONE, shown).await;
    }
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_cannot_be_one_is_refused_and_kept() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    for (typed, kept, sentence) in [
        ("", "", "Введите номер полностью, например +7 999 000-11-22."),
        ("+7 999 000", "+7 999 000", "Введите номер полностью, например +7 999 000-11-22."),
        ("+7 000 000-00-00", "+7 000 000-00-00", "Такого номера не бывает. Проверьте цифры."),
        (
            "+99912345678",
            "+99912345678",
            "На номера этой страны ресторан не отправляет коды. Введите другой номер.",
        ),
    ] {
        stage.login().type_phone(typed).await;
        stage.login().submit_phone().await;
        widget.alerts(sentence).await;
        widget.field_is(PHONE, kept).await;
    }
    assert!(stage.inbox().messages().await.is_empty(), "no code was sent");

    stage.login().ask_for_code(IVAN).await;
    widget.is_calm().await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_tells_how_many_tries_are_left() {
    let stage = Stage::open().await;
    stage.login().ask_for_code(IVAN).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&another_code(&code)).await;
    stage.browser.widget().alerts("Код не подошёл. Осталось попыток: 4.").await;

    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn six_wrong_codes_end_the_login_and_another_code_begins_it_anew() {
    let clock = movable_clock();
    let stage = Stage::with(Setting { clock: clock.clone(), ..Setting::default() }).await;
    let widget = stage.browser.widget();
    stage.login().ask_for_code(IVAN).await;
    let code = stage.inbox().code_for(IVAN).await;
    let wrong = another_code(&code);
    for left in [4, 3, 2, 1] {
        stage.login().enter_code(&wrong).await;
        widget.alerts(&format!("Код не подошёл. Осталось попыток: {left}.")).await;
    }
    // The fifth spends the code, by whichever of the two sentences; from then on not even the right one helps.
    stage.login().enter_code(&wrong).await;
    widget
        .until("says that was the last try", async |area| {
            let alerts = area.names("alert").await.concat();
            alerts == SPENT || alerts == "Код не подошёл. Осталось попыток: 0."
        })
        .await;
    stage.login().enter_code(&code).await;
    widget.alerts(SPENT).await;

    stage.pass_time(&clock, 60).await;
    stage.login().resend().await;
    let code = stage.inbox().nth_code_for(IVAN, 2).await;
    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_code_is_of_no_use() {
    let clock = movable_clock();
    let stage = Stage::with(Setting { clock: clock.clone(), ..Setting::default() }).await;
    stage.login().ask_for_code(IVAN).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.pass_time(&clock, 6 * 60).await;
    stage.login().enter_code(&code).await;
    stage.browser.widget().alerts(SPENT).await;

    stage.login().resend().await;
    let code = stage.inbox().nth_code_for(IVAN, 2).await;
    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_code_is_of_no_use() {
    let clock = movable_clock();
    let stage = Stage::with(Setting { clock: clock.clone(), ..Setting::default() }).await;
    stage.login().ask_for_code(IVAN).await;
    let old = stage.inbox().code_for(IVAN).await;
    stage.pass_time(&clock, 60).await;
    stage.login().resend().await;
    let new = stage.inbox().nth_code_for(IVAN, 2).await;
    assert_ne!(old, new, "one code in a million is drawn twice; run the test again");
    stage.login().enter_code(&old).await;
    stage.browser.widget().alerts("Код не подошёл. Осталось попыток: 4.").await;
    stage.login().enter_code(&new).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_code_is_of_no_use() {
    let clock = movable_clock();
    let stage = Stage::with(Setting { clock: clock.clone(), ..Setting::default() }).await;
    stage.log_in(IVAN).await;
    let used = stage.inbox().code_for(IVAN).await;
    stage.browser.widget().press("Выйти").await;
    stage.browser.hears("loyalty-logout", 1).await;

    stage.pass_time(&clock, 60).await;
    stage.login().ask_for_code(IVAN).await;
    let new = stage.inbox().nth_code_for(IVAN, 2).await;
    assert_ne!(used, new, "one code in a million is drawn twice; run the test again");
    stage.login().enter_code(&used).await;
    stage.browser.widget().alerts("Код не подошёл. Осталось попыток: 4.").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wait_for_another_code_is_visible() {
    let clock = movable_clock();
    let stage = Stage::with(Setting { clock: clock.clone(), ..Setting::default() }).await;
    let widget = stage.browser.widget();
    stage.login().ask_for_code(IVAN).await;
    widget.shows("Отправить ещё раз через 0:5").await;
    stage.browser.pass_time(30).await;
    widget.shows("Отправить ещё раз через 0:2").await;
    stage.pass_time(&clock, 60).await;
    stage.login().resend().await;
    stage.inbox().nth_code_for(IVAN, 2).await;
    // The second wait is longer.
    widget.shows("Отправить ещё раз через 2:5").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wait_begins_when_the_code_is_sent_however_long_the_guest_has_looked_at_the_page() {
    let stage = Stage::open().await;
    stage.browser.pass_time(600).await;
    stage.login().ask_for_code(IVAN).await;
    stage.browser.pass_time(3).await;
    stage.browser.widget().shows("Отправить ещё раз через 0:5").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_can_be_changed() {
    let stage = Stage::open().await;
    let widget = stage.browser.widget();
    stage.login().ask_for_code(IVAN).await;
    widget.shows(&format!("Отправили код на {IVAN}")).await;
    stage.login().change_number().await;
    widget.field_is(PHONE, IVAN).await;
    stage.login().ask_for_code(MARIA).await;
    widget.shows(&format!("Отправили код на {MARIA}")).await;

    let code = stage.inbox().code_for(MARIA).await;
    stage.login().enter_code(&code).await;
    widget.shows("Мария, ваши бонусы").await;
    widget.shows("Уровень «Платиновый»").await;
    widget.line_is("На счёте", "1 230,58 бонуса").await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_can_be_pasted_with_what_stands_around_it() {
    let stage = Stage::open().await;
    stage.login().ask_for_code(IVAN).await;
    let code = stage.inbox().code_for(IVAN).await;
    let (left, right) = code.split_at(3);
    stage.browser.copy(&format!(" {left}-{right} ")).await;
    stage.browser.widget().paste_into(CODE).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_field_says_how_many_digits_the_code_has() {
    let mut stage = Stage::open().await;
    let of_four = SystemCodes {
        api_key: Secret::new("demo-plazius-site"),
        origin: Some("https://pirogi.example".to_owned()),
        digits: 4,
    };
    let reloaded = stage.demo.reload(|config| config.restaurants[0].codes = Some(of_four));
    reloaded.expect("this takes no restart");
    stage.login().type_phone(IVAN).await;
    stage.login().submit_phone().await;
    stage.browser.widget().has("textbox", "4 цифры из сообщения").await;
    stage.finish().await;
}
