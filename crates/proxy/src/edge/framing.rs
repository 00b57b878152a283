//! What a browser may do with an answer: what a page may load, who may show it in a frame, and that nothing is sniffed.
//!
//! Only `/embed` may stand in a frame, and only in one of its restaurant's pages. Everything else says so twice, because
//! old browsers know only `X-Frame-Options`.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

/// What the proxy's own pages load: their scripts and styles, the widget's wasm, pictures out of the page itself. They
/// speak to nobody but the proxy.
const PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

/// What is no page loads nothing.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'";

/// The policy of a page that may stand in frames of these origins, which are as the configuration checked them.
pub(crate) fn page_policy(framed_by: &[String]) -> HeaderValue {
    let ancestors = if framed_by.is_empty() { "'none'".to_owned() } else { framed_by.join(" ") };
    // An origin that no header carries is framed by nobody.
    HeaderValue::from_str(&format!("{PAGE}; frame-ancestors {ancestors}"))
        .unwrap_or(HeaderValue::from_static(NO_PAGE))
}

/// Forbids what a browser should never do with our answers. An answer that says nothing about caching is not kept.
pub(crate) async fn add_security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    );
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let policy = headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NO_PAGE));
    // Where somebody may show it in a frame, the old header would forbid it to them too.
    if policy.as_bytes().ends_with(b"frame-ancestors 'none'") {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_allowed_origins_stands_in_no_frame() {
        let policy = page_policy(&[]);
        assert!(policy.as_bytes().ends_with(b"; frame-ancestors 'none'"), "{policy:?}");
        let two = ["https://a.example".to_owned(), "https://b.example:8443".to_owned()];
        let policy = page_policy(&two);
        let policy = policy.to_str().expect("text");
        assert!(policy.ends_with("; frame-ancestors https://a.example https://b.example:8443"), "{policy}");
    }
}
