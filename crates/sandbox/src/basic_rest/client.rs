//! `client`: who it is that a till has before it.

use contract::decimal::Decimal;
use loyalty::Programme;
use loyalty::programme::Rank;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::call::Call;
use super::error::Refusal;
use super::fields::{Fields, FromFields};
use super::lookup;
use super::quote::rank_of;
use super::wire::{LoyaltyKindWire, MoneyWire, benefit, money, percent};
use crate::store::clients::{self, ClientRow};
use crate::store::guests::GuestRow;

pub(super) struct SearchRequestWire {
    search: String,
    point: String,
}

impl FromFields for SearchRequestWire {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { search: fields.text("search"), point: fields.text("point") }
    }
}

#[derive(Serialize)]
pub(super) struct FoundResponseWire {
    success: bool,
    client: ClientWire,
}

#[derive(Serialize)]
struct ClientWire {
    id: String,
    name: Option<String>,
    photo: Option<String>,
    birthday: Option<String>,
    level: LevelWire,
    phone: u64,
    email: Option<String>,
    /// What may be spent; always nothing at a level with a discount.
    balance: MoneyWire,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LevelWire {
    id: String,
    title: String,
    percent: Decimal<2>,
    #[serde(rename = "type")]
    kind: LoyaltyKindWire,
    /// Of a level with cashback only.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_spend_percent: Option<Decimal<2>>,
}

pub(super) fn answer(call: &Call<'_>, request: SearchRequestWire) -> Result<FoundResponseWire, Refusal> {
    lookup::point(call, &request.point)?;
    let guest = lookup::search(call, &request.search)?;
    let client = clients::of_guest(call.tx, guest.id)?
        .ok_or_else(|| Refusal::Internal(format!("guest {} has no client's id", guest.id)))?;
    Ok(FoundResponseWire { success: true, client: write(call, client, guest)? })
}

fn write(call: &Call<'_>, client: ClientRow, guest: GuestRow) -> Result<ClientWire, Refusal> {
    let level = level(call.programme, rank_of(call, &guest)?);
    let phone = guest.phone.trim_start_matches('+').parse();
    Ok(ClientWire {
        id: client.id,
        name: guest.person.first_name,
        photo: client.photo_url,
        birthday: guest.person.birthday,
        balance: match level.kind {
            LoyaltyKindWire::Cashback => money(guest.balance),
            LoyaltyKindWire::Discount => Decimal(0),
        },
        level,
        phone: phone.map_err(|_| Refusal::Internal(format!("the phone of guest {}", guest.id)))?,
        email: guest.person.email,
    })
}

/// A level has no id in the programme's file: it is made of the names, so that it stays while they do.
fn level(programme: &Programme, rank: &Rank) -> LevelWire {
    let digest = Sha256::digest(format!("{}\n{}", programme.name, rank.name));
    let (kind, share) = benefit(rank);
    let max_share = rank.max_payable_share_bp.unwrap_or(programme.max_payable_share_bp);
    LevelWire {
        id: digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect(),
        title: rank.name.clone(),
        percent: percent(share),
        kind,
        max_spend_percent: match kind {
            LoyaltyKindWire::Cashback => Some(percent(max_share)),
            LoyaltyKindWire::Discount => None,
        },
    }
}
