//! The payment code, read as the till reads it.

use tokio::time::Instant;

use crate::browser::{Area, Browser, LOOK_EVERY, PATIENCE};
use crate::symbols::{Scanned, scan};

/// The screen of the payment code.
#[derive(Clone, Copy)]
pub(crate) struct PaymentCode<'a> {
    browser: &'a Browser,
    widget: Area<'a>,
}

impl<'a> PaymentCode<'a> {
    pub(crate) const fn new(browser: &'a Browser) -> Self {
        Self { browser, widget: browser.widget() }
    }

    /// Waits until the eight digits are to be read, in two groups of four.
    pub(crate) async fn shows(self, eight_digits: &str) {
        let (left, right) = eight_digits.split_at(4);
        self.widget.shows(&format!("{left} {right}")).await;
    }

    /// Waits for a code and returns its eight digits.
    pub(crate) async fn eight_digits(self) -> String {
        self.widget.until("shows eight digits", async |_| self.digits().await.is_some()).await;
        self.digits().await.expect("they were there")
    }

    /// The eight digits that are to be read now.
    pub(crate) async fn digits(self) -> Option<String> {
        let text = self.widget.text().await;
        let digits = |line: &str| line.chars().filter(|c| *c != ' ').collect::<String>();
        text.lines()
            .map(digits)
            .find(|line| line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Holds the screen under the scanner until both symbols, which are drawn one after the other, say these digits and
    /// nothing else is read.
    pub(crate) async fn scans_as(self, eight_digits: &str) {
        self.shows(eight_digits).await;
        let once = vec![eight_digits.to_owned()];
        let wanted = Scanned { ean8: once.clone(), qr: once };
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.browser.scroll_to_widget().await;
            let read = scan(&self.browser.photograph_window().await);
            if read == wanted {
                return;
            }
            assert!(Instant::now() < deadline, "the scanner reads {read:?}, not {wanted:?}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Gets another code.
    pub(crate) async fn renew(self) {
        self.widget.press("Обновить код").await;
    }

    /// Goes back.
    pub(crate) async fn leave(self) {
        self.widget.press("Назад").await;
    }
}
