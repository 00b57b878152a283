//! The page of a kiosk: its keys, its scanner, its question whether anybody is there, its end.

use std::time::Duration;

use serde_json::json;

use crate::browser::{Area, Browser};
use crate::pages::{CODE, PHONE};

/// The kiosk of «Пироги».
pub(crate) const KIOSK: &str = "/kiosk?restaurant=pirogi&language=ru";

/// What asks whether anybody is there.
const STILL_HERE: &str = "Всё ещё здесь?";

/// Marks the page of now, so that another one is told from it.
const MARK: &str = "window.isOld = true";

/// A page that nobody has used yet: without the mark, with the widget there and nothing typed.
const IS_FRESH: &str = "return !window.isOld && Boolean(window.witness?.heard['loyalty-ready'])
    && document.querySelector('loyalty-checkout')?.shadowRoot.querySelector('#phone')?.value === ''";

/// A kiosk.
#[derive(Clone, Copy)]
pub(crate) struct Kiosk<'a> {
    browser: &'a Browser,
}

impl<'a> Kiosk<'a> {
    pub(crate) const fn new(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The page around the widget.
    pub(crate) const fn page(self) -> Area<'a> {
        self.browser.page()
    }

    /// Says that the order is paid, as the kiosk's program does.
    pub(crate) async fn pay(self) {
        self.browser.run("loyaltyKiosk.paid()", Vec::new()).await;
    }

    /// Presses keys on the screen, one for each digit.
    pub(crate) async fn press_keys(self, digits: &str) {
        for digit in digits.chars() {
            self.page().press(&digit.to_string()).await;
        }
    }

    /// Enters a phone by the keys on the screen and asks for a code.
    pub(crate) async fn ask_for_code(self, ten_digits: &str) {
        self.browser.widget().has("textbox", PHONE).await;
        self.press_keys(ten_digits).await;
        self.browser.widget().press("Получить код").await;
        self.browser.widget().has("textbox", CODE).await;
    }

    /// Holds a card or a code to the scanner: fast, and with the enter key at the end.
    pub(crate) async fn scan(self, code: &str) {
        self.browser.type_every(Duration::from_millis(8), code).await;
    }

    /// What the kiosk says in a sentence of its own.
    pub(crate) async fn says(self, words: &str) {
        self.page().shows(words).await;
    }

    /// Waits until the kiosk asks whether anybody is there.
    pub(crate) async fn asks(self) {
        self.page().has("heading", STILL_HERE).await;
    }

    /// Whether the kiosk asks whether anybody is there.
    pub(crate) async fn is_asking(self) -> bool {
        self.page().has_now("heading", STILL_HERE).await
    }

    /// Answers that somebody is there.
    pub(crate) async fn go_on(self) {
        self.page().press("Продолжить").await;
        self.page().hides(STILL_HERE).await;
    }

    /// Ends the visit.
    pub(crate) async fn finish(self) {
        self.page().press("Закончить").await;
    }

    /// Remembers the page of now, so that [`Self::is_fresh`] waits for another.
    pub(crate) async fn mark(self) {
        self.browser.run(MARK, Vec::new()).await;
    }

    /// Waits for a page that nobody has used yet.
    pub(crate) async fn is_fresh(self) {
        let fresh = async |_| self.browser.run(IS_FRESH, Vec::new()).await == json!(true);
        self.page().until("is a page that nobody has used", fresh).await;
    }
}
