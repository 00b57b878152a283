//! Logging in: the phone, the code.

use crate::browser::Area;

/// The label of the phone field.
pub(crate) const PHONE: &str = "Номер телефона";

/// The label of the code field.
pub(crate) const CODE: &str = "Шесть цифр из сообщения";

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
