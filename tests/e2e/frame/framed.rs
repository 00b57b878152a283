//! What each test of the frame runs on: a demo, another site whose page shows the widget in a frame, and a way into it.

use serde_json::{Value, json};

use crate::browser::Part;
use crate::embedding::{EMPTY, Embedding};
use crate::host::cart;
use crate::stage::{Setting, Stage};

/// What a guest reads where the frame cannot be had.
pub(super) const SENTENCE: &str = "Программа лояльности сейчас недоступна. Заказ можно оформить без неё.";

/// What the element itself says, in place of a frame.
pub(super) const SAID: &str = "return widget.shadowRoot.querySelector('[role=alert]')?.textContent ?? ''";

/// A demo and a page of another site.
pub(crate) struct Framed {
    pub(crate) stage: Stage,
}

impl Framed {
    /// A page with nothing but the frame, with the widget there.
    pub(crate) async fn open() -> Self {
        let framed = Self::with("", crate::embedding::FRAME).await;
        framed.stage.browser.hears("loyalty-ready", 1).await;
        framed
    }

    /// The same, once the widget has a cart.
    pub(crate) async fn open_with_cart() -> Self {
        let framed = Self::open().await;
        framed.stage.hand_over(cart()).await;
        framed
    }

    /// A page with this in its head, before the script, and this in its body.
    pub(crate) async fn with(head: &str, body: &str) -> Self {
        let framed = Self::start(Setting::default(), &["pirogi", "lapsha", "chashka"]).await;
        framed.show("", head, body).await;
        framed
    }

    /// A demo that lets the site's pages frame the widgets of these restaurants; nothing is shown yet.
    pub(crate) async fn start(setting: Setting, restaurants: &[&str]) -> Self {
        let setting = Setting { page: EMPTY, embedding: Embedding::Frame, ..setting };
        let mut stage = Stage::with(setting).await;
        let origin = stage.site().origin();
        let changed = stage.demo.reload(|config| {
            for restaurant in &mut config.restaurants {
                let is_allowed = restaurants.contains(&restaurant.id.as_str());
                restaurant.allowed_origins = if is_allowed { vec![origin.clone()] } else { Vec::new() };
            }
        });
        assert!(changed.is_ok_and(|waiting| waiting.is_empty()), "this takes no restart");
        Self { stage }
    }

    /// Shows a page with these headers, this in its head and this in its body.
    pub(crate) async fn show(&self, headers: &str, head: &str, body: &str) {
        let script = format!("<script type=\"module\" src=\"{}/widget/frame.js\"></script>", self.proxy());
        let page = format!(
            "<!doctype html><html lang=\"ru\"><head><meta charset=\"utf-8\"><title>Ресторан</title>{head}{script}\
             </head><body>{body}</body></html>"
        );
        let site = self.stage.site();
        site.put("/", headers, &page);
        self.stage.browser.open(&format!("{}/", site.origin())).await;
    }

    /// A proxy that is none: its `/embed` runs this script. Returns its address.
    pub(crate) fn false_proxy(&self, script: &str) -> String {
        let site = self.stage.site();
        site.put("/embed", "Access-Control-Allow-Origin: *\r\n", &format!("<script>{script}</script>"));
        site.elsewhere()
    }

    /// The proxy's origin.
    pub(crate) fn proxy(&self) -> String {
        self.stage.demo.base_url().trim_end_matches('/').replace("127.0.0.1", "localhost")
    }

    /// Runs a script of the page in which `widget` is the frame's element, and returns what it returns, awaited.
    pub(crate) async fn with_widget(&self, script: &str) -> Value {
        let script = format!("const widget = document.querySelector('loyalty-checkout-frame'); {script}");
        self.stage.browser.run(&script, Vec::new()).await
    }

    /// Runs a script in the frame.
    pub(crate) async fn inside(&self, script: &str) -> Value {
        self.stage.browser.run_in(Part::Widget, script, Vec::new()).await
    }

    /// Waits until a script of the page says this.
    pub(crate) async fn until(&self, script: &str, wanted: Value) {
        let holds = async |_| self.with_widget(script).await == wanted;
        self.stage.browser.page().until(&format!("says {wanted} to {script}"), holds).await;
    }

    /// The codes of all errors the page has heard.
    pub(crate) async fn errors_heard(&self) -> Vec<Value> {
        self.stage
            .browser
            .heard("loyalty-error")
            .await
            .into_iter()
            .map(|detail| detail["code"].clone())
            .collect()
    }

    /// The codes of what doctor() finds.
    pub(crate) async fn finds(&self) -> Value {
        self.with_widget("return widget.doctor().then((found) => found.map(({ code }) => code))").await
    }

    pub(crate) async fn finish(self) {
        self.stage.finish().await;
    }
}

/// A cart of one dish for so many roubles.
pub(crate) fn cart_for(roubles: u32) -> Value {
    let mut cart = cart();
    cart["lines"][0]["unit_price_minor"] = json!(roubles * 100);
    cart
}
