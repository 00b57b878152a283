//! The backend proxy: keeps the keys, the sessions and the orders; decides what a guest may do.
//!
//! In reading order: [`config`] is what may be configured, `live` what of it may change while the proxy runs, `app` what
//! all requests share, `router` which path goes where, `edge` what the internet may ask at all,
//! `handlers` one file per verb, `program` which loyalty system a restaurant has, `auth` login and sessions, `orders` an order's life, `merchant` the API of restaurants' own servers, `webhooks` what these are told, `background` what is done unasked, `store` the disk, `sms` how login
//! codes leave, `client_address` from where somebody asks, `error` what is answered when something goes wrong, [`log`], `metrics` and [`otel`] what the operator is told. [`demo`] is all of it with the sandbox beside it.

pub mod app;
mod auth;
mod background;
mod client_address;
pub mod config;
pub mod demo;
mod edge;
mod entropy;
mod error;
mod extract;
mod guest;
mod handlers;
mod live;
pub mod log;
mod merchant;
mod metrics;
mod middleware;
pub mod openapi;
mod orders;
pub mod otel;
mod program;
mod router;
pub mod serve;
mod sms;
mod store;
mod webhooks;
mod widget;
