//! The operations on orders, one file each.

pub(super) mod abort;
pub(super) mod calculate;
pub(super) mod close;
pub(super) mod confirm;
pub(super) mod get;
pub(super) mod refund;
pub(super) mod reset;
