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
        match self {
            Self::Chromium { relay: None, .. } => chromium::set_offline(client, offline).await,
            Self::Chromium { relay: Some(relay), .. }
            | Self::Firefox { relay, .. }
            | Self::Webkit { relay, .. } => relay.set_cut(offline),
        }
    }

    pub(super) async fn resize(&self, client: &Client, width_px: u32) {
        match self {
            Self::Chromium { .. } => chromium::resize(client, width_px).await,
            Self::Firefox { .. } => firefox::resize(client, width_px).await,
            Self::Webkit { .. } => webkit::resize(client, width_px).await,
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
