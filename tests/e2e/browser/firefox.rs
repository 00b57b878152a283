//! Firefox: what of it is not in the WebDriver standard is done by scripts in the browser's own window, as its developer
//! tools do it.

use std::net::SocketAddr;

use fantoccini::Client;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use serde_json::{Value, json};

use super::HEIGHT_PX;
use super::driver::Driver;
use super::tastes::Tastes;

const RESIZE: &str = "
    const [width, height, zoom] = arguments;
    const browser = gBrowser.selectedBrowser;
    for (const [name, size] of [['width', width], ['height', height]]) {
      for (const limit of ['', 'min-', 'max-']) browser.style.setProperty(limit + name, `${size}px`);
    }
    browser.fullZoom = zoom;
";

const PREFER: &str = "
    const [theme, isStill, areForced] = arguments;
    const page = gBrowser.selectedBrowser.browsingContext.top;
    page.prefersColorSchemeOverride = theme;
    page.forcedColorsOverride = areForced ? 'active' : 'none';
    Services.prefs.setIntPref('ui.prefersReducedMotion', isStill ? 1 : 0);
";

/// Starts geckodriver.
pub(super) fn driver() -> Driver {
    let mut command = Driver::command("GECKODRIVER", "geckodriver");
    command.args(["--port", "0", "--allow-system-access"]);
    Driver::that_says_its_port(command, port)
}

/// A browser whose every request goes through the relay.
pub(super) fn capabilities(relay: SocketAddr) -> Capabilities {
    let Value::Object(capabilities) = json!({
        "proxy": { "proxyType": "manual", "httpProxy": relay.to_string() },
        "moz:firefoxOptions": {
            "args": ["-headless", "--width", "1400", "--height", "1100"],
            "prefs": {
                "intl.accept_languages": "ru",
                "network.proxy.allow_hijacking_localhost": true,
                "ui.useOverlayScrollbars": 1,
            },
        },
    }) else {
        unreachable!("an object was written");
    };
    capabilities
}

/// Gives the page a window of so many CSS pixels at a zoom of so many times.
pub(super) async fn resize(client: &Client, width_px: u32, zoom: u32) {
    in_window(client, RESIZE, vec![json!(width_px * zoom), json!(HEIGHT_PX), json!(zoom)]).await;
}

pub(super) async fn prefer(client: &Client, tastes: Tastes) {
    let arguments =
        vec![json!(tastes.theme.word()), json!(tastes.reduced_motion), json!(tastes.forced_colours)];
    in_window(client, PREFER, arguments).await;
}

/// The whole page as a PNG in Base64.
pub(super) async fn photograph(client: &Client) -> Value {
    client.issue_cmd(Moz::WholePage).await.expect("a picture")
}

/// The port in `1700000000000	geckodriver	INFO	Listening on 127.0.0.1:41234`.
fn port(line: &str) -> Option<u16> {
    let (_, address) = line.split_once("Listening on ")?;
    address.rsplit_once(':')?.1.trim().parse().ok()
}

async fn in_window(client: &Client, script: &str, arguments: Vec<Value>) {
    client.issue_cmd(Moz::Context("chrome")).await.expect("the browser's own window");
    let result = client.execute(script, arguments).await;
    client.issue_cmd(Moz::Context("content")).await.expect("the page again");
    result.expect("the script runs in the browser's own window");
}

/// A command of Firefox's own.
#[derive(Debug)]
enum Moz {
    /// Where scripts run: in the page, `content`, or in the browser's own window, `chrome`.
    Context(&'static str),
    WholePage,
}

impl WebDriverCompatibleCommand for Moz {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        let command = match self {
            Self::Context(_) => "context",
            Self::WholePage => "screenshot/full",
        };
        base.join(&format!("session/{}/moz/{command}", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        match self {
            Self::Context(name) => (http::Method::POST, Some(json!({ "context": name }).to_string())),
            Self::WholePage => (http::Method::GET, None),
        }
    }
}
