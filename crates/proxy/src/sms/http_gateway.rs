//! The sender over any gateway that takes one HTTP request, by the templates of the configuration.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::exchange::{Gateway, refused};
use super::template::Template;
use super::{LoginMessage, SendError, Sent, SmsSender};
use crate::config::HttpGateway;

/// Sends what the templates say.
pub(super) struct HttpSender {
    pub(super) gateway: Gateway,
    pub(super) request: HttpGateway,
}

impl HttpSender {
    async fn deliver(&self, message: &LoginMessage) -> Result<(), SendError> {
        let mut headers = HeaderMap::new();
        for (name, template) in &self.request.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| SendError::NotReached)?;
            let mut value =
                HeaderValue::from_str(&self.filled(template, message)).map_err(|_| SendError::NotReached)?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        let address = self.filled(&self.request.url, message);
        let body = self.request.body.as_ref().map(|body| self.filled(body, message)).unwrap_or_default();
        let reply = self.gateway.exchange(self.request.method.clone(), &address, headers, body).await?;
        if !reply.status.is_success() {
            return Err(refused(&reply));
        }
        let Some((pointer, expected)) = &self.request.success else { return Ok(()) };
        let answer: serde_json::Value =
            serde_json::from_slice(&reply.body).map_err(|_| SendError::Malformed)?;
        match answer.pointer(pointer) {
            Some(found) if found == expected => Ok(()),
            Some(_) => Err(SendError::Refused(None)),
            None => Err(SendError::Malformed),
        }
    }

    fn filled(&self, template: &Template, message: &LoginMessage) -> String {
        let secret = |name: &str| self.request.secrets.get(name).map_or("", |secret| secret.reveal());
        template.fill(message, secret)
    }
}

impl SmsSender for HttpSender {
    fn send<'a>(&'a self, message: &'a LoginMessage) -> Sent<'a> {
        Box::pin(self.deliver(message))
    }
}
