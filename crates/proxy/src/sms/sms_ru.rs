//! The sender over SMS.ru, by its description of `/sms/send`.

use std::collections::BTreeMap;

use http::Method;
use serde::Deserialize;

use super::exchange::{Gateway, headers_of, refused};
use super::template::percent_encode;
use super::{LoginMessage, SendError, Sent, SmsSender};
use crate::config::Secret;

/// What SMS.ru says where it has taken a request or a message.
const TAKEN: u32 = 100;

/// Sends through SMS.ru.
pub(super) struct SmsRu {
    pub(super) gateway: Gateway,
    pub(super) base_url: String,
    pub(super) api_id: Secret,
    pub(super) from: Option<String>,
}

/// The answer: of the whole request, and of each number in it.
#[derive(Deserialize)]
struct SendWire {
    status_code: u32,
    #[serde(default)]
    sms: BTreeMap<String, NumberWire>,
}

#[derive(Deserialize)]
struct NumberWire {
    status_code: u32,
}

impl SmsRu {
    async fn deliver(&self, message: &LoginMessage) -> Result<(), SendError> {
        let address = format!("{}/sms/send", self.base_url);
        // The key stays out of the address, which servers on the way may keep.
        let form = self.form(message);
        let headers = headers_of("application/x-www-form-urlencoded");
        let reply = self.gateway.exchange(Method::POST, &address, headers, form).await?;
        if !reply.status.is_success() {
            return Err(refused(&reply));
        }
        let answer: SendWire = serde_json::from_slice(&reply.body).map_err(|_| SendError::Malformed)?;
        if answer.status_code != TAKEN {
            return Err(SendError::Refused(Some(answer.status_code)));
        }
        match answer.sms.get(message.phone_digits()) {
            Some(number) if number.status_code == TAKEN => Ok(()),
            Some(number) => Err(SendError::Refused(Some(number.status_code))),
            None => Err(SendError::Malformed),
        }
    }

    fn form(&self, message: &LoginMessage) -> String {
        let mut fields = vec![
            ("api_id", self.api_id.reveal()),
            ("to", message.phone_digits()),
            ("msg", message.text.as_str()),
            ("json", "1"),
        ];
        fields.extend(self.from.as_deref().map(|from| ("from", from)));
        let mut form = String::new();
        for (name, value) in fields {
            if !form.is_empty() {
                form.push('&');
            }
            form.push_str(name);
            form.push('=');
            percent_encode(value, &mut form);
        }
        form
    }
}

impl SmsSender for SmsRu {
    fn send<'a>(&'a self, message: &'a LoginMessage) -> Sent<'a> {
        Box::pin(self.deliver(message))
    }
}
