//! The demo: the proxy with a sandbox of its own as the loyalty system, talked to over real HTTP, and the pages on which
//! a person tries it.
//!
//! Owns everything that must not exist outside the demo: the inbox that shows login codes, the till that anybody may use.

mod frame;
mod pages;
mod restaurants;
mod till;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::Clock;
use sandbox::{OpenError, PaymentCodes, Sandbox};
use thiserror::Error;
use upstream::UpstreamError;

pub(crate) use self::pages::routes;
use crate::app::{App, AppError};
use crate::config::{
    Config, Edge, Limits, LogConfig, MetricsConfig, OtelConfig, Secret, StoreConfig, WebhookConfig,
};
use crate::entropy::{Entropy, EntropyError};
use crate::serve::{Bounds, Port, ServeError, Server};
use crate::sms::inbox::Inbox;

/// A demo is stopped by somebody who waits for it.
const SHUTDOWN_S: u32 = 5;

/// The key of the demo's webhooks, as the specification writes it.
pub const WEBHOOK_SECRET: &str = "whsec_bG95YWx0eS1kZW1vLXdlYmhvb2stc2VjcmV0";

/// How many codes a phone is sent before the demo says no.
const MANY: u32 = 10_000;

/// How a demo is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the proxy listens; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The built widget.
    pub widget_dir: PathBuf,
    /// The folder of the proxy's and the sandbox's files; made where missing.
    pub data_dir: PathBuf,
    /// Where the proxy keeps what it must not forget.
    pub store: StoreConfig,
    /// The key under which login codes are hashed, which proxies over one store share; a random one where absent.
    pub pepper: Option<Secret>,
    /// Where the time comes from, for the proxy and the sandbox.
    pub clock: Clock,
    /// Where the sandbox's payment codes come from.
    pub payment_codes: PaymentCodes,
    /// How much at once, and how long anybody is waited for.
    pub edge: Edge,
    /// How long and how often.
    pub limits: Limits,
}

impl Options {
    /// A demo by the machine's clock, as a person wants it.
    #[must_use]
    pub fn new(listen: SocketAddr, widget_dir: PathBuf, data_dir: PathBuf) -> Self {
        Self {
            listen,
            widget_dir,
            data_dir,
            store: StoreConfig::Sqlite,
            pepper: None,
            clock: Clock::system(),
            payment_codes: PaymentCodes::random(),
            edge: Edge { shutdown_s: SHUTDOWN_S, ..Edge::default() },
            limits: Limits {
                // The inbox costs nothing, and one person tries the demo as the same few guests all day.
                codes_per_phone_day: MANY,
                codes_per_prefix_hour: MANY,
                ..Limits::default()
            },
        }
    }
}

