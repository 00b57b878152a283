//! What each test runs on: a demo of its own, a browser of its own, and the checks that end every test.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clock::Clock;
use jiff::{SignedDuration, Timestamp};
use proxy::demo::Running;
use sandbox::PaymentCodes;
use sandbox::ledger::Kind;
use serde_json::Value;
use tempfile::TempDir;

use crate::browser::{Browser, Part};
use crate::embedding::{Embedding, Place};
use crate::inbox::Inbox;
use crate::pages::{Confirmed, Hold, Kiosk, Login, PaymentCode, Preview, Restaurant, Unknown};
use crate::site::Site;

/// The phone of the makers' example guest: 100 bonuses and a drink as a gift.
pub(crate) const IVAN: &str = "+7 999 000-11-22";

/// A guest of rank «Платиновый» with 1230.58 bonuses.
pub(crate) const MARIA: &str = "+7 999 000-22-33";

/// A guest of «Лапша» with 1230.58 bonuses.
pub(crate) const DENIS: &str = "+7 999 000-33-44";

/// A guest of «Чашка» with 878 bonuses, her card and the code of her application.
pub(crate) const OLGA: &str = "+7 999 000-55-66";
pub(crate) const OLGA_CARD: &str = "2200770012345678";
pub(crate) const OLGA_CODE: &str = "AP-4711-OLGA";

/// A guest of «Чашка» whose level takes something off and gives no bonuses.
pub(crate) const PYOTR: &str = "+7 999 000-66-77";

/// The page of «Лапша», where all or nothing is spent and the confirm gives the order to the restaurant.
pub(crate) const LAPSHA: &str = "/?restaurant=lapsha";

/// The page of «Чашка», where what is spent is held for ten minutes.
pub(crate) const CHASHKA: &str = "/?restaurant=chashka";

/// What may differ from the usual demo.
pub(crate) struct Setting {
    /// The page that is opened, where it stands: `/?restaurant=pirogi`.
    pub(crate) page: &'static str,
    pub(crate) embedding: Embedding,
    pub(crate) clock: Clock,
    pub(crate) payment_codes: PaymentCodes,
    pub(crate) widget_dir: PathBuf,
    /// Whether the page is a host's that has no policy, so that the one does not count either that the proxy gives to what it
    /// serves.
    pub(crate) no_policy: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            page: "/",
            embedding: Embedding::Element,
            clock: Clock::system(),
            payment_codes: PaymentCodes::random(),
            widget_dir: built_widget(),
            no_policy: false,
        }
    }
}

/// The folder of the built widget. A run without one tests nothing, so it fails.
pub(crate) fn built_widget() -> PathBuf {
    let dir = std::env::var_os("LOYALTY_WIDGET_DIR")
        .expect("LOYALTY_WIDGET_DIR names the folder of the built widget; `cargo xtask test` sets it");
    let dir = std::path::absolute(PathBuf::from(dir)).expect("the folder's path");
    assert!(dir.join("loyalty-checkout_bg.wasm").is_file(), "there is no built widget in {}", dir.display());
    dir
}

/// Copies those of the widget's own files into a folder whose names are wanted; the kiosk's have a folder of theirs.
pub(crate) fn copy_widget(folder: &Path, is_wanted: impl Fn(&str) -> bool) {
    for entry in std::fs::read_dir(built_widget()).expect("the built widget is there") {
        let path = entry.expect("the built widget can be listed").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name");
        if path.is_file() && is_wanted(name) {
            std::fs::copy(&path, folder.join(name)).expect("the file can be copied");
        }
    }
}

/// A clock that a test moves, beginning now.
pub(crate) fn movable_clock() -> Clock {
    let start: Timestamp = "2026-06-01T12:00:00Z".parse().expect("a time");
    Clock::manual(start)
}

/// A running demo and a browser that shows the restaurant's page.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) demo: Running,
    /// What must be there as long as the demo runs, beside its books.
    pub(crate) _pages: Option<TempDir>,
    /// Where the page is that the browser was sent to.
    pub(crate) address: String,
    pub(crate) embedding: Embedding,
    /// The other site's server, where the page is there.
    site: Option<Site>,
    _data: TempDir,
}

impl Stage {
    /// The usual demo.
    pub(crate) async fn open() -> Self {
        Self::with(Setting::default()).await
    }

    /// The usual demo, at this page.
    pub(crate) async fn at(page: &'static str) -> Self {
        Self::with(Setting { page, ..Setting::default() }).await
    }

    /// The usual demo whose widget stands so.
    pub(crate) async fn embedded(embedding: Embedding) -> Self {
        Self::with(Setting { page: embedding.page(), embedding, ..Setting::default() }).await
    }

