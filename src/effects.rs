//! Does what the model asks for and brings the answers back as messages.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, Abort, Client};
use crate::app::App;
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
    let client = Client {
        base: app.shell.with_value(|shell| shell.config.api.clone()),
        token: app.model.with_untracked(|model| model.token.clone()),
    };
    match effect {
        Effect::Tell(event) => app.tell(event),
        Effect::Preview(revision, request) => {
            let latest = app.shell.with_value(|shell| shell.latest.clone());
            let send = latest.clone();
            let timer = set_timeout_with_handle(
                move || {
                    let abort = Abort::new();
                    send.replace(None, Some(abort.clone()));
                    spawn_local(async move {
                        let answer = api::preview(&client, request, &abort).await;
                        app.send(Message::Previewed(revision, answer));
                    });
                },
                SETTLE,
            );
            latest.replace(timer.ok(), None);
        }
        effect => spawn_local(async move {
            if let Some(answer) = request(app, client, effect).await {
                app.send(answer);
            }
        }),
    }
}

async fn request(app: App, mut client: Client, effect: Effect) -> Option<Message> {
    Some(match effect {
        Effect::StartLogin(phone) => {
            let restaurant = app.shell.with_value(|shell| shell.config.restaurant.clone());
            Message::LoginStarted(api::start_login(&client, restaurant, phone).await)
        }
        Effect::VerifyLogin { challenge_id, code } => {
            Message::LoggedIn(api::verify_login(&client, challenge_id, code).await)
        }
        Effect::Logout(token) => {
            client.token = Some(token);
            api::logout(&client).await;
            return None;
        }
        Effect::Confirm(key, request) => Message::Confirmed(api::confirm(&client, &key, request).await),
        Effect::Reset(key, order_id) => Message::WasReset(api::reset(&client, &key, order_id).await),
        Effect::Cancel(key, order_id) => Message::WasCancelled(api::cancel(&client, &key, order_id).await),
        Effect::ReadOrder(order_id) => Message::OrderRead(api::read_order(&client, order_id).await),
        Effect::IssueCode => Message::CodeIssued(api::issue_code(&client).await),
        Effect::Preview(..) | Effect::Tell(_) => return None,
    })
}
