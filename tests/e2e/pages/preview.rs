//! The preview: what the programme gives, and how much of it the guest takes.

use fantoccini::key::Key;

use crate::browser::Area;

/// The label of the field where the spend is typed.
pub(crate) const SPEND: &str = "Списать бонусов";

/// The label of the promo code field.
pub(crate) const PROMO: &str = "Промокод";

/// The preview.
#[derive(Clone, Copy)]
pub(crate) struct Preview<'a> {
    widget: Area<'a>,
}

impl<'a> Preview<'a> {
    pub(crate) const fn new(widget: Area<'a>) -> Self {
        Self { widget }
    }

    /// Types how many bonuses to spend.
    pub(crate) async fn type_spend(self, sum: &str) {
        self.widget.type_over(SPEND, sum).await;
    }

    /// Moves the slider to its end.
    pub(crate) async fn slide_to_most(self) {
        self.widget.slide("Сколько бонусов списать", Key::End).await;
    }

    /// Waits until all or nothing may be spent, and all is this: `295 бонусов`. No other amount is offered.
    pub(crate) async fn offers_all_or_nothing(self, all: &str) {
        self.widget.has("switch", &format!("Списать {all}")).await;
        assert!(!self.widget.has_now("slider", "Сколько бонусов списать").await, "there is a slider");
        assert!(!self.widget.has_now("textbox", SPEND).await, "there is a field");
    }

    /// Takes all, or nothing again.
    pub(crate) async fn switch(self, all: &str) {
        self.widget.choose("switch", &format!("Списать {all}")).await;
    }

    /// Waits until the chosen spend is this, as the field and the sums show it.
    pub(crate) async fn spend_is(self, sum: &str, in_sums: &str) {
        self.widget.field_is(SPEND, sum).await;
        self.widget.line_is("Списание бонусов", in_sums).await;
    }

    /// Waits until the sum to pay is this.
    pub(crate) async fn asks_for(self, sum: &str) {
        self.widget.line_is("К оплате", sum).await;
    }

    /// Types a promo code.
    pub(crate) async fn type_promo(self, code: &str) {
        self.widget.type_over(PROMO, code).await;
    }

    /// Adds a promo code.
    pub(crate) async fn add_promo(self, code: &str) {
        self.type_promo(code).await;
        self.widget.press("Применить").await;
    }

    /// Removes a promo code.
    pub(crate) async fn remove_promo(self, code: &str) {
        self.widget.press(&format!("Убрать промокод {code}")).await;
    }

    /// Confirms a spend, as the button names it: `100 бонусов`.
    pub(crate) async fn confirm_spend(self, bonuses: &str) {
        self.widget.press(&format!("Списать {bonuses}")).await;
    }

    /// Confirms without a spend.
    pub(crate) async fn confirm(self) {
        self.widget.press("Применить к заказу").await;
    }

    /// Shows the payment code.
    pub(crate) async fn show_payment_code(self) {
        self.widget.press("Код для кассы").await;
    }

    /// Tries again what failed.
    pub(crate) async fn retry(self) {
        self.widget.press("Повторить").await;
    }
}
