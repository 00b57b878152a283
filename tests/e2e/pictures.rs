//! Pictures of what is seen, for people to look at. Kept in `docs/screenshots`, in Chromium and where `LOYALTY_SCREENSHOTS=1`
//! asks for them; `cargo xtask screenshots` does, and is how those in the repository were made. Elsewhere nothing is done.

use std::path::Path;

use crate::stage::Stage;

/// Where they are.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/screenshots");

/// The widget, in this document or in a frame.
const WIDGET: &str = "loyalty-checkout, loyalty-checkout-frame";

const AROUND_PX: u32 = 16;

/// How many colours a picture has: there are over a hundred of them in the repository.
const COLOURS: u32 = 64;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The whole page, also what is not scrolled to.
    Page,
    /// What is in the window.
    Window,
    /// The widget, or its frame, with a little of the page around it.
    Widget,
}

impl Stage {
    /// Keeps a picture under this name, a path without its ending.
    pub(crate) async fn keep_picture(&self, shown: Shown, name: &str) {
        if std::env::var("LOYALTY_SCREENSHOTS").as_deref() != Ok("1") {
            return;
        }
        let Some(devtools) = self.browser.devtools() else { return };
        let picture = match shown {
            Shown::Page => devtools.photograph().await,
            Shown::Window => self.browser.photograph_window().await,
            Shown::Widget => devtools.photograph_piece(WIDGET, AROUND_PX).await,
        };
        let picture = devtools.shrink(&picture, COLOURS).await;
        let file = Path::new(FOLDER).join(format!("{name}.png").to_lowercase());
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder for the pictures");
        std::fs::write(file, picture).expect("the picture is written");
    }
}
