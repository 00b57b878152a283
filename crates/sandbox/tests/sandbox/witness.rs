//! Watches what goes over the wire in any test: no operation accepts what its description forbids, and none answers
//! what it does not describe.

use serde_json::Value;

use crate::description::PLAZIUS;

/// The makers' error codes. There are no others.
const CODES: [&str; 7] = ["1001", "1002", "1013", "1014", "2004", "3007", "9004"];

/// One request and its answer.
pub(crate) struct Exchange<'a> {
    /// As in `/plazius/b2b/v1/loyalty/guests/get`.
    pub(crate) path: &'a str,
    pub(crate) request: &'a [u8],
    pub(crate) status: u16,
    pub(crate) content_type: Option<&'a str>,
    pub(crate) answer: &'a str,
}

/// Fails the test where the exchange is not as described.
#[track_caller]
pub(crate) fn judge(exchange: &Exchange<'_>) {
    let found = faults(exchange);
    assert!(
        found.is_empty(),
        "{}: {found:#?}\nrequest: {}\nanswer {}: {}",
        exchange.path,
        shortened(&String::from_utf8_lossy(exchange.request)),
        exchange.status,
        shortened(exchange.answer),
    );
}

/// What is not as described.
pub(crate) fn faults(exchange: &Exchange<'_>) -> Vec<String> {
    let Some(within) = exchange.path.strip_prefix("/plazius/b2b/v1/") else { return Vec::new() };
    let mut found = Vec::new();
    if !exchange.answer.is_empty() && exchange.content_type != Some("application/json") {
        found.push(format!("an answer of the type {:?}", exchange.content_type));
    }
    let operation = within.strip_prefix("loyalty/").filter(|name| PLAZIUS.knows(name));
    match (exchange.status, operation) {
        (200, Some(operation)) => {
            found.extend(request_faults(operation, exchange.request));
            found.extend(PLAZIUS.answer_faults(operation, 200, exchange.answer));
        }
        // The description has no place for access and for what is no operation; the makers' page on access names a
        // status only.
        (200, None) if within == "auth/gentoken" => {}
        (401, _) if exchange.answer.is_empty() => {}
        (400, _) | (404, None) | (405, _) => found.extend(error_faults(exchange.answer)),
        (status, _) => found.push(format!("the status {status}")),
    }
    found
}

/// What is wrong with a request that was accepted.
fn request_faults(operation: &str, request: &[u8]) -> Vec<String> {
    match serde_json::from_slice(request) {
        Ok(request) => {
            let found = PLAZIUS.request_faults(operation, &request);
            found.into_iter().map(|fault| format!("accepted: {fault}")).collect()
        }
        Err(error) => vec![format!("accepted what is no JSON: {error}")],
    }
}

/// Any operation's error stands for all: they share one schema.
fn error_faults(answer: &str) -> Vec<String> {
    let operation = PLAZIUS.operations().next().expect("an operation");
    let mut found = PLAZIUS.answer_faults(operation, 400, answer);
    found.extend(code_faults(answer));
    found
}

fn code_faults(answer: &str) -> Option<String> {
    let body: Value = serde_json::from_str(answer).ok()?;
    let code = body["error"]["code"].as_str()?;
    (!CODES.contains(&code)).then(|| format!("the code {code} is not documented"))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(4000) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], text.len()),
        None => text.to_owned(),
    }
}
