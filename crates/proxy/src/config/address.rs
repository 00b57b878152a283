//! Addresses the proxy sends keys and phones to: encrypted, unless they are on this machine.

/// An address without its slash at the end.
///
/// # Errors
/// A sentence about what is wrong with it.
pub(super) fn checked_address(text: &str) -> Result<String, &'static str> {
    let text = text.trim_end_matches('/');
    let url: http::Uri = text.parse().map_err(|_| "not an address")?;
    let is_loopback = matches!(url.host(), Some("127.0.0.1" | "[::1]" | "localhost"));
    if url.host().is_none() || url.query().is_some() || text.contains('@') {
        return Err("an address such as https://host/path");
    }
    if url.scheme_str() != Some("https") && !(is_loopback && url.scheme_str() == Some("http")) {
        return Err("must begin with https://");
    }
    Ok(text.to_owned())
}
