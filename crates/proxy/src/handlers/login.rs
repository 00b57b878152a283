//! Login by phone.

pub(crate) mod key;
pub(crate) mod start;
pub(crate) mod verify;
