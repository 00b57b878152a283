//! A configuration that changes, and an end, while guests are at it: nobody notices but whom it concerns.

use std::time::Duration;

use sandbox::{Fault, Kind};
use serde_json::json;

use crate::test_app::{IVAN, TestApp, dinner};

#[tokio::test]
async fn a_request_under_way_ends_as_it_began() {
    let mut app = TestApp::spawn().await;
    let token = app.guest(IVAN).await.token;
    app.running.sandbox().faults().inject("guests/getWallet", Fault::Delay(Duration::from_secs(1)), 1);
    let uri = format!("{}api/v1/wallet", app.running.base_url());
    let request = tokio::spawn(async move {
        let bearer = format!("Bearer {token}");
        let client = crate::test_app::http_client();
        crate::test_app::request(&client, "GET", &uri, &[("authorization", &bearer)], &json!(null)).await
    });
    // The loyalty system has the request, and holds it.
    while !app.running.sandbox().faults().are_taken() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // The restaurant is gone before the request has its answer.
    app.reload(|config| config.restaurants[0].id = "other".to_owned());
    app.get("/api/v1/restaurant/pirogi").await.refused(404, "unknown_restaurant");
    request.await.expect("an answer").ok();
    app.finish().await;
}

#[tokio::test]
async fn a_client_whose_settings_stay_keeps_its_token_and_one_whose_settings_change_does_not() {
    let mut app = TestApp::spawn().await;
    let token = app.guest(IVAN).await.token;
    app.running.sandbox().faults().inject("auth/gentoken", Fault::plazius_error("9004", "words"), 100);
    app.reload(|config| {
        config.restaurants[0].name = "Another name".to_owned();
        config.limits.request_timeout_ms += 1;
        config.edge.max_requests += 1;
    });
    let bearer = format!("Bearer {token}");
    app.send("GET", "/api/v1/wallet", &[("authorization", &bearer)], "").await.ok();
    assert_eq!(app.get("/api/v1/restaurant/pirogi").await.ok()["name"], "Another name");
    app.reload(|config| config.limits.upstream_timeout_ms += 1);
    let wallet = app.send("GET", "/api/v1/wallet", &[("authorization", &bearer)], "").await;
    wallet.refused(503, "upstream_unavailable");
    app.running.sandbox().faults().clear();
    app.finish().await;
}

#[tokio::test]
async fn a_configuration_that_cannot_be_used_changes_nothing_at_all() {
    let mut app = TestApp::spawn().await;
    let refused = app.running.reload(|config| {
        config.restaurants[0].name = "Another name".to_owned();
        config.widget_dir = Some("/nowhere".into());
    });
    assert!(refused.expect_err("no widget there").to_string().contains("/nowhere"));
    assert_eq!(app.get("/api/v1/restaurant/pirogi").await.ok()["name"], "Пироги да Фрукты");
    assert_eq!(app.get("/embed").await.status, 200);
    assert!(app.running.metrics_text().contains(r#"loyalty_proxy_reloads_total{result="refused"} 1"#));
    app.finish().await;
}

#[tokio::test]
async fn what_takes_a_restart_is_named() {
    let mut app = TestApp::spawn().await;
    let waiting = app.running.reload(|config| {
        config.listen.set_port(1);
        config.limits.code_tries += 1;
        config.edge.shutdown_s += 1;
        config.edge.max_requests += 1;
    });
    assert_eq!(waiting.expect("it is right"), ["listen", "limits", "edge"]);
    app.finish().await;
}

#[tokio::test]
async fn a_confirm_whose_guest_has_left_is_finished_before_the_proxy_ends() {
    let app = TestApp::spawn().await;
    let guest = app.guest(IVAN).await;
    let preview = guest.preview(&dinner()).await.ok();
    let order_id = preview["order_id"].clone();
    app.running.sandbox().faults().inject("orders/confirm", Fault::Delay(Duration::from_secs(2)), 1);
    let left = tokio::time::timeout(Duration::from_millis(500), guest.confirm(&preview, 10_000)).await;
    assert!(left.is_err(), "the guest leaves before the answer");
    assert_eq!(app.accepted(Kind::Confirmed), 0);
    let app = app.restart().await;
    assert_eq!(app.accepted(Kind::Confirmed), 1);
    // What was confirmed is on the disk: nobody need ask the loyalty system.
    app.running.sandbox().faults().inject("orders/get", Fault::Status(503), 100);
    app.pass(120);
    let guest = app.guest(IVAN).await;
    assert_eq!(guest.order(&order_id).await.ok()["state"], "confirmed");
    app.finish().await;
}
