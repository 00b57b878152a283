//! Reading and writing the contract's types through the browser's own JSON values.
//!
//! `JSON.parse` and `JSON.stringify` are already in every browser, so the widget carries no JSON parser of its own
//! (see docs/bytes.md for what each way costs).

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A value that can be read from, and written as, a parsed JSON value of the browser.
pub trait Json: Sized {
    /// The value, or `None` where the JSON has another shape.
    fn read(value: &JsValue) -> Option<Self>;

    /// The value as the browser's JSON.
    fn write(&self) -> JsValue;
}

/// The field `name` of `object`; an absent field reads as `null`.
pub fn field<T: Json>(object: &JsValue, name: &str) -> Option<T> {
    T::read(&get(object, name))
}

/// The raw field `name`, `undefined` where `object` is no object. Once in the binary: every field is read by it.
#[inline(never)]
fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// An empty object to be filled by [`set`].
#[must_use]
pub fn object() -> JsValue {
    js_sys::Object::new().into()
}

/// Sets the field `name`. Setting a field of a fresh plain object cannot fail.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    drop(Reflect::set(object, &JsValue::from_str(name), value));
}

/// The largest integer a JSON number holds exactly in every reader, 2^53 − 1.
const MAX_EXACT: f64 = 9_007_199_254_740_991.0;

impl Json for i64 {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be an exact integer just before")]
    fn read(value: &JsValue) -> Option<Self> {
        let number = value.as_f64()?;
        (number.trunc() == number && number.abs() <= MAX_EXACT).then_some(number as Self)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON has no other number; the contract's amounts are below 2^53"
    )]
    fn write(&self) -> JsValue {
        JsValue::from_f64(*self as f64)
    }
}

impl Json for u32 {
    fn read(value: &JsValue) -> Option<Self> {
        i64::read(value).and_then(|number| Self::try_from(number).ok())
    }

    fn write(&self) -> JsValue {
        JsValue::from_f64(f64::from(*self))
    }
}

impl Json for bool {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_bool()
    }

    fn write(&self) -> JsValue {
        JsValue::from_bool(*self)
    }
}

impl Json for String {
    fn read(value: &JsValue) -> Option<Self> {
        value.as_string()
    }

    fn write(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl<T: Json> Json for Option<T> {
    fn read(value: &JsValue) -> Option<Self> {
        if value.is_null() || value.is_undefined() { Some(None) } else { T::read(value).map(Some) }
    }

    fn write(&self) -> JsValue {
        self.as_ref().map_or(JsValue::NULL, Json::write)
    }
}

impl<T: Json> Json for Vec<T> {
    fn read(value: &JsValue) -> Option<Self> {
        if !Array::is_array(value) {
            return None;
        }
        // A plain loop: collecting into an `Option` brings an adapter for each type along.
        let array: &Array = value.unchecked_ref();
        let mut items = Self::new();
        for index in 0..array.length() {
            items.push(T::read(&array.get(index))?);
        }
        Some(items)
    }

    fn write(&self) -> JsValue {
        self.iter().map(Json::write).collect::<Array>().into()
    }
}
