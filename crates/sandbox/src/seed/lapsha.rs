//! A third network, on r_k Delivery: the restaurant, the programme and the guests of the makers' examples.

use contract::Money;
use rusqlite::Transaction;

use crate::store::guests::{self, Person};
use crate::store::{access, delivery, wallet};
use crate::{OpenError, ProgrammeFile};

const PROGRAMME: &str = include_str!("lapsha_programme.json");

/// The restaurant of the makers' examples.
const MIRA: &str = "18f550d8-7fbe-45fa-8c83-35f531380f65";
const SADOVAYA: &str = "9b1f6a2e-4c7d-4e50-a3f8-6d2c0e5b7f14";

/// The makers' highest rank, which their examples write with a tab behind it.
const PLATINUM: (usize, &str) = (2, "Платиновый\t");

/// The network «Лапша» with two restaurants, a client for both and a client for the second alone.
pub(super) fn network(tx: &Transaction<'_>) -> Result<i64, OpenError> {
    let network_id = access::add_network(tx, "Лапша", ProgrammeFile::read(PROGRAMME)?.json())?;
    access::add_restaurant(tx, network_id, "6120001", MIRA, "Лапша на Мира")?;
    access::add_restaurant(tx, network_id, "6120002", SADOVAYA, "Лапша на Садовой")?;
    delivery::add_client(tx, "demo-delivery", "demo", network_id, &[MIRA, SADOVAYA])?;
    delivery::add_client(tx, "demo-sadovaya", "demo", network_id, &[SADOVAYA])?;
    let (rank_index, name) = PLATINUM;
    delivery::add_rank_name(tx, network_id, rank_index, name)?;
    Ok(network_id)
}

/// Денис with the third rank and 1230.58, Анна with the first and 3.21: the makers' two examples.
pub(super) fn guests(tx: &Transaction<'_>, network_id: i64, now_ms: i64) -> Result<(), OpenError> {
    let denis = guest(tx, network_id, "+79990003344", "Денис", 123_058, now_ms)?;
    guests::set_rank(tx, denis, PLATINUM.0, Money::ZERO, now_ms)?;
    guest(tx, network_id, "+79990004455", "Анна", 321, now_ms)?;
    Ok(())
}

fn guest(
    tx: &Transaction<'_>,
    network_id: i64,
    phone: &str,
    first_name: &str,
    balance_minor: i64,
    now_ms: i64,
) -> Result<i64, OpenError> {
    let person = Person { first_name: Some(first_name.to_owned()), ..Person::default() };
    let guest_id = guests::save(tx, network_id, phone, &person, now_ms)?;
    wallet::grant(tx, guest_id, Money::from_minor(balance_minor), now_ms)?;
    Ok(guest_id)
}
