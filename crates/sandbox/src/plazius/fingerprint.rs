//! The fingerprint of a calculation: opaque to the caller, it binds a confirm to the calculation the guest saw.
//!
//! As with the makers it is the Base64 of a small JSON object. It also carries the promo codes, which a confirm does
//! not send again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::Money;
use contract::decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::error::Refusal;
use super::quote::Subject;
use super::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};
use super::wire::order::{DeliveryWire, ItemWire};

/// What a calculation was made of, and what it came to.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Fingerprint {
    pattern: u32,
    order_hash: i64,
    discount_sum: Decimal<2>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    promocodes: Vec<String>,
}

/// What the hash is over: everything that decides the calculation but the time the order was opened at.
#[derive(Serialize)]
struct Hashed<'a> {
    items: &'a [ItemWire],
    organization: &'a OrganizationIdentityWire,
    guest: Option<&'a GuestIdentityWire>,
    delivery: Option<&'a DeliveryWire>,
}

impl Fingerprint {
    /// The fingerprint of a calculation that came to `discount`.
    pub(super) fn new(
        subject: &Subject<'_>,
        promocodes: Vec<String>,
        discount: Money,
    ) -> Result<Self, Refusal> {
        let hashed = Hashed {
            items: &subject.order.items,
            organization: subject.organization,
            guest: subject.guest,
            delivery: subject.delivery,
        };
        let text = serde_json::to_vec(&hashed).map_err(|error| Refusal::Internal(error.to_string()))?;
        Ok(Self { pattern: 0, order_hash: fnv1a(&text), discount_sum: Decimal(discount.minor()), promocodes })
    }

    /// The text a caller is given.
    pub(super) fn encode(&self) -> Result<String, Refusal> {
        let json = serde_json::to_vec(self).map_err(|error| Refusal::Internal(error.to_string()))?;
        Ok(STANDARD.encode(json))
    }

    /// Reads the text a caller sent back.
    pub(super) fn decode(text: &str) -> Result<Self, Refusal> {
        let refused = || Refusal::invalid("loyalty.fingerprint.value: not a fingerprint of orders/calculate");
        let json = STANDARD.decode(text).map_err(|_| refused())?;
        serde_json::from_slice(&json).map_err(|_| refused())
    }

    /// The promo codes the calculation was made with.
    pub(super) fn promocodes(&self) -> &[String] {
        &self.promocodes
    }
}

/// FNV-1a of 64 bits, folded to the 32 that every reader of JSON keeps exactly. Chosen because it is the same in every
/// build: a fingerprint outlives a restart.
fn fnv1a(bytes: &[u8]) -> i64 {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i64::from(u32::try_from((hash ^ (hash >> 32)) & 0xffff_ffff).unwrap_or_default())
}
