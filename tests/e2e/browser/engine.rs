//! What each kind of browser needs beside its driver, and how each does what WebDriver has no command for.

use fantoccini::{Client, ClientBuilder};
use tempfile::TempDir;

use super::driver::Driver;
use super::kind::{Kind, Theme};
use super::relay::Relay;
use super::webkit::Desktop;
use super::{chromium, firefox, webkit};

/// A browser's driver and what was started for it. In the order in which they end: the driver, which ends the browser, first.
pub(super) enum Engine {
    Chromium { _driver: Driver, _profile: TempDir, relay: Option<Relay> },
    Firefox { _driver: Driver, relay: Relay },
    Webkit { _driver: Driver, relay: Relay, desktop: Desktop },
}

impl Engine {
    /// Starts the kind of browser that was chosen. The script runs in each page before its own, also in `frames`.
    pub(super) async fn start(first_script: &'static str, frames: bool) -> (Self, Client) {
        match Kind::chosen() {
            Kind::Chromium => {
                // By its protocol a script runs first in the page and in frames of its site, not in those of another.
                let relay = frames.then(|| Relay::start(first_script));
                let profile = tempfile::tempdir().expect("a folder for the profile");
                let mut driver = chromium::driver();
                let address = relay.as_ref().map(Relay::address);
                let client = driver.connect(chromium::capabilities(profile.path(), address)).await;
                if !frames {
                    chromium::run_first(&client, first_script).await;
                }
                (Self::Chromium { _driver: driver, _profile: profile, relay }, client)
            }
            Kind::Firefox => {
                let relay = Relay::start(first_script);
                let mut driver = firefox::driver();
                let client = driver.connect(firefox::capabilities(relay.address())).await;
                (Self::Firefox { _driver: driver, relay }, client)
            }
            Kind::Webkit => {
                let (relay, desktop) = (Relay::start(first_script), Desktop::start());
                let mut driver = desktop.driver();
                let client = driver.connect(webkit::capabilities(relay.address())).await;
                (Self::Webkit { _driver: driver, relay, desktop }, client)
            }
        }
    }

    pub(super) async fn set_offline(&self, client: &Client, offline: bool) {
        match self.relay() {
            Some(relay) => relay.set_cut(offline),
            None => chromium::set_offline(client, offline).await,
        }
    }

    pub(super) async fn lose_file(&self, client: &Client, name: Option<&'static str>) {
        match self.relay() {
            Some(relay) => relay.lose_file(name),
            None => chromium::lose_file(client, name).await,
        }
    }

    pub(super) async fn run_first(&self, client: &Client, script: &str) {
        match self.relay() {
            Some(relay) => relay.run_first(script),
            None => chromium::run_first(client, script).await,
        }
    }

    pub(super) async fn lift_policy(&self, client: &Client, path: &'static str) {
        match self.relay() {
            Some(relay) => relay.lift_policy(path),
            None => chromium::lift_policy(client).await,
        }
    }

    /// The relay through which every request goes, where there is one; else there is the DevTools protocol.
    const fn relay(&self) -> Option<&Relay> {
        match self {
            Self::Chromium { relay, .. } => relay.as_ref(),
            Self::Firefox { relay, .. } | Self::Webkit { relay, .. } => Some(relay),
        }
    }

    pub(super) async fn give_room(&self, client: &Client, width_px: u32, height_px: u32) {
        match self {
            Self::Chromium { .. } => chromium::give_room(client, width_px, height_px).await,
            Self::Firefox { .. } => firefox::give_room(client, width_px, height_px).await,
            Self::Webkit { .. } => webkit::give_room(client, width_px, height_px).await,
        }
    }

    pub(super) async fn prefer(&self, client: &Client, theme: Theme) {
        match self {
            Self::Chromium { .. } => chromium::prefer(client, theme).await,
            Self::Firefox { .. } => firefox::prefer(client, theme).await,
            Self::Webkit { desktop, .. } => desktop.prefer(theme),
        }
    }
}

impl Driver {
    /// Starts a browser, which ends with the driver.
    async fn connect(&mut self, capabilities: fantoccini::wd::Capabilities) -> Client {
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities)
            .connect(&self.url())
            .await
            .unwrap_or_else(|error| panic!("{} does not start: {error}", Kind::chosen()));
        self.remember_session(client.session_id().await.expect("an answer").expect("a session"));
        client
    }
}
