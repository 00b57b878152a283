//! The chromedriver process and its commands that are not in the WebDriver standard.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

/// A chromedriver on a port of its own. When it is dropped, its browser and itself end.
#[derive(Debug)]
pub(super) struct Driver {
    child: Child,
    port: u16,
    url: String,
    session: Option<String>,
}

impl Driver {
    /// Starts chromedriver: the one `CHROMEDRIVER` names, else the one on the path.
    pub(super) fn start() -> Self {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let mut lines = BufReader::new(child.stdout.take().expect("it was piped")).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| port(&line))
            .expect("chromedriver says its port");
        // What it says later is of no use, but a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port, url: format!("http://127.0.0.1:{port}"), session: None }
    }

    /// Where it listens.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Remembers the session to be ended.
    pub(super) fn remember_session(&mut self, session: String) {
        self.session = Some(session);
    }

    /// Ends the session, and Chromium with it. Blocks, so that it also works while a failed test unwinds.
    fn end_session(&self) -> std::io::Result<()> {
        let Some(session) = &self.session else { return Ok(()) };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        let host = format!("Host: 127.0.0.1:{}\r\nConnection: close", self.port);
        write!(stream, "DELETE /session/{session} HTTP/1.1\r\n{host}\r\nContent-Length: 0\r\n\r\n")?;
        stream.read(&mut [0; 64]).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Err(error) = self.end_session() {
            eprintln!("Chromium may still run: {error}");
        }
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("chromedriver may still run: {error}");
        }
    }
}

/// The port in `ChromeDriver was started successfully on port 41234.`
fn port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

/// A command of the Chrome DevTools Protocol.
#[derive(Debug)]
pub(super) struct Cdp {
    command: &'static str,
    parameters: Value,
}

impl Cdp {
    /// The command with its parameters, an object.
    pub(super) const fn new(command: &'static str, parameters: Value) -> Self {
        Self { command, parameters }
    }
}

impl WebDriverCompatibleCommand for Cdp {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (http::Method::POST, Some(body.to_string()))
    }
}

/// Everything on the heap of the page's scripts, which the protocol above tells only in pieces.
#[derive(Debug)]
pub(super) struct HeapSnapshot;

impl WebDriverCompatibleCommand for HeapSnapshot {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/chromium/heap_snapshot", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::GET, None)
    }
}
