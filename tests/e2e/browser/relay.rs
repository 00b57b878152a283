//! The line between the demo and a browser whose driver can neither cut the network off, nor run a script before the page's
//! own, nor take a page's policy away: an HTTP proxy that does these. It passes on everything else as it is, and leads to this
//! machine only.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

/// Where each page finds the script that runs first: on the page's own origin, and allowed by whichever policy the page has.
const FIRST: &str = "/script-of-the-test-that-runs-first.js";

/// How the script is served: anew to each page, since it may have grown.
const SCRIPT: &str = "Content-Type: text/javascript\r\nCache-Control: no-store";

/// A proxy for one browser.
pub(super) struct Relay {
    address: SocketAddr,
    line: Arc<Mutex<Line>>,
}

#[derive(Default)]
struct Line {
    is_cut: bool,
    /// What runs first in each page.
    first_script: String,
    /// Where pages have no policy.
    free: BTreeSet<&'static str>,
    /// The end of the paths of what gets lost.
    lost: Option<&'static str>,
    /// The browser's ends of what is under way.
    open: BTreeMap<u64, TcpStream>,
    next: u64,
}

impl Relay {
    /// Starts one; it ends with the process.
    pub(super) fn start(first_script: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let line = Line { first_script: first_script.to_owned(), ..Line::default() };
        let line = Arc::new(Mutex::new(line));
        let shared = Arc::clone(&line);
        std::thread::spawn(move || {
            for browser in listener.incoming().map_while(Result::ok) {
                let line = Arc::clone(&shared);
                std::thread::spawn(move || carry(&browser, &line));
            }
        });
        Self { address, line }
    }

    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Runs a script in each page from now on, after those that run first already.
    pub(super) fn run_first(&self, script: &str) {
        let more = format!("\n{{\n{script}\n}}");
        locked(&self.line).first_script.push_str(&more);
    }

    /// Takes the policy from what is at this path.
    pub(super) fn lift_policy(&self, path: &'static str) {
        locked(&self.line).free.insert(path);
    }

    /// Loses what is asked for at paths that end so, whatever the query.
    pub(super) fn lose_file(&self, name: Option<&'static str>) {
        locked(&self.line).lost = name;
    }

    /// Cuts the line, also what is under way, or mends it.
    pub(super) fn set_cut(&self, is_cut: bool) {
        let mut line = locked(&self.line);
        line.is_cut = is_cut;
        if is_cut {
            for browser in std::mem::take(&mut line.open).into_values() {
                hang_up(&browser);
            }
        }
    }
}

fn locked(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().expect("nobody panics while holding it")
}

fn hang_up(stream: &TcpStream) {
    // It fails where the other side was faster, which is as good.
    let _ = stream.shutdown(Shutdown::Both);
}

fn carry(browser: &TcpStream, line: &Mutex<Line>) {
    let number = {
        let mut line = locked(line);
        let end = browser.try_clone().ok().filter(|_| !line.is_cut);
        let Some(end) = end else { return hang_up(browser) };
        line.next += 1;
        let number = line.next;
        line.open.insert(number, end);
        number
    };
    // A browser that hangs up, and a demo that has ended, are no faults of the line.
    let _ = exchange(browser, line);
    hang_up(browser);
    locked(line).open.remove(&number);
}

