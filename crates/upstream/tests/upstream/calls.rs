//! Every call of every client, as a table: where it goes, what it is answered, whether it may be repeated.

use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use clock::Clock;
use contract::{Money, Phone};
use jiff::Timestamp;
use serde_json::json;
use upstream::http::HttpClient;
use upstream::program::{
    Card, Confirmation, GuestAccount, GuestChanges, GuestKey, OrderContents, OrderRef, Page, Refund,
};
use upstream::{
    BasicRest, BasicRestOptions, LoyaltyProgram, Plazius, PlaziusOptions, RkDelivery, RkDeliveryOptions,
    SiteAccess, UpstreamError,
};
use uuid::Uuid;

use crate::fault_server::Place;
use crate::order::{order_id, question};
use crate::rk_delivery::salads;
use crate::stub::Received;

/// The clients of all systems, at one server.
pub(crate) struct Systems {
    plazius: Plazius,
    rk_delivery: RkDelivery,
    basic_rest: BasicRest,
}

/// Which system a call belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    Plazius,
    RkDelivery,
    BasicRest,
}

type Outcome<'a> = Pin<Box<dyn Future<Output = Result<(), UpstreamError>> + Send + 'a>>;

/// One call of one client.
pub(crate) struct Call {
    pub(crate) system: System,
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    /// It changes something, so it is sent once.
    pub(crate) writes: bool,
    /// The body of its success is not documented.
    pub(crate) unanswered: bool,
    pub(crate) run: for<'a> fn(&'a Systems) -> Outcome<'a>,
}

impl Systems {
    pub(crate) fn at(address: SocketAddr, deadline: Duration) -> Self {
        let (http, clock) = (HttpClient::new(), Clock::manual(Timestamp::UNIX_EPOCH));
        let plazius = PlaziusOptions {
            base_url: format!("http://{address}/pub"),
            organisation_id: "4174244".to_owned(),
            api_key: "key".to_owned(),
            password: "secret".to_owned(),
            bearer: true,
            deadline,
        };
        let rk_delivery = RkDeliveryOptions {
            base_url: format!("http://{address}/delivery"),
            auth_url: format!("http://{address}/delivery"),
            restaurant_id: "18f550d8-7fbe-45fa-8c83-35f531380f65".to_owned(),
            payment_type_id: "cash".to_owned(),
            client_id: "demo-delivery".to_owned(),
            client_secret: "demo".to_owned(),
            deadline,
        };
        let basic_rest = BasicRestOptions {
            base_url: format!("http://{address}/basic"),
            point_id: "62aXXXXXXf4".to_owned(),
            api_key: "key".to_owned(),
            deadline,
        };
        Self {
            plazius: Plazius::new(http.clone(), clock.clone(), plazius)
                .and_then(|plazius| plazius.with_site_access(&site()))
                .expect("valid options"),
            rk_delivery: RkDelivery::new(http.clone(), clock, rk_delivery).expect("valid options"),
            basic_rest: BasicRest::new(http, basic_rest).expect("valid options"),
        }
    }
}

impl Systems {
    /// Each system by its name, as the proxy has it.
    pub(crate) fn programs(&self) -> [(System, &dyn LoyaltyProgram); 3] {
        [
            (System::Plazius, &self.plazius),
            (System::RkDelivery, &self.rk_delivery),
            (System::BasicRest, &self.basic_rest),
        ]
    }
}

/// What lets the site of the tests in.
pub(crate) fn site() -> SiteAccess {
    SiteAccess { api_key: "site-key".to_owned(), origin: Some("https://pirogi.example".to_owned()) }
}

/// The documented answer to any request of any client.
pub(crate) fn documented(request: &Received) -> (u16, String) {
    if request.path.ends_with("/auth/gentoken") {
        return (200, json!({"token": "t", "aliveSecondsTtl": 900}).to_string());
    }
    if request.path.ends_with("/connect/token") {
        return (200, json!({"access_token": "t", "expires_in": 3600}).to_string());
    }
    if request.path.starts_with("/basic/") {
        return (200, crate::basic_rest::documented(&request.path, &request.text).to_owned());
    }
    if request.path.starts_with("/delivery/") {
        return crate::rk_delivery::documented(request);
    }
    (200, crate::plazius::documented(&request.path).to_owned())
}

