//! A restaurant's page at an origin of its own, with the widget in a frame. Serves this one page and nothing else.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

/// A server of one page; it ends with the process.
pub(crate) struct OtherSite {
    origin: String,
}

impl OtherSite {
    /// A page that shows this address in a frame.
    pub(crate) fn with_frame(address: &str) -> Self {
        let page = format!(
            "<!doctype html><html lang=\"ru\"><head><meta charset=\"utf-8\"><title>Ресторан</title></head>\
             <body><main><h1>Ваш заказ</h1>\
             <iframe title=\"Бонусы и скидки\" src=\"{address}\" width=\"100%\" height=\"760\"></iframe>\
             </main></body></html>"
        );
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        std::thread::spawn(move || {
            for browser in listener.incoming().map_while(Result::ok) {
                // A browser that hangs up early wanted no answer.
                let _ = answer(browser, &page);
            }
        });
        Self { origin }
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }
}

fn answer(mut browser: TcpStream, page: &str) -> std::io::Result<()> {
    let mut request = [0; 8192];
    let count = browser.read(&mut request)?;
    let is_the_page = request.get(..count).is_some_and(|request| request.starts_with(b"GET / "));
    let (status, body) = if is_the_page { ("200 OK", page) } else { ("404 Not Found", "") };
    write!(
        browser,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
