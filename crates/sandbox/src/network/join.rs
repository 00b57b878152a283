//! Somebody becomes a guest of the network, and gets what its programme gives for joining.

use loyalty::Moment;
use loyalty::reward::{self, Brings};

use super::gift::{self, Gift};
use super::{Network, NetworkError};
use crate::ledger::{Entry, Kind};
use crate::store::guests::{self, Person};
use crate::store::ledger;

/// Writes the guest's data down; who was no guest becomes one, at this restaurant. Returns the id.
pub(crate) fn save(
    network: &Network<'_>,
    phone: &str,
    person: &Person,
    restaurant_id: &str,
) -> Result<i64, NetworkError> {
    let known = guests::find(network.tx, network.id, phone)?;
    let guest_id = guests::save(network.tx, network.id, phone, person, network.now_ms())?;
    if known.as_ref().is_none_or(|known| known.person != *person) {
        ledger::add(network.tx, &Entry::without_sums(Kind::GuestSaved, network.now_ms()), Some(guest_id))?;
    }
    if known.is_none() {
        welcome(network, guest_id, restaurant_id)?;
    }
    Ok(guest_id)
}

/// What the programme gives for joining it.
fn welcome(network: &Network<'_>, guest_id: i64, restaurant_id: &str) -> Result<(), NetworkError> {
    for reward in reward::welcome(network.programme, Moment::from_unix_s(network.now.as_second())) {
        if let Brings::Gift { terms, stamp_index: None } = &reward.brings {
            let gift = Gift {
                guest_id,
                campaign_id: &reward.campaign_id,
                terms,
                stamp: None,
                restaurant_id: Some(restaurant_id),
                source: None,
            };
            gift::give(network, &gift)?;
        }
    }
    Ok(())
}
