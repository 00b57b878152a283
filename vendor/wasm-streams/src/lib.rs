//! Stands in for `wasm-streams` in the widget's build.
//!
//! Leptos 0.8 always brings `server_fn`, which streams bodies by `wasm-streams`. That crate exports four classes to
//! JavaScript, and exports are kept whether anything calls them or not: 10 KB of wasm and their glue. The widget calls no
//! server function, so these signatures are all that is needed; whoever calls one finds out at once.

use futures_core::stream::LocalBoxStream;
use wasm_bindgen::JsValue;

/// A stream of a request's or a response's body.
#[derive(Debug)]
pub struct ReadableStream(());

impl ReadableStream {
    /// Would make a stream that JavaScript can read.
    pub fn from_stream<T>(_: T) -> Self {
        unreachable!("the widget calls no server functions")
    }

    /// Would take a stream of JavaScript over.
    #[must_use]
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        unreachable!("the widget calls no server functions")
    }

    /// Would give the stream to JavaScript.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        unreachable!("the widget calls no server functions")
    }

    /// Would give the stream to Rust.
    #[must_use]
    pub fn into_stream(self) -> LocalBoxStream<'static, Result<JsValue, JsValue>> {
        unreachable!("the widget calls no server functions")
    }
}
