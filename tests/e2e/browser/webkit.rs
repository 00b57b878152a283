//! WebKit, as Debian's MiniBrowser shows it: a window on a screen of its own, whose settings are those of a desktop.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use fantoccini::Client;
use fantoccini::wd::Capabilities;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::{Driver, end};
use super::kind::Theme;

/// Without it the buttons around the page would keep the window wider than a phone.
const SLIM: &str = "* { min-width: 0; min-height: 0; margin: 0; padding: 0; border-width: 0; }";

/// A place of the screen that no window of a test leaves bare, at the edge of the page.
const WITHIN_EACH_WINDOW: [&str; 2] = ["2", "300"];

/// How much higher the window is than the page's part of it.
const FRAME: &str = "return outerHeight - innerHeight";

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
        write_settings(&folder, Theme::Light);
        let mut screen = quiet("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "2000x2200x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("Xvfb starts; it is in Debian's package xvfb");
        let mut number = String::new();
        let stdout = screen.stdout.take().expect("it was piped");
        BufReader::new(stdout).read_line(&mut number).expect("Xvfb says the number of its screen");
        let number = format!(":{}", number.trim());
        // Without a window manager the keyboard is where the pointer is. A screen that lost its only program would begin anew.
        let [x, y] = WITHIN_EACH_WINDOW;
        let moved = quiet("xdotool").args(["mousemove", x, y]).env("DISPLAY", &number).status();
        assert!(
            moved.expect("xdotool starts; it is in Debian's package of this name").success(),
            "the pointer is moved"
        );
        let settings = quiet("xsettingsd")
            .arg("-c")
            .arg(folder.path().join("xsettingsd"))
            .env("DISPLAY", &number)
            .stdout(Stdio::null())
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
        command.env("LANG", "C.UTF-8").env("LANGUAGE", "ru").env("NO_AT_BRIDGE", "1");
        Driver::at_a_free_port(command)
    }

    pub(super) fn prefer(&self, theme: Theme) {
        write_settings(&self.folder, theme);
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
        "webkitgtk:browserOptions": { "args": ["--automation", "--cookies-policy=no-third-party"] },
    }) else {
        unreachable!("an object was written");
    };
    capabilities
}

/// Gives the page a window of so many CSS pixels.
pub(super) async fn give_room(client: &Client, width_px: u32, height_px: u32) {
    let frame = client.execute(FRAME, Vec::new()).await.expect("the script runs");
    let frame = frame.as_u64().and_then(|frame| u32::try_from(frame).ok()).expect("a height");
    client.set_window_rect(0, 0, width_px, height_px + frame).await.expect("the window can be resized");
}

fn quiet(program: &str) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

fn write_settings(folder: &TempDir, theme: Theme) {
    let look = match theme {
        Theme::Light => "Adwaita",
        Theme::Dark => "Adwaita-dark",
    };
    let settings = format!("Net/ThemeName \"{look}\"\n");
    fs::write(folder.path().join("xsettingsd"), settings).expect("the settings are written");
}
