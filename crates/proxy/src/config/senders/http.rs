//! A gateway that takes one HTTP request: its templates, and what it answers where it has taken one.

use std::collections::BTreeMap;

use http::Method;
use serde::Deserialize;

use super::{Place, SenderFile};
use crate::config::address::checked_address;
use crate::config::{ConfigError, Secret};
use crate::sms::template::{Escaping, Template};

/// The request that a gateway takes, and what it answers when it has taken one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpGateway {
    /// GET, POST or PUT.
    pub(crate) method: Method,
    /// The address.
    pub(crate) url: Template,
    /// The headers; their names are right.
    pub(crate) headers: Vec<(String, Template)>,
    /// The body, where there is one.
    pub(crate) body: Option<Template>,
    /// What the places in the templates that are secrets stand for.
    pub(crate) secrets: BTreeMap<String, Secret>,
    /// Where in a JSON answer which value must be; without it the status is enough.
    pub(crate) success: Option<(String, serde_json::Value)>,
}

/// What a gateway's answer may hold where it has taken a message.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum SuccessValue {
    Flag(bool),
    Number(i64),
    Text(String),
}

pub(super) fn check_gateway(file: &mut SenderFile, place: &Place<'_>) -> Result<HttpGateway, ConfigError> {
    let mut secrets = BTreeMap::new();
    for (name, source) in file.secrets.take().unwrap_or_default() {
        let secret = source.fetch(&format!("{}.secrets.{name}", place.field), place.environment)?;
        secrets.insert(name, secret);
    }
    let names: Vec<&str> = secrets.keys().map(String::as_str).collect();
    let template = |field: &str, text: &str, escaping| {
        Template::parse(text, escaping, &names).map_err(|error| place.wrong(field, &error.to_string()))
    };
    let method = match file.method.take().as_deref().unwrap_or("POST") {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        _ => return Err(place.wrong("method", "GET, POST or PUT")),
    };
    let url = file.url.take().ok_or_else(|| place.wrong("url", "is missing: this kind needs it"))?;
    check_gateway_address(&url).map_err(|message| place.wrong("url", message))?;
    let url = template("url", &url, Escaping::Url)?;
    let mut headers = Vec::new();
    let mut content_type = None;
    for (name, value) in file.headers.take().unwrap_or_default() {
        let field = format!("headers.{name}");
        if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            return Err(place.wrong(&field, "not the name of a header"));
        }
        if name.eq_ignore_ascii_case("content-type") {
            content_type = Some(value.to_ascii_lowercase());
        }
        headers.push((name, template(&field, &value, Escaping::Header)?));
    }
    let body = match file.body.take() {
        None => None,
        Some(_) if method == Method::GET => return Err(place.wrong("body", "does not go with GET")),
        Some(text) => {
            let escaping = body_escaping(content_type.as_deref().unwrap_or_default()).ok_or_else(|| {
                place.wrong(
                    "headers.content-type",
                    "application/json or application/x-www-form-urlencoded, so that values are escaped for it",
                )
            })?;
            Some(template("body", &text, escaping)?)
        }
    };
    let success = match (file.success_pointer.take(), file.success_value.take()) {
        (None, None) => None,
        (Some(pointer), Some(value)) if pointer.starts_with('/') => Some((pointer, value.into())),
        (Some(_), Some(_)) => return Err(place.wrong("success_pointer", "a JSON pointer such as /status")),
        (Some(_), None) => return Err(place.wrong("success_value", "goes with `success_pointer`")),
        (None, Some(_)) => return Err(place.wrong("success_pointer", "goes with `success_value`")),
    };
    Ok(HttpGateway { method, url, headers, body, secrets, success })
}

/// How values are written into a body of this type.
fn body_escaping(content_type: &str) -> Option<Escaping> {
    match content_type.split(';').next().unwrap_or_default().trim() {
        "application/json" => Some(Escaping::Json),
        "application/x-www-form-urlencoded" => Some(Escaping::Form),
        _ => None,
    }
}

/// A template may fill in a path and a query, never whom it is sent to.
fn check_gateway_address(url: &str) -> Result<(), &'static str> {
    let fixed = url.split(['{', '?']).next().unwrap_or_default();
    let after_scheme = fixed.split_once("://").map_or("", |(_, rest)| rest);
    if fixed.len() < url.len() && !after_scheme.contains('/') {
        return Err("must name its host and a path, or `/`, before the first place that is filled in");
    }
    checked_address(fixed).map(drop)
}

impl From<SuccessValue> for serde_json::Value {
    fn from(value: SuccessValue) -> Self {
        match value {
            SuccessValue::Flag(flag) => flag.into(),
            SuccessValue::Number(number) => number.into(),
            SuccessValue::Text(text) => text.into(),
        }
    }
}