/// One request and its answer; the connection is not used again.
fn exchange(mut browser: &TcpStream, line: &Mutex<Line>) -> io::Result<()> {
    let (request_head, body_begun) = read_head(browser)?;
    let mut lines = request_head.lines();
    let Some((method, host, path)) = lines.next().and_then(request_line) else {
        return browser
            .write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    };
    if path == FIRST {
        let first_script = locked(line).first_script.clone();
        return answer(browser, SCRIPT, first_script.as_bytes());
    }
    let place = path.split('?').next().unwrap_or_default();
    let (is_free, is_lost) = {
        let line = locked(line);
        (line.free.contains(place), line.lost.is_some_and(|name| place.ends_with(name)))
    };
    if is_lost {
        return Ok(());
    }
    let mut demo = TcpStream::connect(host)?;
    // An answer in the older version is neither chunked nor followed by another.
    let mut request = format!("{method} {path} HTTP/1.0\r\n");
    for field in lines.filter(|field| !is_for_the_line(field)) {
        request.push_str(field);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    demo.write_all(request.as_bytes())?;
    demo.write_all(&body_begun)?;
    let body_bytes =
        field(&request_head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let rest = u64::saturating_sub(body_bytes, body_begun.len() as u64);
    io::copy(&mut browser.take(rest), &mut demo)?;

    let (head, mut begun) = read_head(&demo)?;
    let is_page = field(&head, "content-type").is_some_and(|kind| kind.starts_with("text/html"));
    if is_page && method != "HEAD" {
        demo.read_to_end(&mut begun)?;
        let page = with_script(&String::from_utf8_lossy(&begun));
        let first = if is_free { None } else { Some(format!("http://{host}{FIRST}")) };
        return answer_with(browser, &with_policy(&head, first.as_deref()), page.as_bytes());
    }
    browser.write_all(format!("{head}\r\n\r\n").as_bytes())?;
    browser.write_all(&begun)?;
    io::copy(&mut demo, &mut browser).map(drop)
}

/// Method, host with port, and path of `GET http://127.0.0.1:8080/embed HTTP/1.1`; none for another machine.
fn request_line(line: &str) -> Option<(&str, &str, &str)> {
    let mut words = line.split(' ');
    let (method, url) = (words.next()?, words.next()?.strip_prefix("http://")?);
    let (host, path) = url.split_at(url.find('/')?);
    let is_here = ["127.0.0.1:", "localhost:"].iter().any(|name| host.starts_with(name));
    is_here.then_some((method, host, path))
}

/// What is said to the proxy and not to the server, and what would make a page unreadable to it.
fn is_for_the_line(field: &str) -> bool {
    let name = field.split(':').next().unwrap_or_default().to_ascii_lowercase();
    ["connection", "proxy-connection", "keep-alive", "accept-encoding"].contains(&name.as_str())
}

fn field<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case(wanted).then(|| value.trim())
    })
}

/// The head without the empty line after it, and what came with it of the body.
fn read_head(mut from: &TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut read = Vec::new();
    let mut part = [0; 8192];
    loop {
        if let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let body = read.split_off(end + 4);
            read.truncate(end);
            return Ok((String::from_utf8_lossy(&read).into_owned(), body));
        }
        let count = from.read(&mut part)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        read.extend_from_slice(part.get(..count).unwrap_or_default());
    }
}

/// The head whose policy allows this script as well; without a policy where there is no script.
fn with_policy(head: &str, first: Option<&str>) -> String {
    let fields = head.lines().filter_map(|field| {
        if !field.to_ascii_lowercase().starts_with("content-security-policy:") {
            return Some(field.to_owned());
        }
        first.map(|first| field.replace("script-src ", &format!("script-src {first} ")))
    });
    fields.collect::<Vec<_>>().join("\r\n")
}

/// The page with the script before all others, and still with its first line first.
fn with_script(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let after = |tag: &str| lower.find(tag).and_then(|at| Some(at + lower.get(at..)?.find('>')? + 1));
    let (before, rest) = page.split_at(after("<head").or_else(|| after("<!doctype")).unwrap_or(0));
    format!("{before}<script src=\"{FIRST}\"></script>{rest}")
}

fn answer(browser: &TcpStream, fields: &str, body: &[u8]) -> io::Result<()> {
    answer_with(browser, &format!("HTTP/1.0 200 OK\r\n{fields}"), body)
}

fn answer_with(mut browser: &TcpStream, head: &str, body: &[u8]) -> io::Result<()> {
    let mut text = String::new();
    for line in head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("content-length:")) {
        text.push_str(line);
        text.push_str("\r\n");
    }
    browser.write_all(format!("{text}Content-Length: {}\r\n\r\n", body.len()).as_bytes())?;
    browser.write_all(body)
}
