//! A site of its own, which is not the proxy's: pages by their paths, each with headers of its own.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A page: its path, its headers, each with a line's end, and its markup.
type Page = (&'static str, String, String);

/// A server of a few pages; it ends with the process.
pub(super) struct Site {
    port: u16,
    pages: Arc<Mutex<Vec<Page>>>,
}

impl Site {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let pages = Arc::new(Mutex::new(Vec::new()));
        let served = Arc::clone(&pages);
        std::thread::spawn(move || {
            for browser in listener.incoming().map_while(Result::ok) {
                let pages = Arc::clone(&served);
                // A browser opens connections ahead, and says nothing on them for long.
                std::thread::spawn(move || drop(answer(browser, &pages)));
            }
        });
        Self { port, pages }
    }

    /// Puts a page at a path.
    pub(super) fn put(&self, path: &'static str, headers: &str, markup: String) {
        self.pages.lock().expect("nobody has failed").push((path, headers.to_owned(), markup));
    }

    /// Its origin, of another site than the proxy's.
    pub(super) fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The same server under the name that the proxy has.
    pub(super) fn beside_the_proxy(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

fn answer(mut browser: TcpStream, pages: &Mutex<Vec<Page>>) -> std::io::Result<()> {
    let mut request = [0; 8192];
    let count = browser.read(&mut request)?;
    let line = String::from_utf8_lossy(request.get(..count).unwrap_or_default()).into_owned();
    let path = line.split([' ', '?']).nth(1).unwrap_or_default();
    let found = pages.lock().expect("nobody has failed").iter().rev().find(|page| page.0 == path).cloned();
    let (status, headers, body) = match found {
        Some((_, headers, body)) => ("200 OK", headers, body),
        None => ("404 Not Found", String::new(), String::new()),
    };
    write!(
        browser,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Connection: close\r\n{headers}\r\n{body}",
        body.len()
    )
}
