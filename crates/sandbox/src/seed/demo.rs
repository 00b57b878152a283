//! The demonstration: the makers' documented scenario around a small restaurant.

use contract::Money;
use rusqlite::Transaction;

use crate::store::gifts::{self, Given, NewGift};
use crate::store::guests::{self, Person};
use crate::store::{access, login_codes, wallet};
use crate::{OpenError, ProgrammeFile};

/// The restaurant's programme.
const PROGRAMME: &str = include_str!("demo_programme.json");

/// The campaign behind the gift drink.
const GIFT_DRINK: &str = "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01";

/// The restaurants' ids.
pub(super) const LESNAYA: &str = "b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10";
pub(super) const RECHNAYA: &str = "7c0f3f5e-6a3d-4c55-9a2e-5d1f0b8e7a21";

const SEX_MALE: u8 = 1;
const SEX_FEMALE: u8 = 2;

/// The restaurant's programme.
pub(super) fn programme() -> Result<ProgrammeFile, OpenError> {
    Ok(ProgrammeFile::read(PROGRAMME)?)
}

/// The network «Пироги да Фрукты» with two restaurants, a key for both, one for the second alone,
/// and one for the site.
pub(super) fn network(tx: &Transaction<'_>, programme: &ProgrammeFile) -> Result<i64, OpenError> {
    let network_id = access::add_network(tx, "Пироги да Фрукты", programme.json())?;
    access::add_restaurant(tx, network_id, "4174244", LESNAYA, "Пироги да Фрукты на Лесной")?;
    access::add_restaurant(tx, network_id, "4174310", RECHNAYA, "Пироги да Фрукты на Речной")?;
    access::add_api_key(tx, "demo-plazius", "demo", network_id, &[LESNAYA, RECHNAYA])?;
    access::add_api_key(tx, "demo-rechnaya", "demo", network_id, &[RECHNAYA])?;
    login_codes::add_site_key(tx, "demo-plazius-site", network_id, "https://pirogi.example")?;
    Ok(network_id)
}

/// Иван with the second rank, 100 bonuses and a gift drink, Мария with the third rank and 1230.58. A programme of fewer
/// ranks gives them its highest, one without the drink no drink.
pub(super) fn guests(
    tx: &Transaction<'_>,
    network_id: i64,
    programme: &ProgrammeFile,
    now_ms: i64,
) -> Result<(), OpenError> {
    let highest_rank = programme.programme().ranks.len().saturating_sub(1);
    let ivan = Person {
        first_name: Some("Иван".to_owned()),
        middle_name: Some("Иванович".to_owned()),
        last_name: Some("Иванов".to_owned()),
        email: Some("test_email@gmail.com".to_owned()),
        birthday: Some("1989-01-17".to_owned()),
        sex: SEX_MALE,
    };
    let ivan_id = guests::save(tx, network_id, "+79990001122", &ivan, now_ms)?;
    wallet::grant(tx, ivan_id, Money::from_minor(10_000), now_ms)?;
    guests::set_rank(tx, ivan_id, highest_rank.min(1), Money::from_minor(50_000), now_ms)?;
    if programme.programme().campaigns.iter().any(|campaign| campaign.id == GIFT_DRINK) {
        gifts::give(tx, &gift_drink(ivan_id, now_ms))?;
    }

    let maria = Person { first_name: Some("Мария".to_owned()), sex: SEX_FEMALE, ..Person::default() };
    let maria_id = guests::save(tx, network_id, "+79990002233", &maria, now_ms)?;
    wallet::grant(tx, maria_id, Money::from_minor(123_058), now_ms)?;
    guests::set_rank(tx, maria_id, highest_rank.min(2), Money::ZERO, now_ms)?;
    Ok(())
}

/// The gift of the makers' scenario. It has no pictures.
const GIFT_DRINK_TERMS: &str = r#"{
    "settings_id": "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01",
    "name": "Напиток в подарок",
    "description": "Один напиток из заказа бесплатно",
    "image_url": "about:blank",
    "small_image_url": "about:blank",
    "icon_image_url": "about:blank",
    "valid_days": 36500,
    "gives": { "privilege": { "campaign_id": "6f1d0c3a-2a57-4d0e-9f53-0b7a7a5a1c01" } }
}"#;

/// Good for ever, so that the demo does not run out of it.
fn gift_drink(guest_id: i64, now_ms: i64) -> NewGift<'static> {
    NewGift {
        guest_id,
        campaign_id: GIFT_DRINK,
        terms: GIFT_DRINK_TERMS,
        stamp: None,
        given: Given::Privilege { campaign_id: GIFT_DRINK.to_owned() },
        given_at_ms: now_ms,
        expires_at_ms: None,
        source_order_id: None,
    }
}
