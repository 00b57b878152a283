//! Pictures of what is seen, for people to look at. Kept in `docs/screenshots`, in Chromium and where `LOYALTY_SCREENSHOTS=1`
//! asks for them; `cargo xtask screenshots` does, and is how those in the repository were made. Elsewhere nothing is done.

use std::path::Path;

use crate::browser::Kept;
use crate::stage::Stage;

/// Where they are.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/screenshots");

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The whole page, also what is not scrolled to.
    Page,
    /// What is in the window.
    Window,
}

impl Stage {
    /// Keeps a picture under this name, a path without its ending.
    pub(crate) async fn keep_picture(&self, shown: Shown, name: &str) {
        if std::env::var("LOYALTY_SCREENSHOTS").as_deref() != Ok("1") {
            return;
        }
        let Some(devtools) = self.browser.devtools() else { return };
        let picture = match shown {
            Shown::Page => devtools.photograph(Kept::Small).await,
            Shown::Window => devtools.photograph_window(Kept::Small).await,
        };
        let file = Path::new(FOLDER).join(format!("{name}.webp").to_lowercase());
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder for the pictures");
        std::fs::write(file, picture).expect("the picture is written");
    }
}