/// Why a demo does not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// A folder cannot be made.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The sandbox does not open.
    #[error("the sandbox does not open: {0}")]
    Sandbox(#[from] OpenError),
    /// The proxy or the sandbox cannot be served.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The sandbox does not answer.
    #[error("the sandbox does not answer: {0}")]
    Silent(#[from] UpstreamError),
    /// No secret can be made.
    #[error(transparent)]
    Entropy(#[from] NoRandomness),
    /// Nobody can be told there what became of orders.
    #[error("--webhooks: {0}")]
    Webhooks(&'static str),
}

/// The machine has no randomness to give.
#[derive(Debug, Error)]
#[error("the machine has no randomness to give")]
pub struct NoRandomness;

impl From<EntropyError> for StartError {
    fn from(_: EntropyError) -> Self {
        Self::Entropy(NoRandomness)
    }
}

impl From<AppError> for StartError {
    fn from(error: AppError) -> Self {
        Self::Serve(error.into())
    }
}

/// What only the demo's requests use.
pub(crate) struct DemoParts {
    /// The messages that have arrived.
    pub(crate) inbox: Inbox,
    /// The loyalty systems, one of which has its own till.
    pub(crate) sandbox: Sandbox,
}

/// A running demo.
pub struct Running {
    base_url: String,
    sandbox: Sandbox,
    proxy: Server,
    upstream: Port,
    config: Config,
}

impl Running {
    /// Where the demo's page is, with a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where the sandbox listens, without a slash at the end.
    #[must_use]
    pub fn sandbox_url(&self) -> String {
        format!("http://{}", self.upstream.address())
    }

    /// The loyalty system, to look into its books and to make it fail.
    #[must_use]
    pub const fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// What the proxy has counted, as `/metrics` tells it.
    #[must_use]
    pub fn metrics_text(&self) -> String {
        self.proxy.metrics_text()
    }

    /// Changes the configuration while the proxy runs, and reads the widget anew.
    ///
    /// # Errors
    /// [`AppError`] where the changed configuration cannot be used; then everything stays as it is.
    pub fn reload(&mut self, change: impl FnOnce(&mut Config)) -> Result<Vec<&'static str>, AppError> {
        let mut config = self.config.clone();
        change(&mut config);
        let waiting = self.proxy.reload(&config)?;
        self.config = config;
        Ok(waiting)
    }

    /// Lets all restaurants' servers be told at one address what became of orders, signed with [`WEBHOOK_SECRET`].
    ///
    /// # Errors
    /// [`StartError`] where it is no address for that.
    pub fn send_webhooks_to(&mut self, url: &str) -> Result<(), StartError> {
        let webhook = WebhookConfig::new(url, Secret::new(WEBHOOK_SECRET))
            .map_err(|(_, message)| StartError::Webhooks(message))?;
        self.reload(|config| {
            config.restaurants.iter_mut().for_each(|one| one.webhook = Some(webhook.clone()));
        })?;
        Ok(())
    }

    /// Does now what the proxy otherwise does from time to time, as far as it is due by its clock: webhooks are sent, abandoned
    /// orders given up.
    pub async fn run_due_work(&self) {
        self.proxy.run_due_work().await;
    }

    /// Ends the proxy, then the sandbox.
    pub async fn stop(self) {
        self.proxy.stop().await;
        self.upstream.stop().await;
    }
}

/// Starts the sandbox on a port of its own, the proxy before it, and answers once both answer.
///
/// # Errors
/// [`StartError`]; nothing is left running.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let listener = Port::open(options.listen).await?;
    let port = listener.local_addr().map_or(options.listen.port(), |address| address.port());
    let proxy_dir = options.data_dir.join("proxy");
    make_private(&proxy_dir)?;
    let sandbox = Sandbox::open(sandbox::Options {
        clock: options.clock.clone(),
        payment_codes: options.payment_codes,
        ..sandbox::Options::new(options.data_dir.join("sandbox"))
    })?;
    let upstream_listener = Port::open(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let upstream = Port::run(upstream_listener, sandbox.router(), Bounds::default())?;

    let pepper = match options.pepper {
        Some(pepper) => pepper,
        None => Secret::new(Entropy::system().uuid()?.to_string()),
    };
    let config = Config {
        listen: options.listen,
        data_dir: proxy_dir,
        store: options.store,
        widget_dir: Some(options.widget_dir),
        older_widget_dirs: Vec::new(),
        public_origin: None,
        trusted_proxies: Vec::new(),
        previous_pepper: None,
        pepper,
        restaurants: restaurants::all(upstream.address(), &frame::site(port)),
        limits: options.limits,
        edge: options.edge,
        log: LogConfig::default(),
        metrics: MetricsConfig::default(),
        otel: OtelConfig::default(),
    };
    let inbox = Inbox::new(options.clock.clone());
    let parts = DemoParts { inbox, sandbox: sandbox.clone() };
    let app = Arc::new(App::new(&config, &options.clock, Some(parts)).await?);
    for restaurant in app.live().restaurants.values() {
        restaurant.program.reach().await?;
    }
    let proxy = Server::serve(app, listener, &config).await?;
    Ok(Running { base_url: format!("http://{}/", proxy.address()), sandbox, proxy, upstream, config })
}

/// Makes a folder into which only its owner looks: it will hold phones.
fn make_private(path: &Path) -> Result<(), StartError> {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(path).map_err(|source| StartError::Folder { path: path.to_owned(), source })
}
