//! What is measured beside something else in one run: `cargo xtask bench proxy`, `cargo xtask bench widget`.

pub(crate) mod proxy;
pub(crate) mod widget;