    /// A demo with this setting.
    pub(crate) async fn with(setting: Setting) -> Self {
        let data = tempfile::tempdir().expect("a folder for the data");
        let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
        let options = proxy::demo::Options {
            clock: setting.clock,
            payment_codes: setting.payment_codes,
            ..proxy::demo::Options::new(any_port, setting.widget_dir, data.path().to_owned())
        };
        let mut demo = proxy::demo::start(options).await.expect("the demo starts");
        let embedding = setting.embedding;
        let Place { address, site } = embedding.place(&mut demo, setting.page);
        let browser = Browser::start(embedding.frame()).await;
        let browser = if embedding == Embedding::Kiosk { browser.touched() } else { browser };
        if setting.no_policy {
            browser.lift_policy(setting.page).await;
        }
        browser.open(&address).await;
        Self { browser, demo, address, embedding, site, _pages: None, _data: data }
    }

    /// Stops the demo, does something without it, and starts it again where it was and with what it had.
    pub(crate) async fn without_demo(self, action: impl AsyncFnOnce(&Browser)) -> Self {
        let Self { browser, demo, address, embedding, site, _pages, _data } = self;
        let listening = demo.base_url().trim_end_matches('/').trim_start_matches("http://").to_owned();
        demo.stop().await;
        action(&browser).await;
        let listening = listening.parse().expect("an address and a port");
        let options = proxy::demo::Options::new(listening, built_widget(), _data.path().to_owned());
        let demo = proxy::demo::start(options).await.expect("the demo starts again");
        Self { browser, demo, address, embedding, site, _pages, _data }
    }

    /// The other site on which the page is.
    pub(crate) fn site(&self) -> &Site {
        self.site.as_ref().expect("the widget stands in a page of another site")
    }

    /// Hands the widget an order, as the program around it does.
    pub(crate) async fn hand_over(&self, cart: Value) {
        self.browser.run(self.embedding.hand_over(), vec![cart]).await;
    }

    /// The restaurant's page.
    pub(crate) const fn restaurant(&self) -> Restaurant<'_> {
        Restaurant::new(&self.browser)
    }

    /// The widget's screens of logging in.
    pub(crate) const fn login(&self) -> Login<'_> {
        Login::new(self.browser.widget())
    }

    /// The widget's preview.
    pub(crate) const fn preview(&self) -> Preview<'_> {
        Preview::new(self.browser.widget())
    }

    /// The widget's screen of what is frozen.
    pub(crate) const fn confirmed(&self) -> Confirmed<'_> {
        Confirmed::new(self.browser.widget())
    }

    /// The time for which the confirmed order is held.
    pub(crate) const fn hold(&self) -> Hold<'_> {
        Hold::new(self.browser.widget())
    }

    /// The widget's screen of an order nobody knows the state of.
    pub(crate) const fn unknown(&self) -> Unknown<'_> {
        Unknown::new(self.browser.widget())
    }

    /// The widget's payment code.
    pub(crate) const fn payment_code(&self) -> PaymentCode<'_> {
        PaymentCode::new(&self.browser)
    }

    /// The page of a kiosk around the widget.
    pub(crate) const fn kiosk(&self) -> Kiosk<'_> {
        Kiosk::new(&self.browser)
    }

    /// The phone the SMS arrive on.
    pub(crate) fn inbox(&self) -> Inbox {
        Inbox::new(self.demo.base_url())
    }

    /// Logs a guest in, up to the preview of the cart.
    pub(crate) async fn log_in(&self, phone: &str) {
        self.login().ask_for_code(phone).await;
        let code = self.inbox().code_for(phone).await;
        self.login().enter_code(&code).await;
        self.browser.hears("loyalty-preview", 1).await;
    }

    /// Sets the page's language, and waits until the widget speaks it.
    pub(crate) async fn speak(&self, tag: &str) {
        let set = "document.documentElement.lang = arguments[0]; document.documentElement.dir = arguments[1]";
        let dir = if tag == "ar" { "rtl" } else { "ltr" };
        self.browser.run_in(Part::Widget, set, vec![tag.into(), dir.into()]).await;
        let spoken =
            "return document.querySelector('loyalty-checkout').shadowRoot.querySelector('[lang]')?.lang";
        let is_spoken = async |_| self.browser.run_in(Part::Widget, spoken, Vec::new()).await == tag;
        self.browser.widget().until(&format!("speaks {tag}"), is_spoken).await;
    }

    /// Lets time pass for the servers, whose clock this is, and for the page.
    pub(crate) async fn pass_time(&self, clock: &Clock, seconds: u32) {
        assert!(clock.advance(SignedDuration::from_secs(seconds.into())), "the clock can be moved");
        self.browser.pass_time(seconds).await;
    }

    /// What the sandbox has done to orders, oldest first.
    pub(crate) fn orders_done(&self) -> Vec<Kind> {
        let entries = self.demo.sandbox().ledger().expect("the books open");
        entries.into_iter().filter(|entry| entry.order_id.is_some()).map(|entry| entry.kind).collect()
    }

    /// Ends the test: no script has failed, the sandbox's books are sound, everything stops.
    pub(crate) async fn finish(self) {
        let errors = self.browser.errors().await;
        assert!(errors.is_empty(), "scripts of the page failed: {errors:?}");
        if let Err(broken) = self.demo.sandbox().check() {
            panic!("the sandbox's books are not sound: {broken:?}");
        }
        drop(self.browser);
        self.demo.stop().await;
    }
}
