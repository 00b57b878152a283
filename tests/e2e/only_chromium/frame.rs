//! The widget in a frame on a page of another site, whose cookies are blocked. In reading order: `site` is that page,
//! `framed` what each test runs on; the other modules are the tests.

mod framed;
mod site;

mod boundary;
mod faults;
mod height;
mod hostile;
mod journey;
mod protocol;

pub(crate) use framed::Framed;
