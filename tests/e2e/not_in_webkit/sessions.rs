//! What is left of a login when the page is loaded again.

use crate::pages::PHONE;
use crate::stage::{IVAN, Stage};

/// A demo with sessions in cookies, at the one name for which browsers take them without TLS.
async fn with_cookies(page: &str) -> (Stage, String) {
    let mut stage = Stage::open().await;
    let origin = stage.demo.base_url().trim_end_matches('/').replace("127.0.0.1", "localhost");
    let changed = stage.demo.reload(|config| {
        config.public_origin = Some(origin.clone());
        config.restaurants[0].session_cookies = true;
    });
    assert!(changed.is_ok_and(|waiting| waiting.is_empty()), "this takes no restart");
    let address = format!("{origin}{page}");
    stage.browser.open(&address).await;
    (stage, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_stays_logged_in_until_they_leave_and_no_script_sees_by_what() {
    let (stage, address) = with_cookies("/").await;
    stage.log_in(IVAN).await;
    let seen = stage.browser.run("return document.cookie", Vec::new()).await;
    assert_eq!(seen, "", "the page's scripts see no cookie");
    stage.browser.open(&address).await;
    stage.browser.hears("loyalty-preview", 1).await;
    assert_eq!(stage.browser.heard("loyalty-login").await.len(), 1);

    stage.browser.widget().press("Выйти").await;
    stage.browser.hears("loyalty-logout", 1).await;
    stage.browser.widget().has("textbox", PHONE).await;
    stage.browser.open(&address).await;
    stage.browser.widget().has("textbox", PHONE).await;
    assert!(stage.browser.heard("loyalty-login").await.is_empty());
    stage.finish().await;
}

/// Logs a guest in at an address, opens it again, and makes sure that the phone is asked for anew.
async fn ends_with_the_page(stage: Stage, address: &str) {
    stage.browser.open(address).await;
    stage.login().ask_for_code(IVAN).await;
    let code = stage.inbox().code_for(IVAN).await;
    stage.login().enter_code(&code).await;
    stage.browser.hears("loyalty-login", 1).await;
    stage.browser.open(address).await;
    stage.browser.widget().has("textbox", PHONE).await;
    assert!(stage.browser.heard("loyalty-login").await.is_empty());
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_kiosk_a_login_ends_with_the_page() {
    let (stage, address) = with_cookies("/embed?restaurant=pirogi&kiosk").await;
    ends_with_the_page(stage, &address).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_cookies_a_login_ends_with_the_page() {
    let stage = Stage::open().await;
    let address = stage.demo.base_url().to_owned();
    ends_with_the_page(stage, &address).await;
}
