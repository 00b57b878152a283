//! Turning every number of an answer into a text.

use axum::body::Bytes;
use serde_json::Value;

/// The answer with texts for numbers; what is no JSON stays as it is.
pub(super) fn spoil(body: Bytes) -> Bytes {
    match serde_json::from_slice::<Value>(&body) {
        Ok(value) => Bytes::from(texts_for_numbers(value).to_string()),
        Err(_) => body,
    }
}

fn texts_for_numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => Value::Array(items.into_iter().map(texts_for_numbers).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, field)| (name, texts_for_numbers(field))).collect())
        }
        other => other,
    }
}
