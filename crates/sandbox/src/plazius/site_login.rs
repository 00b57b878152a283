//! `guest/v1/auth/sendsms` and `guest/v1/auth/checksms`: a site's guest proves a phone by a code that the sandbox sends
//! into its own inbox.
//!
//! The makers describe the two operations in words. What is imitated beyond these is our choice, and stands in
//! `docs/sandbox-choices.md`.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::Plazius;
use super::call::off_the_async_threads;
use super::error::Refusal;
use super::gentoken::random_token;
use super::lookup::phone;
use super::read::read;
use crate::store::login_codes::{self, LoginCode, SiteKey, Sms};

/// Seconds until another code may be sent to the phone.
const REPEAT_AFTER_S: i64 = 60;

/// Seconds a code is good for.
const CODE_TTL_S: i64 = 300;

/// How many codes may be tried for one that was sent.
const TRIES: u32 = 5;

/// Seconds the tokens are said to be good for.
const TOKEN_TTL_S: i64 = 15 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SendSmsRequestWire {
    phone: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SendSmsResponseWire {
    repeat_after_seconds: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckSmsRequestWire {
    phone: String,
    code: String,
}

/// No operation that takes such tokens is imitated.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CheckSmsResponseWire {
    token: String,
    refresh_token: String,
    alive_seconds_ttl: i64,
}

/// Answers 401 without a site's key, or for a page of another site.
pub(super) async fn send_sms(
    State(plazius): State<Plazius>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    off_the_async_threads(move || {
        let code = six_digits()?;
        let now_ms = plazius.clock.now().as_millisecond();
        plazius.store.transact(|tx| {
            let site = site(tx, &headers)?;
            let request: SendSmsRequestWire = read(&headers, body)?;
            let phone = phone("phone", &request.phone)?;
            send(tx, &site, phone.as_str(), code, now_ms).map(Json)
        })
    })
    .await
}

/// Whether the phone is a guest's is not looked at: whoever is none joins with a code too.
fn send(
    tx: &Transaction<'_>,
    site: &SiteKey,
    phone: &str,
    code: String,
    now_ms: i64,
) -> Result<SendSmsResponseWire, Refusal> {
    let former = login_codes::find(tx, site.network_id, phone)?;
    if former.is_some_and(|former| now_ms < former.sent_at_ms + REPEAT_AFTER_S * 1000) {
        return Err(Refusal::invalid("phone: a code was sent a moment ago"));
    }
    let text = format!("{code} — код для входа в программу «{}». Отправил Plazius.", site.network);
    let sms = Sms { phone: phone.to_owned(), text, code: code.clone(), sent_at_ms: now_ms };
    login_codes::send(tx, &sms)?;
    let code = LoginCode { code, sent_at_ms: now_ms, tries_left: TRIES };
    login_codes::replace(tx, site.network_id, phone, &code)?;
    Ok(SendSmsResponseWire { repeat_after_seconds: REPEAT_AFTER_S })
}

/// Answers 401 as [`send_sms`] does. A wrong code, one that has expired or was tried too often, and a phone no code was sent
/// to are 9004, all in the same words.
pub(super) async fn check_sms(
    State(plazius): State<Plazius>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    off_the_async_threads(move || {
        let now_ms = plazius.clock.now().as_millisecond();
        let passed = plazius.store.transact(|tx| {
            let site = site(tx, &headers)?;
            let request: CheckSmsRequestWire = read(&headers, body)?;
            let phone = phone("phone", &request.phone)?;
            check(tx, site.network_id, phone.as_str(), &request.code, now_ms)
        })?;
        if !passed {
            return Err(Refusal::invalid("code: not the code that was sent, or no longer good"));
        }
        Ok(Json(CheckSmsResponseWire {
            token: random_token()?,
            refresh_token: random_token()?,
            alive_seconds_ttl: TOKEN_TTL_S,
        }))
    })
    .await
}

/// Whether this is the phone's code, which is then used up; a wrong one uses up a try.
fn check(
    tx: &Transaction<'_>,
    network_id: i64,
    phone: &str,
    code: &str,
    now_ms: i64,
) -> Result<bool, Refusal> {
    let Some(sent) = login_codes::find(tx, network_id, phone)? else { return Ok(false) };
    if sent.tries_left == 0 || now_ms >= sent.sent_at_ms + CODE_TTL_S * 1000 {
        return Ok(false);
    }
    if sent.code == code {
        login_codes::remove(tx, network_id, phone)?;
        return Ok(true);
    }
    login_codes::take_try(tx, network_id, phone)?;
    Ok(false)
}

/// The site of the header `ApiKey`. A browser's page must be the site's; a server names none, or that one.
fn site(tx: &Transaction<'_>, headers: &HeaderMap) -> Result<SiteKey, Refusal> {
    let key = headers.get("ApiKey").and_then(|value| value.to_str().ok()).ok_or(Refusal::Unauthorized)?;
    let site = login_codes::site(tx, key)?.ok_or(Refusal::Unauthorized)?;
    match headers.get(header::ORIGIN) {
        Some(origin) if origin != site.origin.as_str() => Err(Refusal::Unauthorized),
        _ => Ok(site),
    }
}

/// Six random digits, each number as likely as any other.
fn six_digits() -> Result<String, Refusal> {
    const CODES: u32 = 1_000_000;
    loop {
        let drawn = getrandom::u32().map_err(|error| Refusal::Internal(error.to_string()))?;
        // The rest of the range would favour the low ones.
        if drawn < u32::MAX - u32::MAX % CODES {
            return Ok(format!("{:06}", drawn % CODES));
        }
    }
}
