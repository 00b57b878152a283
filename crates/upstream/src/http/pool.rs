//! Connections that stay open, by the server they lead to. A connection is driven by the request that uses it, so that no
//! other task has to be woken for an answer; unused it is driven by nobody, and looked at before it is used again.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::uri::{Authority, Scheme};
use http_body_util::Full;
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

use super::together::Together;

/// How long an unused connection is kept.
const IDLE_LIMIT: Duration = Duration::from_secs(30);

/// What makes connections.
pub(super) type Connector = hyper_rustls::HttpsConnector<HttpConnector>;

type Stream = Together<MaybeHttpsStream<TokioIo<TcpStream>>>;

/// A connection, and what drives it.
pub(super) struct Line {
    sender: SendRequest<Full<Bytes>>,
    connection: Pin<Box<Connection<Stream, Full<Bytes>>>>,
    is_over: bool,
}

/// The end of a connection that is to be driven.
pub(super) struct Driven<'a> {
    connection: Pin<&'a mut Connection<Stream, Full<Bytes>>>,
    is_over: &'a mut bool,
}

impl Line {
    /// A connection over a stream.
    pub(super) async fn open(stream: Stream) -> hyper::Result<Self> {
        // A request is small and goes out whole: that costs less than two pieces that are not copied together.
        let (sender, connection) = Builder::new().writev(false).handshake(stream).await?;
        Ok(Self { sender, connection: Box::pin(connection), is_over: false })
    }

    /// Does something that waits for the connection, and drives the connection meanwhile.
    pub(super) async fn drive<F: Future>(driven: &mut Driven<'_>, work: F) -> F::Output {
        let mut work = std::pin::pin!(work);
        let Driven { connection, is_over } = driven;
        poll_fn(|context| {
            if let Poll::Ready(done) = work.as_mut().poll(context) {
                return Poll::Ready(done);
            }
            if !**is_over {
                // Its end, in order or not, is told to whoever waits for it.
                **is_over = connection.as_mut().poll(context).is_ready();
            }
            work.as_mut().poll(context)
        })
        .await
    }

    /// The connection's two ends: that for requests, and what is to be driven.
    pub(super) fn split(&mut self) -> (&mut SendRequest<Full<Bytes>>, Driven<'_>) {
        let Self { sender, connection, is_over } = self;
        (sender, Driven { connection: connection.as_mut(), is_over })
    }

    /// Whether another request may be sent on it, as far as its other end has told.
    pub(super) async fn is_ready(&mut self) -> bool {
        poll_fn(|context| {
            if self.is_over || self.connection.as_mut().poll(context).is_ready() {
                self.is_over = true;
                return Poll::Ready(false);
            }
            Poll::Ready(matches!(self.sender.poll_ready(context), Poll::Ready(Ok(()))))
        })
        .await
    }
}

/// Where a connection leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Server {
    pub(super) scheme: Scheme,
    pub(super) authority: Authority,
}

/// Unused connections. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Pool(Arc<Mutex<Idle>>);

#[derive(Default)]
struct Idle {
    lines: Vec<(Server, Vec<(Instant, Line)>)>,
    /// Whether a task is there that closes what is unused for too long.
    is_swept: bool,
}

impl Pool {
    /// The connection to a server that was used last.
    pub(super) fn take(&self, server: &Server) -> Option<Line> {
        let mut idle = self.lock();
        let (_, lines) = idle.lines.iter_mut().find(|(known, _)| known == server)?;
        lines.pop().map(|(_, line)| line)
    }

    /// Keeps a connection that may be used again.
    pub(super) fn put(&self, server: &Server, line: Line) {
        let entry = (Instant::now(), line);
        let mut idle = self.lock();
        match idle.lines.iter_mut().find(|(known, _)| known == server) {
            Some((_, lines)) => lines.push(entry),
            None => idle.lines.push((server.clone(), vec![entry])),
        }
        if !std::mem::replace(&mut idle.is_swept, true) {
            drop(idle);
            let pool = Arc::downgrade(&self.0);
            tokio::spawn(async move {
                loop {
                    sleep(IDLE_LIMIT / 2).await;
                    let Some(pool) = pool.upgrade() else { return };
                    if !Self(pool).sweep() {
                        return;
                    }
                }
            });
        }
    }

    /// Closes what is unused for too long. Says whether anything is left.
    fn sweep(&self) -> bool {
        let mut idle = self.lock();
        for (_, lines) in &mut idle.lines {
            lines.retain(|(since, _)| since.elapsed() < IDLE_LIMIT);
        }
        idle.lines.retain(|(_, lines)| !lines.is_empty());
        idle.is_swept = !idle.lines.is_empty();
        idle.is_swept
    }

    fn lock(&self) -> MutexGuard<'_, Idle> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
