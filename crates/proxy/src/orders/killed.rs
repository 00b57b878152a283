//! The proxy killed at every await of a confirm: whoever asks again with the same key has spent once.
//!
//! What is killed is a whole process. The test starts its own program again as a proxy over a folder of its own, before a
//! sandbox that lives on; there the confirm is polled, and at its n-th await the process aborts: no destructor runs, no
//! lease is given back, no thread of the store comes to its end. It dies as the wait begins, while what is waited for is
//! still to be done, and in another life when that is done and nobody has seen it. n grows until a confirm lives to its
//! end. What is done before anybody looks is no await. Each time the same store is opened again, when nobody believes any more
//! that the dead are at work, and the guest asks with the same key.

mod request;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use contract::Phone;
use jiff::SignedDuration;
use sandbox::{Kind, Sandbox};
use scratch_postgres::ScratchPostgres;
use serde_json::{Value, json};
use tempfile::TempDir;
use upstream::program::GuestKey;

use super::*;
use crate::app::App;
use crate::config::Config;
use crate::store::idempotency::{RequestKey, StoredAnswer};

/// What a process that is to die is told, by one variable of its environment: the moment, the await, the proxy's folder,
/// the loyalty systems' address, and the PostgreSQL if there is one.
const FATE: &str = "LOYALTY_TEST_FATE";

/// Longer than anybody believes that somebody who says nothing is at work.
const LATER: SignedDuration = SignedDuration::from_secs(60);

/// The place in an await's time at which the process ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Moment {
    AsItWaits,
    AsItHasWaited,
}

/// A future whose process ends at one of its awaits.
struct Mortal<F> {
    inner: Pin<Box<F>>,
    waits: u32,
    last: u32,
    moment: Moment,
}

impl<F: Future> Future for Mortal<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        if self.waits == self.last && self.moment == Moment::AsItHasWaited {
            std::process::abort();
        }
        let polled = self.inner.as_mut().poll(context);
        if polled.is_pending() {
            self.waits += 1;
            if self.waits == self.last && self.moment == Moment::AsItWaits {
                std::process::abort();
            }
        }
        polled
    }
}

/// A restaurant and a guest of it who has bonuses.
#[derive(Clone, Copy)]
struct Place {
    restaurant: &'static str,
    phone: &'static str,
    dish: &'static str,
    spend_minor: i64,
}

const PIROGI: Place =
    Place { restaurant: "pirogi", phone: "+79990002233", dish: "hot-pelmeni", spend_minor: 10_000 };
const CHASHKA: Place =
    Place { restaurant: "chashka", phone: "+79990005566", dish: "flat-white", spend_minor: 5_000 };
/// Spends nothing: here a confirm is the order's creation, which must not be done twice either.
const LAPSHA: Place = Place {
    restaurant: "lapsha",
    phone: "+79990003344",
    dish: "b5a5e2e8-958e-765c-2822-d5cf7c60df7d",
    spend_minor: 0,
};

impl Place {
    fn owner(self) -> Owner {
        let guest = GuestKey::Phone(Phone::parse(self.phone).expect("a phone"));
        Owner { restaurant: self.restaurant.to_owned(), guest }
    }

    /// What the guest asks for, as the request's body.
    fn wish(self, order_id: &str, preview_id: &str) -> Value {
        json!({"order_id": order_id, "preview_id": preview_id, "spend_minor": self.spend_minor})
    }
}

fn ask(wish: &Value) -> Ask {
    Ask::Confirm(serde_json::from_value(wish.clone()).expect("a request"))
}

/// Where a proxy is, and what it speaks to.
#[derive(Clone)]
struct Surroundings {
    folder: String,
    upstream: String,
    /// The PostgreSQL it keeps everything in; empty where that is SQLite.
    database: String,
}

