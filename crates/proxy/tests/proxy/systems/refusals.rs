//! Faults and refusals of each system as the widget hears of them.

use sandbox::Fault;
use serde_json::json;

use super::{CHASHKA, LAPSHA, PLACES, Place};
use crate::test_app::{TestApp, cart, line};

/// The paths' ends of the calls that a preview makes.
fn read_by(place: &Place) -> &'static [&'static str] {
    match place.restaurant {
        "pirogi" => &["orders/calculate", "guests/getWallet"],
        "lapsha" => &["orders/delivery"],
        _ => &["general/client", "general/recalc"],
    }
}

#[tokio::test]
async fn a_preview_that_cannot_be_made_says_why_and_the_next_one_works() {
    for place in PLACES {
        let app = TestApp::spawn().await;
        let guest = place.guest(&app).await;
        for (fault, status, code) in [
            (Fault::Status(500), 503, "upstream_unavailable"),
            (Fault::DropBefore, 503, "upstream_unavailable"),
            (Fault::Html, 502, "upstream_malformed"),
            (Fault::TruncatedBody, 502, "upstream_malformed"),
            (Fault::EmptyBody, 502, "upstream_malformed"),
        ] {
            for path in read_by(place) {
                app.running.sandbox().faults().inject(path, fault.clone(), 20);
                guest.preview(&place.cart()).await.refused(status, code);
                app.running.sandbox().faults().clear();
            }
        }
        guest.preview(&place.cart()).await.ok();
        app.finish().await;
    }
}

#[tokio::test]
async fn an_order_to_be_brought_is_refused_where_the_system_knows_no_address() {
    for place in PLACES {
        let app = TestApp::spawn().await;
        let guest = place.guest(&app).await;
        let mut brought = place.cart();
        brought["expedition"] = json!("delivery");
        let answer = guest.preview(&brought).await;
        if place.restaurant == LAPSHA.restaurant {
            assert_eq!(answer.refused(422, "delivery_not_supported")["field"], "cart.expedition");
        } else {
            answer.ok();
        }
        app.finish().await;
    }
}

#[tokio::test]
async fn a_dish_the_system_cannot_name_is_refused_and_not_sent() {
    let app = TestApp::spawn().await;
    let guest = LAPSHA.guest(&app).await;
    let error = guest.preview(&cart(vec![line("pho-bo", "Фо бо", "Супы", 45_000)])).await;
    let error = error.refused(422, "not_supported");
    assert!(error["message"].as_str().expect("words").contains("GUID"), "{error}");
    app.finish().await;
}

#[tokio::test]
async fn bonuses_spent_elsewhere_in_between_are_refused_with_the_systems_code() {
    let app = TestApp::spawn().await;
    let guest = CHASHKA.guest(&app).await;
    let preview = guest.preview(&CHASHKA.cart()).await.ok();
    // Another till of the network holds what the guest has.
    app.hold_at_another_point(878).await;
    let error = guest.confirm(&preview, 5_000).await.refused(422, "upstream_refused");
    assert_eq!(error["upstream_code"], "spend");
    assert_eq!(guest.order(&preview["order_id"]).await.ok()["state"], "open");
    app.finish().await;
}
