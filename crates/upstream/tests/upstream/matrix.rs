//! Every way of failing, for every call of every client.

mod fields;

use std::time::Duration;

use upstream::UpstreamError;

use crate::calls::{Call, System, Systems, all, documented};
use crate::fault_server::{Fault, FaultServer};

/// Long enough for three attempts on a busy machine.
const PATIENT: Duration = Duration::from_secs(20);

/// What a failure must be told as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Nothing,
    Unavailable { in_doubt: bool },
    Refused(&'static str),
    Malformed { in_doubt: bool },
    Timeout,
}

fn told(outcome: &Result<(), UpstreamError>) -> Told {
    match outcome {
        Ok(()) => Told::Nothing,
        Err(UpstreamError::Unavailable { in_doubt, .. }) => Told::Unavailable { in_doubt: *in_doubt },
        Err(UpstreamError::Refused { code, .. }) => Told::Refused(code.clone().leak()),
        Err(UpstreamError::Malformed { in_doubt, .. }) => Told::Malformed { in_doubt: *in_doubt },
        Err(UpstreamError::Timeout { in_doubt: true }) => Told::Timeout,
        Err(error @ (UpstreamError::Timeout { .. } | UpstreamError::Unsupported { .. })) => {
            panic!("not after the request was sent: {error:?}")
        }
    }
}

/// A fault, what every call must tell of it, and how often a read is then sent.
struct Case {
    name: &'static str,
    fault: Fault,
    told: fn(&Call) -> Told,
    reads: usize,
}

const BROKEN: fn(&Call) -> Told = |_| Told::Unavailable { in_doubt: true };
const OFF: fn(&Call) -> Told = |_| Told::Unavailable { in_doubt: false };
const WRONG: fn(&Call) -> Told = |_| Told::Malformed { in_doubt: true };
const NOT_DONE: fn(&Call) -> Told = |_| Told::Malformed { in_doubt: false };
const UNREAD: fn(&Call) -> Told =
    |call| if call.unanswered { Told::Nothing } else { Told::Malformed { in_doubt: true } };

