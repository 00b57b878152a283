//! What only Chromium lets a test do. This is the one place that says which tests are left out in the other browsers: `cargo
//! xtask test --all-browsers` runs every test there but those below this module, and its summary counts them.
//!
//! - `settings`: the DevTools protocol emulates settings of a guest's system.
//! - `layout_shift`: Chromium alone tells of layout that shifts.
//! - `kiosk`: the protocol gives the keys of a scanner their times and lists every string on the heap.
//! - `element_life`: the protocol counts what is left of elements that are gone.
//! - `playground`: the protocol lets a page read the clipboard.
//! - The other modules look at pages of hosts, which are served beside the widget: the protocol lifts the policy that the proxy
//!   gives to what it serves. `frame` needs nothing of it, but was written for Chromium and has not been tried elsewhere.

mod cannot_run;
mod doctor;
mod element_life;
mod element_methods;
mod examples;
mod first_keystroke;
mod frame;
mod hostile_pages;
mod kiosk;
mod layout_shift;
mod packages;
mod playground;
mod registered_orders;
mod settings;

use crate::browser::Devtools;
use crate::stage::Stage;

impl Stage {
    fn devtools(&self) -> Devtools<'_> {
        self.browser.devtools().expect("tests of `only_chromium` run in Chromium")
    }
}