/// A proxy, as a configuration file makes it.
async fn open(surroundings: &Surroundings, clock: &Clock) -> App {
    let Surroundings { folder, upstream, database } = surroundings;
    let store = match database.as_str() {
        "" => "",
        _ => "[store]\nkind = \"postgres\"\nurl = { env = \"DATABASE\" }\npool = 2",
    };
    let text = format!(
        r#"
listen = "127.0.0.1:0"
data_dir = "{folder}"
pepper = {{ env = "SECRET" }}
login_senders = ["terminal"]
{store}
[senders.terminal]
kind = "console"
[[restaurants]]
id = "pirogi"
name = "Пироги"
currency = "RUB"
spend_on_page_cart = true
upstream = {{ system = "plazius", base_url = "http://{upstream}/plazius", organisation_id = "4174244",
    api_key = {{ env = "PLAZIUS" }}, password = {{ env = "SECRET" }} }}
[[restaurants]]
id = "lapsha"
name = "Лапша"
currency = "RUB"
spend_on_page_cart = true
upstream = {{ system = "rk_delivery", base_url = "http://{upstream}/delivery",
    auth_url = "http://{upstream}/delivery", restaurant_id = "18f550d8-7fbe-45fa-8c83-35f531380f65",
    payment_type_id = "cash", client_id = "demo-delivery", client_secret = {{ env = "SECRET" }} }}
[[restaurants]]
id = "chashka"
name = "Чашка"
currency = "RUB"
spend_on_page_cart = true
upstream = {{ system = "basic_rest", base_url = "http://{upstream}/basic",
    point_id = "62a1f0c27be94d3a15e8b7f4", api_key = {{ env = "BASIC" }} }}
"#
    );
    let secret = |name: &str| {
        let secrets = [
            ("SECRET", "demo"),
            ("PLAZIUS", "demo-plazius"),
            ("BASIC", "demo-basic"),
            ("DATABASE", database.as_str()),
        ];
        secrets.iter().find(|(known, _)| *known == name).map(|(_, secret)| (*secret).to_owned())
    };
    let config = Config::parse(&text, &secret).expect("a right configuration");
    App::new(&config, clock, None).await.expect("the proxy opens")
}

/// Previews a dish; answers the guest's wish to confirm it.
async fn preview(app: &App, place: Place) -> Value {
    let restaurant = app.restaurant(place.restaurant).expect("a restaurant");
    let line = json!({"code": place.dish, "name": "a dish", "category": "Горячее", "quantity_milli": 1000,
        "unit_price_minor": 48_000, "modifiers": []});
    let cart = json!({"currency": "RUB", "expedition": "pickup", "lines": [line]});
    let request = serde_json::from_value(json!({"cart": cart, "promo_codes": []})).expect("a request");
    let preview = app.orders.preview(&restaurant, &place.owner(), &request).await.expect("a preview");
    place.wish(&preview.order_id, &preview.preview_id)
}

/// The key of a wish: one database has seen many.
fn key_of(wish: &Value) -> String {
    format!("once-{}", wish["order_id"])
}

/// The life of a process that dies at an await of its confirm, unless the confirm is at its end before. `whole` is whether it
/// is the request that is awaited, and not only the step.
async fn live_and_die(place: Place, fate: &str, whole: bool) {
    let words: Vec<&str> = fate.split('|').collect();
    let &[moment, last, folder, upstream, database] = words.as_slice() else { panic!("no fate: {fate}") };
    let own = |word: &str| word.to_owned();
    let surroundings = Surroundings { folder: own(folder), upstream: own(upstream), database: own(database) };
    let app = Arc::new(open(&surroundings, &Clock::system()).await);
    let wish = preview(&app, place).await;
    let moment = if moment == "AsItWaits" { Moment::AsItWaits } else { Moment::AsItHasWaited };
    let last = last.parse().expect("a number");
    let token = request::log_in(&app, place).await;
    println!("\npreviewed {wish}");
    if whole {
        let request = request::confirm(&app, &token, &wish);
        let status = Mortal { inner: Box::pin(request), waits: 0, last, moment }.await;
        assert_eq!(status, 200);
    } else {
        let (restaurant, owner) = (app.restaurant(place.restaurant).expect("a restaurant"), place.owner());
        let (key, ask) = (RequestKey::of_guest(&owner, key_of(&wish)), ask(&wish));
        let confirm = app.orders.take_step(&restaurant, &owner, Some(&key), &ask);
        let answer = Mortal { inner: Box::pin(confirm), waits: 0, last, moment }.await.expect("confirmed");
        assert_eq!(answer.status, 200);
    }
}

/// The loyalty systems, which outlive every proxy.
struct Systems {
    sandbox: Sandbox,
    address: String,
    folder: TempDir,
}

impl Systems {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sandbox = Sandbox::open(sandbox::Options::new(folder.path().join("sandbox"))).expect("opened");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let router = sandbox.router();
        tokio::spawn(async move { axum::serve(listener, router).await.expect("serves to the end") });
        Self { sandbox, address, folder }
    }

    /// How often a guest's bonuses or an order were taken and not given back.
    fn spends(&self) -> i64 {
        let ledger = self.sandbox.ledger().expect("readable books");
        let each = ledger.iter().map(|entry| match entry.kind {
            Kind::Confirmed | Kind::Held => 1,
            Kind::Reset | Kind::Aborted | Kind::HoldReleased | Kind::HoldRunOut => -1,
            _ => 0,
        });
        each.sum()
    }

    /// Where a proxy is that speaks to them.
    fn surroundings(&self, database: &str) -> Surroundings {
        let folder = self.folder.path().join("proxy");
        std::fs::create_dir_all(&folder).expect("a folder");
        let (folder, upstream) = (folder.display().to_string(), self.address.clone());
        Surroundings { folder, upstream, database: database.to_owned() }
    }

    /// Lets a process live until an await. Says what it was to confirm, and whether it lived to the end.
    async fn let_live(&self, test: &str, database: &str, moment: Moment, last: u32) -> (Value, bool) {
        let Surroundings { folder, upstream, .. } = self.surroundings(database);
        let fate = format!("{moment:?}|{last}|{folder}|{upstream}|{database}");
        let mut program =
            std::process::Command::new(std::env::current_exe().expect("this program has a name"));
        program.args(["--exact", "--nocapture"]).arg(format!("orders::killed::{test}")).env(FATE, fate);
        let ended = tokio::task::spawn_blocking(move || program.output()).await.expect("waited for");
        let ended = ended.expect("the program runs");
        let said = String::from_utf8_lossy(&ended.stdout);
        let wish = said.lines().find_map(|line| line.strip_prefix("previewed "));
        let wish = wish.unwrap_or_else(|| panic!("it did not come so far: {ended:?}"));
        // Whoever fails ends with a status; whoever dies has none.
        assert!(ended.status.success() || ended.status.code().is_none(), "{ended:?}");
        (serde_json::from_str(wish).expect("a wish"), ended.status.success())
    }
}