fn cases() -> Vec<Case> {
    let case = |name, fault, told, reads| Case { name, fault, told, reads };
    let html = "<html><body>Words</body></html>";
    let refused_in_json: fn(&Call) -> Told = |call| match call.system {
        System::RkDelivery => Told::Refused("418"),
        System::Plazius | System::BasicRest => Told::Malformed { in_doubt: false },
    };
    vec![
        case("an undocumented 4xx in JSON", Fault::answer(418, r#"{"oops":1}"#), refused_in_json, 1),
        case("an undocumented 4xx in HTML", Fault::answer(404, html), NOT_DONE, 1),
        case("an empty 4xx", Fault::answer(400, ""), NOT_DONE, 1),
        case("a forbidden key", Fault::answer(403, html), OFF, 3),
        case("too many requests", Fault::answer(429, ""), OFF, 3),
        case("a 500 in HTML", Fault::answer(500, html), BROKEN, 3),
        case("a 500 in JSON", Fault::answer(500, r#"{"error":{"code":"6666","message":"!"}}"#), BROKEN, 3),
        case("an empty 503", Fault::answer(503, ""), BROKEN, 3),
        case(
            "a redirect",
            Fault::Answer(302, "location: /pub/elsewhere", Vec::new()),
            |_| Told::Malformed { in_doubt: true },
            1,
        ),
        case("HTML instead of JSON", Fault::answer(200, html), WRONG, 1),
        case("a truncated answer", Fault::answer(200, r#"{"id":"46b7c469-"#), WRONG, 1),
        case("a number that JSON does not know", Fault::answer(200, r#"{"balance":NaN}"#), WRONG, 1),
        case("bytes that are no text", Fault::answer(200, vec![0xff; 64]), WRONG, 1),
        case("10 MB", Fault::answer(200, vec![b' '; 10 << 20]), WRONG, 1),
        case("nesting without an end", Fault::answer(200, vec![b'['; 100_000]), WRONG, 1),
        case("an empty answer", Fault::answer(200, ""), UNREAD, 1),
        case("null", Fault::answer(200, "null"), UNREAD, 1),
        case("a list", Fault::answer(200, "[]"), UNREAD, 1),
        case("a text", Fault::answer(200, "\"done\""), UNREAD, 1),
        case("a connection that is closed", Fault::Hangup, BROKEN, 3),
        case("a connection that is reset", Fault::Reset, BROKEN, 3),
        case("a connection that breaks within the answer", Fault::Cut, BROKEN, 3),
    ]
}

/// Runs `check` for every call at once, each with a server of its own.
async fn for_each_call<F>(check: fn(Call, FaultServer) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut checks = Vec::new();
    for call in all() {
        let server = FaultServer::start(call.place, documented).await;
        checks.push(tokio::spawn(check(call, server)));
    }
    for check in checks {
        check.await.expect("no panic");
    }
}

#[tokio::test]
async fn every_call_tells_every_fault_as_what_it_is_and_sends_no_write_twice() {
    for_each_call(|call: Call, server: FaultServer| async move {
        let systems = Systems::at(server.address, PATIENT);
        for Case { name, fault, told: expected, reads } in cases() {
            server.set(fault);
            let outcome = (call.run)(&systems).await;
            let place = format!("{:?} {}: {name}", call.system, call.name);
            assert_eq!(told(&outcome), expected(&call), "{place}: {outcome:?}");
            assert_eq!(server.hits(), if call.writes { 1 } else { reads }, "{place}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_call_succeeds_with_the_documented_answer() {
    for_each_call(|call: Call, _| async move {
        let elsewhere = FaultServer::start(("NONE", "nowhere"), documented).await;
        let outcome = (call.run)(&Systems::at(elsewhere.address, PATIENT)).await;
        assert_eq!(outcome, Ok(()), "{:?} {}", call.system, call.name);
    })
    .await;
}

#[tokio::test]
async fn every_call_gives_a_silent_system_up_at_its_limit_and_asks_it_once() {
    for_each_call(|call: Call, server: FaultServer| async move {
        server.set(Fault::Silence);
        let asked = std::time::Instant::now();
        let outcome = (call.run)(&Systems::at(server.address, Duration::from_secs(2))).await;
        assert_eq!(told(&outcome), Told::Timeout, "{:?} {}", call.system, call.name);
        assert!(asked.elapsed() < Duration::from_secs(6), "{:?}", asked.elapsed());
        assert_eq!(server.hits(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_refused_twice_leaves_nothing_in_doubt() {
    for_each_call(|call: Call, server: FaultServer| async move {
        server.set(Fault::answer(401, ""));
        let outcome = (call.run)(&Systems::at(server.address, PATIENT)).await;
        assert_eq!(told(&outcome), Told::Unavailable { in_doubt: false }, "{:?} {}", call.system, call.name);
        // A key is no token: there is none to renew.
        let has_key = call.system == System::BasicRest || call.name.starts_with("auth/");
        let per_attempt = if has_key { 1 } else { 2 };
        assert_eq!(server.hits(), if call.writes { per_attempt } else { 3 * per_attempt });
    })
    .await;
}

#[tokio::test]
async fn a_refused_connection_leaves_nothing_in_doubt() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = free.local_addr().expect("an address");
    drop(free);
    let systems = Systems::at(address, PATIENT);
    // What is calculated before it is confirmed does not come so far.
    for call in
        all().into_iter().filter(|call| !matches!(call.name, "orders/confirm" | "create" | "change" | "hold"))
    {
        let outcome = (call.run)(&systems).await;
        assert_eq!(told(&outcome), Told::Unavailable { in_doubt: false }, "{:?} {}", call.system, call.name);
    }
}

#[tokio::test]
async fn every_documented_refusal_reaches_the_caller_of_every_call() {
    for_each_call(|call: Call, server: FaultServer| async move {
        let refusals: Vec<(u16, &'static str, String)> = match call.system {
            System::Plazius => ["1001", "1002", "1013", "1014", "2004", "3007", "9004"]
                .into_iter()
                .flat_map(|code| [(400, code), (500, code)])
                .map(|(status, code)| {
                    (status, code, format!(r#"{{"error":{{"code":"{code}","message":"words"}}}}"#))
                })
                .collect(),
            System::BasicRest => [
                ("spend", include_str!("fixtures/basic_rest/refused_spend.json")),
                ("client", include_str!("fixtures/basic_rest/refused_client.json")),
                ("point", include_str!("fixtures/basic_rest/refused_point.json")),
            ]
            .map(|(field, body)| (422, field, body.to_owned()))
            .into(),
            // Its makers document none.
            System::RkDelivery => Vec::new(),
        };
        let systems = Systems::at(server.address, PATIENT);
        for (status, code, body) in refusals {
            server.set(Fault::answer(status, body));
            let outcome = (call.run)(&systems).await;
            // That nobody is found is an answer to these, and so is that a code is not the one.
            let is_answer = matches!(
                (call.name, code),
                ("guests/get" | "auth/sendsms", "3007")
                    | ("orders/get", "9004")
                    | ("client", "client")
                    | ("auth/checksms", _)
            );
            let expected = if is_answer { Told::Nothing } else { Told::Refused(code) };
            assert_eq!(told(&outcome), expected, "{:?} {} {status} {code}", call.system, call.name);
            assert_eq!(server.hits(), 1);
        }
    })
    .await;
}
