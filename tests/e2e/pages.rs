//! What a guest can do, in a guest's words: one file per screen.

mod confirmed;
mod hold;
mod kiosk;
mod login;
mod payment_code;
mod preview;
mod restaurant;
mod unknown;

pub(crate) use confirmed::Confirmed;
pub(crate) use hold::Hold;
pub(crate) use kiosk::{KIOSK, Kiosk};
pub(crate) use login::{APP_CODE, CARD, CODE, Login, PHONE, another_code};
pub(crate) use payment_code::PaymentCode;
pub(crate) use preview::{PROMO, Preview, SPEND};
pub(crate) use restaurant::Restaurant;
pub(crate) use unknown::Unknown;
