//! What only Chromium lets a test see. This is the one place that says which tests are left out in the other browsers: `cargo
//! xtask test --all-browsers` runs every test there but those below this module, and its summary counts them.
//!
//! - `layout_shift`, `frame_shift`: Chromium alone tells of layout that shifts.
//! - `mounts`: the DevTools protocol counts what is left of elements that are gone.
//! - `permissions`: Chromium alone tells what a frame may do, and knows a code that is filled in from a message.
//! - `playground`: the protocol lets a page read the clipboard.
//! - `settings`: the protocol emulates settings of a guest's system.

mod frame_shift;
mod layout_shift;
mod mounts;
mod permissions;
mod playground;
mod settings;

use crate::browser::Devtools;
use crate::stage::Stage;

impl Stage {
    fn devtools(&self) -> Devtools<'_> {
        self.browser.devtools().expect("tests of `only_chromium` run in Chromium")
    }
}
