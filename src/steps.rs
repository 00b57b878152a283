//! The screens, one file each. A screen never uses another.

mod code;
mod confirmed;
mod messages;
mod payment_code;
mod phone;
mod preview;
mod unknown;

pub(crate) use code::code;
pub(crate) use confirmed::confirmed;
pub(crate) use payment_code::payment_code;
pub(crate) use phone::phone;
pub(crate) use preview::preview;
pub(crate) use unknown::unknown;