/// What becomes of the guest's further requests with the same key, and how often was spent.
type Judge = fn([Result<StoredAnswer, OrderError>; 3], i64);

/// Kills at every await, over SQLite or a PostgreSQL. What becomes of the guest's further requests with the same key is judged
/// by `judge`; a confirm has more than `least` awaits.
async fn killed_at_every_await(
    test: &str,
    place: Place,
    server: Option<&ScratchPostgres>,
    least: u32,
    judge: Judge,
) {
    let database = server.map(|server| server.database("proxy")).unwrap_or_default();
    for moment in [Moment::AsItWaits, Moment::AsItHasWaited] {
        for last in 1.. {
            let systems = Systems::start().await;
            let (wish, lived) = systems.let_live(test, &database, moment, last).await;
            let later = Clock::manual(Clock::system().now() + LATER);
            let app = open(&systems.surroundings(&database), &later).await;
            let restaurant = app.restaurant(place.restaurant).expect("a restaurant");
            let (owner, ask) = (place.owner(), ask(&wish));
            let key = RequestKey::of_guest(&owner, key_of(&wish));
            let again = async || app.orders.take_step(&restaurant, &owner, Some(&key), &ask).await;
            let answers = [again().await, again().await, again().await];
            let spends = systems.spends();
            println!("killed {moment:?} {last}, then {spends} spent");
            judge(answers, spends);
            systems.sandbox.check().expect("the books hold together");
            if lived {
                assert_eq!(spends, 1, "a confirm that was answered");
                // The lease, the intent, the loyalty system, the outcome, the answer, the lease again: each a wait, but for
                // one whose work is done before anybody looks.
                assert!(last > least, "{last}");
                break;
            }
        }
    }
}

/// Where a lost confirm can be looked up or undone, each guest's next request brings it to its end.
fn spent_once(answers: [Result<StoredAnswer, OrderError>; 3], spends: i64) {
    let [first, second, third] = answers.map(|answer| answer.expect("confirmed"));
    assert_eq!((first.status, &first.status, &first.status), (200, &second.status, &third.status));
    assert_eq!(spends, 1);
}

/// Where no call can tell, nothing is sent again: the order was created once, or it may be that it was not.
fn spent_once_or_unknown(answers: [Result<StoredAnswer, OrderError>; 3], spends: i64) {
    for answer in answers {
        match answer {
            Ok(answer) => assert_eq!((answer.status, spends), (200, 1)),
            Err(OrderError::Conflict(state)) => assert_eq!((state, spends <= 1), (OrderState::Unknown, true)),
            Err(error) => panic!("{error}"),
        }
    }
}

/// Makes the test of a place over a store. In the process that is to die the test is that process's life.
macro_rules! killed {
    ($($test:ident: $place:ident, $judge:ident, $server:expr;)*) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $test() {
            match std::env::var(FATE) {
                Ok(fate) => live_and_die($place, &fate, false).await,
                Err(_) => {
                    let server: Option<ScratchPostgres> = $server;
                    killed_at_every_await(stringify!($test), $place, server.as_ref(), 3, $judge).await;
                }
            }
        })*
    };
}

killed! {
    a_proxy_killed_at_any_await_of_a_confirm_on_plazius_has_spent_once: PIROGI, spent_once, None;
    a_proxy_killed_at_any_await_of_a_confirm_on_the_basic_rest_api_has_held_once: CHASHKA, spent_once, None;
    a_proxy_killed_at_any_await_of_a_confirm_on_rk_delivery_creates_no_second_order:
        LAPSHA, spent_once_or_unknown, None;
    a_proxy_on_postgresql_killed_at_any_await_of_a_confirm_has_spent_once:
        PIROGI, spent_once, Some(ScratchPostgres::start());
}
