//! What is started for a measurement, each on its core: the upstream, nginx before it, the proxy before it.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::process;
use crate::workspace::Workspace;

/// The system's ticks a second, in which it counts processor time: the same on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// A running server. Ended with the run, whichever way it ends.
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Server {
    /// The processor time it has used, in seconds.
    pub(super) fn cpu_s(&self) -> anyhow::Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // What follows the name in brackets begins with the third field.
        let (_, fields) = stat.rsplit_once(')').context("no name")?;
        let field = |number: usize| -> anyhow::Result<f64> {
            Ok(fields.split_whitespace().nth(number - 3).context("too short")?.parse()?)
        };
        Ok((field(14)? + field(15)?) / TICKS)
    }

    /// What of it is in memory, in KiB.
    pub(super) fn resident_kib(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already cannot be killed, and need not be.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The proxy over SQLite, and what it writes to its standard output after it is ready.
pub(super) struct Proxy {
    pub(super) server: Server,
    pub(super) lines: Receiver<String>,
}

impl Proxy {
    pub(super) fn start(
        workspace: &Workspace,
        scratch: &Path,
        upstream: &Server,
        core: usize,
    ) -> anyhow::Result<Self> {
        let data = scratch.join("data");
        std::fs::create_dir(&data)?;
        let secret = scratch.join("secret");
        std::fs::write(&secret, "demo")?;
        let config = scratch.join("proxy.toml");
        std::fs::write(&config, configuration(&data, &secret, upstream.address))?;
        let program = workspace.target().join("server/loyalty-proxy");
        let mut command = on_core(core, program.to_str().context("a path of text")?);
        command.arg("serve").arg("--config").arg(config).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| process::shown(&command))?;
        let output = BufReader::new(child.stdout.take().context("no pipe to standard output")?);
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let mut server = Server { child, address: upstream.address };
        let ready = lines.recv().context("the proxy did not start")?;
        let address = ready.strip_prefix("ready http://").and_then(|rest| rest.strip_suffix('/'));
        server.address = address.with_context(|| format!("not the promised line: {ready}"))?.parse()?;
        Ok(Self { server, lines })
    }
}

fn configuration(data: &Path, secret: &Path, upstream: SocketAddr) -> String {
    let secret = format!("{{ file = \"{}\" }}", secret.display());
    format!(
        r#"
listen = "127.0.0.1:0"
data_dir = "{}"
pepper = {secret}
login_senders = ["terminal"]
[senders.terminal]
kind = "console"
[limits]
codes_per_prefix_hour = 1000000
codes_per_address_hour = 1000000
checks_per_address_hour = 1000000
[[restaurants]]
id = "pirogi"
name = "Пироги"
currency = "RUB"
spend_on_page_cart = true
upstream = {{ system = "plazius", base_url = "http://{upstream}/plazius", organisation_id = "4174244", api_key = {secret}, password = {secret} }}
[[restaurants]]
id = "lapsha"
name = "Лапша"
currency = "RUB"
spend_on_page_cart = true
upstream = {{ system = "rk_delivery", base_url = "http://{upstream}/delivery", auth_url = "http://{upstream}/delivery", restaurant_id = "18f550d8-7fbe-45fa-8c83-35f531380f65", payment_type_id = "cash", client_id = "demo-delivery", client_secret = {secret} }}
"#,
        data.display()
    )
}

/// An nginx that answers as the loyalty systems do, with the recorded examples.
pub(super) fn upstream(workspace: &Workspace, scratch: &Path, core: usize) -> anyhow::Result<Server> {
    let fixtures = workspace.root().join("crates/upstream/tests/upstream/fixtures");
    let mut locations = String::new();
    let mut answer = |path: &str, body: &str| {
        let body: String = body.lines().map(str::trim_start).collect();
        let body = body.replace('\\', "\\\\").replace('\'', "\\'");
        locations += &format!("location = {path} {{ return 200 '{body}'; }}\n");
    };
    answer("/delivery/connect/token", r#"{"access_token":"token","expires_in":36000}"#);
    answer("/plazius/b2b/v1/auth/gentoken", r#"{"token":"token","aliveSecondsTtl":36000}"#);
    for (path, file) in [
        ("/delivery/orders/api/v1/orders/delivery", "rk_delivery/precalculated_discount.json"),
        ("/plazius/b2b/v1/loyalty/orders/calculate", "plazius/calculate.json"),
        ("/plazius/b2b/v1/loyalty/guests/get", "plazius/get.json"),
        ("/plazius/b2b/v1/loyalty/guests/getWallet", "plazius/getWallet.json"),
    ] {
        answer(path, &std::fs::read_to_string(fixtures.join(file)).context(file)?);
    }
    nginx(scratch, "upstream", "", &locations, core)
}

/// An nginx that forwards everything to the upstream.
pub(super) fn front(scratch: &Path, upstream: &Server, core: usize) -> anyhow::Result<Server> {
    let group = format!("upstream behind {{ server {}; keepalive 128; }}", upstream.address);
    let forward =
        "location / { proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection \"\"; }";
    nginx(scratch, "front", &group, forward, core)
}

fn nginx(scratch: &Path, name: &str, group: &str, locations: &str, core: usize) -> anyhow::Result<Server> {
    let folder = scratch.join(name);
    std::fs::create_dir(&folder)?;
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let path = folder.display();
    let config = format!(
        "daemon off; master_process off; pid {path}/pid; error_log {path}/error.log;\n\
         events {{ worker_connections 2048; }}\n\
         http {{ access_log off; default_type application/json; keepalive_requests 1000000000; keepalive_timeout 600s;\n\
         client_body_temp_path {path}/body; proxy_temp_path {path}/proxy; fastcgi_temp_path {path}/f;\n\
         uwsgi_temp_path {path}/u; scgi_temp_path {path}/s; {group}\n\
         server {{ listen {address}; {locations} }} }}\n"
    );
    std::fs::write(folder.join("nginx.conf"), config)?;
    let mut command = on_core(core, "nginx");
    command.arg("-p").arg(&folder).arg("-c").arg(folder.join("nginx.conf"));
    let child = command.spawn().with_context(|| process::shown(&command))?;
    let server = Server { child, address };
    let begun = Instant::now();
    while TcpStream::connect(address).is_err() {
        ensure!(begun.elapsed() < Duration::from_secs(5), "nginx does not start; see {path}/error.log");
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(server)
}

/// A command that runs on one core only.
pub(super) fn on_core(core: usize, program: &str) -> Command {
    let mut command = Command::new("taskset");
    let path = std::env::var("PATH").unwrap_or_default();
    // Debian keeps servers where only the administrator looks.
    command.env("PATH", format!("{path}:/usr/sbin"));
    command.args(["--cpu-list", &core.to_string(), program]).stdin(Stdio::null());
    command
}

/// Keeps this program off the core of what is measured.
pub(super) fn pin_this_process(core: usize) -> anyhow::Result<()> {
    let own = std::process::id().to_string();
    process::capture(Command::new("taskset").args(["--cpu-list", "--pid", &core.to_string(), &own])).map(drop)
}
