//! The codes that guests show in their app, which the control stands in for.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::SignedDuration;
use sandbox::Kind;
use serde_json::{Value, json};

use crate::stand::{Answer, IVAN, Stand};
use crate::till::{OLGA, OLGAS_PHONE, POINT, PYOTR, SADOVAYA};

async fn ask(stand: &Stand, restaurant: &str, phone: &str) -> Answer {
    let body = json!({ "restaurant": restaurant, "phone": phone }).to_string();
    let request = Request::post("/sandbox/guest-app/code").header(header::HOST, "localhost");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    stand.send(request.body(Body::from(body)).expect("a request")).await
}

async fn shown(stand: &Stand, phone: &str) -> String {
    let answer = ask(stand, POINT, phone).await.ok();
    answer["code"].as_str().expect("a text").to_owned()
}

async fn search(stand: &Stand, code: &str) -> Answer {
    stand.till("client", json!({ "search": code, "point": SADOVAYA })).await
}

#[tokio::test]
async fn a_code_finds_its_guest_for_ten_minutes_as_often_as_it_is_searched_for() {
    let stand = Stand::start().await;
    let answer = ask(&stand, POINT, OLGAS_PHONE).await.ok();
    assert_eq!(answer["expires_at"], "2026-03-01T09:10:00Z");
    let code = answer["code"].as_str().expect("a text");
    assert!(code.len() == 12 && code.starts_with("AP-"), "{code}");
    assert_eq!(stand.done(), [Kind::CodeIssued]);
    stand.pass(SignedDuration::from_secs(599));
    for _ in 0..2 {
        assert_eq!(search(&stand, code).await.ok()["client"]["id"], OLGA);
    }
    stand.pass(SignedDuration::from_secs(1));
    search(&stand, code).await.wrong("client", "Client not found.");
}

#[tokio::test]
async fn a_new_code_ends_the_one_before_but_not_anothers_nor_the_one_that_never_ends() {
    let stand = Stand::start().await;
    let (first, pyotrs) = (shown(&stand, OLGAS_PHONE).await, shown(&stand, "+79990006677").await);
    let second = shown(&stand, OLGAS_PHONE).await;
    assert_ne!(first, second);
    search(&stand, &first).await.wrong("client", "Client not found.");
    for (code, id) in [(second.as_str(), OLGA), (&pyotrs, PYOTR), ("AP-4711-OLGA", OLGA)] {
        assert_eq!(search(&stand, code).await.ok()["client"]["id"], id);
    }
    stand.pass(SignedDuration::from_hours(24 * 365));
    assert_eq!(search(&stand, "AP-4711-OLGA").await.ok()["client"]["id"], OLGA);
}

#[tokio::test]
async fn only_guests_of_this_system_show_codes() {
    let stand = Stand::start().await;
    for (restaurant, phone, status, path) in [
        ("4174244", IVAN, StatusCode::CONFLICT, Value::Null),
        (POINT, IVAN, StatusCode::BAD_REQUEST, json!("phone")),
        (POINT, "", StatusCode::BAD_REQUEST, json!("phone")),
        ("1", OLGAS_PHONE, StatusCode::BAD_REQUEST, json!("restaurant")),
    ] {
        let answer = ask(&stand, restaurant, phone).await;
        answer.status_is(status);
        assert_eq!(answer.json()["error"]["path"], path, "{restaurant} {phone}");
    }
    assert_eq!(stand.done(), []);
}
