//! What a browser may do with an answer: what a page may load, who may show it in a frame, and that nothing is sniffed.
//!
//! Only `/embed` and `/kiosk` may stand in a frame, and only in one of their restaurant's pages, a kiosk also in one of our
//! own. Everything else says so twice, because old browsers know only `X-Frame-Options`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use sha2::{Digest, Sha256};

/// What a page needs that runs the widget.
const WASM: &str = "'wasm-unsafe-eval'";

/// What is no page loads nothing.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'";

/// The policy of one of our own pages: it loads its scripts and styles, the widget's wasm, and pictures out of itself; it
/// takes the scripts and styles that were built into it, by their digests; it speaks to nobody but the proxy, and shows no other's page
/// in a frame; and it may stand in frames of `framed_by`, which are origins as the configuration checked them.
pub(crate) fn page_policy(page: &[u8], framed_by: &[String]) -> HeaderValue {
    let ancestors = if framed_by.is_empty() { "'none'".to_owned() } else { framed_by.join(" ") };
    policy(page, WASM, "", &ancestors)
}

/// The policy of a page of the demo that shows the widget in a frame of `proxy`, an origin: its script, what that asks there,
/// and the frame.
pub(crate) fn framing_policy(page: &[u8], proxy: &str) -> HeaderValue {
    policy(page, "", proxy, "'none'")
}

/// The same of a page of the demo that has the widget in itself as well.
pub(crate) fn playground_policy(page: &[u8], proxy: &str) -> HeaderValue {
    policy(page, WASM, proxy, "'none'")
}

/// A policy: whether WebAssembly runs, whose scripts, answers and frames there are beside our own, and whose frames the page
/// may stand in.
fn policy(page: &[u8], wasm: &str, proxy: &str, ancestors: &str) -> HeaderValue {
    let (scripts, styles) = (built_in(page, "script"), built_in(page, "style"));
    let [wasm, proxy] =
        [wasm, proxy].map(|one| if one.is_empty() { String::new() } else { format!(" {one}") });
    let policy = format!(
        "default-src 'none'; script-src 'self'{wasm}{proxy}{scripts}; style-src 'self'{styles}; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'{proxy}; frame-src 'self'{proxy}; base-uri 'none'; form-action 'self'; \
         frame-ancestors {ancestors}"
    );
    // An origin that no header carries is framed by nobody.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(NO_PAGE))
}

/// The digests of the scripts, or the styles, that stand in a page, as its policy allows them, each after a space.
fn built_in(page: &[u8], element: &str) -> String {
    let page = String::from_utf8_lossy(page);
    let (start, end) = (format!("<{element}"), format!("</{element}"));
    let mut digests = String::new();
    for tag in page.split(&start).skip(1) {
        let Some((attributes, rest)) = tag.split_once('>') else { continue };
        let Some((text, _)) = rest.split_once(&end) else { continue };
        if !attributes.contains("src=") {
            digests += &format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
        }
    }
    digests
}

/// Forbids what a browser should never do with our answers. An answer that says nothing about caching is not kept.
pub(crate) fn add_security_headers(headers: &mut HeaderMap) {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_allowed_origins_stands_in_no_frame() {
        let policy = page_policy(b"", &[]);
        assert!(policy.as_bytes().ends_with(b"; frame-ancestors 'none'"), "{policy:?}");
        let two = ["https://a.example".to_owned(), "https://b.example:8443".to_owned()];
        let policy = page_policy(b"", &two);
        let policy = policy.to_str().expect("text");
        assert!(policy.ends_with("; frame-ancestors https://a.example https://b.example:8443"), "{policy}");
    }

    #[test]
    fn a_page_with_a_frame_of_the_proxys_asks_it_and_runs_wasm_only_where_it_has_the_widget_too() {
        let proxy = "http://127.0.0.1:1";
        for (policy, scripts) in [
            (framing_policy(b"", proxy), "script-src 'self' http://127.0.0.1:1;"),
            (playground_policy(b"", proxy), "script-src 'self' 'wasm-unsafe-eval' http://127.0.0.1:1;"),
        ] {
            let policy = policy.to_str().expect("text");
            assert!(policy.contains(scripts), "{policy}");
            assert!(
                policy
                    .contains("connect-src 'self' http://127.0.0.1:1; frame-src 'self' http://127.0.0.1:1;")
            );
            assert!(policy.ends_with("; frame-ancestors 'none'"), "{policy}");
        }
    }

    #[test]
    fn a_script_that_was_built_into_a_page_is_allowed_by_its_digest_and_no_other_is() {
        let page = b"<script type=module>let a=1</script><script src=/a.js type=module></script><p><script>b()</script>";
        // Computed by `openssl dgst -sha256 -binary | base64`.
        let one = "'sha256-+Q3dsIT3kYyYXlBldxY4Baal1kEoF6cDrlPvZn4iLYs='";
        let two = "'sha256-cf242PFc/kb7xD0Qzhsmd9vvRkc+cWFmbi+k+YvtdKc='";
        assert_eq!(built_in(page, "script"), format!(" {one} {two}"));
        let policy = page_policy(page, &[]);
        let policy = policy.to_str().expect("text");
        assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {one} {two};")), "{policy}");
        assert!(policy.contains("; style-src 'self';"), "{policy}");
        let styled = page_policy(b"<template><style>let a=1</style></template>", &[]);
        let styled = styled.to_str().expect("text");
        assert!(styled.contains(&format!("; style-src 'self' {one};")), "{styled}");
        assert_eq!(built_in(b"<script src=/a.js></script><script>never ends", "script"), "");
    }
}
