//! What was answered is there after a restart and after a kill.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use axum::http::Method;
use serde_json::{Value, json};

use super::{Basket, DENIS, Site, salads, till};
use crate::process::{Program, start};
use crate::stand::Stand;

#[tokio::test]
async fn tokens_orders_and_precalculations_outlive_a_restart() {
    let mut stand = Stand::start().await;
    let site = Site::of(&stand).await;
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let number = site.number(&basket).await;
    site.reset(&number).await.ok();
    let change = basket.change(&site.block(&Basket { number: number.clone(), ..basket.clone() }).await);
    let token = site.token;
    stand.restart();
    let site = Site { stand: &stand, token };
    assert_eq!(site.balance(DENIS).await, "1230.58");
    site.change(&number, &change).await.ok();
    assert_eq!(site.balance(DENIS).await, "1130.58");
    till(&stand, "close", &number).await.ok();
    assert_eq!(site.number(&Basket::of(DENIS, vec![salads(1)])).await, "2", "numbers go on");
}

/// What the program answers, which must be a success.
fn ask(program: &Program, method: &Method, path: &str, head: &str, body: &str) -> Value {
    let mut stream = TcpStream::connect(program.address()).expect("it accepts connections");
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 20"), "{path}: {answer}");
    serde_json::from_str(body).expect("JSON")
}

fn token(program: &Program) -> String {
    let form = "client_id=demo-delivery&client_secret=demo&grant_type=client_credentials&scopes=orders";
    let head = "Content-Type: application/x-www-form-urlencoded";
    let answer = ask(program, &Method::POST, "/delivery/connect/token", head, form);
    answer["access_token"].as_str().expect("a text").to_owned()
}

#[test]
fn what_was_answered_survives_a_kill_at_once_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let basket = Basket::of(DENIS, vec![salads(1)]).with_bonuses();
    let precalculate = |program: &Program, basket: &Basket| {
        let head = format!("Authorization: Bearer {}\r\nContent-Type: application/json", token(program));
        let path = "/delivery/orders/api/v1/orders/delivery";
        let body = basket.precalculation().to_string();
        let mut answer = ask(program, &Method::POST, path, &head, &body);
        (head, answer["result"]["amount"]["loyaltyAmount"].take())
    };
    let orders = "/delivery/orders/api/v1/orders";
    let till = |program: &Program, verb: &str| {
        let body = json!({ "order": "1" }).to_string();
        let head = "Content-Type: application/json";
        ask(program, &Method::POST, &format!("/sandbox/till/{verb}"), head, &body)
    };
    let balance = |program: &Program| precalculate(program, &basket).1["bonuses"]["guestBalance"].to_string();

    let program = start(folder.path());
    let (head, block) = precalculate(&program, &basket);
    ask(&program, &Method::POST, orders, &head, &basket.creation(&block).to_string());
    // Killed, and its books are looked at.
    drop(program);
    let program = start(folder.path());
    assert_eq!(balance(&program), "1130.58");
    let (head, _) = precalculate(&program, &basket);
    ask(&program, &Method::POST, &format!("{orders}/1/resetLoyalty"), &head, "");
    drop(program);
    let program = start(folder.path());
    assert_eq!(balance(&program), "1230.58");
    let changed = Basket { number: "1".to_owned(), ..basket.clone() };
    let (head, block) = precalculate(&program, &changed);
    ask(&program, &Method::PATCH, &format!("{orders}/1"), &head, &changed.change(&block).to_string());
    drop(program);
    let program = start(folder.path());
    assert_eq!(till(&program, "close"), json!({ "changed": true }));
    drop(program);
    let program = start(folder.path());
    assert_eq!(balance(&program), "1135.58");
    assert_eq!(till(&program, "close"), json!({ "changed": false }));
}
