//! The operations on guests, one file each.

pub(super) mod generate_code;
pub(super) mod get;
pub(super) mod get_wallet;
pub(super) mod save;

use serde::Deserialize;

use super::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};

/// The request of the operations that only name a guest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuestRequestWire {
    guest: GuestIdentityWire,
    organization: OrganizationIdentityWire,
}
