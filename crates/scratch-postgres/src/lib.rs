//! A PostgreSQL of a test's own, from the programs of Debian's package: in a scratch folder, on a socket of this machine,
//! without a care for power cuts, and gone with the test, however it ends.
//!
//! Owns how such a server is made, ended and held up. What is kept in it is the test's. It panics where a test could only
//! fail.

mod certificate;

use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// The user whom Debian's package makes for the server; it refuses to run as root.
const USER: &str = "postgres";

/// How often and how long a server that is starting is asked.
const ATTEMPTS: u32 = 600;
const PAUSE: Duration = Duration::from_millis(50);

/// A running server, or one that was ended and may be started again.
#[derive(Debug)]
pub struct ScratchPostgres {
    programs: PathBuf,
    dir: TempDir,
    server: Option<Child>,
    /// Where it is reached encrypted, if it is.
    port: Option<u16>,
}

impl ScratchPostgres {
    /// Makes a server and waits until it answers.
    ///
    /// # Panics
    /// Where there is no PostgreSQL, or it does not start.
    #[must_use]
    pub fn start() -> Self {
        Self::make(None)
    }

    /// Makes a server that is also reached encrypted, with a certificate for `localhost`.
    ///
    /// # Panics
    /// Where there is no PostgreSQL or no OpenSSL, or the server does not start.
    #[must_use]
    pub fn start_encrypted() -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        Self::make(Some(free.expect("a free port").port()))
    }

    fn make(port: Option<u16>) -> Self {
        let dir = tempfile::Builder::new().prefix("pg-").tempdir().expect("a scratch folder");
        if is_root() {
            let (user, group) = server_user().expect("the user that comes with the package postgresql");
            chown(dir.path(), Some(user), Some(group)).expect("given to the server's user");
        }
        std::fs::set_permissions(dir.path(), PermissionsExt::from_mode(0o700)).expect("private");
        let mut postgres = Self { programs: programs(), dir, server: None, port };
        let made = postgres
            .as_server("initdb", &["--no-sync", "--auth=trust", "--encoding=UTF8", "--no-locale"])
            .arg(format!("--username={USER}"))
            .arg("--pgdata")
            .arg(postgres.data())
            .output()
            .expect("initdb runs");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        if port.is_some() {
            certificate::make(postgres.dir.path());
        }
        postgres.resume();
        postgres
    }

    /// Starts the server again over what it keeps, after [`Self::kill`].
    ///
    /// # Panics
    /// Where it does not start.
    pub fn resume(&mut self) {
        let mut settings = vec!["fsync=off", "max_connections=60", "shared_buffers=16MB"];
        let port = self.port.map(|port| format!("port={port}"));
        match &port {
            None => settings.push("listen_addresses="),
            Some(port) => settings.extend([
                "listen_addresses=127.0.0.1",
                port,
                "ssl=on",
                "ssl_cert_file=../server.pem",
                "ssl_key_file=../server.key",
            ]),
        }
        let mut command = self.as_server("postgres", &[]);
        command.arg("-D").arg(self.data()).arg("-k").arg(self.dir.path());
        for setting in settings {
            command.arg("-c").arg(setting);
        }
        self.server = Some(command.spawn().expect("postgres runs"));
        for _ in 0..ATTEMPTS {
            if self.try_sql("postgres", "SELECT 1") {
                return;
            }
            std::thread::sleep(PAUSE);
        }
        panic!("postgres does not answer");
    }

    /// Ends the server at once, as a power cut would, but for what the disk has not yet.
    ///
    /// # Panics
    /// Where it does not end.
    pub fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            signal("QUIT", &[server.id()]);
            server.wait().expect("ended");
        }
    }

    /// Holds the server up: it keeps its connections and answers nothing, until [`Self::thaw`].
    pub fn freeze(&self) {
        signal("STOP", &self.processes());
    }

    /// Lets the server go on.
    pub fn thaw(&self) {
        signal("CONT", &self.processes());
    }

    /// Makes an empty database and answers its address.
    ///
    /// # Panics
    /// Where it cannot be made.
    #[must_use]
    pub fn database(&self, name: &str) -> String {
        assert!(self.try_sql("postgres", &format!("CREATE DATABASE \"{name}\"")), "{name} cannot be made");
        format!("host='{}' port={} user={USER} dbname='{name}'", self.dir.path().display(), self.port())
    }

    /// The same database reached encrypted, and the certificate of who vouches for the server.
    #[must_use]
    pub fn encrypted(&self, name: &str) -> (String, PathBuf) {
        let address = format!("host=localhost hostaddr=127.0.0.1 port={}", self.port());
        (format!("{address} user={USER} dbname='{name}' sslmode=require"), self.dir.path().join("ca.pem"))
    }

    fn port(&self) -> u16 {
        self.port.unwrap_or(5432)
    }

    /// Whether the server carried a statement out.
    fn try_sql(&self, database: &str, sql: &str) -> bool {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["--no-psqlrc", "--quiet", "--username", USER, "--dbname", database, "--host"]);
        command.arg(self.dir.path()).args(["--port", &self.port().to_string(), "--command", sql]);
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }

    /// A program that runs as the server's user and ends with the thread that started it.
    fn as_server(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "QUIT"]);
        if is_root() {
            command.args(["--reuid", USER, "--regid", USER, "--clear-groups"]);
        }
        command.arg(self.programs.join(program)).args(arguments).env("LC_ALL", "C.UTF-8");
        command.current_dir(self.dir.path()).stdin(Stdio::null()).stdout(Stdio::null());
        let log = std::fs::File::options().create(true).append(true).open(self.dir.path().join("log"));
        command.stderr(if program == "initdb" { Stdio::piped() } else { log.expect("a log").into() });
        command
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// The server's processes: the first, and one for each connection and task.
    fn processes(&self) -> Vec<u32> {
        let Some(server) = &self.server else { return Vec::new() };
        let id = server.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        std::iter::once(id)
            .chain(children.split_whitespace().filter_map(|child| child.parse().ok()))
            .collect()
    }
}

impl Drop for ScratchPostgres {
    fn drop(&mut self) {
        self.thaw();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.dir.path().join("log")).unwrap_or_default();
            // The server's own words are what a failed test is understood by.
            let _: std::io::Result<()> = std::io::stderr().write_all(log.as_bytes());
        }
        self.kill();
    }
}

fn signal(name: &str, processes: &[u32]) {
    if !processes.is_empty() {
        let ids = processes.iter().map(u32::to_string);
        // A process that has ended by itself needs no signal.
        let _: std::io::Result<_> =
            Command::new("kill").arg(format!("-{name}")).args(ids).stderr(Stdio::null()).status();
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// The numbers of the server's user and group.
fn server_user() -> Option<(u32, u32)> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.split(':').next() == Some(USER))?;
    let mut numbers = line.split(':').skip(2);
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// The folder of the newest PostgreSQL's programs, as Debian puts them.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("the package postgresql is installed");
    let version = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.join("bin/postgres").is_file())
        .max_by_key(|path| version(path));
    newest.expect("the package postgresql is installed").join("bin")
}
