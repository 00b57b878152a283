//! The widget in a real browser: what native tests cannot know. One binary, run by `cargo xtask test --only web`.

#![cfg_attr(not(target_arch = "wasm32"), allow(missing_docs, reason = "there is nothing here for the host"))]

#[cfg(target_arch = "wasm32")]
mod contract_json;
#[cfg(target_arch = "wasm32")]
mod format;
#[cfg(target_arch = "wasm32")]
mod memory;
#[cfg(target_arch = "wasm32")]
mod phones;
#[cfg(target_arch = "wasm32")]
mod typing;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
