//! The control under `/sandbox`: what it does, whom it refuses.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use sandbox::{ControlAccess, Kind, Options, Sandbox};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::orders::{Cart, close, get, plain};
use crate::stand::{Answer, IVAN, MARIA, ORDER, Stand, guest_request};

fn to(method: Method, path: &str, body: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:9090");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    request.body(Body::from(body.to_owned())).expect("a request")
}

async fn read(stand: &Stand, path: &str) -> Value {
    stand.send(to(Method::GET, path, "")).await.ok()
}

async fn post(stand: &Stand, path: &str, body: Value) -> Answer {
    stand.send(to(Method::POST, path, &body.to_string())).await
}

/// Asserts a refusal: its status and exactly its body. Returns the field and the message.
#[track_caller]
fn refused(answer: &Answer, status: StatusCode) -> (String, String) {
    answer.status_is(status);
    let error = answer.json()["error"].clone();
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    assert!(!text("message").is_empty());
    (text("path"), text("message"))
}

#[tokio::test]
async fn the_clock_is_read_set_and_advanced() {
    let stand = Stand::start().await;
    assert_eq!(read(&stand, "/sandbox/clock").await, json!({ "now": "2026-03-01T09:00:00Z" }));
    let set = to(Method::PUT, "/sandbox/clock", r#"{ "now": "2026-04-01T12:00:00+03:00" }"#);
    assert_eq!(stand.send(set).await.ok(), json!({ "now": "2026-04-01T09:00:00Z" }));
    let advanced = post(&stand, "/sandbox/clock/advance", json!({ "seconds": 90 })).await.ok();
    assert_eq!(advanced, json!({ "now": "2026-04-01T09:01:30Z" }));
    // The operations go by it: the token has expired.
    stand.call("guests/getWallet", guest_request(IVAN)).await.status_is(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_clock_refuses_what_is_no_moment_of_its_years() {
    let stand = Stand::start().await;
    for now in ["1999-12-31T23:59:59Z", "3000-01-01T00:00:00Z"] {
        let answer = stand.send(to(Method::PUT, "/sandbox/clock", &json!({ "now": now }).to_string())).await;
        assert_eq!(refused(&answer, StatusCode::BAD_REQUEST).0, "now");
    }
    for seconds in [json!(u64::MAX), json!(40_000_000_000_u64), json!(-1), json!("90"), json!(1.5)] {
        let answer = post(&stand, "/sandbox/clock/advance", json!({ "seconds": seconds })).await;
        assert_eq!(refused(&answer, StatusCode::BAD_REQUEST).0, "seconds", "{seconds}");
    }
    let tomorrow = to(Method::PUT, "/sandbox/clock", r#"{ "now": "tomorrow" }"#);
    assert_eq!(refused(&stand.send(tomorrow).await, StatusCode::BAD_REQUEST).0, "now");
    assert_eq!(read(&stand, "/sandbox/clock").await, json!({ "now": "2026-03-01T09:00:00Z" }));
}

/// A sandbox of its own, for what a stand cannot be.
async fn ask(sandbox: &Sandbox, request: Request<Body>) -> (StatusCode, Value) {
    let Ok(response) = sandbox.router().oneshot(request).await;
    let status = response.status();
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn a_moved_clock_runs_on_and_is_kept_over_a_restart_until_a_reset() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || {
        let options = Options { clock: clock::Clock::shifted(0), ..Options::new(folder.path().to_owned()) };
        Sandbox::open(options).expect("a sandbox")
    };
    let shift = async |sandbox: &Sandbox| {
        ask(sandbox, to(Method::GET, "/sandbox/clock", "")).await.1["shift_ms"].as_i64().expect("a shift")
    };
    let day_ms = 86_400_000;
    let sandbox = open();
    assert_eq!(shift(&sandbox).await, 0);
    ask(&sandbox, to(Method::POST, "/sandbox/clock/advance", r#"{ "seconds": 86400 }"#)).await;
    assert_eq!(shift(&sandbox).await, day_ms);
    drop(sandbox);
    let again = open();
    assert_eq!(shift(&again).await, day_ms);
    let (status, _) = ask(&again, to(Method::POST, "/sandbox/reset", "{}")).await;
    assert_eq!((status, shift(&again).await), (StatusCode::OK, 0));
    drop(again);
    assert_eq!(shift(&open()).await, 0);
}

#[tokio::test]
async fn the_machines_clock_is_not_moved() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = Sandbox::open(Options::new(folder.path().to_owned())).expect("a sandbox");
    let (status, answer) =
        ask(&sandbox, to(Method::POST, "/sandbox/clock/advance", r#"{ "seconds": 1 }"#)).await;
    assert_eq!(status, StatusCode::CONFLICT, "{answer}");
}

#[tokio::test]
async fn faults_are_injected_listed_and_cleared() {
    let stand = Stand::start().await;
    let faults = [
        json!({ "path": "guests/get", "fault": { "status": 503 }, "times": 2 }),
        json!({ "path": "orders/close", "fault": "drop_after_commit", "times": 1 }),
        json!({ "path": "", "fault": { "delay_ms": 1500 }, "times": 1 }),
        json!({ "path": "guests/save", "fault": { "plazius_error": { "code": "2004", "message": "m" } }, "times": 1 }),
    ];
    for fault in &faults {
        post(&stand, "/sandbox/faults", fault.clone()).await.status_is(StatusCode::CREATED);
    }
    assert_eq!(read(&stand, "/sandbox/faults").await, json!({ "faults": faults }));
    stand.call_unseen("guests/get", guest_request(IVAN)).await.status_is(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(read(&stand, "/sandbox/faults").await["faults"][0]["times"], json!(1));
    let cleared = stand.send(to(Method::DELETE, "/sandbox/faults", "")).await.ok();
    assert_eq!(cleared, json!({ "faults": [] }));
    stand.call("guests/get", guest_request(IVAN)).await.ok();
}

#[tokio::test]
async fn every_fault_has_its_json() {
    let stand = Stand::start().await;
    for name in ["html", "truncated_body", "empty_body", "drop_before", "drop_after_commit", "wrong_types"] {
        post(&stand, "/sandbox/faults", json!({ "path": "guests/get", "fault": name }))
            .await
            .status_is(StatusCode::CREATED);
    }
    let listed = read(&stand, "/sandbox/faults").await;
    let names: Vec<_> =
        listed["faults"].as_array().expect("a list").iter().map(|one| &one["fault"]).collect();
    assert_eq!(names.len(), 6);
    assert!(stand.call_unseen("guests/get", guest_request(IVAN)).await.text.starts_with("<!doctype html>"));
}

#[tokio::test]
async fn a_wrong_fault_is_refused_by_the_path_of_its_field() {
    let stand = Stand::start().await;
    let wrong = [
        (json!({ "path": "guests/get", "fault": { "status": 99 } }), "fault.status"),
        (json!({ "path": "guests/get", "fault": { "status": 101 } }), "fault.status"),
        (json!({ "path": "guests/get", "fault": { "status": 600 } }), "fault.status"),
        (json!({ "path": "guests/get", "fault": { "delay_ms": -1 } }), "fault.delay_ms"),
        (json!({ "path": "guests/get", "fault": "explode" }), "fault"),
        (json!({ "path": "guests/get", "fault": "html", "times": 0 }), "times"),
        (json!({ "path": 7, "fault": "html" }), "path"),
        (json!({ "path": "guests/get", "fault": "html", "often": true }), "often"),
        (json!({ "fault": "html" }), ""),
        (json!([]), ""),
    ];
    for (body, field) in wrong {
        let answer = post(&stand, "/sandbox/faults", body.clone()).await;
        assert_eq!(refused(&answer, StatusCode::BAD_REQUEST).0, field, "{body}");
    }
    let cut = stand.send(to(Method::POST, "/sandbox/faults", r#"{ "path": "#)).await;
    refused(&cut, StatusCode::BAD_REQUEST);
    assert_eq!(read(&stand, "/sandbox/faults").await, json!({ "faults": [] }));
}

#[tokio::test]
async fn a_fault_for_every_path_does_not_strike_the_control() {
    let stand = Stand::start().await;
    let all = json!({ "path": "", "fault": { "status": 500 }, "times": 9 });
    post(&stand, "/sandbox/faults", all).await.status_is(StatusCode::CREATED);
    assert_eq!(read(&stand, "/sandbox/faults").await["faults"][0]["times"], json!(9));
}

#[tokio::test]
async fn a_reset_leads_back_to_the_seed_and_forgets_tokens_and_faults() {
    let mut stand = Stand::start().await;
    Cart::of(IVAN, vec![plain(20_000)]).confirm(&stand, ORDER, 10_000).await.ok();
    close(&stand, ORDER).await.ok();
    let fault = json!({ "path": "guests/get", "fault": "html" });
    post(&stand, "/sandbox/faults", fault).await.status_is(StatusCode::CREATED);
    assert_eq!(post(&stand, "/sandbox/reset", json!({})).await.ok(), json!({ "seed": "demo" }));

    stand.call("guests/getWallet", guest_request(IVAN)).await.status_is(StatusCode::UNAUTHORIZED);
    stand.renew_token().await;
    assert_eq!(stand.balance(IVAN).await, "100");
    assert_eq!(stand.balance(MARIA).await, "1230.58");
    get(&stand, ORDER).await.refused("9004");
    assert_eq!(stand.done(), []);
    assert_eq!(read(&stand, "/sandbox/faults").await, json!({ "faults": [] }));
    assert_eq!(read(&stand, "/sandbox/check").await["is_sound"], json!(true));
    // As good as new: the same order can be made again.
    Cart::of(IVAN, vec![plain(20_000)]).confirm(&stand, ORDER, 10_000).await.ok();
}

#[tokio::test]
async fn a_reset_asks_for_an_empty_object() {
    let stand = Stand::start().await;
    for body in ["", "[]x", r#"{ "seed": "empty" }"#] {
        let answer = stand.send(to(Method::POST, "/sandbox/reset", body)).await;
        refused(&answer, StatusCode::BAD_REQUEST);
    }
    assert_eq!(stand.balance(IVAN).await, "100");
}

#[tokio::test]
async fn the_ledger_is_paged_and_filtered() {
    let stand = Stand::start().await;
    let other = "00000000-0000-4000-8000-000000000002";
    Cart::of(IVAN, vec![plain(20_000)]).confirm(&stand, ORDER, 6_000).await.ok();
    Cart::of(MARIA, vec![plain(20_000)]).confirm(&stand, other, 0).await.ok();
    close(&stand, ORDER).await.ok();

    let all = read(&stand, "/sandbox/ledger").await;
    let kinds: Vec<_> =
        all["entries"].as_array().expect("a list").iter().map(|one| one["kind"].clone()).collect();
    let seeded = kinds.iter().take_while(|kind| **kind == "granted").count();
    assert!(seeded > 0);
    assert_eq!(kinds[seeded..], ["confirmed", "confirmed", "closed"]);
    assert_eq!(all.get("next_after"), None);
    assert_eq!(
        all["entries"][seeded],
        json!({
            "seq": seeded + 1, "at": "2026-03-01T09:00:00Z", "kind": "confirmed", "order": ORDER, "guest": IVAN,
            "payment_minor": 6000, "accrual_minor": 700, "discount_minor": 0, "shortfall_minor": 0
        })
    );

    let mut paged = Vec::new();
    let mut path = "/sandbox/ledger?limit=2".to_owned();
    loop {
        let page = read(&stand, &path).await;
        let entries = page["entries"].as_array().expect("a list");
        assert!((1..=2).contains(&entries.len()), "{page}");
        paged.extend(entries.iter().cloned());
        let Some(after) = page["next_after"].as_i64() else { break };
        path = format!("/sandbox/ledger?limit=2&after={after}");
    }
    assert_eq!(json!(paged), all["entries"]);

    let count = async |query: &str| {
        read(&stand, &format!("/sandbox/ledger?{query}")).await["entries"].as_array().expect("a list").len()
    };
    assert_eq!(count(&format!("order={ORDER}")).await, 2);
    assert_eq!(count("guest=%2B79990001122").await, 3);
    assert_eq!(count(&format!("guest=%2B79990001122&order={other}")).await, 0);
    for wrong in ["limit=0", "limit=1001", "limit=x", "oder=1", "after=x"] {
        let answer = stand.send(to(Method::GET, &format!("/sandbox/ledger?{wrong}"), "")).await;
        refused(&answer, StatusCode::BAD_REQUEST);
    }
    assert_eq!(stand.done().len(), 3);
    assert_eq!(stand.done()[2], Kind::Closed);
}

#[tokio::test]
async fn the_check_counts_and_names_what_does_not_hold() {
    let stand = Stand::start().await;
    assert_eq!(
        read(&stand, "/sandbox/check").await,
        json!({ "is_sound": true, "guests": 7, "orders": 0, "bonus_entries": 5, "violations": [] })
    );
    let books = rusqlite::Connection::open(stand.database()).expect("the database opens beside the sandbox");
    let change = |sign| {
        let statement = format!("UPDATE guest SET balance_minor = balance_minor {sign} 1 WHERE phone = ?1");
        books.execute(&statement, [IVAN]).expect("a guest");
    };
    change('+');
    let broken = read(&stand, "/sandbox/check").await;
    assert_eq!(broken["is_sound"], json!(false));
    assert!(broken["violations"][0].as_str().is_some_and(|text| text.contains(IVAN)), "{broken}");
    change('-');
}

#[tokio::test]
async fn read_only_control_answers_nothing_but_get() {
    let folder = tempfile::tempdir().expect("a folder");
    let control = ControlAccess { is_read_only: true, is_remote_allowed: false };
    let clock = clock::Clock::manual("2026-03-01T09:00:00Z".parse::<Timestamp>().expect("a time"));
    let options = Options { control, clock: clock.clone(), ..Options::new(folder.path().to_owned()) };
    let sandbox = Sandbox::open(options).expect("a sandbox");
    for path in ["/sandbox", "/sandbox/clock", "/sandbox/faults", "/sandbox/ledger", "/sandbox/check"] {
        assert_eq!(ask(&sandbox, to(Method::GET, path, "")).await.0, StatusCode::OK, "{path}");
    }
    for (method, path, body) in [
        (Method::PUT, "/sandbox/clock", r#"{ "now": "2026-04-01T12:00:00Z" }"#),
        (Method::POST, "/sandbox/clock/advance", r#"{ "seconds": 1 }"#),
        (Method::POST, "/sandbox/faults", r#"{ "path": "", "fault": "html" }"#),
        (Method::DELETE, "/sandbox/faults", ""),
        (Method::POST, "/sandbox/reset", "{}"),
    ] {
        let (status, answer) = ask(&sandbox, to(method, path, body)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}: {answer}");
    }
    assert_eq!(clock.now(), "2026-03-01T09:00:00Z".parse::<Timestamp>().expect("a time"));
    assert!(clock.advance(SignedDuration::ZERO));
}

#[tokio::test]
async fn a_page_in_a_browser_controls_nothing() {
    let stand = Stand::start().await;
    // As a form or a script without leave to do more would send it.
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
    {
        let mut request = to(Method::POST, "/sandbox/reset", "{}");
        request.headers_mut().insert(header::CONTENT_TYPE, content_type.parse().expect("a header"));
        refused(&stand.send(request).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    // It is not given leave either.
    let mut asked = to(Method::OPTIONS, "/sandbox/reset", "");
    asked.headers_mut().insert(header::ORIGIN, "https://evil.example".parse().expect("a header"));
    let answer = stand.send(asked).await;
    answer.status_is(StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("access-control-allow-origin"), None);
    // As it would look under a name of the page's own that leads to this machine.
    for host in ["evil.example", "evil.example:9090", "127.0.0.1.evil.example", "10.0.0.7"] {
        let mut request = to(Method::GET, "/sandbox/ledger", "");
        request.headers_mut().insert(header::HOST, host.parse().expect("a header"));
        refused(&stand.send(request).await, StatusCode::FORBIDDEN);
    }
    let mut nameless = to(Method::GET, "/sandbox/ledger", "");
    nameless.headers_mut().remove(header::HOST);
    refused(&stand.send(nameless).await, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn remote_control_is_open_to_other_names_where_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    let control = ControlAccess { is_read_only: false, is_remote_allowed: true };
    let options = Options { control, ..Options::new(folder.path().to_owned()) };
    let sandbox = Sandbox::open(options).expect("a sandbox");
    let mut request = to(Method::GET, "/sandbox/clock", "");
    request.headers_mut().insert(header::HOST, "sandbox.lan:9090".parse().expect("a header"));
    assert_eq!(ask(&sandbox, request).await.0, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_says_that_it_is_no_production_system() {
    let stand = Stand::start().await;
    let wallet = stand.call("guests/getWallet", guest_request(IVAN)).await;
    for answer in [wallet, stand.send(to(Method::GET, "/sandbox/nothing", "")).await] {
        assert_eq!(answer.header("server"), Some("loyalty-sandbox (not for production)"));
    }
    let status = read(&stand, "/sandbox").await;
    assert_eq!((&status["is_production"], &status["seed"]), (&json!(false), &json!("demo")));
}

#[tokio::test]
async fn what_is_not_there_is_said_in_json() {
    let stand = Stand::start().await;
    refused(&stand.send(to(Method::GET, "/sandbox/nothing", "")).await, StatusCode::NOT_FOUND);
    refused(&stand.send(to(Method::GET, "/sandbox/reset", "")).await, StatusCode::METHOD_NOT_ALLOWED);
}
