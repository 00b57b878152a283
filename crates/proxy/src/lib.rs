//! The backend proxy: keeps the keys, the sessions and the orders; decides what a guest may do.
//!
//! In reading order: [`config`] is what may be configured, `app` what all requests share, `router` which path goes where,
//! `handlers` one file per verb, `program` which loyalty system a restaurant has, `auth` login and sessions, `orders` an order's life, `store` the disk, `sms` how login
//! codes leave, [`login_figures`] what became of them, `error` what is answered when something goes wrong. [`demo`] is all of it with the sandbox beside it.

pub mod app;
mod auth;
mod client_address;
pub mod config;
pub mod demo;
mod entropy;
mod error;
mod extract;
mod guest;
mod handlers;
pub mod login_figures;
mod middleware;
pub mod openapi;
mod orders;
mod program;
mod router;
pub mod serve;
mod sms;
mod store;
mod widget;
