//! An order's life: preview, confirm, reset, cancel, close, and what to believe when an answer was lost.

pub(crate) mod order;
