//! What a guest can do, in a guest's words: one file per screen.

mod confirmed;
mod login;
mod payment_code;
mod preview;
mod restaurant;

pub(crate) use confirmed::Confirmed;
pub(crate) use login::{CODE, Login, PHONE, another_code};
pub(crate) use payment_code::PaymentCode;
pub(crate) use preview::{PROMO, Preview, SPEND};
pub(crate) use restaurant::Restaurant;
