//! A router on a port, from its first connection to its orderly end. Knows nothing of what it serves.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::task::JoinHandle;
use upstream::http::Together;

use super::ServeError;
use super::write_limit::WriteLimited;
use crate::client_address::Peer;

/// How long a connection may take to send a request's head, or stay without one. Longer than a server before us keeps an
/// unused connection, lest we close one at the moment it sends a request.
const HEAD_LIMIT: Duration = Duration::from_secs(75);

/// How long to wait where the system has no connection to give, for example because too many are open.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// How much a port takes upon itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// How many connections are open at once; more wait in the system's queue.
    pub(crate) connections: usize,
    /// How long a reader may take nothing of an answer.
    pub(crate) write_limit: Duration,
    /// How long requests under way may take after the port was told to stop.
    pub(crate) grace: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { connections: 1024, write_limit: Duration::from_secs(15), grace: Duration::from_secs(5) }
    }
}

/// A port that is being served.
pub(crate) struct Port {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Port {
    /// Opens a port.
    pub(crate) async fn open(address: SocketAddr) -> Result<TcpListener, ServeError> {
        TcpListener::bind(address).await.map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => ServeError::PortInUse(address),
            _ => ServeError::Listen { address, source },
        })
    }

    /// Serves a router on a port that was opened before.
    pub(crate) fn run(listener: TcpListener, router: Router, bounds: Bounds) -> Result<Self, ServeError> {
        let address = listener
            .local_addr()
            .map_err(|source| ServeError::Listen { address: SocketAddr::from(([0, 0, 0, 0], 0)), source })?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(accept_until(stopped, listener, router, bounds));
        Ok(Self { address, stop, task })
    }

    /// Where it is.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections, lets the requests under way finish for a while, and ends.
    pub(crate) async fn stop(self) {
        // The receiver is gone where the server has ended by itself.
        let _: Result<(), ()> = self.stop.send(());
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the server ended in disorder");
        }
    }
}

/// Serves each connection until `stopped` speaks or its sender is dropped, then lets the requests under way finish.
async fn accept_until(
    mut stopped: oneshot::Receiver<()>,
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
) {
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(bounds.connections.min(Semaphore::MAX_PERMITS)));
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        tokio::select! {
            accepted = accepted => match accepted {
                (Ok(place), Ok((stream, peer))) => {
                    let stream = WriteLimited::new(stream, bounds.write_limit);
                    let service = WithPeer { peer: Peer(peer), inner: TowerToHyperService::new(router.clone()) };
                    serve_connection(stream, place, service, &connections);
                }
                (_, Err(error)) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(ACCEPT_AGAIN).await;
                }
                // Nobody closes the semaphore.
                (Err(_), _) => break,
            },
            _ = &mut stopped => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(bounds.grace, connections.shutdown()).await.is_err() {
        tracing::warn!("requests under way were broken off");
    }
}

fn serve_connection(
    stream: WriteLimited<TcpStream>,
    place: OwnedSemaphorePermit,
    service: WithPeer,
    connections: &GracefulShutdown,
) {
    // An answer is small and goes out whole, in one piece: that costs less than two pieces that are not copied together.
    let connection = http1::Builder::new()
        .writev(false)
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .serve_connection(Together::new(TokioIo::new(stream)), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        // How a browser leaves is its own business; what matters is in the log already.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(place);
    });
}

/// Tells each request of a connection who is at its other end.
#[derive(Clone)]
struct WithPeer {
    peer: Peer,
    inner: TowerToHyperService<Router>,
}

impl Service<Request<Incoming>> for WithPeer {
    type Response = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Response;
    type Error = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Error;
    type Future = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(self.peer);
        self.inner.call(request)
    }
}
