//! Firefox: what of it is not in the WebDriver standard is done by scripts in the browser's own window, as its developer
//! tools do it.

use std::net::SocketAddr;

use fantoccini::Client;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use serde_json::{Value, json};

use super::driver::Driver;
use super::kind::Theme;

const RESIZE: &str = "
    const { style } = gBrowser.selectedBrowser;
    for (const [name, size] of [['width', arguments[0]], ['height', arguments[1]]]) {
      for (const limit of ['', 'min-', 'max-']) style.setProperty(limit + name, `${size}px`);
    }
";

const PREFER: &str = "gBrowser.selectedBrowser.browsingContext.top.prefersColorSchemeOverride = arguments[0]";

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
                // Cookies of other sites than the page's are refused.
                "network.cookie.cookieBehavior": 1,
                "ui.useOverlayScrollbars": 1,
                // Each script of the driver listens to the page's end, which would keep the page from being kept.
                "docshell.shistory.bfcache.allow_unload_listeners": true,
            },
        },
    }) else {
        unreachable!("an object was written");
    };
    capabilities
}

/// Gives the page a window of so many CSS pixels.
pub(super) async fn give_room(client: &Client, width_px: u32, height_px: u32) {
    in_window(client, RESIZE, vec![json!(width_px), json!(height_px)]).await;
}

pub(super) async fn prefer(client: &Client, theme: Theme) {
    in_window(client, PREFER, vec![json!(theme.to_string())]).await;
}

/// The port in a line that ends with `Listening on 127.0.0.1:41234`.
fn port(line: &str) -> Option<u16> {
    let (_, address) = line.split_once("Listening on ")?;
    address.rsplit_once(':')?.1.trim().parse().ok()
}

async fn in_window(client: &Client, script: &str, arguments: Vec<Value>) {
    client.issue_cmd(Context("chrome")).await.expect("the browser's own window");
    let result = client.execute(script, arguments).await;
    client.issue_cmd(Context("content")).await.expect("the page again");
    result.expect("the script runs in the browser's own window");
}

/// A command of Firefox's own: where scripts run, in the page, `content`, or in the browser's own window, `chrome`.
#[derive(Debug)]
struct Context(&'static str);

impl WebDriverCompatibleCommand for Context {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/moz/context", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "context": self.0 }).to_string()))
    }
}
