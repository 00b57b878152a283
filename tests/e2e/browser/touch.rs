//! What a guest does who has no keyboard: touches a field, and then the keys that the page shows for it.

use fantoccini::elements::Element;

use super::Browser;

/// The key that empties the field.
const CLEAR: &str = "Очистить";

impl Browser {
    /// Enters a text in the place of what a field holds. What only groups digits for the eye has no key.
    pub(super) async fn touch_into(&self, field: &Element, text: &str) {
        self.scroll_to_and_click(field).await.expect("the field can be touched");
        self.page().press(CLEAR).await;
        for letter in text.chars().filter(|letter| letter.is_alphanumeric()) {
            self.page().press(&letter.to_string()).await;
        }
    }
}
