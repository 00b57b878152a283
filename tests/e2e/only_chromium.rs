//! What only Chromium lets a test do: its DevTools protocol emulates settings of a guest's system, and it alone tells of
//! layout that shifts. This is the one place that says which tests are left out in the other browsers: `cargo xtask test
//! --all-browsers` runs every test there but those below this module, and its summary counts them.

mod layout_shift;
mod settings;

use crate::browser::Devtools;
use crate::stage::Stage;

impl Stage {
    fn devtools(&self) -> Devtools<'_> {
        self.browser.devtools().expect("tests of `only_chromium` run in Chromium")
    }
}
