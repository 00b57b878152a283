//! Every statement that an operation runs finds its rows by an index, so that a million guests slow none of them down.
//!
//! The operations run against the demo's books while SQLite tells each statement; its plan is then looked at.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use clock::Clock;
use http_body_util::BodyExt as _;
use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::folder::database_in;
use super::login_codes;
use crate::{Options, ProgrammeFile, Sandbox};

mod delivery;

/// The demo's guest, who has closed no order yet and holds a gift.
const IVAN: &str = "+79990001122";

/// A programme in which closing an order brings everything there is: stamps, gifts, rewards for an invitation.
const PROGRAMME: &str = include_str!("../../../../docs/programme.example.json");
const REFERRAL: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c11";

static STATEMENTS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn note(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, _) = event {
        STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner).insert(statement.sql().into_owned());
    }
}

async fn post(sandbox: &Sandbox, path: &str, head: (&str, &str), body: &Value) -> Value {
    let request = Request::post(path)
        .header(head.0, head.1)
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    let Ok(answer) = sandbox.router().oneshot(request).await;
    let status = answer.status();
    let bytes = answer.into_body().collect().await.expect("a whole body").to_bytes();
    assert_eq!(status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&bytes));
    serde_json::from_slice(&bytes).unwrap_or(Value::Null)
}

