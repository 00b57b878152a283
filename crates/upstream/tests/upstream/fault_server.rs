//! A server that answers as documented except in one place, where it fails as it is told to.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::stub::Received;

/// How the one place fails.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// Answers with this status, this further header and this body.
    Answer(u16, &'static str, Vec<u8>),
    /// Closes the connection without an answer.
    Hangup,
    /// Resets the connection without an answer.
    Reset,
    /// Closes the connection within the answer.
    Cut,
    /// Never answers.
    Silence,
}

impl Fault {
    pub(crate) fn answer(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::Answer(status, "x-none: 0", body.into())
    }
}

/// The place: a method and the end of a path.
pub(crate) type Place = (&'static str, &'static str);

pub(crate) struct FaultServer {
    pub(crate) address: SocketAddr,
    fault: Arc<Mutex<Fault>>,
    hits: Arc<AtomicUsize>,
}

impl FaultServer {
    /// Starts a server that answers with `documented` but in `place`.
    pub(crate) async fn start(place: Place, documented: fn(&Received) -> (u16, String)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let fault = Arc::new(Mutex::new(Fault::Hangup));
        let hits = Arc::new(AtomicUsize::new(0));
        let server = Self { address, fault: Arc::clone(&fault), hits: Arc::clone(&hits) };
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (fault, hits) = (Arc::clone(&fault), Arc::clone(&hits));
                tokio::spawn(async move {
                    let Some(request) = read_request(&mut stream).await else { return };
                    if request.method == place.0 && request.path.ends_with(place.1) {
                        hits.fetch_add(1, Ordering::SeqCst);
                        let fault = fault.lock().expect("not poisoned").clone();
                        fail(stream, fault).await;
                    } else {
                        let (status, body) = documented(&request);
                        answer(&mut stream, status, "x-none: 0", body.as_bytes()).await;
                    }
                });
            }
        });
        server
    }

    /// Fails so from now on.
    pub(crate) fn set(&self, fault: Fault) {
        *self.fault.lock().expect("not poisoned") = fault;
        self.hits.store(0, Ordering::SeqCst);
    }

    /// How often the place was asked since the fault was set.
    pub(crate) fn hits(&self) -> usize {
        self.hits.load(Ordering::SeqCst)
    }
}

/// One request, or nothing where the client goes away.
async fn read_request(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).expect("a head in UTF-8");
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    let length: usize = header("content-length").map_or(0, |length| length.parse().expect("a length"));
    while bytes.len() < head_end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let mut words = head.split(' ');
    Some(Received {
        method: words.next()?.to_owned(),
        path: words.next()?.to_owned(),
        authorization: header("authorization"),
        api_key: header("apikey"),
        origin: header("origin"),
        content_type: header("content-type"),
        text: String::from_utf8(bytes[head_end..].to_vec()).expect("a body in UTF-8"),
    })
}

async fn fail(mut stream: TcpStream, fault: Fault) {
    match fault {
        Fault::Answer(status, header, body) => answer(&mut stream, status, header, &body).await,
        Fault::Hangup => {}
        // Closed with nothing lingering, a connection is reset.
        Fault::Reset => stream.set_zero_linger().expect("an open connection"),
        Fault::Cut => {
            let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":";
            // A client that has gone already has nothing to be cut off from.
            stream.write_all(cut).await.unwrap_or_default();
        }
        Fault::Silence => tokio::time::sleep(Duration::from_secs(60)).await,
    }
}

/// Writes an answer. A client that stops reading a large one is what the test wants, so that is no failure.
async fn answer(stream: &mut TcpStream, status: u16, header: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status} Words\r\nconnection: close\r\n{header}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    if stream.write_all(head.as_bytes()).await.is_ok() && stream.write_all(body).await.is_ok() {
        stream.shutdown().await.unwrap_or_default();
    }
}