/// The guest of all documented examples but the basic REST API's, whose phone is masked there.
pub(crate) fn guest(system: System) -> GuestKey {
    let phone = if system == System::BasicRest { "+79200000000" } else { "+79990001122" };
    GuestKey::Phone(Phone::parse(phone).expect("E.164"))
}

/// The order in the calls about a confirmed one: 100 with 100 bonuses for the basic REST API's examples.
pub(crate) fn confirmed<'a>(guest: &'a GuestKey, reference: Option<&'a str>) -> OrderRef<'a> {
    let hundred = Money::from_minor(10_000);
    OrderRef { order_id: order_id(), reference, guest, items_total: hundred, payment: hundred }
}

/// The order of each system's documented calculation.
pub(crate) fn contents(system: System) -> OrderContents {
    let mut order = salads(1);
    if system == System::BasicRest {
        order.lines[0].total = Money::from_minor(10_000);
    }
    order
}

async fn calculate(program: &dyn LoyaltyProgram, system: System) -> Result<(), UpstreamError> {
    program.calculate(question(&guest(system), &contents(system))).await.map(drop)
}

/// Calculates and confirms, with all bonuses.
async fn confirm(
    program: &dyn LoyaltyProgram,
    system: System,
    reference: Option<&str>,
) -> Result<(), UpstreamError> {
    let (guest, order) = (guest(system), contents(system));
    let calculation = program.calculate(question(&guest, &order)).await.expect("a calculation");
    let payment = calculation.most.payment;
    let echo = &calculation.echo;
    let confirmation =
        Confirmation { order_id: order_id(), reference, guest: &guest, order: &order, echo, payment };
    program.confirm(confirmation).await.map(drop)
}

fn phone() -> Phone {
    Phone::parse("+79990001122").expect("E.164")
}

const AT: Timestamp = Timestamp::UNIX_EPOCH;
const PAGE: Page = Page { from: None, to: None, skip: 0, take: 50 };

macro_rules! call {
    ($system:ident $name:literal $method:literal $path:literal $kind:ident, |$it:ident, $guest:ident| $run:expr) => {
        Call {
            system: System::$system,
            name: $name,
            place: ($method, $path),
            writes: stringify!($kind) != "read",
            unanswered: stringify!($kind) == "unanswered",
            run: |systems| {
                Box::pin(async move {
                    let ($it, $guest) = (systems, guest(System::$system));
                    $run.await.map(drop)
                })
            },
        }
    };
}

/// All of them.
pub(crate) fn all() -> Vec<Call> {
    let mut calls = plazius_orders();
    calls.extend(plazius_guests());
    calls.extend(others());
    calls
}

fn plazius_orders() -> Vec<Call> {
    vec![
        call!(Plazius "orders/calculate" "POST" "/orders/calculate" read, |it, _guest| calculate(&it.plazius, System::Plazius)),
        call!(Plazius "orders/confirm" "POST" "/orders/confirm" write, |it, _guest| confirm(&it.plazius, System::Plazius, None)),
        call!(Plazius "orders/reset" "POST" "/orders/reset" write, |it, guest| it.plazius.reset(confirmed(&guest, None), AT)),
        call!(Plazius "orders/abort" "POST" "/orders/abort" write, |it, guest| it.plazius.abort(confirmed(&guest, None), AT)),
        call!(Plazius "orders/close" "POST" "/orders/close" write, |it, guest| it.plazius.close(confirmed(&guest, None), AT)),
        call!(Plazius "orders/refund" "POST" "/orders/refund" write, |it, guest| {
            it.plazius.refund(confirmed(&guest, None), Refund { refund_id: Uuid::nil(), at: AT, items: None })
        }),
        call!(Plazius "orders/get" "POST" "/orders/get" read, |it, guest| it.plazius.order(confirmed(&guest, None))),
    ]
}

