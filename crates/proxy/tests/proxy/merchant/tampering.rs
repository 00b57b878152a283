//! Whatever the browser sends, the registered order is what is confirmed at the loyalty system, or nothing is.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sandbox::Kind;
use serde_json::{Value, json};

use crate::test_app::{Guest, IVAN, MARIA, TestApp, cart, dinner, line};

/// One thing that a guest's browser may do to what it sends.
#[derive(Clone, Debug)]
enum Change {
    /// Another price of the first dish.
    Price(i64),
    /// Another quantity of the first dish.
    Quantity(i64),
    /// Another dish.
    Item(String),
    /// Another currency.
    Currency(&'static str),
    /// A field that is not there.
    Field(&'static str, Value),
    /// The order by its identifier, with a cart, and without its token.
    WithoutToken,
    /// Both the token and a cart.
    Both,
    /// Another order's identifier beside the token.
    AnotherOrder,
    /// A token that differs in one place.
    AnotherToken(usize),
    /// Another guest's session.
    AnotherGuest,
    /// A session at another restaurant.
    AnotherRestaurant,
    /// Another preview's name in the confirm.
    AnotherPreview,
    /// What an honest page does too: the order's own identifier beside the token.
    OwnOrder,
    /// What an honest page does too: a code the guest has entered.
    Code,
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let one = prop_oneof![
        (0_i64..200_000).prop_map(Change::Price),
        (1_i64..5_000).prop_map(Change::Quantity),
        "[a-z]{1,12}".prop_map(Change::Item),
        prop_oneof![Just("EUR"), Just("rub"), Just("")].prop_map(Change::Currency),
        prop_oneof![
            (0_i64..1_000_000).prop_map(|sum| Change::Field("items_total_minor", json!(sum))),
            Just(Change::Field("restaurant", json!("chashka"))),
            Just(Change::Field("guest", json!(MARIA))),
        ],
        Just(Change::WithoutToken),
        Just(Change::Both),
        Just(Change::AnotherOrder),
        (0_usize..64).prop_map(Change::AnotherToken),
        Just(Change::AnotherGuest),
        Just(Change::AnotherRestaurant),
        Just(Change::AnotherPreview),
        Just(Change::OwnOrder),
        Just(Change::Code),
    ];
    prop::collection::vec(one, 1..4)
}

/// The guests whose browsers try it.
struct Guests<'a> {
    ivan: Guest<'a>,
    maria: Guest<'a>,
    elsewhere: Guest<'a>,
}

/// Asks for a preview with the changes and confirms what is answered; answers what was confirmed.
async fn try_it(
    guests: &Guests<'_>,
    token: &str,
    order_id: &Value,
    changes: &[Change],
    spend: i64,
) -> Option<Value> {
    let mut guest = &guests.ivan;
    let mut asked = json!({"order_token": token, "promo_codes": []});
    let (mut page, mut is_of_the_page, mut preview_id) = (dinner(), false, None);
    for change in changes {
        match change {
            Change::Price(_) | Change::Quantity(_) | Change::Item(_) | Change::Currency(_) => {
                change_page(&mut page, change);
                is_of_the_page = true;
            }
            Change::Field(name, value) => asked[*name] = value.clone(),
            Change::WithoutToken => {
                asked = json!({"order_id": order_id, "promo_codes": []});
                is_of_the_page = true;
            }
            Change::Both => is_of_the_page = true,
            Change::AnotherOrder => asked["order_id"] = json!("00000000-0000-4000-8000-000000000000"),
            Change::AnotherToken(place) => {
                let mut other = token.to_owned();
                let digit = if other.as_bytes()[*place] == b'0' { "1" } else { "0" };
                other.replace_range(*place..=*place, digit);
                asked["order_token"] = json!(other);
            }
            Change::AnotherGuest => guest = &guests.maria,
            Change::AnotherRestaurant => guest = &guests.elsewhere,
            Change::AnotherPreview => preview_id = Some(json!("00000000-0000-4000-8000-000000000000")),
            Change::OwnOrder => asked["order_id"] = order_id.clone(),
            Change::Code => asked["promo_codes"] = json!(["NOPE"]),
        }
    }
    if is_of_the_page {
        asked["cart"] = page;
    }
    let preview = guest.post("/api/v1/preview", &asked).await;
    // Whoever gets no preview tries the order's newest one.
    let mut named =
        if preview.status == 200 { preview.json() } else { guests.ivan.preview_of(token).await.ok() };
    if let Some(preview_id) = preview_id {
        named["preview_id"] = preview_id;
    }
    let confirmed = guest.confirm(&named, spend).await;
    (confirmed.status == 200).then(|| confirmed.json())
}

fn change_page(page: &mut Value, change: &Change) {
    match change {
        Change::Price(price) => page["lines"][0]["unit_price_minor"] = json!(price),
        Change::Quantity(milli) => page["lines"][0]["quantity_milli"] = json!(milli),
        Change::Item(code) => *page = cart(vec![line(code, "Другое", "Горячее", 100)]),
        Change::Currency(currency) => page["currency"] = json!(currency),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_browser_sends_the_registered_order_is_what_is_confirmed() {
    let mut app = TestApp::spawn().await;
    app.trust_no_page();
    let guests = Guests {
        ivan: app.guest(IVAN).await,
        maria: app.guest(MARIA).await,
        elsewhere: app.guest_at("chashka", "+79990005566").await,
    };
    let merchant = app.merchant();
    let token = merchant.register("1", &dinner()).await;
    let honest = guests.ivan.preview_of(&token).await.ok();
    let order_id = honest["order_id"].clone();
    let config = Config { cases: 150, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let handle = tokio::runtime::Handle::current();
    let confirms = Cell::new(0);
    let tried = tokio::task::block_in_place(|| {
        runner.run(&(changes(), 0_i64..=12_000), |(changes, spend)| {
            handle.block_on(async {
                let Some(confirmed) = try_it(&guests, &token, &order_id, &changes, spend).await else {
                    let order = merchant.order("1").await;
                    prop_assert_eq!(&order["state"], "open");
                    return Ok(());
                };
                confirms.set(confirms.get() + 1);
                // What was confirmed is the registered order, whole and by its own guest.
                let order = merchant.order("1").await;
                prop_assert_eq!(&order["items_total_minor"], &json!(64_000));
                prop_assert_eq!(&order["confirmed_revision"], &json!(1));
                prop_assert_eq!(&order["guest"], &json!("+•••••••1122"));
                prop_assert_eq!(&confirmed["to_pay_minor"], &json!(48_000 - spend));
                guests.ivan.reset(&order_id).await.ok();
                Ok(())
            })
        })
    });
    tried.expect("no change gets through");
    assert!(confirms.get() > 0, "an honest page is among those that were tried");
    let ledger = app.running.sandbox().ledger().expect("readable books");
    let books: Vec<_> = ledger.iter().filter(|entry| entry.kind == Kind::Confirmed).collect();
    assert_eq!(books.len(), confirms.get(), "the loyalty system knows of no other");
    assert!(
        books
            .iter()
            .all(|entry| entry.discount.minor() == 16_000 && entry.order_id.as_deref() == order_id.as_str())
    );

    // And the guest who changes nothing is served.
    let preview = guests.ivan.preview_of(&token).await.ok();
    guests.ivan.confirm(&preview, 10_000).await.ok();
    let closed = merchant.step_anew("1", "close", &json!({})).await.ok();
    assert_eq!(closed["to_pay_minor"], 38_000);
    let history = app.running.sandbox().ledger().expect("readable books");
    let last = history.iter().rfind(|entry| entry.kind == Kind::Closed).expect("it is closed");
    assert_eq!((last.payment.minor(), last.discount.minor()), (10_000, 16_000));
    app.finish().await;
}
