//! The basic REST API's readings, for the fuzzer.

use contract::{Money, Phone};
use http::StatusCode;

use super::wire::{ClientWire, FoundWire, HeldWire, RecalculatedWire, ReleasedWire, SoldWire};
use super::{answer, error};
use crate::fuzzing::{Reading, TOTALS, check_amount, check_calculation};
use crate::http::Reply;
use crate::http::json::decoded;
use crate::program::GuestKey;

pub(crate) const READINGS: &[Reading] = &[
    ("basic_rest_client", client),
    ("basic_rest_recalc", recalc),
    ("basic_rest_hold", hold),
    ("basic_rest_release", release),
    ("basic_rest_retail", retail),
    ("basic_rest_error", from_reply),
];

/// The client of the documented example, for a calculation that needs one.
const IVAN: &[u8] = include_bytes!("../../tests/upstream/fixtures/basic_rest/client.json");

fn found(data: &[u8], key: &GuestKey) -> Option<ClientWire> {
    answer::found(decoded::<FoundWire>(data).ok()?.client, key).ok()
}

fn client(data: &[u8]) {
    let card = GuestKey::Card("1".to_owned());
    if let Some(client) = found(data, &card) {
        if let Ok(wallet) = answer::wallet(&client) {
            check_amount(wallet.balance);
        }
        answer::guest(client);
    }
    if let Some(phone) = Phone::parse("+79200000000")
        && let Some(client) = found(data, &GuestKey::Phone(phone.clone()))
    {
        assert_eq!(answer::guest(client).phone, Some(phone), "nobody else is logged in");
    }
}

fn recalc(data: &[u8]) {
    for total in TOTALS {
        let Some(client) = found(IVAN, &GuestKey::Card("1".to_owned())) else { return };
        if let Ok(recalculated) = decoded::<RecalculatedWire>(data)
            && let Ok(calculation) = answer::calculation(client, &recalculated, total)
        {
            check_calculation(&calculation, total);
        }
    }
}

fn hold(data: &[u8]) {
    if let Ok(held) = decoded::<HeldWire>(data) {
        let payment = Money::from_minor(10_000);
        if let Ok(confirmed) = answer::confirmed(&held, "1", payment) {
            assert!(confirmed.held_until.is_some());
        }
    }
}

fn release(data: &[u8]) {
    drop(decoded::<ReleasedWire>(data));
}

fn retail(data: &[u8]) {
    if let Ok(sold) = decoded::<SoldWire>(data) {
        for payment in [Money::ZERO, Money::from_minor(10_000)] {
            drop(answer::sold(&sold, Money::from_minor(10_000), payment));
        }
    }
}

fn from_reply(data: &[u8]) {
    for status in [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::INTERNAL_SERVER_ERROR, StatusCode::FOUND] {
        let error = error::from_reply(&Reply { status, body: data.to_vec().into() });
        assert!(!status.is_client_error() || !error.in_doubt(), "a client error was not carried out");
    }
}
