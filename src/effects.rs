//! Does what the model asks for and brings the answers back as messages.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Abort, Call, Client};
use crate::app::App;
use crate::embed::later;
use crate::state::{Effect, Message};

/// Carts that change faster than this are calculated once, when they have settled.
const SETTLE: Duration = Duration::from_millis(60);

/// The preview on its way: waiting for the cart to settle, or sent.
#[derive(Clone, Default)]
pub(crate) struct Latest(Rc<RefCell<(Option<TimeoutHandle>, Option<Abort>)>>);

impl Latest {
    /// Drops what is on its way and puts this in its place.
    fn replace(&self, timer: Option<TimeoutHandle>, abort: Option<Abort>) {
        let (old_timer, old_abort) = self.0.replace((timer, abort));
        if let Some(timer) = old_timer {
            timer.clear();
        }
        if let Some(abort) = old_abort {
            abort.abort();
        }
    }
}

/// Does one effect.
pub(crate) fn run(app: App, effect: Effect) {
    // A listener of the host page that heard of an effect before this one may have taken the widget away.
    if app.model.try_with_untracked(|_| ()).is_none() {
        return;
    }
    let mut client = Client {
        config: app.shell.with_value(|shell| shell.config.clone()),
        session: app.model.with_untracked(|model| model.session.clone()),
    };
    let call = match effect {
        Effect::Tell(event) => return app.tell(event),
        Effect::DrawQr(digits) => {
            let draw = app.shell.with_value(|shell| shell.draw_qr.clone());
            return spawn_local(async move {
                app.send(Message::QrDrawn(later::qr(&draw, &digits).await, digits));
            });
        }
        Effect::Preview(revision, request) => {
            // The newest revision is the only one whose answer counts: whatever was on its way is cut off.
            let latest = app.shell.with_value(|shell| shell.latest.clone());
            let send = latest.clone();
            let start = move || {
                let abort = Abort::new();
                send.replace(None, Some(abort.clone()));
                make(app, client, api::preview(revision, &request), abort);
            };
            return latest.replace(set_timeout_with_handle(start, SETTLE).ok(), None);
        }
        Effect::StartLogin(phone) => api::start_login(&client.config, phone),
        Effect::KeyLogin(kind, key) => api::key_login(&client.config, kind, key),
        Effect::ReadRestaurant => api::read_restaurant(&client.config.restaurant),
        Effect::VerifyLogin { challenge_id, code } => api::verify_login(&client.config, challenge_id, code),
        Effect::Logout(session) => {
            client.session = Some(session);
            api::logout()
        }
        Effect::Confirm(key, request) => api::confirm(key, &request),
        Effect::Reset(key, order_id) => api::reset(key, order_id),
        Effect::Cancel(key, order_id) => api::cancel(key, order_id),
        Effect::ReadOrder(order_id) => api::read_order(&order_id),
        Effect::IssueCode => api::issue_code(),
    };
    make(app, client, call, Abort::new());
}

/// Makes a call and lets its answer happen.
fn make(app: App, client: Client, call: Call, abort: Abort) {
    spawn_local(async move {
        if let Some(message) = client.make(&call, &abort).await {
            app.send(message);
        }
    });
}
