//! The pieces screens are made of. They know no business: what they show and do is handed to them.
//!
//! They are plain functions over [`AnyView`](leptos::prelude::AnyView), the closures of `follow` and one kind of element,
//! so that each exists once in the binary however often it is used (see docs/bytes.md).

mod barcode;
mod button;
mod element;
mod field;
mod follow;
mod layout;
mod slider;
mod switch;

pub use barcode::{ean8, qr};
pub use button::{Button, ButtonKind, button};
pub(crate) use element::keep;
pub use field::{Field, field};
pub use follow::{Flag, Handler, Words, fixed, never};
pub use layout::{
    alert, badge, form, heading, keyed, line, paragraph, stack, static_line, static_text, status, text,
};
pub use slider::{Slider, slider};
pub use switch::{Switch, switch};
