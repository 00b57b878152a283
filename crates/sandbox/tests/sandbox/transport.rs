//! Every operation with bodies that are no documented JSON, and with heads that are not as they must be.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use jiff::SignedDuration;

use crate::ground::{Ground, operations};
use crate::stand::{Stand, request};

/// Bodies that are not the right one, out of its text.
fn bodies(right: &str) -> Vec<(&'static str, Vec<u8>)> {
    let text = |body: String| body.into_bytes();
    let half = right.char_indices().nth(right.chars().count() / 2).map_or(0, |(at, _)| at);
    vec![
        ("nothing", Vec::new()),
        ("blanks", text("  \n".to_owned())),
        ("null", text("null".to_owned())),
        ("a number", text("1".to_owned())),
        ("a text", text(format!("{right:?}"))),
        ("a list", text(format!("[{right}]"))),
        ("half of it", text(right[..half].to_owned())),
        ("it twice", text(format!("{right}{right}"))),
        ("a letter after it", text(format!("{right}x"))),
        ("a zero after it", text(format!("{right}\0"))),
        ("a comma before its end", text(format!("{},}}", &right[..right.len() - 1]))),
        ("a comment", text(format!("/* it */{right}"))),
        ("a byte order mark", text(format!("\u{feff}{right}"))),
        ("UTF-16", right.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a form", text("guest=1&organization=2".to_owned())),
        ("XML", text("<?xml version=\"1.0\"?><guest/>".to_owned())),
        ("bytes that are no UTF-8", [b"{\"surprise\":\"\xff\xfe\",", &right.as_bytes()[1..]].concat()),
        ("an overlong zero", [b"{\"surprise\":\"\xc0\x80\",", &right.as_bytes()[1..]].concat()),
        ("depths", text("[".repeat(500_000))),
        ("depths in a field", text(format!("{{\"surprise\":{}", "{\"a\":".repeat(100_000)))),
        ("more than 1 MiB of blanks", text(format!("{}{right}", " ".repeat(1 << 20)))),
        ("more than 1 MiB in a field", text(format!("{{\"surprise\":\"{}\"}}", "x".repeat(2 << 20)))),
    ]
}

#[tokio::test]
async fn a_body_that_is_not_the_documented_json_is_refused_without_a_trace() {
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        for (what, body) in bodies(&ground.right.to_string()) {
            let mut request = ground.request(String::new());
            *request.body_mut() = Body::from(body);
            ground.refuse(what, request).await;
        }
        assert_eq!(ground.end().await, [""; 0]);
    }
}

#[tokio::test]
async fn only_json_in_utf_8_is_taken() {
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        let right = ground.right.to_string();
        for kind in [
            None,
            Some(""),
            Some("text/plain"),
            Some("text/json"),
            Some("application/jsonp"),
            Some("application/json-patch+json"),
            Some("application/x-www-form-urlencoded"),
            Some("application/json; charset=windows-1251"),
            Some("application/json;charset=utf-16"),
        ] {
            let mut request = ground.request(right.clone());
            request.headers_mut().remove(header::CONTENT_TYPE);
            if let Some(kind) = kind {
                request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
            }
            ground.refuse(&format!("{kind:?}"), request).await;
        }
        assert_eq!(ground.end().await, [""; 0]);
    }
    let stand = Stand::start().await;
    for kind in ["application/json", "Application/JSON ; Charset=UTF-8", "application/json;charset=\"utf-8\""]
    {
        let body = crate::stand::guest_request(crate::stand::IVAN).to_string();
        let mut request = request(Some(stand.token()), "guests/get", body);
        request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        stand.send(request).await.ok();
    }
}

#[tokio::test]
async fn every_operation_is_a_post_and_says_so() {
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        let right = ground.right.to_string();
        for method in
            [Method::GET, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS, Method::TRACE]
        {
            let mut request = ground.request(right.clone());
            *request.method_mut() = method.clone();
            let (what, status) = (method.to_string(), StatusCode::METHOD_NOT_ALLOWED);
            let answer = ground.refuse_as(&what, request, status, Some("9004")).await;
            assert_eq!(answer.header("allow"), Some("POST"), "{operation} {what}");
        }
        assert_eq!(ground.end().await, [""; 0]);
    }
}

#[tokio::test]
async fn nobody_gets_in_without_a_token_that_is_alive() {
    for operation in operations() {
        let mut ground = Ground::of(operation).await;
        let right = ground.right.to_string();
        let alive = ground.stand.token().to_owned();
        let nearly = format!("Bearer {}", &alive[1..]);
        let other_scheme = format!("Basic {alive}");
        for authorization in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some("demo-plazius"),
            Some("' OR 1=1 --"),
            Some(nearly.as_str()),
            Some(other_scheme.as_str()),
        ] {
            let request = request(authorization, operation, right.clone());
            let what = format!("{authorization:?}");
            let answer = ground.refuse_as(&what, request, StatusCode::UNAUTHORIZED, None).await;
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
        }
        ground.stand.pass(SignedDuration::from_mins(15));
        let expired = ground.request(right);
        ground.refuse_as("an expired token", expired, StatusCode::UNAUTHORIZED, None).await;
        // A token is added and those that have expired are forgotten; nothing else may have changed.
        ground.renew_token().await;
        assert_eq!(ground.end().await, [""; 0]);
    }
}

#[tokio::test]
async fn a_path_that_is_no_operation_is_not_found_in_the_documented_shape() {
    let stand = Stand::start().await;
    for path in [
        "",
        "/",
        "/guests",
        "/guests/",
        "/guests/get/",
        "/Guests/Get",
        "/guests//get",
        "/guests/get/1",
        "/%00",
    ] {
        for method in [Method::POST, Method::GET] {
            let uri = format!("/plazius/b2b/v1/loyalty{path}");
            let request = Request::builder().method(method).uri(uri).body(Body::empty()).expect("a request");
            let answer = stand.send(request).await;
            answer.status_is(StatusCode::NOT_FOUND);
            assert_eq!(answer.json()["error"]["code"], "9004", "{path}");
        }
    }
}
