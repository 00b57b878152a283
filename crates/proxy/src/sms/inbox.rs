//! The demo's sender: messages are kept in memory and shown beside the demo's page.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use clock::Clock;
use serde::Serialize;

use super::{LoginMessage, Sent, SmsSender};

/// How many messages are kept.
const KEPT: usize = 100;

/// A message that has arrived.
#[derive(Clone, Serialize)]
pub(crate) struct Received {
    /// To whom, in E.164.
    pub(crate) phone: String,
    /// What the guest reads.
    pub(crate) text: String,
    /// The code in it.
    pub(crate) code: String,
    /// When, in RFC 3339.
    pub(crate) sent_at: String,
}

/// The messages of every phone, newest first. Clones share them.
#[derive(Clone)]
pub(crate) struct Inbox {
    clock: Clock,
    messages: Arc<Mutex<VecDeque<Received>>>,
}

impl Inbox {
    /// An empty inbox.
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, messages: Arc::default() }
    }

    /// What has arrived, newest first.
    pub(crate) fn messages(&self) -> Vec<Received> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl SmsSender for Inbox {
    fn send<'a>(&'a self, message: &'a LoginMessage) -> Sent<'a> {
        Box::pin(async move {
            let received = Received {
                phone: message.phone.as_str().to_owned(),
                text: message.text.clone(),
                code: message.code.clone(),
                sent_at: self.clock.now().to_string(),
            };
            let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
            messages.push_front(received);
            messages.truncate(KEPT);
            Ok(())
        })
    }
}
