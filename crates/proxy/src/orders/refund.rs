//! What of a closed order is taken back: which parts may be, and what is left afterwards. Pure.

use contract::Quantity;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use upstream::program::{OrderContents, RefundedItem};
use uuid::Uuid;

/// The most parts of one refund.
const MOST_PARTS: usize = 500;

/// How much of a dish, or of what is added to one, is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundPart {
    /// The article code, as in the cart.
    pub(crate) code: String,
    /// How much of it, in thousandths; above zero.
    pub(crate) quantity_milli: Quantity,
}

/// A refund of some parts that the loyalty system is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refunding {
    /// Names the refund, so that a repetition is known as one.
    pub(crate) refund_id: Uuid,
    /// What is taken back.
    pub(crate) items: Vec<RefundPart>,
}

/// A refund that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DoneRefund {
    /// Names it.
    pub(crate) refund_id: Uuid,
    /// When it was asked for.
    pub(crate) at_ms: i64,
    /// What was taken back; all that was left where absent.
    pub(crate) items: Option<Vec<RefundPart>>,
}

/// Why parts cannot be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrongPart {
    /// The place.
    pub(crate) field: String,
    /// What is wrong there.
    pub(crate) message: &'static str,
}

impl Refunding {
    /// A refund with a name that follows from what is asked and by which key: asked for again, it is the same refund.
    pub(crate) fn new(order_id: Uuid, key: &str, items: &[RefundPart]) -> Self {
        let mut hasher = Sha256::new();
        for part in [order_id.to_string().as_str(), key] {
            hasher.update(part.len().to_be_bytes());
            hasher.update(part);
        }
        hash_parts(&mut hasher, items);
        let hash = hasher.finalize();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
        Self { refund_id: uuid::Builder::from_random_bytes(bytes).into_uuid(), items: items.to_vec() }
    }

    /// The parts as the loyalty system is told them.
    pub(crate) fn told(&self) -> Vec<RefundedItem> {
        let items = self.items.iter();
        items.map(|part| RefundedItem { code: part.code.clone(), quantity: part.quantity_milli }).collect()
    }
}

/// Adds parts to a hash, lengths first, so that no two lists run together.
pub(crate) fn hash_parts(hasher: &mut Sha256, items: &[RefundPart]) {
    hasher.update(items.len().to_be_bytes());
    for part in items {
        hasher.update(part.code.len().to_be_bytes());
        hasher.update(&part.code);
        hasher.update(part.quantity_milli.milli().to_be_bytes());
    }
}

/// What is left of an order, by code, in thousandths.
fn left_of(contents: &OrderContents, done: &[DoneRefund]) -> Vec<(String, i64)> {
    let mut left: Vec<(String, i64)> = Vec::new();
    let mut add = |code: &str, milli: i64| match left.iter_mut().find(|(known, _)| known == code) {
        Some((_, sum)) => *sum += milli,
        None => left.push((code.to_owned(), milli)),
    };
    for line in &contents.lines {
        add(&line.code, line.quantity.milli());
        line.modifiers.iter().for_each(|modifier| add(&modifier.code, modifier.quantity.milli()));
    }
    for part in done.iter().filter_map(|refund| refund.items.as_ref()).flatten() {
        add(&part.code, -part.quantity_milli.milli());
    }
    left
}

/// Whether nothing of an order is left.
pub(crate) fn is_whole(contents: &OrderContents, done: &[DoneRefund]) -> bool {
    left_of(contents, done).iter().all(|(_, milli)| *milli <= 0)
}

/// Judges the parts that are to be taken back.
///
/// # Errors
/// [`WrongPart`] names the first that cannot be.
pub(crate) fn judge_parts(
    contents: &OrderContents,
    done: &[DoneRefund],
    items: &[RefundPart],
) -> Result<(), WrongPart> {
    let wrong = |field: String, message| Err(WrongPart { field, message });
    if items.is_empty() || items.len() > MOST_PARTS {
        return wrong("items".to_owned(), "from 1 to 500; leave it out to take the whole order back");
    }
    let left = left_of(contents, done);
    for (index, part) in items.iter().enumerate() {
        let place = |name: &str| format!("items[{index}].{name}");
        if items[..index].iter().any(|other| other.code == part.code) {
            return wrong(place("code"), "is there already");
        }
        let Some((_, milli)) = left.iter().find(|(code, _)| *code == part.code) else {
            return wrong(place("code"), "not in the order");
        };
        if part.quantity_milli.milli() <= 0 {
            return wrong(place("quantity_milli"), "not above zero");
        }
        if part.quantity_milli.milli() > *milli {
            return wrong(place("quantity_milli"), "more than is left of it");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
