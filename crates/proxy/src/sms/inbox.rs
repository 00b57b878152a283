//! The demo's phone: keeps the last messages in memory for the demo's own pages.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use clock::Clock;
use jiff::Timestamp;
use serde::Serialize;

use super::{CodeMessage, Sending, SmsSender};

/// The most messages that are kept.
const CAPACITY: usize = 100;

/// A message that arrived.
#[derive(Clone, Serialize)]
pub(crate) struct InboxMessage {
    /// Whom it went to.
    pub(crate) phone: String,
    /// What the phone shows.
    pub(crate) text: String,
    /// The code alone.
    pub(crate) code: String,
    /// When it was sent.
    pub(crate) sent_at: Timestamp,
}

/// The messages, newest first. Clones share them.
#[derive(Clone)]
pub(crate) struct Inbox {
    clock: Clock,
    messages: Arc<Mutex<VecDeque<InboxMessage>>>,
}

impl Inbox {
    /// An empty one.
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, messages: Arc::default() }
    }

    /// The messages, newest first.
    pub(crate) fn messages(&self) -> Vec<InboxMessage> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl SmsSender for Inbox {
    fn send(&self, message: CodeMessage) -> Sending<'_> {
        Box::pin(async move {
            let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
            messages.truncate(CAPACITY - 1);
            messages.push_front(InboxMessage {
                phone: message.phone.as_str().to_owned(),
                text: message.text,
                code: message.code,
                sent_at: self.clock.now(),
            });
            Ok(())
        })
    }
}
