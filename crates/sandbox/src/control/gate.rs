//! Who may control: this machine's own programs, and no page in a browser.
//!
//! A page may send a request to a loopback address, but not with the content type of JSON unless it is allowed to, which
//! nobody is. A page whose own name was made to lead here would be allowed to; it gives itself away by that name.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ControlError;
use crate::ControlAccess;

/// Lets a request through or says why not.
pub(super) async fn guard(State(access): State<ControlAccess>, request: Request, next: Next) -> Response {
    match examine(access, &request) {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    }
}

fn examine(access: ControlAccess, request: &Request) -> Result<(), ControlError> {
    if !access.is_remote_allowed && !names_this_machine(request) {
        return Err(ControlError::ForeignHost);
    }
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if access.is_read_only && !is_reading {
        return Err(ControlError::ReadOnly);
    }
    if matches!(*request.method(), Method::POST | Method::PUT) && !crate::json::is_json(request.headers()) {
        return Err(ControlError::ContentType);
    }
    Ok(())
}

/// Whether every host the request names is this machine's own name, and it names one.
fn names_this_machine(request: &Request) -> bool {
    let of_uri = request.uri().authority().map(Authority::as_str);
    let mut of_headers = request.headers().get_all(header::HOST).iter().peekable();
    if of_headers.peek().is_none() && of_uri.is_none() {
        return false;
    }
    of_uri.is_none_or(is_loopback) && of_headers.all(|host| host.to_str().is_ok_and(is_loopback))
}

/// Whether `host`, with or without a port, is `localhost` or a loopback address.
fn is_loopback(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host();
    let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_this_machines_names_are_loopback() {
        for host in
            ["localhost", "LOCALHOST:9090", "127.0.0.1", "127.0.0.1:9090", "127.8.9.1", "[::1]", "[::1]:80"]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "[::2]",
            "0.0.0.0",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
