//! The network of the basic REST API: the makers' documented client around two coffee houses.

use contract::Money;
use rusqlite::Transaction;

use crate::store::cards::{self, CardRow};
use crate::store::clients::{self, ClientRow};
use crate::store::guests::{self, Person};
use crate::store::{access, app_codes, wallet};
use crate::{OpenError, ProgrammeFile};

/// The network's programme: a level with cashback and one with a discount.
const PROGRAMME: &str = include_str!("chashka_programme.json");

/// The points of sale. Here the id that requests name is the only one.
const NABEREZHNAYA: &str = "62a1f0c27be94d3a15e8b7f4";
const SADOVAYA: &str = "62a1f0c27be94d3a15e8b7f5";

const SEX_MALE: u8 = 1;
const SEX_FEMALE: u8 = 2;

/// The index of the level with a discount.
const FRIENDS: usize = 1;

/// The network «Чашка» with two points, a key for both and a key for the second alone.
pub(super) fn network(tx: &Transaction<'_>) -> Result<i64, OpenError> {
    let network_id = access::add_network(tx, "Чашка", ProgrammeFile::read(PROGRAMME)?.json())?;
    access::add_restaurant(tx, network_id, NABEREZHNAYA, NABEREZHNAYA, "Чашка на Набережной")?;
    access::add_restaurant(tx, network_id, SADOVAYA, SADOVAYA, "Чашка на Садовой")?;
    access::add_basic_rest_key(tx, "demo-basic", network_id, &[NABEREZHNAYA, SADOVAYA])?;
    access::add_basic_rest_key(tx, "demo-basic-sadovaya", network_id, &[SADOVAYA])?;
    Ok(network_id)
}

/// Ольга with the makers' 878 bonuses, a card and a code that does not run out; Пётр with the discount.
pub(super) fn guests(tx: &Transaction<'_>, network_id: i64, now_ms: i64) -> Result<(), OpenError> {
    let olga = Person {
        first_name: Some("Ольга".to_owned()),
        email: Some("olga@mail.example".to_owned()),
        birthday: Some("1991-03-29".to_owned()),
        sex: SEX_FEMALE,
        ..Person::default()
    };
    let olga_id = guests::save(tx, network_id, "+79990005566", &olga, now_ms)?;
    wallet::grant(tx, olga_id, Money::from_minor(87_800), now_ms)?;
    let client = ClientRow {
        id: "62a1f0c27be94d3a15e8c001".to_owned(),
        photo_url: Some("https://chashka.example/guests/olga.jpeg".to_owned()),
    };
    clients::add(tx, olga_id, &client)?;
    let (track, number) = ("2200770012345678".to_owned(), "2200770012345678".to_owned());
    cards::add(tx, network_id, &CardRow { guest_id: olga_id, track, number, is_virtual: false }, now_ms)?;
    app_codes::add(tx, network_id, "AP-4711-OLGA", olga_id, None)?;

    let pyotr = Person { first_name: Some("Пётр".to_owned()), sex: SEX_MALE, ..Person::default() };
    let pyotr_id = guests::save(tx, network_id, "+79990006677", &pyotr, now_ms)?;
    guests::set_rank(tx, pyotr_id, FRIENDS, Money::ZERO, now_ms)?;
    clients::add(tx, pyotr_id, &ClientRow { id: "62a1f0c27be94d3a15e8c002".to_owned(), photo_url: None })?;
    Ok(())
}
