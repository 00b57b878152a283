//! WebKit, as Debian's MiniBrowser shows it: a window on a screen of its own, whose settings are those of a desktop.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use fantoccini::Client;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::HEIGHT_PX;
use super::driver::{Driver, end};
use super::tastes::{Tastes, Theme};

/// Without it the buttons around the page would keep the window wider than a phone.
const SLIM: &str = "* { min-width: 0; min-height: 0; margin: 0; padding: 0; border-width: 0; }";

/// How much higher the window is than the page's part of it, how high the whole page is, and how much of it is shown.
const HEIGHTS: &str = "return [outerHeight - innerHeight, document.documentElement.scrollHeight, innerHeight]";

/// A screen that nobody sees, and the daemon that tells its programs the guest's settings.
pub(super) struct Desktop {
    screen: Child,
    settings: Child,
    number: String,
    folder: TempDir,
}

impl Desktop {
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the settings");
        fs::create_dir_all(folder.path().join("gtk-3.0")).expect("made");
        fs::write(folder.path().join("gtk-3.0/gtk.css"), SLIM).expect("written");
        write_settings(&folder, Tastes::default());
        let mut screen = Command::new("Xvfb")
            // Higher than any page, so that a page can be photographed as a whole.
            .args(["-displayfd", "1", "-screen", "0", "1400x6000x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts; it is in Debian's package xvfb");
        let mut number = String::new();
        let stdout = screen.stdout.take().expect("it was piped");
        BufReader::new(stdout).read_line(&mut number).expect("Xvfb says the number of its screen");
        let number = format!(":{}", number.trim());
        let settings = Command::new("xsettingsd")
            .arg("-c")
            .arg(folder.path().join("xsettingsd"))
            .env("DISPLAY", &number)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("xsettingsd starts; it is in Debian's package of this name");
        Self { screen, settings, number, folder }
    }

    /// Starts the driver, and later its browser, on this screen.
    pub(super) fn driver(&self) -> Driver {
        let mut command = Driver::command("WEBKITWEBDRIVER", "WebKitWebDriver");
        command.env("DISPLAY", &self.number).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
            command.env(variable, self.folder.path());
        }
        command.env("LANG", "C.UTF-8").env("NO_AT_BRIDGE", "1");
        Driver::at_a_free_port(command)
    }

    pub(super) fn prefer(&self, tastes: Tastes) {
        write_settings(&self.folder, tastes);
        let daemon = self.settings.id().to_string();
        let told = Command::new("kill").args(["-HUP", &daemon]).status().expect("`kill` runs");
        assert!(told.success(), "xsettingsd runs");
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        end(&mut self.settings, "xsettingsd");
        end(&mut self.screen, "Xvfb");
    }
}

/// A browser whose every request goes through the relay.
pub(super) fn capabilities(relay: SocketAddr) -> Capabilities {
    let Value::Object(capabilities) = json!({
        "proxy": { "proxyType": "manual", "httpProxy": relay.to_string() },
        "webkitgtk:browserOptions": { "args": ["--automation"] },
    }) else {
        unreachable!("an object was written");
    };
    capabilities
}

/// Gives the page a window of so many CSS pixels.
pub(super) async fn resize(client: &Client, width_px: u32) {
    let [frame, ..] = heights(client).await;
    set_window(client, width_px, HEIGHT_PX + frame).await;
}

/// The whole page as a PNG: the window grows until it shows all of it.
pub(super) async fn photograph(client: &Client) -> Vec<u8> {
    let [frame, page, shown] = heights(client).await;
    let (width, _) = client.get_window_size().await.expect("the window has a size");
    let width = u32::try_from(width).expect("a width in pixels");
    if page <= shown {
        return client.screenshot().await.expect("a picture");
    }
    set_window(client, width, page + frame).await;
    let picture = client.screenshot().await.expect("a picture");
    set_window(client, width, shown + frame).await;
    picture
}

async fn heights(client: &Client) -> [u32; 3] {
    let heights = client.execute(HEIGHTS, Vec::new()).await.expect("the script runs");
    serde_json::from_value(heights).expect("three heights")
}

async fn set_window(client: &Client, width: u32, height: u32) {
    client.set_window_rect(0, 0, width, height).await.expect("the window can be resized");
}

fn write_settings(folder: &TempDir, tastes: Tastes) {
    assert!(!tastes.forced_colours, "WebKit has no forced colours; the list of what is left out names this test");
    let look = match tastes.theme {
        Theme::Light => "Adwaita",
        Theme::Dark => "Adwaita-dark",
    };
    let moves = u8::from(!tastes.reduced_motion);
    let settings = format!("Net/ThemeName \"{look}\"\nGtk/EnableAnimations {moves}\n");
    fs::write(folder.path().join("xsettingsd"), settings).expect("the settings are written");
}
