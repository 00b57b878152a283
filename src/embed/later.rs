//! Parts of the widget that are loaded only when they are needed.

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The QR symbol of a text, row by row, 1 for a dark module, by `element.js`' function `draw`, which loads the drawer.
/// Empty where it cannot be loaded: the bar code and the digits beside it say the same.
pub(crate) async fn qr(draw: &Function, text: &str) -> Vec<u8> {
    let Ok(promise) = draw.call2(&JsValue::UNDEFINED, &text.into(), &JsValue::UNDEFINED) else {
        return Vec::new();
    };
    match JsFuture::from(promise.unchecked_into::<Promise>()).await {
        Ok(modules) => Uint8Array::new(&modules).to_vec(),
        Err(_) => Vec::new(),
    }
}
