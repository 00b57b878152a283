//! A router on a port, from its first connection to its orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use clock::Clock;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::app::{App, AppError};
use crate::config::Config;
use crate::router::router;
use crate::sms::console::Console;

/// How long requests under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(5);

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

/// A running server.
pub struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts the proxy as configured; login codes appear on the terminal.
    ///
    /// # Errors
    /// [`ServeError`] where the port or the store cannot be had.
    pub async fn start(config: &Config, clock: &Clock) -> Result<Self, ServeError> {
        let listener = listen(config.listen).await?;
        let app = App::new(config, clock, Arc::new(Console), None)?;
        Self::run(listener, router(Arc::new(app)))
    }

    /// Serves a router on a port that was opened before.
    pub(crate) fn run(listener: TcpListener, router: Router) -> Result<Self, ServeError> {
        let address = listener
            .local_addr()
            .map_err(|source| ServeError::Listen { address: SocketAddr::from(([0, 0, 0, 0], 0)), source })?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            let stopped = async {
                // A dropped handle stops the server as well.
                drop(stopped.await);
            };
            if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stopped).await {
                tracing::error!(%error, "the server ended");
            }
        });
        Ok(Self { address, stop, task })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more requests, lets those under way finish for a while, and ends.
    pub async fn stop(self) {
        // The receiver is gone where the server has ended by itself.
        let _: Result<(), ()> = self.stop.send(());
        let mut task = self.task;
        if tokio::time::timeout(GRACE, &mut task).await.is_err() {
            tracing::warn!("requests under way were broken off");
            task.abort();
        }
    }
}

/// Opens a port.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::PortInUse(address),
        _ => ServeError::Listen { address, source },
    })
}
