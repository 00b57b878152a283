//! Start. In the browser there is nothing to start: `element.js` calls what [`loyalty_checkout`] exports, and without an
//! entry the standard library's own start is not carried along.

#![cfg_attr(target_arch = "wasm32", no_main)]

use loyalty_checkout as _;

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
