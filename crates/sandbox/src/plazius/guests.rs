//! The operations on guests, one file each.

pub(super) mod add_loyalty_card;
mod card;
pub(super) mod change_balance;
pub(super) mod generate_code;
pub(super) mod generate_loyalty_card;
pub(super) mod get;
pub(super) mod get_bonus_history;
pub(super) mod get_marketing_campaigns;
pub(super) mod get_orders_history;
pub(super) mod get_wallet;
mod page;
mod person;
pub(super) mod save;
pub(super) mod update;

use serde::Deserialize;

use super::wire::identity::{GuestIdentityWire, OrganizationIdentityWire};

/// The request of the operations that only name a guest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuestRequestWire {
    guest: GuestIdentityWire,
    organization: OrganizationIdentityWire,
}
