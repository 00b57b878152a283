//! Two proxies over one PostgreSQL: what one of them does for restaurants' servers, the other does not do again.

use proxy::config::Limits;
use sandbox::Kind;
use scratch_postgres::ScratchPostgres;
use serde_json::json;

use super::confirmed;
use super::receiver::Receiver;
use crate::shared_store::store;
use crate::test_app::{IVAN, TestApp, dinner};

const ABANDONED_AFTER_S: i64 = 2 * 3600;

/// Two proxies that share a store and the loyalty systems of the first, and a server that both of them tell.
async fn two(server: &ScratchPostgres, receiver: &Receiver) -> (TestApp, TestApp) {
    let store = store(server);
    let (mut one, mut other) = tokio::join!(
        TestApp::spawn_over(store.clone(), Limits::default()),
        TestApp::spawn_over(store, Limits::default())
    );
    receiver.listen_to(&mut one);
    let mut restaurants = Vec::new();
    one.reload(|config| restaurants.clone_from(&config.restaurants));
    other.reload(|config| config.restaurants = restaurants);
    (one, other)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_abandoned_order_is_given_up_and_told_of_once() {
    let server = ScratchPostgres::start();
    let receiver = Receiver::start().await;
    let (one, other) = two(&server, &receiver).await;
    let guest = one.guest(IVAN).await;
    for order_ref in ["1", "2", "3", "4", "5"] {
        confirmed(&one, &guest, order_ref, 1_000).await;
    }
    for app in [&one, &other] {
        app.pass(ABANDONED_AFTER_S);
    }
    for _ in 0..3 {
        tokio::join!(one.running.run_due_work(), other.running.run_due_work());
    }
    assert_eq!(
        (one.accepted(Kind::Confirmed), one.accepted(Kind::Reset), other.accepted(Kind::Reset)),
        (5, 5, 0)
    );
    let kinds = receiver.kinds();
    let count = |kind: &str| kinds.iter().filter(|told| *told == kind).count();
    assert_eq!((count("order.confirmed"), count("order.reset"), kinds.len()), (5, 5, 10), "{kinds:?}");
    for order_ref in ["1", "5"] {
        assert_eq!(other.merchant().order(order_ref).await["state"], "open");
    }
    one.finish().await;
    other.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_registered_at_one_proxy_goes_its_way_at_the_other() {
    let server = ScratchPostgres::start();
    let receiver = Receiver::start().await;
    let (one, other) = two(&server, &receiver).await;
    let body = json!({"order_ref": "1", "cart": dinner()});
    let (there, here) = (other.merchant(), one.merchant());
    let (first, second) = tokio::join!(here.register_once("once", &body), there.register_once("once", &body));
    let mut made = [first.status, second.status];
    made.sort_unstable();
    assert!(made == [201, 201] || made == [201, 409], "{made:?}");
    let first = here.register_once("once", &body).await.json();
    assert_eq!(there.register_once("once", &body).await.json(), first);

    let guest = other.guest(IVAN).await;
    let preview = guest.preview_of(first["order_token"].as_str().expect("a token")).await.ok();
    guest.confirm(&preview, 10_000).await.ok();
    let (empty, once) = (json!({}), "close");
    let (closed, again) =
        tokio::join!(here.step("1", "close", once, &empty), there.step("1", "close", once, &empty));
    for answer in [closed, again] {
        assert!(answer.status == 200 || answer.json()["code"] == "in_progress", "{answer:?}");
    }
    assert_eq!(there.step("1", "close", once, &empty).await.ok()["state"], "closed");
    assert_eq!(one.accepted(Kind::Closed), 1);
    one.finish().await;
    other.finish().await;
}