/// A guest, a restaurant, and what else a request has.
fn about_ivan(more: &Value) -> Value {
    let mut body = json!({
        "guest": { "type": "phone", "phone": IVAN },
        "organization": { "type": "rkObjectId", "id": "4174244" },
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    body
}

/// The operations on guests, and what their requests have besides a guest and a restaurant.
fn guest_operations() -> Vec<(&'static str, Value)> {
    let filter = json!({ "fromDate": "2020-01-01T00:00:00Z", "orderStatus": "closed",
        "organizationsInNetwork": ["4174244"] });
    vec![
        ("get", json!({})),
        ("getWallet", json!({})),
        ("update", json!({ "guestInformation": { "lastName": { "hasValue": true, "value": "Иванов" } } })),
        ("generateCode", json!({})),
        ("generateCode", json!({})),
        ("addBonus", json!({ "amount": 10, "comment": "" })),
        ("writeoffBonus", json!({ "amount": 10, "comment": "" })),
        ("addLoyaltyCard", json!({ "cardTrack": "123", "cardNumber": "456" })),
        ("generateLoyaltyCard", json!({})),
        ("getOrdersHistory", json!({ "filter": filter, "fillOrderDetails": true })),
        ("getMarketingCampaigns", json!({})),
        ("getBonusHistory", json!({ "filter": { "toDate": "2040-01-01T00:00:00Z" } })),
    ]
}

/// Two orders through everything that can become of one, then all that can be asked of a guest.
async fn use_every_operation(sandbox: &Sandbox) {
    let gentoken = "/plazius/b2b/v1/auth/gentoken";
    let answer = post(sandbox, gentoken, ("ApiKey", "demo-plazius"), &json!({ "password": "demo" })).await;
    let token = answer["token"].as_str().expect("a token");
    log_in_at_the_site(sandbox).await;
    let call = async |operation: &str, body: Value| {
        let path = format!("/plazius/b2b/v1/loyalty/{operation}");
        post(sandbox, &path, ("authorization", token), &body).await
    };
    let anna = json!({ "phone": "+79995554433" });
    call("guests/save", json!({ "guest": anna, "organization": about_ivan(&json!({}))["organization"] }))
        .await;
    let invitation = json!({ "restaurant": "4174244", "phone": "+79990002233", "invited_phone": IVAN,
        "campaign_id": REFERRAL });
    post(sandbox, "/sandbox/guest-app/invite", ("accept", "application/json"), &invitation).await;
    order_and_refund(&call).await;
    for (operation, more) in guest_operations() {
        call(&format!("guests/{operation}"), about_ivan(&more)).await;
    }
}

/// A guest has a code sent and tells it.
async fn log_in_at_the_site(sandbox: &Sandbox) {
    let key = ("ApiKey", "demo-plazius-site");
    post(sandbox, "/plazius/guest/v1/auth/sendsms", key, &json!({ "phone": IVAN })).await;
    let sent = sandbox.plazius.store.read(login_codes::sent).expect("readable books");
    let told = json!({ "phone": IVAN, "code": sent[0].code });
    post(sandbox, "/plazius/guest/v1/auth/checksms", key, &told).await;
}

/// A till's way from the search to the sale, with bonuses held, released, and held again.
async fn use_every_operation_of_basic_rest(sandbox: &Sandbox) {
    let (point, client) = ("62a1f0c27be94d3a15e8b7f4", "62a1f0c27be94d3a15e8c001");
    let code = json!({ "restaurant": point, "phone": "+79990005566" });
    post(sandbox, "/sandbox/guest-app/code", ("accept", "application/json"), &code).await;
    for (operation, more) in [
        ("client", json!({ "search": "+79990005566" })),
        ("client", json!({ "search": "2200770012345678" })),
        ("client", json!({ "search": "AP-4711-OLGA" })),
        ("recalc", json!({ "client": client, "amount": 100 })),
        ("bonuses/hold", json!({ "client": client, "amount": 100 })),
        ("bonuses/release", json!({ "client": client })),
        ("bonuses/hold", json!({ "client": client, "amount": 100 })),
        ("retail", json!({ "client": client, "amount": 100, "spend": 100 })),
        ("retail", json!({ "client": client, "amount": 100, "spend": 0 })),
    ] {
        let mut body = json!({ "point": point });
        for (name, value) in more.as_object().into_iter().flatten() {
            body[name] = value.clone();
        }
        let path = format!("/basic/integration/general/{operation}");
        post(sandbox, &path, ("apikey", "demo-basic"), &body).await;
    }
}

/// An order that is reset and then aborted, and one that is closed and refunded in two parts.
async fn order_and_refund(call: &impl AsyncFn(&str, Value) -> Value) {
    let tea = json!({ "product": { "code": "tea", "name": "Чай", "group": "Напитки", "categories": null },
        "price": 300, "cost": 300, "quantity": 2, "modifiers": null });
    let order = json!({ "openedAt": "2026-03-01T09:00:00Z", "items": [tea, tea, tea] });
    let at = "2026-03-01T09:10:00Z";
    let (closed, aborted) = ("46b7c469-d99c-4499-acc7-8ca26ea20001", "46b7c469-d99c-4499-acc7-8ca26ea20002");
    for (id, is_reset) in [(aborted, true), (aborted, false), (closed, false)] {
        let codes = json!([{ "value": "ВЕСНА26" }, { "value": "PIE-7K2P-XR4M" }]);
        let question = about_ivan(&json!({ "order": order, "promocodes": codes }));
        let answer = call("orders/calculate", question).await;
        let value = &answer["loyalty"]["fingerprint"];
        let loyalty = json!({ "pattern": "fingerprint",
            "fingerprint": { "value": value, "options": { "bonuses": { "payment": 10 } } } });
        let body = about_ivan(&json!({ "id": id, "order": order, "loyalty": loyalty }));
        call("orders/confirm", body.clone()).await;
        call("orders/confirm", body).await;
        if is_reset {
            call("orders/reset", json!({ "id": id, "resetAt": at })).await;
        } else if id == aborted {
            call("orders/abort", json!({ "id": id, "abortedAt": at })).await;
        }
    }
    call("orders/close", json!({ "id": closed, "closedAt": at })).await;
    call("orders/get", json!({ "id": closed })).await;
    let some = json!([{ "product": { "code": "tea" }, "quantity": 1 }]);
    for (refund, items) in [
        ("46b7c469-d99c-4499-acc7-8ca26ea20008", some),
        ("46b7c469-d99c-4499-acc7-8ca26ea20009", json!(null)),
    ] {
        let body = json!({ "id": closed, "refundId": refund, "refundedAt": at, "items": items });
        call("orders/refund", body).await;
    }
}

/// The steps of a statement's plan that do not begin at an index, or at one that says no more than the network. A list
/// that a request itself brings (`wanted`) is read whole.
fn slow_steps(books: &Connection, statement: &str) -> Vec<String> {
    let mut plan = books.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).expect(statement);
    // A plan does not depend on the parameters, which stay null.
    let mut rows = plan.raw_query();
    let mut slow = Vec::new();
    while let Some(row) = rows.next().expect(statement) {
        let step: String = row.get("detail").expect(statement);
        let is_scan = step.starts_with("SCAN") && !step.starts_with("SCAN wanted VIRTUAL TABLE");
        // A page of a history is read off the index; elsewhere a guest's few rows may be sorted.
        let is_sorted_page = step.contains("TEMP B-TREE FOR ORDER BY") && statement.contains("OFFSET");
        if is_scan || is_sorted_page || step.ends_with("(network_id=?)") {
            slow.push(step);
        }
    }
    slow
}

#[tokio::test]
async fn no_operation_walks_through_a_table() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let programme = ProgrammeFile::read(PROGRAMME).expect("the documented example");
    let clock = Clock::manual("2026-03-01T09:00:00Z".parse().expect("a time"));
    let options = Options { programme: Some(programme), clock, ..Options::new(dir.path().to_owned()) };
    let sandbox = Sandbox::open(options).expect("a fresh folder");
    {
        let writer = sandbox.plazius.store.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        writer.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note));
    }
    use_every_operation(&sandbox).await;
    use_every_operation_of_basic_rest(&sandbox).await;
    delivery::use_every_operation(&sandbox).await;
    let statements = std::mem::take(&mut *STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner));
    for table in [
        "gift",
        "login_code",
        "DELETE FROM sms",
        "stamp_card",
        "order_reward",
        "promo_code_use",
        "invitation",
        "refund_line",
        "loyalty_card",
        "client",
        "app_code",
        "DELETE FROM hold",
        "delivery_order",
        "delivery_token",
    ] {
        let is_used = statements.iter().any(|statement| statement.contains(table));
        assert!(is_used, "the operations were overheard and touched {table}");
    }
    let books = Connection::open(database_in(dir.path())).expect("the database");
    let slow: Vec<_> = statements
        .iter()
        .filter(|statement| !statement.starts_with("BEGIN") && !statement.starts_with("COMMIT"))
        .flat_map(|statement| slow_steps(&books, statement).into_iter().map(move |step| (step, statement)))
        .collect();
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn a_walk_through_a_table_is_noticed() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    drop(Sandbox::open(Options::new(dir.path().to_owned())).expect("a fresh folder"));
    let books = Connection::open(database_in(dir.path())).expect("the database");
    for statement in [
        "SELECT * FROM guest WHERE email = ?1",
        "SELECT * FROM loyalty_card WHERE network_id = ?1 AND is_virtual = 0",
        "SELECT * FROM bonus_entry WHERE guest_id = ?1 ORDER BY amount_minor LIMIT 50 OFFSET ?2",
    ] {
        assert_eq!(slow_steps(&books, statement).len(), 1, "{statement}");
    }
    assert_eq!(slow_steps(&books, "SELECT * FROM guest WHERE network_id = ?1 AND phone = ?2"), [""; 0]);
}
