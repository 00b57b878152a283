//! A site that is not the proxy's: a server of a few pages and files, each with headers of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What is served at a path: headers, each with a line's end, and the content.
type File = (String, String);

/// A server; it ends with the process.
pub(crate) struct Site {
    port: u16,
    files: Arc<Mutex<BTreeMap<String, File>>>,
}

impl Site {
    /// A site without a page.
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port for the site");
        let port = listener.local_addr().expect("its address").port();
        let files = Arc::new(Mutex::new(BTreeMap::new()));
        let served = Arc::clone(&files);
        std::thread::spawn(move || {
            for browser in listener.incoming().map_while(Result::ok) {
                let files = Arc::clone(&served);
                // Each for itself: a browser opens connections on which it says nothing. One that has gone away needs no
                // answer.
                std::thread::spawn(move || drop(answer(&browser, &files)));
            }
        });
        Self { port, files }
    }

    /// Puts a page or a file at a path, in the place of what was there.
    pub(crate) fn put(&self, path: &str, headers: &str, content: &str) {
        let file = (headers.to_owned(), content.to_owned());
        self.files.lock().expect("nobody has failed").insert(path.to_owned(), file);
    }

    /// Its origin, without a slash at the end.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The same server under another name: to a browser that is another site.
    pub(crate) fn elsewhere(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

/// Answers one request and closes the connection.
fn answer(mut browser: &TcpStream, files: &Mutex<BTreeMap<String, File>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(browser);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let path = request.split([' ', '?']).nth(1).unwrap_or_default();
    let content_type = match path.rsplit_once('.').map(|(_, kind)| kind) {
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        _ => "text/html; charset=utf-8",
    };
    let found = files.lock().expect("nobody has failed").get(path).cloned();
    let (status, (headers, content)) = match found {
        Some(file) => ("200 OK", file),
        None => ("404 Not Found", File::default()),
    };
    let length = content.len();
    write!(
        browser,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n{headers}\r\n{content}"
    )
}
