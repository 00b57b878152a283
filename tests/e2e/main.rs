//! The whole product in a browser: the restaurant's page, the widget, the proxy and the sandbox, over real HTTP.
//!
//! Asserts what a person sees and what the host page receives, never markup. In reading order: [`stage`] is what each test
//! runs on, `embedding` where its widget stands, `pages` what a guest can do, `browser` and `symbols` how that is done; the
//! other modules are the tests. `LOYALTY_WIDGET_DIR` must name the built widget, `LOYALTY_AXE` the script of axe-core;
//! `cargo xtask test` sees to both. `LOYALTY_BROWSER` may name another browser than Chromium: every test holds in each, but
//! for those in `only_chromium` and `not_in_webkit`.
#![cfg(not(target_arch = "wasm32"))]

mod axe;
mod browser;
mod embedding;
mod host;
mod inbox;
mod merchant;
mod pages;
mod pictures;
mod site;
mod stage;
mod symbols;

mod all_or_nothing;
mod announcements;
mod appearance;
mod cannot_run;
mod cart_changes;
mod cart_contents;
mod doctor;
mod element_life;
mod element_methods;
mod examples;
mod faces;
mod first_keystroke;
mod focus;
mod frame;
mod holds;
mod hostile_pages;
mod journeys;
mod kiosk;
mod languages;
mod login;
mod login_keys;
mod lost_network;
mod not_in_webkit;
mod only_chromium;
mod packages;
mod payment_codes;
mod promo_codes;
mod registered_orders;
mod scenario;
mod screens;
mod spend;
mod unknown_order;
mod upstream_faults;
mod without_widget;
