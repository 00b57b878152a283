//! The demo: the proxy with a sandbox of its own as the loyalty system, talked to over real HTTP, and the pages on which
//! a person tries it.
//!
//! Owns everything that must not exist outside the demo: the inbox that shows login codes, the till that anybody may use.

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
use crate::auth::phone::load_plans;
use crate::config::{Config, Limits, Secret, StoreConfig};
use crate::entropy::{Entropy, EntropyError};
use crate::router::router;
use crate::serve::{ServeError, Server, listen};
use crate::sms::inbox::Inbox;

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
    /// Where the time comes from, for the proxy and the sandbox.
    pub clock: Clock,
    /// Where the sandbox's payment codes come from.
    pub payment_codes: PaymentCodes,
    /// Seconds until the next login code may be sent: after the first, after the second, …
    pub resend_waits_s: Vec<u32>,
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
            clock: Clock::system(),
            payment_codes: PaymentCodes::random(),
            resend_waits_s: Limits::default().resend_waits_s,
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
    upstream: Server,
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
    let listener = listen(options.listen).await?;
    let proxy_dir = options.data_dir.join("proxy");
    make_private(&proxy_dir)?;
    let sandbox = Sandbox::open(sandbox::Options {
        clock: options.clock.clone(),
        payment_codes: options.payment_codes,
        ..sandbox::Options::new(options.data_dir.join("sandbox"))
    })?;
    let upstream_listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let upstream = Server::run(upstream_listener, sandbox.router())?;

    let config = Config {
        listen: options.listen,
        data_dir: proxy_dir,
        store: options.store,
        widget_dir: Some(options.widget_dir),
        pepper: Secret::new(Entropy::system().uuid()?.to_string()),
        restaurants: restaurants::all(upstream.address()),
        limits: Limits { resend_waits_s: options.resend_waits_s, ..Limits::default() },
    };
    let inbox = Inbox::new(options.clock.clone());
    let parts = DemoParts { inbox: inbox.clone(), sandbox: sandbox.clone() };
    let app = Arc::new(App::new(&config, &options.clock, Arc::new(inbox), Some(parts)).await?);
    for restaurant in app.restaurants.values() {
        restaurant.program.reach().await?;
    }
    tokio::task::spawn_blocking(load_plans);
    let proxy = Server::run(listener, router(app))?;
    Ok(Running { base_url: format!("http://{}/", proxy.address()), sandbox, proxy, upstream })
}

/// Makes a folder into which only its owner looks: it will hold phones.
fn make_private(path: &Path) -> Result<(), StartError> {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder.create(path).map_err(|source| StartError::Folder { path: path.to_owned(), source })
}
