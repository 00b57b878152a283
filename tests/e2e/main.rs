//! The whole product in headless Chromium: the restaurant's page, the widget, the proxy and the sandbox, over real HTTP.
//!
//! Asserts what a person sees and what the host page receives, never markup. In reading order: [`stage`] is what each test
//! runs on, `pages` what a guest can do, `browser` and `symbols` how that is done; the other modules are the tests.
//! `LOYALTY_WIDGET_DIR` must name the built widget; `cargo xtask test` sees to it.
#![cfg(not(target_arch = "wasm32"))]

mod browser;
mod host;
mod inbox;
mod merchant;
mod pages;
mod site;
mod stage;
mod symbols;

mod all_or_nothing;
mod appearance;
mod cannot_run;
mod cart_changes;
mod cart_contents;
mod doctor;
mod element_life;
mod element_methods;
mod examples;
mod first_keystroke;
mod frame;
mod holds;
mod hostile_pages;
mod kiosk;
mod languages;
mod login;
mod login_keys;
mod lost_network;
mod packages;
mod payment_codes;
mod playground;
mod promo_codes;
mod registered_orders;
mod scenario;
mod screens;
mod sessions;
mod spend;
mod unknown_order;
mod upstream_faults;
mod without_widget;
