//! Login codes that Plazius sends and checks itself, in its mode for sites.
//!
//! Its makers name the two operations, the key's header and what each is for; the fields are our reading of their other
//! operations. The tokens that a right code brings are of no use to a server with a key of its own and are not kept.

use contract::Phone;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::GUEST_NOT_FOUND;
use super::client::PlaziusClient;
use super::wire::{CheckCodeWire, SendCodeWire, SentCodeWire, TokenWire};
use crate::UpstreamError;
use crate::options::{WrongOptions, secret_header};
use crate::program::SentCode;

/// What lets a site into Plazius. The key is not shown by `Debug`, which this type does not have.
pub struct SiteAccess {
    /// The key of the header `ApiKey`, which is another than the one between servers.
    pub api_key: String,
    /// The site the key was given for, as a browser names it: `https://example.com`.
    pub origin: Option<String>,
}

/// The headers by which Plazius knows a site.
pub(super) struct Site(HeaderMap);

impl Site {
    pub(super) fn new(access: &SiteAccess) -> Result<Self, WrongOptions> {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_static("apikey"), secret_header(&access.api_key)?);
        if let Some(origin) = &access.origin {
            let origin = HeaderValue::from_str(origin).map_err(|_| WrongOptions::Origin)?;
            headers.insert(header::ORIGIN, origin);
        }
        Ok(Self(headers))
    }
}

fn headers(site: Option<&Site>) -> Result<HeaderMap, UpstreamError> {
    site.map(|site| site.0.clone())
        .ok_or(UpstreamError::Unsupported { what: "login codes without a site's key" })
}

/// Has a code sent. That Plazius knows no guest with this phone is no failure, lest anybody learn it by asking.
pub(super) async fn send(
    client: &PlaziusClient,
    site: Option<&Site>,
    phone: &Phone,
) -> Result<SentCode, UpstreamError> {
    let body = SendCodeWire { phone: phone.as_str().to_owned() };
    match client.write_as_site("auth/sendsms", headers(site)?, &body).await {
        Ok(sent) => sent_code(&sent),
        Err(UpstreamError::Refused { code, .. }) if code == GUEST_NOT_FOUND => Ok(SentCode::default()),
        Err(error) => Err(error),
    }
}

pub(super) fn sent_code(answer: &SentCodeWire) -> Result<SentCode, UpstreamError> {
    let resend_after_s = answer.repeat_after_seconds.map(u32::try_from).transpose();
    let resend_after_s = resend_after_s.map_err(|_| UpstreamError::malformed("repeatAfterSeconds"))?;
    Ok(SentCode { resend_after_s })
}

/// Has a code checked. Whatever Plazius refuses it for, it is not the code.
pub(super) async fn check(
    client: &PlaziusClient,
    site: Option<&Site>,
    phone: &Phone,
    code: &str,
) -> Result<bool, UpstreamError> {
    let body = CheckCodeWire { phone: phone.as_str().to_owned(), code: code.to_owned() };
    match client.write_as_site("auth/checksms", headers(site)?, &body).await {
        Ok(tokens) => passed(&tokens),
        Err(UpstreamError::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A right code brings a token; a success without one is somebody else's answer.
pub(super) fn passed(answer: &TokenWire) -> Result<bool, UpstreamError> {
    if answer.token.is_empty() { Err(UpstreamError::malformed("token is empty")) } else { Ok(true) }
}
