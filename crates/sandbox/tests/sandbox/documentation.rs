//! The examples of `docs/sandbox.md` work, in their order, and show every address of the control.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, header};
use sandbox::{Options, ProgrammeFile, Sandbox};
use tower::ServiceExt as _;

const DOCUMENT: &str = include_str!("../../../../docs/sandbox.md");
const PROGRAMME: &str = include_str!("../../../../docs/programme.example.json");
const CONTROL: &str = include_str!("../../src/control.rs");

/// The words of a command, of which those in quotes may hold spaces.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut quote, mut is_word) = (Vec::new(), None, false);
    for character in command.chars() {
        match character {
            '\'' | '"' if quote.is_none_or(|open| open == character) => {
                quote = if quote.is_some() { None } else { Some(character) };
            }
            ' ' if quote.is_none() => is_word = false,
            other => {
                if !is_word {
                    words.push(String::new());
                    is_word = true;
                }
                words.last_mut().expect("a word was begun").push(other);
            }
        }
    }
    words
}

/// The request that a command of curl sends.
fn request(command: &str) -> Request<Body> {
    let mut words = words(command).into_iter().skip(1);
    let mut method = None;
    let mut builder = Request::builder().header(header::HOST, "127.0.0.1:9090");
    let (mut body, mut address) = (String::new(), String::new());
    while let Some(word) = words.next() {
        let mut value = || words.next().expect("an option's value");
        match word.as_str() {
            "-X" => method = Some(Method::from_bytes(value().as_bytes()).expect("a method")),
            "-H" => {
                let line = value();
                let (name, value) = line.split_once(": ").expect("a header");
                builder = builder.header(name, value);
            }
            "--json" => {
                body = value();
                method = method.or(Some(Method::POST));
                builder = builder.header(header::CONTENT_TYPE, "application/json");
            }
            "-d" => {
                let field = value();
                body = if body.is_empty() { field } else { format!("{body}&{field}") };
                method = method.or(Some(Method::POST));
            }
            url => {
                address = url.strip_prefix("http://127.0.0.1:9090").expect("the default address").to_owned();
            }
        }
    }
    if !body.is_empty() && !body.starts_with('{') {
        builder = builder.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    builder.method(method.unwrap_or(Method::GET)).uri(address).body(Body::from(body)).expect("a request")
}

fn commands() -> impl Iterator<Item = &'static str> {
    DOCUMENT.lines().filter(|line| line.starts_with("curl "))
}

#[tokio::test]
async fn every_example_is_answered_with_success() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = Sandbox::open(Options {
        clock: clock::Clock::shifted(0),
        programme: Some(ProgrammeFile::read(PROGRAMME).expect("the documented programme")),
        ..Options::new(folder.path().to_owned())
    })
    .expect("a sandbox");
    // As a shell would have it, once what the commands answer was put into it.
    let mut token = String::new();
    for command in commands() {
        let command = command.replace("$TOKEN", &token);
        let Ok(answer) = sandbox.router().oneshot(request(&command)).await;
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
        assert!(status.is_success(), "{command}\n{status} {}", String::from_utf8_lossy(&body));
        let told: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        if let Some(told) = told["access_token"].as_str() {
            token = told.to_owned();
        }
    }
}

#[test]
fn every_address_of_the_control_has_an_example() {
    let shown: BTreeSet<String> =
        commands().map(|command| request(command).uri().path().to_owned()).collect();
    let routes: Vec<&str> =
        CONTROL.lines().filter_map(|line| line.trim().strip_prefix(".route(\"")?.split('"').next()).collect();
    assert!(routes.len() > 8, "{routes:?}");
    for route in routes {
        let path = format!("/sandbox{}", route.trim_end_matches('/'));
        assert!(shown.contains(&path), "{path} has no example");
    }
}
