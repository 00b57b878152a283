//! The order in which a restaurant's senders are tried: the next where one fails, until one has taken the message.

use std::sync::Arc;
use std::time::Duration;

use thiserror::Error;
use upstream::http::HttpClient;

use super::console::Console;
use super::exchange::Gateway;
use super::http_gateway::HttpSender;
use super::sms_ru::SmsRu;
use super::telegram::Telegram;
use super::{LoginMessage, SendError, SmsSender};
use crate::config::{SenderConfig, SenderKind};
use crate::metrics::logins::Logins;

/// No sender has taken the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the message was not sent")]
pub(crate) struct NotSent {
    /// Whether it may have left all the same.
    pub(crate) in_doubt: bool,
}

/// A sender with its name and its time.
struct Way {
    name: String,
    sender: Box<dyn SmsSender>,
    timeout: Duration,
}

/// A restaurant's senders in their order.
#[derive(Clone)]
pub(crate) struct Delivery {
    ways: Arc<[Way]>,
    figures: Arc<Logins>,
}

impl Delivery {
    /// The senders as configured. Sends nothing yet.
    pub(crate) fn of<'a>(
        senders: impl IntoIterator<Item = &'a SenderConfig>,
        http: &HttpClient,
        figures: &Arc<Logins>,
    ) -> Self {
        let ways = senders.into_iter().map(|config| Way {
            name: config.name.clone(),
            sender: sender(config, http),
            timeout: config.timeout,
        });
        Self { ways: ways.collect(), figures: Arc::clone(figures) }
    }

    /// One sender alone, which takes no time.
    pub(crate) fn only(name: &str, sender: Box<dyn SmsSender>, figures: &Arc<Logins>) -> Self {
        let way = Way { name: name.to_owned(), sender, timeout: Duration::from_secs(1) };
        Self { ways: Arc::new([way]), figures: Arc::clone(figures) }
    }

    /// Tries one sender after another. The log tells who was tried and what came of it, and nothing of the message.
    ///
    /// # Errors
    /// [`NotSent`] where none has taken it.
    pub(crate) async fn send(&self, message: &LoginMessage) -> Result<(), NotSent> {
        let mut in_doubt = false;
        for way in self.ways.iter() {
            let answer = tokio::time::timeout(way.timeout, way.sender.send(message)).await;
            let answer = answer.unwrap_or(Err(SendError::TimedOut));
            self.figures.sent(&way.name, answer);
            match answer {
                Ok(()) => {
                    tracing::info!(sender = way.name, "a login code was sent");
                    return Ok(());
                }
                Err(error) => {
                    let answer = if let SendError::Refused(number) = error { number } else { None };
                    tracing::warn!(sender = way.name, outcome = %error, answer, "a sender sent no login code");
                    in_doubt |= error.in_doubt();
                }
            }
        }
        Err(NotSent { in_doubt })
    }
}

fn sender(config: &SenderConfig, http: &HttpClient) -> Box<dyn SmsSender> {
    let gateway = Gateway { http: http.clone(), timeout: config.timeout };
    match config.kind.clone() {
        SenderKind::Console => Box::new(Console),
        SenderKind::SmsRu { base_url, api_id, from } => Box::new(SmsRu { gateway, base_url, api_id, from }),
        SenderKind::TelegramGateway { base_url, token, sender_username } => {
            Box::new(Telegram { gateway, base_url, token, sender_username })
        }
        SenderKind::Http(request) => Box::new(HttpSender { gateway, request: *request }),
    }
}
