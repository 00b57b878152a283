//! The program `loyalty-sandbox`, started as its users start it and spoken to over TCP.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sandbox::check_folder;
use serde_json::{Value, json};

use crate::witness::{self, Exchange};

const IVAN: &str = "+79990001122";

/// A running program. Killed when the test ends, whichever way it ends; the books it leaves must hold together.
pub(crate) struct Program {
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
            let left = check_folder(&self.data_dir).expect("what a killed program leaves can be read");
            assert_eq!(left.violations, [""; 0], "the books hold together");
        }
    }
}

fn command(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loyalty-sandbox"));
    command.arg("--data").arg(data_dir).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts the program on a free port and waits until it says that it is ready.
pub(crate) fn start(data_dir: &Path) -> Program {
    start_with(data_dir, &[])
}

fn start_with(data_dir: &Path, arguments: &[&OsStr]) -> Program {
    let mut child = command(data_dir)
        .args(["--listen", "127.0.0.1:0"])
        .args(arguments)
        .spawn()
        .expect("the program starts");
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
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    fn end_politely(&mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.expect("kill runs").success());
        assert!(self.child.wait().expect("it ends").success());
    }

    pub(crate) fn post(&self, path: &str, credential: &str, body: &Value) -> (u16, Value) {
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

    pub(crate) fn token(&self) -> String {
        let (status, answer) =
            self.post("auth/gentoken", "ApiKey: demo-plazius", &json!({ "password": "demo" }));
        assert_eq!(status, 200);
        answer["token"].as_str().expect("a token").to_owned()
    }

    pub(crate) fn ask(&self, token: &str, operation: &str, body: &Value) -> Value {
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
fn sixty_four_threads_freeze_no_more_than_one_guests_balance() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = start(folder.path());
    let token = program.token();
    let calculated = program.ask(&token, "orders/calculate", &named(json!({ "order": order() })));
    let all_at_once = std::sync::Barrier::new(64);
    let statuses: Vec<(u16, Value)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..64)
            .map(|number| {
                let confirm = named(json!({
                    "id": format!("00000000-0000-4000-8000-{number:012}"),
                    "order": order(),
                    "loyalty": { "pattern": "fingerprint", "fingerprint": {
                        "value": calculated["loyalty"]["fingerprint"],
                        "options": { "bonuses": { "payment": 30 } }
                    }}
                }));
                let (program, token, all_at_once) = (&program, &token, &all_at_once);
                scope.spawn(move || {
                    all_at_once.wait();
                    program.post("loyalty/orders/confirm", &format!("Authorization: {token}"), &confirm)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    // 100 bonuses are enough for three orders of 30.
    let refused: Vec<_> = statuses.iter().filter(|(status, _)| *status != 200).collect();
    assert_eq!(refused.len(), 61);
    for (status, answer) in refused {
        assert_eq!((*status, &answer["error"]["code"]), (400, &json!("9004")), "{answer}");
    }
    assert_eq!(program.balance(&token), json!(10));
}

#[test]
fn a_polite_end_is_a_success() {
    let folder = tempfile::tempdir().expect("a folder");
    start(folder.path()).end_politely();
}

fn text_of(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).expect("text")
}

/// What `check` says about a folder, and how it ends.
fn check(data_dir: &Path) -> (Option<i32>, String) {
    let ended = Command::new(env!("CARGO_BIN_EXE_loyalty-sandbox"))
        .args(["check", "--data"])
        .arg(data_dir)
        .output()
        .expect("it runs");
    (ended.status.code(), text_of(&ended.stdout) + &text_of(&ended.stderr))
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("text")).collect();
    names.sort();
    names
}

#[test]
fn the_check_reads_books_at_rest_in_use_and_after_a_kill_and_makes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(check(folder.path()).0, Some(2), "nothing to check");
    assert_eq!(files(folder.path()), [""; 0]);

    let sound = (Some(0), "the books hold together: 7 guests, 0 orders, 5 entries\n".to_owned());
    let program = start(folder.path());
    assert_eq!(check(folder.path()), sound, "in use");
    drop(program);
    let after_a_kill = files(folder.path());
    assert_eq!(check(folder.path()), sound, "after a kill");
    assert_eq!(files(folder.path()), after_a_kill);

    let mut program = start(folder.path());
    program.end_politely();
    let at_rest = files(folder.path());
    assert_eq!(at_rest, ["sandbox.lock", "sandbox.sqlite3"]);
    assert_eq!(check(folder.path()), sound, "at rest");
    assert_eq!(files(folder.path()), at_rest);
}

#[test]
fn the_check_names_what_does_not_hold_on_a_line_each() {
    let folder = tempfile::tempdir().expect("a folder");
    start(folder.path()).end_politely();
    let books = rusqlite::Connection::open(folder.path().join("sandbox.sqlite3")).expect("a database");
    books.execute("UPDATE guest SET balance_minor = balance_minor + 1", []).expect("seven guests");
    drop(books);
    let (code, said) = check(folder.path());
    assert_eq!(code, Some(1));
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 7, "{said}");
    assert!(lines.iter().any(|line| line.contains(IVAN) && line.contains("balance + frozen")), "{said}");
}

#[test]
fn a_folder_is_one_sandboxs_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = start(folder.path());
    let second = command(folder.path()).args(["--listen", "127.0.0.1:0"]).output().expect("it runs");
    assert_eq!(second.status.code(), Some(2));
    assert!(text_of(&second.stderr).contains("another sandbox uses the folder"));
    drop(first);
    start(folder.path());
}

/// The demo's programme with one rank of 7 %, as a file.
fn programme_file(folder: &Path, cashback: &Value) -> PathBuf {
    let programme = json!({
        "name": "Одна ступень",
        "max_payable_share_bp": 5000,
        "ranks": [{ "name": "Гость", "cashback_bp": cashback }]
    });
    let path = folder.join("programme.json");
    std::fs::write(&path, programme.to_string()).expect("a writable folder");
    path
}

#[test]
fn a_wrong_programme_is_refused_by_the_path_of_the_field_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, data) = (programme_file(folder.path(), &json!("seven")), folder.path().join("data"));
    let ended = command(&data).arg("--programme").arg(&file).output().expect("it runs");
    assert_eq!(ended.status.code(), Some(2));
    let message = text_of(&ended.stderr);
    assert!(message.contains("programme.json") && message.contains("ranks[0].cashback_bp"), "{message}");
    assert!(!data.exists());
}

#[test]
fn a_programme_file_is_in_force_from_the_start_it_is_given_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, data) = (programme_file(folder.path(), &json!(700)), folder.path().join("data"));
    let program = start_with(&data, &[OsStr::new("--programme"), file.as_os_str()]);
    let rank = program.ask(&program.token(), "guests/getWallet", &named(json!({})))["currentRank"].clone();
    assert_eq!(rank["cashbackPercentage"], json!(7));
    drop(program);
    let again = start(&data);
    let kept = again.ask(&again.token(), "guests/getWallet", &named(json!({})))["currentRank"].clone();
    assert_eq!(kept, rank, "the books keep it");
}

#[test]
fn a_programme_without_the_ranks_that_guests_hold_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, data) = (programme_file(folder.path(), &json!(700)), folder.path().join("data"));
    start(&data).end_politely();
    let ended = command(&data).arg("--programme").arg(&file).output().expect("it runs");
    assert_eq!(ended.status.code(), Some(2));
    let message = text_of(&ended.stderr);
    assert!(message.contains("index 2") && message.contains("programme of 1"), "{message}");
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
