//! The proxy on its ports: from its start, through new configurations, to an end at which nothing is left half done.

mod port;
mod write_limit;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::time::{Instant, timeout_at};

pub(crate) use self::port::{Bounds, Port};
use crate::app::{App, AppError};
use crate::auth::phone::load_plans;
use crate::background::{self, Background};
use crate::config::Config;
use crate::metrics::endpoint;
use crate::router::router;

/// Why the proxy does not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Another program has the port.
    #[error("{0} is in use: stop the program that listens there, or choose another port")]
    PortInUse(SocketAddr),
    /// The port cannot be had.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The proxy itself cannot begin.
    #[error(transparent)]
    App(#[from] AppError),
}

/// A running proxy.
pub struct Server {
    app: Arc<App>,
    port: Port,
    metrics: Option<Port>,
    config: Config,
    background: Background,
}

impl Server {
    /// Starts the proxy as configured.
    ///
    /// # Errors
    /// [`ServeError`] where a port or the store cannot be had.
    pub async fn start(config: &Config, clock: &Clock) -> Result<Self, ServeError> {
        let listener = Port::open(config.listen).await?;
        let app = App::new(config, clock, None).await?;
        Self::serve(Arc::new(app), listener, config).await
    }

    /// Serves a proxy on a port that was opened before, and its metrics on another where they are to be told.
    pub(crate) async fn serve(
        app: Arc<App>,
        listener: TcpListener,
        config: &Config,
    ) -> Result<Self, ServeError> {
        tokio::task::spawn_blocking(load_plans);
        let metrics = match config.metrics.listen {
            None => None,
            Some(address) => {
                let router = endpoint::router(Arc::clone(&app.metrics));
                Some(Port::run(Port::open(address).await?, router, Bounds::default())?)
            }
        };
        let edge = &config.edge;
        let bounds = Bounds {
            connections: usize::try_from(edge.max_connections).unwrap_or(usize::MAX),
            write_limit: Duration::from_millis(u64::from(edge.write_timeout_ms)),
            grace: Duration::from_secs(u64::from(edge.shutdown_s)),
        };
        let port = Port::run(listener, router(Arc::clone(&app)), bounds)?;
        let background = Background::start(&app);
        Ok(Self { app, port, metrics, config: config.clone(), background })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.port.address()
    }

    /// Where the metrics are read, if anywhere.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(Port::address)
    }

    /// Goes on as `config` says. Requests under way end as they began. Answers the sections in which something has changed
    /// that takes a restart, and stays as it was until then.
    ///
    /// # Errors
    /// [`AppError`] where `config` cannot be used; then everything stays as it is.
    pub fn reload(&mut self, config: &Config) -> Result<Vec<&'static str>, AppError> {
        let taken = self.app.reload(config);
        self.app.metrics.reloaded(taken.is_ok());
        taken?;
        let waiting = fixed_changes(&self.config, config);
        Ok(waiting)
    }

    /// Counts a configuration that was refused before it came here.
    pub fn refused_reload(&self) {
        self.app.metrics.reloaded(false);
    }

    /// What is counted, as `/metrics` tells it.
    #[must_use]
    pub fn metrics_text(&self) -> String {
        self.app.metrics.text()
    }

    /// Does now what is otherwise done from time to time, as far as it is due: webhooks are sent, abandoned orders given up.
    pub(crate) async fn run_due_work(&self) {
        background::run_once(&self.app).await;
    }

    /// Takes no more requests, lets those under way finish, and the steps of orders that go on after whoever asked for
    /// them has left, and ends.
    pub async fn stop(self) {
        let limit = Duration::from_secs(u64::from(self.config.edge.shutdown_s));
        let deadline = Instant::now() + limit;
        self.port.stop().await;
        if timeout_at(deadline, self.app.steps.write()).await.is_err() {
            tracing::error!(
                "steps of orders were broken off; they are settled when somebody asks for the order"
            );
        }
        drop(self.background);
        if let Some(metrics) = self.metrics {
            metrics.stop().await;
        }
    }
}

/// The sections and fields that differ and are read only at the start.
fn fixed_changes(before: &Config, now: &Config) -> Vec<&'static str> {
    let limits = |config: &Config| {
        let mut limits = config.limits.clone();
        (limits.request_timeout_ms, limits.upstream_timeout_ms) = (0, 0);
        limits
    };
    let port = |config: &Config| {
        let edge = &config.edge;
        (edge.max_connections, edge.write_timeout_ms, edge.shutdown_s)
    };
    let changes = [
        ("listen", before.listen != now.listen),
        ("data_dir", before.data_dir != now.data_dir),
        ("store", before.store != now.store),
        ("pepper", before.pepper != now.pepper),
        ("previous_pepper", before.previous_pepper != now.previous_pepper),
        ("limits", limits(before) != limits(now)),
        ("edge", port(before) != port(now)),
        ("log", before.log != now.log),
        ("metrics", before.metrics != now.metrics),
        ("otel", before.otel != now.otel),
    ];
    changes.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}
