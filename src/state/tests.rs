//! Journeys through the model, as a guest, a host page and a bad network make them.

mod cart;
mod hold;
mod journey;
mod keys;
mod login;
mod payment;
mod phones;
mod registered;
mod spending;
mod unknown;

use std::sync::atomic::{AtomicU32, Ordering};

use contract::capabilities::{Capabilities, SpendChoice};
use contract::cart::{Cart, CartLine, Expedition};
use contract::error::{ErrorCode, ErrorResponse};
use contract::login::{StartLoginResponse, VerifyLoginResponse};
use contract::order::{OrderResponse, OrderState};
use contract::preview::{Guest, PreviewResponse, SpendLimits};
use contract::{Money, Quantity};

use super::{Effect, Failure, Message, Model, update};

/// A key that is different each time.
fn key() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed).to_string()
}

fn refused(code: ErrorCode) -> Failure {
    Failure::Refused(Box::new(ErrorResponse::new(code, "for the test")))
}

/// A cart of so many portions at 100.00.
fn cart(portions: i64) -> Cart {
    let line = CartLine {
        code: "pie".to_owned(),
        name: "Пирог".to_owned(),
        category: None,
        quantity_milli: Quantity::from_milli(portions * 1000),
        unit_price_minor: Money::from_minor(10_000),
        modifiers: Vec::new(),
    };
    Cart {
        currency: "RUB".to_owned(),
        expedition: Expedition::Pickup,
        lines: if portions == 0 { Vec::new() } else { vec![line] },
    }
}

/// A preview under a name, with the most that may be spent in hundredths.
fn preview(name: &str, max_minor: i64) -> PreviewResponse {
    PreviewResponse {
        order_id: "order".to_owned(),
        preview_id: name.to_owned(),
        currency: "RUB".to_owned(),
        guest: Guest {
            name: Some("Иван".to_owned()),
            masked_key: "•• 11-22".to_owned(),
            balance_minor: Money::from_minor(100_000),
            rank: None,
        },
        items_total_minor: Money::from_minor(20_000),
        discounts: Vec::new(),
        discount_total_minor: Money::ZERO,
        promo_codes: Vec::new(),
        notifications: Vec::new(),
        spend: SpendLimits {
            min_minor: Money::ZERO,
            max_minor: Money::from_minor(max_minor),
            accrual_without_minor: Money::from_minor(1000),
            accrual_with_minor: Money::from_minor(500),
        },
        total_minor: Money::from_minor(20_000),
        capabilities: Capabilities {
            spend: SpendChoice::AnyAmount,
            accrual_with_spend: true,
            promo_codes: true,
            payment_codes: true,
            cancel: true,
            hold_s: None,
        },
    }
}

fn order(state: OrderState) -> OrderResponse {
    OrderResponse {
        order_id: "order".to_owned(),
        state,
        currency: "RUB".to_owned(),
        spend_minor: Money::from_minor(5000),
        discount_total_minor: Money::ZERO,
        to_pay_minor: Money::from_minor(15_000),
        hold_left_s: None,
        capabilities: None,
    }
}

/// A model at the code step, with a cart of two portions.
fn at_code() -> Model {
    let mut model = Model::new(key);
    update(&mut model, Message::CartChanged(cart(2)));
    update(&mut model, Message::KeyTyped("9990001122".to_owned()));
    update(&mut model, Message::KeySubmitted);
    let started = StartLoginResponse {
        challenge_id: "challenge".to_owned(),
        resend_after_s: 60,
        expires_in_s: 300,
        code_length: 6,
    };
    update(&mut model, Message::LoginStarted(Ok(started)));
    model
}

/// A model at the preview step whose preview is on its way.
fn logged_in() -> (Model, Vec<Effect>) {
    let mut model = at_code();
    update(&mut model, Message::CodeTyped("123456".to_owned()));
    let session = VerifyLoginResponse { token: Some("token".to_owned()), expires_in_s: 3600 };
    let effects = update(&mut model, Message::LoggedIn(Ok(session)));
    (model, effects)
}

/// A model that shows a preview with so much to spend.
fn previewed(max_minor: i64) -> Model {
    let (mut model, _) = logged_in();
    let revision = model.revision;
    update(&mut model, Message::Previewed(revision, Ok(preview("first", max_minor))));
    model
}

/// A model whose order is confirmed with 50 bonuses.
fn confirmed() -> Model {
    let mut model = previewed(10_000);
    update(&mut model, Message::SpendTyped("50".to_owned()));
    update(&mut model, Message::ConfirmPressed);
    update(&mut model, Message::Confirmed(Ok(order(OrderState::Confirmed))));
    model
}
