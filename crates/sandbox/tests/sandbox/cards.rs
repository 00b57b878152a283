//! Loyalty cards: binding them, making a virtual one, and showing them.

use sandbox::Kind;
use serde_json::{Value, json};

use crate::stand::{IVAN, MARIA, Stand, guest, guest_request, organization};

const ADD: &str = "guests/addLoyaltyCard";
const GENERATE: &str = "guests/generateLoyaltyCard";

fn card(phone: &str, track: &str, number: &str) -> Value {
    json!({
        "guest": guest(phone), "organization": organization(), "cardTrack": track, "cardNumber": number,
        "isVirtual": false,
    })
}

async fn cards(stand: &Stand, phone: &str) -> Value {
    stand.call("guests/get", guest_request(phone)).await.ok()["loyaltyCards"].take()
}

async fn added(stand: &Stand, card: Value) {
    let answer = stand.call(ADD, card).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
}

#[tokio::test]
async fn a_card_is_bound_once_however_often_it_is_sent() {
    let stand = Stand::start().await;
    assert_eq!(cards(&stand, IVAN).await, json!(null), "left out while there is none");
    added(&stand, card(IVAN, "1A56CD0", "23000001GF")).await;
    added(&stand, card(IVAN, "1A56CD0", "23000001GF")).await;
    let mut plain = card(IVAN, "777", "777");
    plain.as_object_mut().expect("an object").remove("isVirtual");
    added(&stand, plain).await;
    assert_eq!(
        cards(&stand, IVAN).await,
        json!([
            { "track": "1A56CD0", "number": "23000001GF", "isVirtual": false },
            { "track": "777", "number": "777", "isVirtual": false },
        ])
    );
    assert_eq!(cards(&stand, MARIA).await, json!(null));
    assert_eq!(stand.done(), [Kind::CardAdded; 2]);
}

#[tokio::test]
async fn a_track_and_a_number_are_one_cards_only() {
    let stand = Stand::start().await;
    added(&stand, card(IVAN, "track-1", "number-1")).await;
    added(&stand, card(MARIA, "number-1", "track-1")).await;
    let before = (cards(&stand, IVAN).await, cards(&stand, MARIA).await);
    let mut virtual_now = card(IVAN, "track-1", "number-1");
    virtual_now["isVirtual"] = json!(true);
    for (request, field) in [
        (card(MARIA, "track-1", "number-1"), "cardTrack"),
        (card(IVAN, "track-1", "number-2"), "cardTrack"),
        (card(MARIA, "track-2", "number-1"), "cardNumber"),
        (card(IVAN, "track-2", "number-1"), "cardNumber"),
        (virtual_now, "cardTrack"),
    ] {
        let message = stand.call(ADD, request.clone()).await.refused("9004");
        assert!(message.contains(field), "{request}: {message}");
    }
    assert_eq!((cards(&stand, IVAN).await, cards(&stand, MARIA).await), before);
}

#[tokio::test]
async fn a_guest_has_one_virtual_card_however_often_it_is_asked_for() {
    let stand = Stand::start().await;
    let first = stand.call(GENERATE, guest_request(IVAN)).await.ok();
    assert_eq!(first["card"]["isVirtual"], true);
    assert_eq!(stand.call(GENERATE, guest_request(IVAN)).await.ok(), first);
    assert_eq!(cards(&stand, IVAN).await, json!([first["card"]]));
    let other = stand.call(GENERATE, guest_request(MARIA)).await.ok();
    assert_ne!(other["card"]["number"], first["card"]["number"]);
    assert_ne!(other["card"]["track"], first["card"]["track"]);

    let mut second = card(IVAN, "track-2", "number-2");
    second["isVirtual"] = json!(true);
    assert!(stand.call(ADD, second).await.refused("9004").contains("isVirtual"));
}

#[tokio::test]
async fn a_bound_virtual_card_is_the_one_that_is_answered() {
    let stand = Stand::start().await;
    let mut wallet = card(IVAN, "wallet-track", "wallet-number");
    wallet["isVirtual"] = json!(true);
    added(&stand, wallet.clone()).await;
    added(&stand, wallet).await;
    let expected = json!({ "track": "wallet-track", "number": "wallet-number", "isVirtual": true });
    assert_eq!(stand.call(GENERATE, guest_request(IVAN)).await.ok(), json!({ "card": expected }));
}

#[tokio::test]
async fn a_number_that_is_taken_is_not_given_again() {
    let stand = Stand::start().await;
    // With the demo's own card these are the second to the fifth, so that the search begins at the sixth number.
    for taken in ["2300000006", "2300000007", "2300000008"] {
        added(&stand, card(IVAN, &format!("track {taken}"), taken)).await;
    }
    added(&stand, card(IVAN, "2300000009", "as a track")).await;
    let made = stand.call(GENERATE, guest_request(MARIA)).await.ok();
    assert_eq!(made["card"]["number"], "2300000010");
}

#[tokio::test]
async fn wrong_cards_are_refused_and_not_bound() {
    let stand = Stand::start().await;
    for (field, value) in [
        ("cardTrack", json!("12")),
        ("cardTrack", json!("")),
        ("cardTrack", json!("   ")),
        ("cardTrack", json!("1A\u{0}56")),
        ("cardTrack", json!(null)),
        ("cardTrack", json!(1_234_567)),
        ("cardNumber", json!("")),
        ("cardNumber", json!(" ")),
        ("cardNumber", json!("23\n")),
        ("cardNumber", json!(null)),
        ("isVirtual", json!(null)),
        ("isVirtual", json!("false")),
        ("isVirtual", json!(0)),
    ] {
        let mut request = card(IVAN, "1A56CD0", "23000001GF");
        request[field] = value;
        let message = stand.call(ADD, request.clone()).await.refused("9004");
        assert!(message.contains(field), "{request}: {message}");
    }
    assert_eq!(cards(&stand, IVAN).await, json!(null));
    added(&stand, card(IVAN, "три", "Ж")).await;
}
