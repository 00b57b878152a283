//! Who a guest is, and joining the programme.

use sandbox::Kind;
use serde_json::{Value, json};

use crate::stand::{IVAN, Stand, guest_request, organization};

const NEW: &str = "+79995554433";

fn save_request(guest: Value) -> Value {
    json!({ "guest": guest, "organization": organization() })
}

#[tokio::test]
async fn a_known_guest_is_told_with_sex_as_a_number() {
    let stand = Stand::start().await;
    let answer = stand.call("guests/get", guest_request(IVAN)).await.ok();
    assert_eq!(
        answer,
        json!({ "guest": {
            "phone": IVAN,
            "firstName": "Иван",
            "middleName": "Иванович",
            "lastName": "Иванов",
            "email": "test_email@gmail.com",
            "birthday": "1989-01-17",
            "sex": 1,
        } })
    );
}

#[tokio::test]
async fn saving_creates_a_guest_and_replaces_all_of_the_data() {
    let stand = Stand::start().await;
    stand.call("guests/get", guest_request(NEW)).await.refused("3007");

    let full = json!({
        "phone": NEW, "firstName": "Анна", "middleName": null, "lastName": "<b>Ан&на</b> 🥧",
        "email": "anna@example.org", "birthday": "2000-02-29", "sex": "female",
    });
    assert_eq!(stand.call("guests/save", save_request(full.clone())).await.ok(), json!({ "guest": full }));
    let got = stand.call("guests/get", guest_request(NEW)).await.ok();
    assert_eq!(got["guest"]["lastName"], "<b>Ан&на</b> 🥧");
    assert_eq!(got["guest"]["sex"], 2);
    assert_eq!(got["guest"]["birthday"], "2000-02-29");
    let wallet = stand.call("guests/getWallet", guest_request(NEW)).await.ok();
    assert_eq!(
        wallet,
        json!({ "balance": 0, "currentRank": { "name": "Бронзовый", "index": 0, "cashbackPercentage": 2 } })
    );

    stand.call("guests/save", save_request(json!({ "phone": NEW, "firstName": "Аня" }))).await.ok();
    let got = stand.call("guests/get", guest_request(NEW)).await.ok();
    assert_eq!(got["guest"]["firstName"], "Аня");
    for cleared in ["lastName", "email", "birthday"] {
        assert_eq!(got["guest"][cleared], json!(null), "{cleared}");
    }
    assert_eq!(got["guest"]["sex"], 0);
}

#[tokio::test]
async fn saving_keeps_the_wallet_and_counts_once() {
    let stand = Stand::start().await;
    for _ in 0..2 {
        stand.call("guests/save", save_request(json!({ "phone": IVAN }))).await.ok();
    }
    assert_eq!(stand.balance(IVAN).await, "100");
    assert_eq!(stand.done(), [Kind::GuestSaved]);
}

#[tokio::test]
async fn wrong_data_of_a_guest_is_refused_with_its_field() {
    let stand = Stand::start().await;
    for (guest, field) in [
        (json!({ "phone": "89995554433" }), "guest.phone"),
        (json!({ "phone": null }), "guest.phone"),
        (json!({ "firstName": "Анна" }), "phone"),
        (json!({ "phone": NEW, "birthday": "2001-02-29" }), "guest.birthday"),
        (json!({ "phone": NEW, "sex": 1 }), "guest.sex"),
        (json!({ "phone": NEW, "sex": "other" }), "guest.sex"),
        (json!({ "phone": NEW, "sex": null }), "guest.sex"),
        (json!({ "phone": NEW, "nickname": "Ann" }), "nickname"),
        (json!({ "phone": NEW, "firstName": 7 }), "guest.firstName"),
    ] {
        let shown = guest.to_string();
        let message = stand.call("guests/save", save_request(guest)).await.refused("9004");
        assert!(message.contains(field), "{shown}: {message}");
    }
    stand.call("guests/get", guest_request(NEW)).await.refused("3007");
}

