//! The fingerprint of a calculation: opaque to the caller, it binds a confirm to the calculation the guest saw.
//!
//! As with the makers it is the Base64 of a small JSON object: `Pattern`, `OrderHash` and `DiscountSum`. A hash of 32
//! bits is soon met by chance or on purpose, so a digest of 256 bits stands beside it, which is what binds. It also
//! carries the promo codes that were taken, which a confirm does not send again. Nothing in it decides a sum: a confirm
//! calculates anew, and a fingerprint somebody makes up is at most equal to the one of that calculation.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::Money;
use contract::decimal::Decimal;
use loyalty::reward::{Brings, Reward};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::NetworkError;
use super::quote::Quote;

/// What a calculation was made of, and what it came to.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Fingerprint {
    pattern: u32,
    /// The first four bytes of the digest: the makers' hash is an integer of 32 bits with a sign.
    order_hash: i32,
    discount_sum: Decimal<2>,
    /// SHA-256 of [`Hashed`], in Base64.
    digest: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    promocodes: Vec<String>,
}

/// What the digest is over: the order and whose it is, and everything the guest was shown but the limits of the
/// payment in bonuses, which is chosen and held against the limits only when the order is confirmed. The time the order
/// was opened at is there by what it makes of the campaigns.
#[derive(Serialize)]
struct Hashed<'a, S> {
    subject: &'a S,
    promocodes: &'a [String],
    campaigns: Vec<(&'a str, &'a [Money])>,
    total_by_line: &'a [Money],
    rewards: Vec<(&'a str, Promise<'a>)>,
}

/// A reward without what other orders may change in between: which gifts the stamps bring.
#[derive(Serialize)]
enum Promise<'a> {
    Stamps(u32),
    Gift(&'a str),
}

impl Fingerprint {
    /// The fingerprint of `quote`. `subject` is what a system's request says of the order and whose it is.
    pub(crate) fn new<S: Serialize>(subject: &S, quote: &Quote) -> Result<Self, NetworkError> {
        let calculation = &quote.calculation;
        let hashed = Hashed {
            subject,
            promocodes: &quote.promo_codes,
            campaigns: calculation
                .campaigns
                .iter()
                .map(|campaign| (campaign.id.as_str(), campaign.discount_by_line.as_slice()))
                .collect(),
            total_by_line: &calculation.total_by_line,
            rewards: calculation.rewards.iter().filter_map(promise).collect(),
        };
        let text = serde_json::to_vec(&hashed).map_err(|error| NetworkError::Internal(error.to_string()))?;
        let digest = Sha256::digest(&text);
        Ok(Self {
            pattern: 0,
            order_hash: i32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]),
            discount_sum: Decimal(calculation.discount.minor()),
            digest: STANDARD.encode(digest),
            promocodes: quote.promo_codes.clone(),
        })
    }

    /// The text a caller is given.
    pub(crate) fn encode(&self) -> Result<String, NetworkError> {
        let json = serde_json::to_vec(self).map_err(|error| NetworkError::Internal(error.to_string()))?;
        Ok(STANDARD.encode(json))
    }

    /// Reads the text a caller sent back; `None` where it is no fingerprint.
    pub(crate) fn decode(text: &str) -> Option<Self> {
        serde_json::from_slice(&STANDARD.decode(text).ok()?).ok()
    }

    /// The promo codes the calculation took.
    pub(crate) fn promocodes(&self) -> &[String] {
        &self.promocodes
    }
}

fn promise(reward: &Reward) -> Option<(&str, Promise<'_>)> {
    let promise = match &reward.brings {
        Brings::Stamps { count, .. } => Promise::Stamps(*count),
        Brings::Gift { stamp_index: Some(_), .. } => return None,
        Brings::Gift { terms, stamp_index: None } => Promise::Gift(&terms.settings_id),
    };
    Some((&reward.campaign_id, promise))
}
