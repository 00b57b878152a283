//! What the widget knows and how it changes: one model, changed only by [`update`], which says what is to be done next.
//!
//! Knows no DOM, no network, no clock and no randomness: time comes in as [`Message::Tick`], answers come in as messages,
//! everything to be done goes out as an [`Effect`]. So every path of a checkout is a native test.

pub mod hold;
mod login;
mod message;
mod model;
mod order;
mod payment_code;
pub mod phone;
mod preview;
pub mod spend;
#[cfg(test)]
mod tests;

pub use message::{Effect, Failure, HostEvent, Message};
pub use model::{Action, Model, Notice, Problem, Session, Step};

/// Changes the model by one message and returns what is to be done.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    let out = &mut effects;
    match message {
        Message::RestaurantRead(answer) => login::restaurant_read(model, answer, out),
        Message::LoginBy(kind) => login::by(model, kind),
        Message::KeyTyped(text) => login::typed(model, text),
        Message::KeySubmitted => login::submitted(model, out),
        Message::CodeTyped(text) => login::code_typed(model, &text, out),
        Message::CodeSubmitted => login::code_submitted(model, out),
        Message::ResendPressed => login::resend_pressed(model, out),
        Message::ChangeNumberPressed => login::change_number_pressed(model),
        Message::LogoutPressed => login::logout_pressed(model, out),
        Message::LoginStarted(answer) => login::started(model, answer, out),
        Message::LoggedIn(answer) => login::logged_in(model, answer, out),

        Message::CartChanged(cart) => preview::cart_changed(model, cart, out),
        Message::TokenGiven(token) => preview::token_given(model, token, out),
        Message::OrderRefreshed => preview::refreshed(model, out),
        Message::PromoTyped(text) => preview::promo_typed(model, text),
        Message::PromoSubmitted => preview::promo_submitted(model, out),
        Message::PromoRemoved(code) => preview::promo_removed(model, &code, out),
        Message::Previewed(revision, answer) => preview::previewed(model, revision, answer, out),

        Message::SpendSlid(position) => spend::slid(model, position, out),
        Message::SpendTyped(text) => spend::typed(model, text, out),
        Message::SpendSwitched => spend::switched(model, out),
        Message::SpendLeft => model.spend.typed = None,

        Message::ConfirmPressed => order::confirm_pressed(model, out),
        Message::ChangePressed => order::change_pressed(model, out),
        Message::CancelPressed => order::cancel_pressed(model, out),
        Message::LookPressed => order::look_pressed(model, out),
        Message::NewOrderPressed => order::new_order_pressed(model, out),
        Message::Confirmed(answer) => order::confirmed(model, answer, out),
        Message::WasReset(answer) => order::was_reset(model, answer, out),
        Message::WasCancelled(answer) => order::was_cancelled(model, answer, out),
        Message::OrderRead(answer) => order::was_read(model, answer, out),

        Message::CodePressed => payment_code::code_pressed(model, out),
        Message::BackPressed => payment_code::back_pressed(model),
        Message::CodeIssued(answer) => payment_code::issued(model, answer, out),
        Message::QrDrawn(modules, digits) => payment_code::drawn(model, modules, &digits),
        Message::LanguageChanged => model.language += 1,
        Message::Tick(now_s) => {
            model.now_s = now_s;
            payment_code::ticked(model, out);
            hold::ticked(model, out);
        }

        Message::RetryPressed => {
            if let Some(effect) = model.problem.take().and_then(|problem| problem.retry) {
                model.start(effect, out);
            }
        }
    }
    effects
}
