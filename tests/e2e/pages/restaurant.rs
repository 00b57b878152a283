//! The restaurant's checkout page.

use crate::browser::{Area, Browser};

/// The restaurant's checkout page.
#[derive(Clone, Copy)]
pub(crate) struct Restaurant<'a> {
    page: Area<'a>,
}

impl<'a> Restaurant<'a> {
    pub(crate) const fn new(browser: &'a Browser) -> Self {
        Self { page: browser.page() }
    }

    /// Adds a dish of the menu.
    pub(crate) async fn add(self, dish: &str) {
        self.page.press_beginning(&format!("Добавить {dish}")).await;
    }

    /// One portion more of a dish in the cart.
    pub(crate) async fn more(self, dish: &str) {
        self.page.press(&format!("Больше: {dish}")).await;
    }

    /// One portion less of a dish in the cart.
    pub(crate) async fn less(self, dish: &str) {
        self.page.press(&format!("Меньше: {dish}")).await;
    }

    /// Takes a dish out of the cart.
    pub(crate) async fn remove(self, dish: &str) {
        self.page.press(&format!("Убрать {dish}")).await;
    }

    /// Ticks or unticks a modifier.
    pub(crate) async fn tick(self, modifier: &str) {
        self.page.choose("checkbox", modifier).await;
    }

    /// Fetches the order instead of having it brought.
    pub(crate) async fn choose_pickup(self) {
        self.page.choose("radio", "Самовывоз").await;
    }

    /// Fills what the restaurant must know of a guest who fetches the order.
    pub(crate) async fn fill_contacts(self) {
        self.page.type_over("Имя", "Иван").await;
        self.page.type_over("Телефон для связи", "+79990001122").await;
    }

    /// Waits until the cart's sum is this.
    pub(crate) async fn cart_is(self, sum: &str) {
        self.page.line_is("Сумма заказа", sum).await;
    }

    /// Waits until the summary asks for this sum.
    pub(crate) async fn asks_for(self, sum: &str) {
        self.page.line_is("К оплате", sum).await;
    }

    /// Places the order; the button may name the sum.
    pub(crate) async fn place(self) {
        self.page.press_beginning("Оформить заказ").await;
    }

    /// Goes to another of the demo's restaurants.
    pub(crate) async fn leave_for(self, name: &str) {
        self.page.choose("link", name).await;
    }

    /// Whether the guest may choose how to receive the order.
    pub(crate) async fn offers_delivery(self) -> bool {
        self.page.has_now("radio", "Доставка").await
    }

    /// Pays at the till.
    pub(crate) async fn pay(self) {
        self.page.press("Оплатить на кассе").await;
    }

    /// Waits until the page says this.
    pub(crate) async fn says(self, words: &str) {
        self.page.shows(words).await;
    }
}
