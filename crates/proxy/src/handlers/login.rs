//! Login by phone.

pub(crate) mod start;
pub(crate) mod verify;
