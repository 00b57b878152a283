//! The same for the whole request, through the router as a browser sends it: the proxy killed at every await of it, and the
//! browser gone at every await of it while the proxy lives on.

use axum::body::Body;
use http::{Request, StatusCode, header};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;

use super::*;
use crate::router::router;

/// A guest's session, for whom the way here is not what is tried.
pub(super) async fn log_in(app: &App, place: Place) -> String {
    app.sessions.open(&place.owner(), true, None, None).await.expect("a session").token
}

/// Sends a wish to confirm; answers the status.
pub(super) async fn confirm(app: &Arc<App>, token: &str, wish: &Value) -> StatusCode {
    let request = Request::post("/api/v1/order/confirm")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key_of(wish))
        .body(Body::from(wish.to_string()))
        .expect("a request");
    let answer = TowerToHyperService::new(router(Arc::clone(app))).call(request).await;
    let Ok(answer) = answer;
    answer.status()
}

/// Polls a request until it has waited so often, and then leaves it; says whether it was answered before.
async fn leave<F: Future>(request: F, last: u32) -> bool {
    let (mut request, mut waits) = (Box::pin(request), 0);
    std::future::poll_fn(|context| {
        let polled = request.as_mut().poll(context);
        waits += u32::from(polled.is_pending());
        match polled {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if waits == last => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Leaves a request at each of its awaits; the guest comes back and asks with the same key.
async fn left_at_every_await(server: Option<&ScratchPostgres>) {
    let database = server.map(|server| server.database("proxy")).unwrap_or_default();
    let systems = Systems::start().await;
    let app = Arc::new(open(&systems.surroundings(&database), &Clock::system()).await);
    let token = log_in(&app, PIROGI).await;
    for last in 1.. {
        let wish = preview(&app, PIROGI).await;
        let spent_before = systems.spends();
        let answered = leave(confirm(&app, &token, &wish), last).await;
        // What was begun goes on without the guest.
        drop(app.steps.write().await);
        for _ in 0..3 {
            assert_eq!(confirm(&app, &token, &wish).await, 200, "left at {last}");
        }
        assert_eq!(systems.spends() - spent_before, 1, "left at {last}");
        systems.sandbox.check().expect("the books hold together");
        let reset = Ask::Reset(wish["order_id"].as_str().expect("a name").to_owned());
        let restaurant = app.restaurant(PIROGI.restaurant).expect("a restaurant");
        let returned = app.orders.take_step(&restaurant, &PIROGI.owner(), None, &reset).await;
        assert_eq!(returned.expect("reset").status, 200, "for the next round");
        if answered {
            // The session, and the step as a whole.
            assert!(last > 1, "{last}");
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_to_confirm_that_is_left_at_any_await_has_spent_once() {
    left_at_every_await(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_to_confirm_that_is_left_at_any_await_on_postgresql_has_spent_once() {
    left_at_every_await(Some(&ScratchPostgres::start())).await;
}

/// Kills a proxy at every await of the request, in a test of this name.
async fn killed_in_the_request(test: &str, server: fn() -> Option<ScratchPostgres>) {
    match std::env::var(FATE) {
        Ok(fate) => live_and_die(PIROGI, &fate, true).await,
        Err(_) => {
            let test = format!("request::{test}");
            killed_at_every_await(&test, PIROGI, server().as_ref(), 1, spent_once).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_killed_at_any_await_of_the_request_has_spent_once() {
    killed_in_the_request("a_proxy_killed_at_any_await_of_the_request_has_spent_once", || None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_on_postgresql_killed_at_any_await_of_the_request_has_spent_once() {
    let test = "a_proxy_on_postgresql_killed_at_any_await_of_the_request_has_spent_once";
    killed_in_the_request(test, || Some(ScratchPostgres::start())).await;
}
