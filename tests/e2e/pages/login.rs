//! Logging in: the phone, the code.

use fantoccini::key::Key;

use crate::browser::Area;

/// The label of the phone field.
pub(crate) const PHONE: &str = "Номер телефона";

/// The label of the field of a card's number.
pub(crate) const CARD: &str = "Номер карты";

/// The label of the field of an application's code.
pub(crate) const APP_CODE: &str = "Код из приложения";

/// The label of the code field, where the proxy makes the codes.
pub(crate) const CODE: &str = "6 цифр из сообщения";

/// The screens of logging in.
#[derive(Clone, Copy)]
pub(crate) struct Login<'a> {
    widget: Area<'a>,
}

impl<'a> Login<'a> {
    pub(crate) const fn new(widget: Area<'a>) -> Self {
        Self { widget }
    }

    /// Types a phone.
    pub(crate) async fn type_phone(self, phone: &str) {
        self.widget.type_over(PHONE, phone).await;
    }

    /// Asks for a code to the phone typed.
    pub(crate) async fn submit_phone(self) {
        self.widget.press("Получить код").await;
    }

    /// Asks for a code and waits until it may be entered.
    pub(crate) async fn ask_for_code(self, phone: &str) {
        self.type_phone(phone).await;
        self.submit_phone().await;
        self.widget.has("textbox", CODE).await;
    }

    /// Types a code; the sixth digit sends it.
    pub(crate) async fn enter_code(self, code: &str) {
        self.widget.type_over(CODE, code).await;
    }

    /// Asks for another code.
    pub(crate) async fn resend(self) {
        self.widget.press("Отправить код ещё раз").await;
    }

    /// Chooses another way to log in, by its words, and waits for its field.
    pub(crate) async fn choose_way(self, words: &str, field: &str) {
        self.widget.press(words).await;
        self.widget.has("textbox", field).await;
    }

    /// Reads a card or a code into the field as a scanner does: fast, and with the enter key at the end.
    pub(crate) async fn scan(self, field: &str, key: &str) {
        let enter = char::from(Key::Enter);
        self.widget.type_over(field, &format!("{key}{enter}")).await;
    }

    /// The other ways to log in that are offered.
    pub(crate) async fn other_ways(self) -> Vec<String> {
        let mut buttons = self.widget.names("button").await;
        buttons.retain(|name| name.starts_with("Войти по") || name.starts_with("По коду"));
        buttons
    }

    /// Goes back to the phone.
    pub(crate) async fn change_number(self) {
        self.widget.press("Изменить номер").await;
    }
}

/// Six digits that are not this code.
pub(crate) fn another_code(code: &str) -> String {
    let first = if code.starts_with('1') { '2' } else { '1' };
    let rest: String = code.chars().skip(1).collect();
    format!("{first}{rest}")
}
