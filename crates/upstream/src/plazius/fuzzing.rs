//! Plazius' readings, for the fuzzer.

use contract::Money;
use http::StatusCode;
use uuid::Uuid;

use super::{answer, codes, error, wire};
use crate::fuzzing::{Reading, TOTALS, check_amount, check_calculation};
use crate::http::Reply;
use crate::http::json::decoded;

pub(crate) const READINGS: &[Reading] = &[
    ("plazius_guest", guest),
    ("plazius_cards", cards),
    ("plazius_wallet", wallet),
    ("plazius_payment_code", payment_code),
    ("plazius_calculation", calculation),
    ("plazius_order", order),
    ("plazius_orders", orders),
    ("plazius_bonus_changes", bonus_changes),
    ("plazius_campaigns", campaigns),
    ("plazius_token", token),
    ("plazius_sent_code", sent_code),
    ("plazius_error", from_reply),
];

/// The order of the documented examples.
const ORDER: Uuid = Uuid::from_u128(0x46b7_c469_d99c_4499_acc7_8ca2_6ea2_117d);

fn guest(data: &[u8]) {
    if let Ok(Ok(guest)) = decoded(data).map(answer::guest) {
        assert_ne!(guest.name.as_deref().map(str::trim), Some(""), "a name is no white space");
    }
    if let Ok(saved) = decoded::<wire::SavedGuestWire>(data) {
        answer::found_guest(saved.guest);
    }
}

fn cards(data: &[u8]) {
    if let Ok(cards) = decoded::<wire::GotCardsWire>(data) {
        cards.loyalty_cards.unwrap_or_default().into_iter().map(answer::account::card).for_each(drop);
    }
    if let Ok(issued) = decoded::<wire::IssuedCardWire>(data) {
        answer::account::card(issued.card);
    }
}

fn wallet(data: &[u8]) {
    if let Ok(Ok(wallet)) = decoded(data).map(answer::wallet) {
        check_amount(wallet.balance);
    }
}

fn payment_code(data: &[u8]) {
    if let Ok(Ok(code)) = decoded(data).map(|code| answer::payment_code(&code)) {
        assert_eq!(code.digits.len(), 7);
        assert!(code.digits.bytes().all(|byte| byte.is_ascii_digit()));
    }
}

fn calculation(data: &[u8]) {
    for total in TOTALS {
        if let Ok(Ok(calculation)) = decoded(data).map(|answer| answer::calculation(answer, total)) {
            check_calculation(&calculation, total);
            assert!(!calculation.echo.is_empty());
        }
    }
}

fn order(data: &[u8]) {
    if let Ok(Ok(order)) = decoded(data).map(|found| answer::order(found, ORDER)) {
        [order.full, order.to_pay, order.discount, order.paid_with_bonuses, order.earned_bonuses]
            .into_iter()
            .for_each(check_amount);
    }
    if let Ok(Ok(())) = decoded(data).map(|done| answer::same_order(&done, ORDER)) {
        assert!(!data.is_empty());
    }
}

fn orders(data: &[u8]) {
    if let Ok(Ok(history)) = decoded(data).map(answer::account::orders) {
        for order in history.entries {
            check_amount(order.sums.full);
            check_amount(order.sums.returned_bonuses);
            order.dishes.iter().for_each(|dish| assert!(dish.quantity.milli() >= 0));
        }
    }
}

fn bonus_changes(data: &[u8]) {
    if let Ok(Ok(history)) = decoded(data).map(answer::account::bonus_changes) {
        for change in history.entries {
            check_amount(Money::from_minor(change.amount.minor().abs()));
        }
    }
}

fn campaigns(data: &[u8]) {
    if let Ok(Ok(campaigns)) = decoded(data).map(answer::account::campaigns) {
        campaigns.iter().filter_map(|campaign| campaign.price).for_each(check_amount);
    }
}

fn token(data: &[u8]) {
    if let Ok(Ok(passed)) = decoded(data).map(|token| codes::passed(&token)) {
        assert!(passed, "a code passes or the answer is not believed");
    }
}

fn sent_code(data: &[u8]) {
    if let Ok(Ok(sent)) = decoded(data).map(|sent| codes::sent_code(&sent)) {
        assert!(!data.is_empty() && sent.resend_after_s.is_none_or(|seconds| seconds < u32::MAX));
    }
}

fn from_reply(data: &[u8]) {
    for status in [StatusCode::BAD_REQUEST, StatusCode::INTERNAL_SERVER_ERROR, StatusCode::FOUND] {
        let error = error::from_reply(&Reply { status, body: data.to_vec().into() });
        assert!(!status.is_client_error() || !error.in_doubt(), "a client error was not carried out");
    }
}
