//! What may be asked of an order, and what tells one request from another. Pure.

use contract::Money;
use contract::order::ConfirmRequest;
use sha2::{Digest, Sha256};

use super::order::Step;
use super::refund::{RefundPart, hash_parts};

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Ask {
    /// Freeze what was previewed.
    Confirm(ConfirmRequest),
    /// Return what is frozen.
    Reset(String),
    /// The guest cancels for good.
    Cancel(String),
    /// The restaurant cancels for good.
    Abort(String),
    /// The till closes the order.
    Close(String),
    /// The till takes back all that is left of the closed order.
    Refund(String),
    /// The till takes some of the closed order back.
    RefundPart(String, Vec<RefundPart>),
}

impl Ask {
    /// The step that does it.
    pub(super) const fn step(&self) -> Step {
        match self {
            Self::Confirm(_) => Step::Confirm,
            Self::Reset(_) => Step::Reset,
            Self::Cancel(_) | Self::Abort(_) => Step::Abort,
            Self::Close(_) => Step::Close,
            Self::Refund(_) => Step::Refund,
            Self::RefundPart(..) => Step::RefundPart,
        }
    }

    /// The order.
    pub(super) fn order_id(&self) -> &str {
        match self {
            Self::Confirm(request) => &request.order_id,
            Self::Reset(order_id)
            | Self::Cancel(order_id)
            | Self::Abort(order_id)
            | Self::Close(order_id)
            | Self::Refund(order_id)
            | Self::RefundPart(order_id, _) => order_id,
        }
    }

    /// The preview that a confirm is for.
    pub(super) fn preview_id(&self) -> Option<&str> {
        if let Self::Confirm(request) = self { Some(&request.preview_id) } else { None }
    }

    /// Tells this request from any other a key might have been used for.
    pub(super) fn hash(&self) -> Vec<u8> {
        let (preview_id, spend) = match self {
            Self::Confirm(request) => (request.preview_id.as_str(), request.spend_minor),
            _ => ("", Money::ZERO),
        };
        let parts = [format!("{:?}", self.step()), self.order_id().to_owned(), preview_id.to_owned()];
        let mut hasher = Sha256::new();
        for part in parts {
            // Lengths first, so that no two requests run together into the same text.
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        hasher.update(spend.minor().to_be_bytes());
        if let Self::RefundPart(_, items) = self {
            hash_parts(&mut hasher, items);
        }
        hasher.finalize().to_vec()
    }
}
