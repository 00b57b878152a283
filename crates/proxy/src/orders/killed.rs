//! The proxy killed at every await of a confirm: whoever asks again with the same key has spent once.
//!
//! What is killed is a whole process. The test starts its own program again as a proxy over a folder of its own, before a
//! sandbox that lives on; there the confirm is polled, and at its n-th await the process aborts: no destructor runs, no
//! lease is given back, no thread of the store comes to its end. It dies as the wait begins, while what is waited for is
//! still to be done, and in another life when that is done and nobody has seen it. n grows until a confirm lives to its
//! end. What is done before anybody looks is no await. Each time the same folder is opened again, and the guest asks with the same key.

use std::pin::Pin;
use std::task::{Context, Poll};

use contract::Phone;
use sandbox::{Kind, Sandbox};
use serde_json::json;
use tempfile::TempDir;
use upstream::program::GuestKey;

use super::*;
use crate::app::App;
use crate::config::Config;
use crate::store::idempotency::{RequestKey, StoredAnswer};

/// What a process that is to die is told, by one variable of its environment: the moment, the await, the proxy's folder
/// and the loyalty systems' address.
const FATE: &str = "LOYALTY_TEST_FATE";

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

    fn ask(self, order_id: &str, preview_id: &str) -> Ask {
        let asked = json!({"order_id": order_id, "preview_id": preview_id, "spend_minor": self.spend_minor});
        Ask::Confirm(serde_json::from_value(asked).expect("a request"))
    }
}

/// A proxy over a folder, as a configuration file makes it.
async fn open(folder: &str, upstream: &str) -> App {
    let text = format!(
        r#"
listen = "127.0.0.1:0"
data_dir = "{folder}"
pepper = {{ env = "SECRET" }}
login_senders = ["terminal"]
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
        let secrets = [("SECRET", "demo"), ("PLAZIUS", "demo-plazius"), ("BASIC", "demo-basic")];
        secrets.iter().find(|(known, _)| *known == name).map(|(_, secret)| (*secret).to_owned())
    };
    let config = Config::parse(&text, &secret).expect("a right configuration");
    App::new(&config, &Clock::system(), None).await.expect("the proxy opens")
}

/// The life of a process that dies at an await of its confirm, unless the confirm is at its end before.
async fn live_and_die(place: Place, fate: &str) {
    let words: Vec<&str> = fate.split(' ').collect();
    let &[moment, last, folder, upstream] = words.as_slice() else { panic!("no fate: {fate}") };
    let app = open(folder, upstream).await;
    let restaurant = app.restaurant(place.restaurant).expect("a restaurant");
    let line = json!({"code": place.dish, "name": "a dish", "category": "Горячее", "quantity_milli": 1000,
        "unit_price_minor": 48_000, "modifiers": []});
    let cart = json!({"currency": "RUB", "expedition": "pickup", "lines": [line]});
    let request = serde_json::from_value(json!({"cart": cart, "promo_codes": []})).expect("a request");
    let preview = app.orders.preview(&restaurant, &place.owner(), &request).await.expect("a preview");
    println!("\npreviewed {} {}", preview.order_id, preview.preview_id);
    let (owner, ask) = (place.owner(), place.ask(&preview.order_id, &preview.preview_id));
    let key = RequestKey::of_guest(&owner, "once".to_owned());
    let confirm = app.orders.take_step(&restaurant, &owner, Some(&key), &ask);
    let moment = if moment == "AsItWaits" { Moment::AsItWaits } else { Moment::AsItHasWaited };
    let last = last.parse().expect("a number");
    let answer = Mortal { inner: Box::pin(confirm), waits: 0, last, moment }.await.expect("confirmed");
    assert_eq!(answer.status, 200);
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

    /// Lets a process live until an await. Says which preview it confirmed, and whether it lived to the end.
    async fn let_live(&self, test: &str, place: Place, moment: Moment, last: u32) -> (Ask, bool) {
        let folder = self.folder.path().join("proxy");
        std::fs::create_dir(&folder).expect("a folder");
        let fate = format!("{moment:?} {last} {} {}", folder.display(), self.address);
        let mut program =
            std::process::Command::new(std::env::current_exe().expect("this program has a name"));
        program.args(["--exact", "--nocapture"]).arg(format!("orders::killed::{test}")).env(FATE, fate);
        let ended = tokio::task::spawn_blocking(move || program.output()).await.expect("waited for");
        let ended = ended.expect("the program runs");
        let said = String::from_utf8_lossy(&ended.stdout);
        let previewed = said.lines().find_map(|line| line.strip_prefix("previewed "));
        let previewed = previewed.unwrap_or_else(|| panic!("it did not come so far: {ended:?}"));
        let (order_id, preview_id) = previewed.split_once(' ').expect("two words");
        // Whoever fails ends with a status; whoever dies has none.
        assert!(ended.status.success() || ended.status.code().is_none(), "{ended:?}");
        (place.ask(order_id, preview_id), ended.status.success())
    }
}

/// Kills at every await. What becomes of the guest's further requests with the same key is judged by `judge`, which is
/// given their answers and how often was spent.
async fn killed_at_every_await(
    test: &str,
    place: Place,
    judge: fn([Result<StoredAnswer, OrderError>; 3], i64),
) {
    if let Ok(fate) = std::env::var(FATE) {
        return live_and_die(place, &fate).await;
    }
    for moment in [Moment::AsItWaits, Moment::AsItHasWaited] {
        for last in 1.. {
            let systems = Systems::start().await;
            let (ask, lived) = systems.let_live(test, place, moment, last).await;
            let app =
                open(&systems.folder.path().join("proxy").display().to_string(), &systems.address).await;
            let restaurant = app.restaurant(place.restaurant).expect("a restaurant");
            let owner = place.owner();
            let key = RequestKey::of_guest(&owner, "once".to_owned());
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
                assert!(last > 3, "{last}");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_killed_at_any_await_of_a_confirm_on_plazius_has_spent_once() {
    let test = "a_proxy_killed_at_any_await_of_a_confirm_on_plazius_has_spent_once";
    killed_at_every_await(test, PIROGI, spent_once).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_killed_at_any_await_of_a_confirm_on_the_basic_rest_api_has_held_once() {
    let test = "a_proxy_killed_at_any_await_of_a_confirm_on_the_basic_rest_api_has_held_once";
    killed_at_every_await(test, CHASHKA, spent_once).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_killed_at_any_await_of_a_confirm_on_rk_delivery_creates_no_second_order() {
    let test = "a_proxy_killed_at_any_await_of_a_confirm_on_rk_delivery_creates_no_second_order";
    killed_at_every_await(test, LAPSHA, spent_once_or_unknown).await;
}
