//! The widget in a frame on a page of another site, whose cookies are blocked. `framed` is what each test runs on; the other
//! modules are the tests.

mod framed;

mod boundary;
mod carts;
mod faults;
pub(crate) mod height;
mod hostile;
mod journey;
mod protocol;
mod silence;

pub(crate) use framed::Framed;
