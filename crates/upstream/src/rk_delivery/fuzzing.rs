//! r_k Delivery's readings, for the fuzzer.

use contract::Money;
use http::StatusCode;

use super::echo::Echo;
use super::wire::{CreatedWire, PrecalculatedWire, ResultWire, TokenWire};
use super::{answer, error};
use crate::fuzzing::{Reading, TOTALS, check_calculation};
use crate::http::Reply;
use crate::http::json::decoded;

pub(crate) const READINGS: &[Reading] = &[
    ("rk_delivery_precalculation", precalculation),
    ("rk_delivery_created", created),
    ("rk_delivery_token", token),
    ("rk_delivery_error", from_reply),
];

fn precalculation(data: &[u8]) {
    let read = |total, use_bonuses| {
        let answer = decoded::<ResultWire<PrecalculatedWire>>(data).ok()?.result;
        answer::precalculation(answer, total, use_bonuses).ok()
    };
    for total in TOTALS {
        let with = read(total, true);
        let Some(without) = read(total, false) else { continue };
        let lets_spend = without.lets_spend();
        let Ok(calculation) = answer::calculation(without, if lets_spend { with } else { None }) else {
            continue;
        };
        check_calculation(&calculation, total);
        let echo = Echo::read(&calculation.echo);
        assert!(echo.is_ok_and(|echo| echo.choose(Money::ZERO).is_ok()), "what is kept can be given back");
    }
}

fn created(data: &[u8]) {
    if let Ok(Ok(confirmed)) =
        decoded::<ResultWire<CreatedWire>>(data).map(|created| answer::created(created.result))
    {
        let reference = confirmed.reference.unwrap_or_default();
        assert!(
            !reference.is_empty() && !reference.contains(['/', '?', '#', '.', '%']),
            "fit for an address"
        );
    }
}

fn token(data: &[u8]) {
    drop(decoded::<TokenWire>(data));
}

fn from_reply(data: &[u8]) {
    for status in [StatusCode::BAD_REQUEST, StatusCode::INTERNAL_SERVER_ERROR, StatusCode::FOUND] {
        let error = error::from_reply(&Reply { status, body: data.to_vec().into() });
        assert!(!status.is_client_error() || !error.in_doubt(), "a client error was not carried out");
    }
}