fn plazius_guests() -> Vec<Call> {
    let calls = [
        call!(Plazius "guests/get" "POST" "/guests/get" read, |it, guest| it.plazius.guest(&guest)),
        call!(Plazius "guests/get (cards)" "POST" "/guests/get" read, |it, guest| it.plazius.cards(&guest)),
        call!(Plazius "guests/save" "POST" "/guests/save" write, |it, _guest| {
                   async {
        let phone = Phone::parse("+79990001122").expect("E.164");
        it.plazius.join(&phone).await }
               }),
        call!(Plazius "guests/update" "POST" "/guests/update" write, |it, guest| {
            async { it.plazius.update(&guest, &GuestChanges::default()).await }
        }),
        call!(Plazius "guests/getWallet" "POST" "/guests/getWallet" read, |it, guest| it.plazius.wallet(&guest)),
        call!(Plazius "guests/generateCode" "POST" "/guests/generateCode" read, |it, guest| it.plazius.payment_code(&guest)),
        call!(Plazius "auth/sendsms" "POST" "/guest/v1/auth/sendsms" write, |it, _guest| {
            async { it.plazius.send_code(&phone()).await }
        }),
        call!(Plazius "auth/checksms" "POST" "/guest/v1/auth/checksms" write, |it, _guest| {
            async { it.plazius.check_code(&phone(), "012345").await }
        }),
        call!(Plazius "guests/addBonus" "POST" "/guests/addBonus" unanswered, |it, guest| {
            it.plazius.add_bonuses(&guest, Money::from_minor(1), "?")
        }),
        call!(Plazius "guests/writeoffBonus" "POST" "/guests/writeoffBonus" unanswered, |it, guest| {
            it.plazius.write_off_bonuses(&guest, Money::from_minor(1), "?")
        }),
        call!(Plazius "guests/addLoyaltyCard" "POST" "/guests/addLoyaltyCard" unanswered, |it, guest| {
            async { let card = Card { track: "1".into(), number: "1".into(), is_virtual: true }; it.plazius.add_card(&guest, &card).await }
        }),
        call!(Plazius "guests/generateLoyaltyCard" "POST" "/guests/generateLoyaltyCard" write, |it, guest| {
            it.plazius.issue_card(&guest)
        }),
        call!(Plazius "guests/getOrdersHistory" "POST" "/guests/getOrdersHistory" read, |it, guest| {
            it.plazius.orders(&guest, PAGE, None)
        }),
        call!(Plazius "guests/getBonusHistory" "POST" "/guests/getBonusHistory" read, |it, guest| {
            it.plazius.bonus_changes(&guest, PAGE)
        }),
        call!(Plazius "guests/getMarketingCampaigns" "POST" "/guests/getMarketingCampaigns" read, |it, guest| {
            it.plazius.campaigns(&guest)
        }),
    ];
    calls.into()
}

fn others() -> Vec<Call> {
    vec![
        call!(RkDelivery "precalculation" "POST" "/orders/delivery" read, |it, _guest| {
            calculate(&it.rk_delivery, System::RkDelivery)
        }),
        call!(RkDelivery "create" "POST" "/v1/orders" write, |it, _guest| confirm(&it.rk_delivery, System::RkDelivery, None)),
        call!(RkDelivery "resetLoyalty" "POST" "/orders/123/resetLoyalty" unanswered, |it, guest| {
            it.rk_delivery.reset(confirmed(&guest, Some("123")), AT)
        }),
        call!(RkDelivery "change" "PATCH" "/orders/123" unanswered, |it, _guest| {
            confirm(&it.rk_delivery, System::RkDelivery, Some("123"))
        }),
        call!(BasicRest "client" "POST" "/client" read, |it, guest| it.basic_rest.guest(&guest)),
        call!(BasicRest "recalc" "POST" "/recalc" read, |it, _guest| calculate(&it.basic_rest, System::BasicRest)),
        call!(BasicRest "hold" "POST" "/bonuses/hold" write, |it, _guest| confirm(&it.basic_rest, System::BasicRest, None)),
        call!(BasicRest "release" "POST" "/bonuses/release" write, |it, guest| {
            it.basic_rest.reset(confirmed(&guest, Some("1")), AT)
        }),
        call!(BasicRest "retail" "POST" "/retail" write, |it, guest| {
            it.basic_rest.close(confirmed(&guest, Some("1")), AT)
        }),
    ]
}
