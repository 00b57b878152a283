//! The screen of what is frozen.

use crate::browser::Area;

/// The screen of what is frozen.
#[derive(Clone, Copy)]
pub(crate) struct Confirmed<'a> {
    widget: Area<'a>,
}

impl<'a> Confirmed<'a> {
    pub(crate) const fn new(widget: Area<'a>) -> Self {
        Self { widget }
    }

    /// Waits until so much is frozen and so much is left to pay.
    pub(crate) async fn shows(self, frozen: &str, to_pay: &str) {
        self.widget.has("heading", "Применили к заказу").await;
        self.widget.line_is("Отложено бонусов", frozen).await;
        self.widget.line_is("К оплате", to_pay).await;
    }

    /// Waits until the restaurant has the order, so much was taken and so much is left to pay.
    pub(crate) async fn is_sent(self, taken: &str, to_pay: &str) {
        self.widget.has("heading", "Применили к заказу").await;
        self.widget.shows("Заказ передан в ресторан.").await;
        self.widget.line_is("Списано бонусов", taken).await;
        self.widget.line_is("К оплате", to_pay).await;
    }

    /// What can be done now.
    pub(crate) async fn offers(self) -> Vec<String> {
        self.widget.names("button").await
    }

    /// Goes back to the choice; nothing stays frozen.
    pub(crate) async fn change(self) {
        self.widget.press("Изменить").await;
    }

    /// Gives the spend up.
    pub(crate) async fn cancel(self) {
        self.widget.press("Отменить").await;
    }

    /// Shows the payment code.
    pub(crate) async fn show_payment_code(self) {
        self.widget.press("Код для кассы").await;
    }
}
