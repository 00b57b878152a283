//! The loyalty checkout widget. Modules in reading order: what it is told, what it knows, what it shows, how it talks.
//!
//! One model ([`state`]) is changed by messages; views ([`steps`], made of [`ui`]) read it; what a change asks for is done
//! by [`effects`] through [`api`] and [`embed`]. Every visible word is in [`i18n`].

pub mod api;
pub mod app;
pub mod config;
pub mod digits;
mod effects;
pub mod embed;
pub mod i18n;
#[cfg(any(target_arch = "wasm32", test))]
mod memory;
pub mod state;
mod steps;
pub mod ui;
