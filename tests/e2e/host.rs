//! Pages of hosts other than the demo's, for what a page can do to the widget. They lie beside the widget's own files, so
//! they are served as those are.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::stage::{Setting, Stage, copy_widget};

/// Where the page of [`Host`] is served.
const PAGE: &str = "/widget/host.html";

/// The element as the documentation writes it.
pub(crate) const ELEMENT: &str = "<loyalty-checkout restaurant=\"pirogi\"></loyalty-checkout>";

/// Keeps the widget's program back until `release()` is called.
pub(crate) const HELD_BACK: &str = "<script>
    const fetchNow = window.fetch;
    window.fetch = (url, options) => String(url).endsWith('.wasm')
        ? new Promise((go) => { window.release = () => go(fetchNow(url, options)); })
        : fetchNow(url, options);
</script>";

/// A cart of one dish for 480.
pub(crate) fn cart() -> Value {
    portions(1)
}

/// A cart of so many portions of a dish for 480.
pub(crate) fn portions(count: u32) -> Value {
    json!({
        "currency": "RUB",
        "expedition": "pickup",
        "lines": [{
            "code": "pelmeni",
            "name": "Пельмени",
            "quantity_milli": 1000 * count,
            "unit_price_minor": 48_000,
            "modifiers": [],
        }],
    })
}

/// A host's page and the widget's files beside it.
pub(crate) struct Host {
    folder: TempDir,
    /// Whether the page says which policy it has. Else it has none: the proxy's own is for the proxy's own pages.
    has_policy: bool,
}

impl Host {
    /// A page with this in its head, before the element's script, and this in its body.
    pub(crate) fn new(head: &str, body: &str) -> Self {
        let script = "<script type=\"module\" src=\"/widget/element.js\"></script>";
        Self::without_script(&[head, script].concat(), body)
    }

    /// The same without the element's script.
    pub(crate) fn without_script(head: &str, body: &str) -> Self {
        Self::with_page(
            &format!(
                "<!doctype html><html lang=\"ru\"><head><meta charset=\"utf-8\"><title>Host</title>{head}</head>\
                 <body>{body}</body></html>"
            ),
            head.contains("Content-Security-Policy"),
        )
    }

    /// A whole page. `has_policy` says whether it says which policy it has.
    pub(crate) fn with_page(page: &str, has_policy: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the host");
        copy_widget(folder.path(), |_| true);
        std::fs::write(folder.path().join("host.html"), page).expect("the page is written");
        Self { folder, has_policy }
    }

    /// With a file beside the page.
    pub(crate) fn with_file(self, name: &str, content: &[u8]) -> Self {
        std::fs::write(self.folder.path().join(name), content).expect("the file is written");
        self
    }

    /// A page with nothing but the element.
    pub(crate) fn plain() -> Self {
        Self::new("", ELEMENT)
    }

    /// Without one of the widget's files.
    pub(crate) fn without(self, name: &str) -> Self {
        std::fs::remove_file(self.folder.path().join(name)).expect("the widget has the file");
        self
    }

    /// A demo whose browser shows the page.
    pub(crate) async fn open(self) -> Stage {
        let widget_dir = self.folder.path().to_owned();
        let mut stage = Stage::with(Setting {
            page: PAGE,
            widget_dir,
            no_policy: !self.has_policy,
            ..Setting::default()
        })
        .await;
        stage._pages = Some(self.folder);
        stage
    }

    /// The same, once the widget is there and has a cart.
    pub(crate) async fn open_with_cart(self) -> Stage {
        let stage = self.open().await;
        stage.browser.hears("loyalty-ready", 1).await;
        stage.hand_over(cart()).await;
        stage
    }
}

impl Stage {
    /// Runs a script in which `widget` is the element, and returns what it returns, awaited.
    pub(crate) async fn with_widget(&self, script: &str) -> Value {
        let script = format!("const widget = document.querySelector('loyalty-checkout'); {script}");
        self.browser.run(&script, Vec::new()).await
    }
}
