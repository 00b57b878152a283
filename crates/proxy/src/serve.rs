//! A router on a port, from its first connection to its orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use clock::Clock;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::app::{App, AppError};
use crate::auth::phone::load_plans;
use crate::config::Config;
use crate::router::router;
use crate::sms::console::Console;

/// How long requests under way may take after the server was told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// How long a connection may take to send a request's head, or stay without one.
const HEAD_LIMIT: Duration = Duration::from_secs(60);

/// How long to wait where the system has no connection to give, for example because too many are open.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

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
        let app = App::new(config, clock, Arc::new(Console), None).await?;
        tokio::task::spawn_blocking(load_plans);
        Self::run(listener, router(Arc::new(app)))
    }

    /// Serves a router on a port that was opened before.
    pub(crate) fn run(listener: TcpListener, router: Router) -> Result<Self, ServeError> {
        let address = listener
            .local_addr()
            .map_err(|source| ServeError::Listen { address: SocketAddr::from(([0, 0, 0, 0], 0)), source })?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(accept_until(stopped, listener, router));
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
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the server ended in disorder");
        }
    }
}

/// Serves each connection until `stopped` speaks or its sender is dropped, then lets the requests under way finish.
async fn accept_until(mut stopped: oneshot::Receiver<()>, listener: TcpListener, router: Router) {
    let connections = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => serve_connection(stream, router.clone(), &connections),
                Err(error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(ACCEPT_AGAIN).await;
                }
            },
            _ = &mut stopped => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(GRACE, connections.shutdown()).await.is_err() {
        tracing::warn!("requests under way were broken off");
    }
}

fn serve_connection(stream: TcpStream, router: Router, connections: &GracefulShutdown) {
    let service = TowerToHyperService::new(router);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        // How a browser leaves is its own business; what matters is in the log already.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

/// Opens a port.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::PortInUse(address),
        _ => ServeError::Listen { address, source },
    })
}
