//! From a phone number, or a key in its place, to a session.

use contract::error::ErrorCode;
use contract::login::{LoginKey, StartLoginResponse, VerifyLoginResponse};
use contract::restaurant::RestaurantResponse;

use super::message::{Effect, Failure, HostEvent};
use super::model::{Action, Challenge, Model, Session, Step};
use super::phone;

/// Takes note of how guests may log in. Without an answer the phone is the way, which it is everywhere. A guest whose
/// browser still has the cookie of a session goes on in it, unless they have begun to log in anew.
pub(super) fn restaurant_read(
    model: &mut Model,
    answer: Result<RestaurantResponse, Failure>,
    out: &mut Vec<Effect>,
) {
    let Ok(restaurant) = answer else { return };
    model.login_keys = restaurant.login_keys;
    if restaurant.logged_in && model.session.is_none() && model.challenge.is_none() && model.action.is_none()
    {
        enter(model, Session::Cookie, out);
    }
}

pub(super) fn by(model: &mut Model, kind: LoginKey) {
    if model.action.is_some() {
        return;
    }
    model.login_by = kind;
    model.key.clear();
    model.key_incomplete = false;
    model.problem = None;
}

pub(super) fn typed(model: &mut Model, text: String) {
    match model.login_by {
        LoginKey::Phone => model.phone = phone::format(&text),
        LoginKey::Card | LoginKey::AppCode => model.key = text,
    }
    model.key_incomplete = false;
    model.problem = None;
}

pub(super) fn submitted(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action.is_some() {
        return;
    }
    if model.login_by != LoginKey::Phone {
        let key = crate::digits::trim(&model.key).to_owned();
        model.key_incomplete = key.is_empty();
        if !model.key_incomplete {
            model.notice = None;
            model.start(Effect::KeyLogin(model.login_by, key), out);
        }
        return;
    }
    let Some(e164) = phone::e164(&model.phone) else {
        model.key_incomplete = true;
        return;
    };
    model.notice = None;
    // The code for this phone is still on its way: asking again so soon would only be refused.
    if model
        .challenge
        .as_ref()
        .is_some_and(|challenge| challenge.phone == e164 && challenge.resend_at_s > model.now_s)
    {
        model.problem = None;
        model.step = Step::Code;
        return;
    }
    model.start(Effect::StartLogin(e164), out);
}

pub(super) fn started(model: &mut Model, answer: Result<StartLoginResponse, Failure>, out: &mut Vec<Effect>) {
    if model.action != Some(Action::StartLogin) {
        return;
    }
    model.action = None;
    let phone = phone::e164(&model.phone).unwrap_or_default();
    match answer {
        Ok(started) => {
            model.challenge = Some(Challenge {
                id: started.challenge_id,
                phone,
                resend_at_s: model.now_s + started.resend_after_s,
                code_length: started.code_length,
            });
            model.code.clear();
            model.step = Step::Code;
        }
        Err(failure) => {
            if let (Failure::Refused(error), Some(challenge)) = (&failure, model.challenge.as_mut()) {
                challenge.resend_at_s = model.now_s + error.retry_after_s.unwrap_or(0);
            }
            model.fail_action(failure, out);
        }
    }
}

pub(super) fn code_typed(model: &mut Model, text: &str, out: &mut Vec<Effect>) {
    let length = code_length(model);
    let mut digits = crate::digits::digits(text);
    digits.truncate(length);
    if digits == model.code {
        return;
    }
    model.code = digits;
    model.problem = None;
    if model.code.len() == length {
        code_submitted(model, out);
    }
}

/// How many digits the code has that was sent.
fn code_length(model: &Model) -> usize {
    model.challenge.as_ref().map_or(0, |challenge| challenge.code_length as usize)
}

pub(super) fn code_submitted(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action.is_some() || model.code.len() != code_length(model) {
        return;
    }
    if let Some(challenge) = &model.challenge {
        let effect = Effect::VerifyLogin { challenge_id: challenge.id.clone(), code: model.code.clone() };
        model.start(effect, out);
    }
}

pub(super) fn logged_in(
    model: &mut Model,
    answer: Result<VerifyLoginResponse, Failure>,
    out: &mut Vec<Effect>,
) {
    if model.action != Some(Action::VerifyLogin) {
        return;
    }
    model.action = None;
    match answer {
        Ok(answer) => enter(model, answer.token.map_or(Session::Cookie, Session::Token), out),
        Err(failure) => {
            // A code that cannot succeed any more is in the way of the next one.
            if matches!(&failure, Failure::Refused(error) if error.code == ErrorCode::CodeSpent) {
                model.code.clear();
            }
            model.fail_action(failure, out);
        }
    }
}

/// The guest is logged in.
fn enter(model: &mut Model, session: Session, out: &mut Vec<Effect>) {
    model.session = Some(session);
    model.challenge = None;
    model.code.clear();
    model.notice = None;
    model.step = Step::Preview;
    out.push(Effect::Tell(HostEvent::Login));
    match &model.order {
        // The session ended while something was frozen: see where that order stands before going on.
        Some(order) => {
            let effect = Effect::ReadOrder(order.order_id.clone());
            model.start(effect, out);
        }
        None => model.calculate(out),
    }
}

pub(super) fn resend_pressed(model: &mut Model, out: &mut Vec<Effect>) {
    if model.action.is_some() {
        return;
    }
    if let Some(challenge) = &model.challenge
        && challenge.resend_at_s <= model.now_s
    {
        let phone = challenge.phone.clone();
        model.start(Effect::StartLogin(phone), out);
    }
}

pub(super) fn change_number_pressed(model: &mut Model) {
    model.step = Step::Phone;
    model.action = None;
    model.problem = None;
    model.code.clear();
}

pub(super) fn logout_pressed(model: &mut Model, out: &mut Vec<Effect>) {
    if let Some(session) = model.session.take() {
        out.push(Effect::Logout(session));
    }
    model.forget_session();
    model.order_id = None;
    model.order = None;
    model.hold_until_s = None;
    model.capabilities = None;
    model.phone.clear();
    model.key.clear();
    model.promo.clear();
    model.promo_codes.clear();
    model.spend = super::spend::Spend::default();
    model.notice = None;
    out.push(Effect::Tell(HostEvent::Logout));
}
