//! Proxies that share a PostgreSQL: what one has used up is used up for all, and without the store nothing is done.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use proxy::config::{Limits, PostgresConfig, Secret, StoreConfig};
use sandbox::{Fault, Kind};
use scratch_postgres::ScratchPostgres;
use serde_json::json;

use crate::test_app::{Answer, Guest, IVAN, TestApp, dinner};

/// The store of proxies that share this server.
pub(crate) fn store(server: &ScratchPostgres) -> StoreConfig {
    let url = Secret::new(server.database("proxy"));
    StoreConfig::Postgres(PostgresConfig::new(&url, 8, None).expect("a right address"))
}

/// All of them come from one address, whose own limit is not what is tried here.
fn tried_by_many() -> Limits {
    Limits { checks_per_address_hour: 1_000_000, ..Limits::default() }
}

/// Asks again where nobody could look, as guests are told to: what was asked before may still stand in the store's queue.
async fn patiently<F: Future<Output = Answer>>(ask: impl Fn() -> F) -> Answer {
    for _ in 0..20 {
        let answer = ask().await;
        if answer.status != 503 {
            return answer;
        }
    }
    ask().await
}

/// Tries one code a thousand times at once, half of them at each of two proxies over one store, or all at one.
async fn try_a_thousand_times(one: &TestApp, other: &TestApp) {
    for with_the_right_one in [false, true] {
        let challenge = one.start_login(IVAN).await.ok();
        let code = one.newest_code().await;
        let tries = (0..1_000_u32).map(|number| {
            let app = if number.is_multiple_of(2) { one } else { other };
            let wrong = format!("{:06}", (code.parse::<u32>().expect("digits") + 1 + number) % 1_000_000);
            let tried = if with_the_right_one && number % 3 == 1 { code.clone() } else { wrong };
            let challenge = &challenge;
            async move { app.verify(challenge, &tried).await }
        });
        let answers = join_all(tries).await;
        let count = |status| answers.iter().filter(|answer| answer.status == status).count();
        let (let_in, evaluated) = (count(200), count(200) + count(422));
        assert!(let_in <= 1 && evaluated <= 5, "{let_in} let in of {evaluated} evaluated");
        assert!(evaluated == 5 || let_in == 1, "{let_in} let in of {evaluated} evaluated");
        assert!(with_the_right_one || let_in == 0);
        // Whoever was not evaluated was told that the code is spent, or that nobody could look.
        assert_eq!(evaluated + count(410) + count(503), 1_000);
        patiently(|| other.verify(&challenge, &code)).await.refused(410, "code_spent");
        one.pass(60);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_tries_of_one_code_at_two_proxies_are_five_and_let_nobody_in_twice() {
    let server = ScratchPostgres::start();
    let store = store(&server);
    let (one, other) = tokio::join!(
        TestApp::spawn_over(store.clone(), tried_by_many()),
        TestApp::spawn_over(store, tried_by_many())
    );
    try_a_thousand_times(&one, &other).await;
    one.finish().await;
    other.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_tries_of_one_code_over_sqlite_are_five_and_let_nobody_in_twice() {
    let app = TestApp::spawn_limited(tried_by_many()).await;
    try_a_thousand_times(&app, &app).await;
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_proxy_has_sent_and_let_be_tried_counts_at_the_other_too() {
    let server = ScratchPostgres::start();
    let store = store(&server);
    let limits = Limits { codes_per_prefix_hour: 3, checks_per_address_hour: 4, ..Limits::default() };
    let (one, other) =
        tokio::join!(TestApp::spawn_over(store.clone(), limits.clone()), TestApp::spawn_over(store, limits));
    let asked = (0..20_u32).map(|number| {
        let app = if number.is_multiple_of(2) { &one } else { &other };
        async move { app.start_login(&format!("+7999000{number:04}")).await }
    });
    let answers = join_all(asked).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 3, "{answers:?}");
    let refused = answers.into_iter().filter(|answer| answer.status != 200);
    refused.for_each(|answer| drop(answer.refused(429, "too_many_requests")));

    let tried = (0..20_u32).map(|number| {
        let app = if number.is_multiple_of(2) { &one } else { &other };
        async move { app.verify(&json!({"challenge_id": "nonsense"}), "000000").await }
    });
    let answers = join_all(tried).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 410).count(), 4, "{answers:?}");
    let refused = answers.into_iter().filter(|answer| answer.status != 410);
    refused.for_each(|answer| drop(answer.refused(429, "too_many_requests")));

    one.start_login("+79991234567").await.ok();
    other.start_login("+79991234567").await.refused(429, "resend_too_early");
    one.finish().await;
    other.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_goes_its_way_over_a_shared_store() {
    let server = ScratchPostgres::start();
    let store = store(&server);
    let app = TestApp::spawn_over(store.clone(), Limits::default()).await;
    let guest = app.guest(IVAN).await;
    let first = guest.preview(&dinner()).await.ok();
    let order_id = first["order_id"].clone();
    let attempts = (0..100).map(|_| guest.confirm_once("once", &first, 10_000));
    for answer in join_all(attempts).await {
        assert!(answer.status == 200 || answer.json()["code"] == "in_progress", "{answer:?}");
    }
    let confirmed = guest.confirm_once("once", &first, 10_000).await.ok();
    assert_eq!((&confirmed["state"], app.accepted(Kind::Confirmed)), (&json!("confirmed"), 1));
    guest.confirm_once("once", &first, 5_000).await.refused(422, "idempotency_mismatch");
    assert_eq!(guest.reset(&order_id).await.ok()["state"], "open");
    let second = guest.preview_again(&order_id, &dinner()).await.ok();
    app.running.sandbox().faults().inject("orders/confirm", Fault::DropAfterCommit, 1);
    assert_eq!(guest.confirm(&second, 5_000).await.ok()["spend_minor"], 5_000);

    // Another proxy knows the session and the key, and gives the first proxy's answer without asking anybody.
    let other = TestApp::spawn_over(store, Limits::default()).await;
    let there = Guest { app: &other, token: guest.token.clone() };
    assert_eq!(there.confirm_once("once", &first, 10_000).await.ok(), confirmed);
    assert_eq!(there.order(&order_id).await.ok()["spend_minor"], 5_000);
    there.post("/api/v1/logout", &json!({})).await;
    guest.get("/api/v1/wallet").await.refused(401, "not_logged_in");
    assert_eq!((app.accepted(Kind::Confirmed), other.accepted(Kind::Confirmed)), (2, 0));
    other.finish().await;

    let app = app.restart().await;
    app.pass(120);
    let guest = app.guest(IVAN).await;
    assert_eq!(guest.order(&order_id).await.ok()["state"], "confirmed");
    assert_eq!(guest.cancel(&order_id).await.ok()["state"], "aborted");
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_store_nothing_is_spent_and_no_code_is_checked_until_it_is_back() {
    let mut server = ScratchPostgres::start();
    let app = TestApp::spawn_over(store(&server), Limits::default()).await;
    let guest = app.guest(IVAN).await;
    let ways: [[fn(&mut ScratchPostgres); 2]; 2] = [
        [|server| server.freeze(), |server| server.thaw()],
        [ScratchPostgres::kill, ScratchPostgres::resume],
    ];
    for (turn, [take_away, bring_back]) in ways.into_iter().enumerate() {
        let preview = guest.preview(&dinner()).await.ok();
        app.pass(300);
        let challenge = app.start_login(IVAN).await.ok();
        let code = app.newest_code().await;
        let heard = app.running.sandbox().ledger().expect("readable books").len();

        take_away(&mut server);
        let asked = Instant::now();
        let (confirmed, verified, started, ready) = tokio::join!(
            guest.confirm_once("once", &preview, 1_000),
            app.verify(&challenge, &code),
            app.start_login("+79991234567"),
            app.get("/readyz"),
        );
        assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
        for answer in [confirmed, verified, started, ready] {
            answer.refused(503, "store_unavailable");
        }
        assert_eq!(
            app.running.sandbox().ledger().expect("readable books").len(),
            heard,
            "nothing was written"
        );
        assert_eq!(app.get("/healthz").await.status, 200);
        let failed = format!("loyalty_proxy_store_errors_total {}", 4 * (turn + 1));
        assert!(app.has_counted(&failed), "{}", app.running.metrics_text());

        bring_back(&mut server);
        let key = format!("once more, {turn}");
        assert_eq!(guest.confirm_once(&key, &preview, 1_000).await.ok()["state"], "confirmed");
        app.verify(&challenge, &code).await.ok();
        app.start_login("+79991234567").await.ok();
        assert_eq!(app.get("/readyz").await.status, 200);
        assert_eq!(app.accepted(Kind::Confirmed), turn + 1);
    }
    app.finish().await;
}
