//! What the widget needs of the page beside its own markup.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Whole seconds since the page was opened, by a clock that nobody sets.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a page is not open for 136 years"
)]
pub(crate) fn now_s() -> u32 {
    web_sys::window().and_then(|window| window.performance()).map_or(0, |clock| (clock.now() / 1000.0) as u32)
}

/// 128 random bits in hexadecimal, each time different.
pub(crate) fn new_key() -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut bytes = [0; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    if crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok()).is_none() {
        // Without randomness there is no safe key: an empty one is refused by the proxy, and nothing is spent.
        return String::new();
    }
    bytes
        .iter()
        .flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

/// Focuses the element marked as the beginning of a screen.
pub(crate) fn focus_start(root: &HtmlElement) {
    // Where there is a field to be filled the guest goes on there, else the heading says where they are.
    let field = root.query_selector("input[data-start]").ok().flatten();
    let start = field.or_else(|| root.query_selector("[data-start]").ok().flatten());
    if let Some(start) = start {
        // An element that cannot be focused now leaves the focus where it is; nothing is lost by that.
        drop(start.unchecked_into::<HtmlElement>().focus());
    }
}
