//! A second network beside the demo's: nobody's wallet, card or order is shared between the two.

use rusqlite::Transaction;

use crate::store::access;
use crate::store::guests::{self, Person};
use crate::{OpenError, ProgrammeFile};

/// The coffee house's programme: two ranks, no campaigns.
const PROGRAMME: &str = include_str!("zerno_programme.json");

/// The network «Зерно» with its one coffee house and its key.
pub(super) fn network(tx: &Transaction<'_>) -> Result<i64, OpenError> {
    let network_id = access::add_network(tx, "Зерно", ProgrammeFile::read(PROGRAMME)?.json())?;
    let restaurant_id = "0d7c8a54-3f6e-4b1d-8c92-51e6a7f0b3d4";
    access::add_restaurant(tx, network_id, "5280011", restaurant_id, "Кофейня «Зерно»")?;
    access::add_api_key(tx, "demo-zerno", "demo", network_id, &[restaurant_id])?;
    Ok(network_id)
}

/// The demo's Иван is a guest here too, with a name and a wallet of his own: he has no bonuses yet.
pub(super) fn guests(tx: &Transaction<'_>, network_id: i64, now_ms: i64) -> Result<(), OpenError> {
    let ivan = Person { first_name: Some("Ваня".to_owned()), ..Person::default() };
    guests::save(tx, network_id, "+79990001122", &ivan, now_ms)?;
    Ok(())
}
