//! The process of a WebDriver, whichever browser it drives: started, found, and ended with its browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// What a driver may take until it listens.
const START: Duration = Duration::from_secs(20);

/// How many ports in a row a driver may find taken.
const STARTS: u32 = 5;

/// A driver on a port of its own. When it is dropped, its browser and itself end.
#[derive(Debug)]
pub(super) struct Driver {
    child: Child,
    port: u16,
    session: Option<String>,
}

impl Driver {
    /// Starts the program that the variable names, else the one of this name on the path.
    pub(super) fn command(variable: &str, name: &str) -> Command {
        Command::new(std::env::var_os(variable).unwrap_or_else(|| name.into()))
    }

    /// Starts a driver that chooses its port and says it in a line of its standard output. One that ends without a word is
    /// started anew: chromedriver is given a port for IPv4, and gives up where that number is taken for IPv6.
    pub(super) fn that_says_its_port(mut command: Command, port: fn(&str) -> Option<u16>) -> Self {
        command.stdout(Stdio::piped());
        for _ in 0..STARTS {
            let mut child = spawn(&mut command);
            let mut lines = BufReader::new(child.stdout.take().expect("it was piped")).lines();
            let Some(port) = lines.by_ref().map_while(Result::ok).find_map(|line| port(&line)) else {
                end(&mut child, "the driver");
                continue;
            };
            // What it says later is of no use, but a full pipe would stop it.
            std::thread::spawn(move || lines.for_each(drop));
            return Self { child, port, session: None };
        }
        panic!("{} says its port", name(&command));
    }

    /// Starts a driver that listens where `--port=` tells it and says nothing.
    pub(super) fn at_a_free_port(mut command: Command) -> Self {
        let port = free_port();
        let mut child = spawn(command.arg(format!("--port={port}")).stdout(Stdio::null()));
        let deadline = Instant::now() + START;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = child.try_wait().expect("its state can be asked for");
            assert!(ended.is_none(), "{} ended at once: {ended:?}", name(&command));
            assert!(Instant::now() < deadline, "{} does not listen", name(&command));
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { child, port, session: None }
    }

    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Remembers the session to be ended.
    pub(super) fn remember_session(&mut self, session: String) {
        self.session = Some(session);
    }

    /// Ends the session, and the browser with it. Blocks, so that it also works while a failed test unwinds.
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
            eprintln!("the browser may still run: {error}");
        }
        end(&mut self.child, "the driver");
    }
}

/// Ends a process for good.
pub(super) fn end(child: &mut Child, what: &str) {
    if let Err(error) = child.kill().and_then(|()| child.wait()) {
        eprintln!("{what} may still run: {error}");
    }
}

fn spawn(command: &mut Command) -> Child {
    command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{} does not start: {error}", name(command)))
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// A port nobody listens at. It begins where no other process of a test looks, since each has a number of its own: two
/// that asked the system for any free port could be given the same one after the other.
fn free_port() -> u16 {
    // Tests of one process follow each other as well.
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let first = 10_000 + (std::process::id() + ASKED.fetch_add(1, Ordering::Relaxed)) % 20_000;
    let ports = (first..30_000).chain(10_000..first).filter_map(|port| u16::try_from(port).ok());
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    ports.into_iter().find(is_free).expect("a free port")
}
