//! A restaurant's own site: a server of a few files on an origin that is not the proxy's.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// The files by their names.
type Files = BTreeMap<String, String>;

/// A running site; it ends when it is dropped.
pub(crate) struct Site {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    serving: Option<JoinHandle<()>>,
}

impl Site {
    /// Serves the files, each with this policy where there is one.
    pub(crate) fn open(files: Files, policy: Option<String>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port for the site");
        let address = listener.local_addr().expect("its address");
        let is_over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&is_over);
        let site = Arc::new((files, policy));
        let serving = std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let site = Arc::clone(&site);
                // Each for itself: a browser opens connections on which it says nothing. One that has gone away needs no
                // answer.
                std::thread::spawn(move || drop(answer(&stream, &site.0, site.1.as_deref())));
            }
        });
        Self { address, is_over, serving: Some(serving) }
    }

    /// Its origin, without a slash at the end.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        // Wakes the thread, which looks then.
        drop(TcpStream::connect(self.address));
        if let Some(serving) = self.serving.take() {
            drop(serving.join());
        }
    }
}

/// Answers one request and closes the connection.
fn answer(mut stream: &TcpStream, files: &Files, policy: Option<&str>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let name = request.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
    let content_type = match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        _ => "text/javascript",
    };
    let (status, content) = match files.get(name) {
        Some(content) => ("200 OK", content.as_str()),
        None => ("404 Not Found", ""),
    };
    let policy = policy.map(|policy| format!("Content-Security-Policy: {policy}\r\n")).unwrap_or_default();
    let length = content.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n{policy}Connection: close\r\n\r\n{content}"
    )
}
