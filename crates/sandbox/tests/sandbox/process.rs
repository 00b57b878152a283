//! The program `loyalty-sandbox`, started as its users start it and spoken to over TCP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use clock::Clock;
use sandbox::{Options, PaymentCodes, Sandbox, Seed};
use serde_json::{Value, json};

use crate::witness::{self, Exchange};

const IVAN: &str = "+79990001122";

/// A running program. Killed when the test ends, whichever way it ends; the books it leaves must hold together.
struct Program {
    child: Child,
    address: String,
    data_dir: PathBuf,
}

impl Drop for Program {
    fn drop(&mut self) {
        // A program that has ended by itself cannot be killed, and need not be.
        drop(self.child.kill());
        drop(self.child.wait());
        if !std::thread::panicking() {
            let options = Options {
                data_dir: self.data_dir.clone(),
                seed: Seed::Demo,
                clock: Clock::system(),
                payment_codes: PaymentCodes::random(),
            };
            let left = Sandbox::open(options).expect("what a killed program leaves can be opened");
            left.check().expect("the books hold together");
        }
    }
}

fn command(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loyalty-sandbox"));
    command.arg("--data").arg(data_dir).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts the program on a free port and waits until it says that it is ready.
fn start(data_dir: &Path) -> Program {
    let mut child = command(data_dir).args(["--listen", "127.0.0.1:0"]).spawn().expect("the program starts");
    let mut line = String::new();
    let output = child.stdout.take().expect("its output is piped");
    BufReader::new(output).read_line(&mut line).expect("it prints a line");
    let address = line
        .strip_prefix("ready http://")
        .and_then(|rest| rest.strip_suffix("/\n"))
        .unwrap_or_else(|| panic!("not the ready line: {line:?}"))
        .to_owned();
    Program { child, address, data_dir: data_dir.to_owned() }
}

impl Program {
    fn post(&self, path: &str, credential: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let mut stream = TcpStream::connect(&self.address).expect("it accepts connections");
        write!(
            stream,
            "POST /plazius/b2b/v1/{path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n{credential}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("the request is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the answer is complete");
        let (head, text) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let content_type = head.lines().find_map(|line| line.strip_prefix("content-type: "));
        let path = &format!("/plazius/b2b/v1/{path}");
        witness::judge(&Exchange { path, request: body.as_bytes(), status, content_type, answer: text });
        (status, serde_json::from_str(text).unwrap_or(Value::Null))
    }

    fn token(&self) -> String {
        let (status, answer) =
            self.post("auth/gentoken", "ApiKey: demo-plazius", &json!({ "password": "demo" }));
        assert_eq!(status, 200);
        answer["token"].as_str().expect("a token").to_owned()
    }

    fn ask(&self, token: &str, operation: &str, body: &Value) -> Value {
        let (status, answer) =
            self.post(&format!("loyalty/{operation}"), &format!("Authorization: {token}"), body);
        assert_eq!(status, 200, "{operation}: {answer}");
        answer
    }

    fn balance(&self, token: &str) -> Value {
        self.ask(token, "guests/getWallet", &named(json!({})))["balance"].clone()
    }
}

/// A request with the demo's restaurant and Иван added.
fn named(mut request: Value) -> Value {
    request["organization"] = json!({ "type": "rkObjectId", "id": "4174244" });
    request["guest"] = json!({ "type": "phone", "phone": IVAN });
    request
}

fn order() -> Value {
    json!({
        "openedAt": "2026-11-23T10:00:00Z",
        "items": [{
            "product": { "code": "hot-pelmeni", "name": "Пельмени домашние", "group": "Горячее" },
            "price": 480, "cost": 480, "quantity": 1
        }]
    })
}

#[test]
fn an_acknowledged_confirm_survives_a_killed_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = start(folder.path());
    let token = program.token();
    let calculated = program.ask(&token, "orders/calculate", &named(json!({ "order": order() })));
    let confirm = named(json!({
        "id": "46b7c469-d99c-4499-acc7-8ca26ea2117d",
        "order": order(),
        "loyalty": { "pattern": "fingerprint", "fingerprint": {
            "value": calculated["loyalty"]["fingerprint"], "options": { "bonuses": { "payment": 60.5 } }
        }}
    }));
    program.ask(&token, "orders/confirm", &confirm);
    drop(program);

    let again = start(folder.path());
    assert_eq!(again.balance(&token), json!(39.5), "the token and the frozen bonuses are still there");
    again.ask(&token, "orders/confirm", &confirm);
    assert_eq!(again.balance(&token), json!(39.5), "the repetition froze nothing");
}

#[test]
fn a_polite_end_is_a_success() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut program = start(folder.path());
    let asked = Command::new("kill").args(["-TERM", &program.child.id().to_string()]).status();
    assert!(asked.expect("kill runs").success());
    assert!(program.child.wait().expect("it ends").success());
}

#[test]
fn an_address_others_can_reach_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let ended = command(folder.path()).args(["--listen", "0.0.0.0:0"]).output().expect("it runs");
    assert!(!ended.status.success());
    let message = String::from_utf8(ended.stderr).expect("text");
    assert!(message.contains("--allow-remote"), "{message}");
    assert!(!folder.path().join("sandbox.sqlite3").exists(), "nothing was opened");
}
