//! The only room that touches the page: mounting, events to the host, focus, the page's clock and randomness.

pub(crate) mod events;
pub(crate) mod later;
mod mount;
pub(crate) mod page;

pub use mount::{act, mount, translate, unmount, update_order};
