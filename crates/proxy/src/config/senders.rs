//! The ways for login codes to leave: which fields each needs, that no other is there, and what a template may hold.

mod http;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

pub use self::http::HttpGateway;
use self::http::{SuccessValue, check_gateway};
use super::address::checked_address;
use super::secret::{Environment, SecretSource};
use super::{ConfigError, Secret};

/// Where SMS.ru answers.
const SMS_RU: &str = "https://sms.ru";

/// Where the Telegram Gateway answers.
const TELEGRAM: &str = "https://gatewayapi.telegram.org";

/// How long a sender may take, unless its `timeout_ms` says otherwise.
const TIMEOUT_MS: u32 = 4_000;

/// A way for login codes to leave, and how long it may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderConfig {
    /// What the configuration calls it.
    pub name: String,
    /// What it is.
    pub kind: SenderKind,
    /// After so long the next one is tried.
    pub timeout: Duration,
}

/// What a sender is, and how it is reached. Addresses are without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SenderKind {
    /// The terminal the proxy was started on.
    Console,
    /// SMS.ru.
    SmsRu {
        /// The address before `/sms/send`.
        base_url: String,
        /// The key.
        api_id: Secret,
        /// The agreed name of the sender, where there is one.
        from: Option<String>,
    },
    /// The Telegram Gateway.
    TelegramGateway {
        /// The address before `/sendVerificationMessage`.
        base_url: String,
        /// The key.
        token: Secret,
        /// The verified channel that sends, where there is one.
        sender_username: Option<String>,
    },
    /// Any gateway that takes one HTTP request.
    Http(Box<HttpGateway>),
}

/// One `[senders.NAME]`: the fields of all kinds, of which each needs its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SenderFile {
    kind: Kind,
    timeout_ms: Option<u32>,
    base_url: Option<String>,
    api_id: Option<SecretSource>,
    from: Option<String>,
    token: Option<SecretSource>,
    sender_username: Option<String>,
    method: Option<String>,
    url: Option<String>,
    headers: Option<BTreeMap<String, String>>,
    body: Option<String>,
    secrets: Option<BTreeMap<String, SecretSource>>,
    success_pointer: Option<String>,
    success_value: Option<SuccessValue>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Console,
    SmsRu,
    TelegramGateway,
    Http,
}

/// Where a field stands, for the errors, and where secrets are.
struct Place<'a> {
    field: &'a str,
    environment: &'a Environment<'a>,
}

pub(super) fn check_sender(
    name: &str,
    mut file: SenderFile,
    environment: &Environment<'_>,
) -> Result<SenderConfig, ConfigError> {
    let field = format!("senders.{name}");
    let place = Place { field: &field, environment };
    let timeout_ms = file.timeout_ms.unwrap_or(TIMEOUT_MS);
    if !(1..=60_000).contains(&timeout_ms) {
        return Err(place.wrong("timeout_ms", "from 1 ms to a minute"));
    }
    let kind = match file.kind {
        Kind::Console => SenderKind::Console,
        Kind::SmsRu => SenderKind::SmsRu {
            base_url: place.address(file.base_url.take(), SMS_RU)?,
            api_id: place.secret("api_id", file.api_id.take())?,
            from: file.from.take(),
        },
        Kind::TelegramGateway => SenderKind::TelegramGateway {
            base_url: place.address(file.base_url.take(), TELEGRAM)?,
            token: place.secret("token", file.token.take())?,
            sender_username: file.sender_username.take(),
        },
        Kind::Http => SenderKind::Http(Box::new(check_gateway(&mut file, &place)?)),
    };
    match left_over(&file) {
        Some(name) => Err(place.wrong(name, "does not go with this kind")),
        None => Ok(SenderConfig {
            name: name.to_owned(),
            kind,
            timeout: Duration::from_millis(u64::from(timeout_ms)),
        }),
    }
}

/// A field that is there and was not taken.
fn left_over(file: &SenderFile) -> Option<&'static str> {
    let fields = [
        ("base_url", file.base_url.is_some()),
        ("api_id", file.api_id.is_some()),
        ("from", file.from.is_some()),
        ("token", file.token.is_some()),
        ("sender_username", file.sender_username.is_some()),
        ("method", file.method.is_some()),
        ("url", file.url.is_some()),
        ("headers", file.headers.is_some()),
        ("body", file.body.is_some()),
        ("secrets", file.secrets.is_some()),
        ("success_pointer", file.success_pointer.is_some()),
        ("success_value", file.success_value.is_some()),
    ];
    fields.into_iter().find(|(_, is_there)| *is_there).map(|(name, _)| name)
}

impl Place<'_> {
    fn wrong(&self, name: &str, message: &str) -> ConfigError {
        ConfigError::value(format!("{}.{name}", self.field), message)
    }

    fn secret(&self, name: &str, source: Option<SecretSource>) -> Result<Secret, ConfigError> {
        let source = source.ok_or_else(|| self.wrong(name, "is missing: this kind needs it"))?;
        let secret = source.fetch(&format!("{}.{name}", self.field), self.environment)?;
        if secret.reveal().bytes().any(|byte| !(b' '..=b'~').contains(&byte)) {
            return Err(self.wrong(name, "the secret holds what no key holds"));
        }
        Ok(secret)
    }

    fn address(&self, given: Option<String>, usual: &str) -> Result<String, ConfigError> {
        checked_address(given.as_deref().unwrap_or(usual)).map_err(|message| self.wrong("base_url", message))
    }
}