/// Every operation on a guest, and what its request has besides the guest and the restaurant.
pub(crate) const OPERATIONS: [(&str, &str); 11] = [
    ("guests/get", "{}"),
    ("guests/getWallet", "{}"),
    ("guests/generateCode", "{}"),
    ("guests/generateLoyaltyCard", "{}"),
    ("guests/getOrdersHistory", "{}"),
    ("guests/getBonusHistory", "{}"),
    ("guests/getMarketingCampaigns", "{}"),
    ("guests/update", r#"{"guestInformation":{}}"#),
    ("guests/addBonus", r#"{"amount":1,"comment":""}"#),
    ("guests/writeoffBonus", r#"{"amount":1,"comment":""}"#),
    ("guests/addLoyaltyCard", r#"{"cardTrack":"123","cardNumber":"123"}"#),
];

pub(crate) fn asked(phone: &str, more: &str) -> Value {
    let mut request = guest_request(phone);
    let more: Value = serde_json::from_str(more).expect("JSON");
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    request
}

#[tokio::test]
async fn strangers_are_refused_with_the_documented_codes() {
    let stand = Stand::start().await;
    for (operation, more) in OPERATIONS {
        stand.call(operation, asked("+70000000000", more)).await.refused("3007");
        let mut elsewhere = asked(IVAN, more);
        elsewhere["organization"]["id"] = "4174245".into();
        stand.call(operation, elsewhere).await.refused("2004");
        let mut nobody = asked(IVAN, more);
        nobody["guest"]["phone"] = json!(null);
        stand.call(operation, nobody).await.refused("9004");
    }
    assert!(stand.done().is_empty());
}

/// Notations in which people and programs write the same number, none of them the makers'.
const NOTATIONS: [&str; 24] = [
    "",
    " ",
    "+",
    "79990001122",
    "89990001122",
    "8 (999) 000-11-22",
    "8-999-000-11-22",
    "9990001122",
    "+7 999 000 11 22",
    "+7 (999) 000-11-22",
    "+7-999-000-11-22",
    "+7.999.000.11.22",
    "+7(999)0001122",
    " +79990001122",
    "+79990001122 ",
    "+7999\u{a0}0001122",
    "++79990001122",
    "0079990001122",
    "tel:+79990001122",
    "+7999000112x",
    "+7999000112O",
    "+79990001122,5",
    "+７９９９０００１１２２",
    "＋79990001122",
];

#[tokio::test]
async fn a_phone_is_taken_in_the_documented_notation_only() {
    let stand = Stand::start().await;
    for (operation, more) in OPERATIONS {
        for phone in NOTATIONS {
            let message = stand.call(operation, asked(phone, more)).await.refused("9004");
            assert!(
                message.contains("guest.phone") && message.contains("+79990001122"),
                "{phone:?}: {message}"
            );
        }
    }
    for phone in NOTATIONS {
        let message =
            stand.call("guests/save", save_request(json!({ "phone": phone }))).await.refused("9004");
        assert!(message.contains("guest.phone") && message.contains("+79990001122"), "{phone:?}: {message}");
    }
    assert!(stand.done().is_empty());
    stand.call("guests/get", guest_request(IVAN)).await.ok();
}

#[tokio::test]
async fn a_number_of_another_country_is_a_phone_too() {
    let stand = Stand::start().await;
    for phone in ["+375291234567", "+4915112345678", "+12025550123", "+99812345", "+123456789012345"] {
        stand.call("guests/save", save_request(json!({ "phone": phone }))).await.ok();
        assert_eq!(stand.call("guests/get", guest_request(phone)).await.ok()["guest"]["phone"], phone);
    }
    for phone in ["+1234567", "+1234567890123456", "+09990001122"] {
        stand.call("guests/save", save_request(json!({ "phone": phone }))).await.refused("9004");
    }
}
