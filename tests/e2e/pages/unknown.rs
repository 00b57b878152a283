//! The screen of an order nobody knows the state of.

use crate::browser::Area;

/// The screen of an order nobody knows the state of.
#[derive(Clone, Copy)]
pub(crate) struct Unknown<'a> {
    widget: Area<'a>,
}

impl<'a> Unknown<'a> {
    pub(crate) const fn new(widget: Area<'a>) -> Self {
        Self { widget }
    }

    /// Waits for the screen. It offers nothing that would send the order again.
    pub(crate) async fn appears(self) {
        self.widget.has("heading", "Не знаем, принят ли заказ").await;
        let offered = self.widget.names("button").await;
        assert_eq!(offered, ["Проверить ещё раз", "Начать новый заказ"]);
    }

    /// Asks where the order stands.
    pub(crate) async fn look_again(self) {
        self.widget.press("Проверить ещё раз").await;
    }

    /// Begins another order.
    pub(crate) async fn begin_another(self) {
        self.widget.press("Начать новый заказ").await;
    }
}
