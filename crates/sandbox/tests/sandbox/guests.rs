//! Who a guest is, and joining the programme.

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
async fn saving_keeps_the_wallet() {
    let stand = Stand::start().await;
    stand.call("guests/save", save_request(json!({ "phone": IVAN }))).await.ok();
    assert_eq!(stand.balance(IVAN).await, "100");
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

#[tokio::test]
async fn strangers_are_refused_with_the_documented_codes() {
    let stand = Stand::start().await;
    for operation in ["guests/get", "guests/getWallet", "guests/generateCode"] {
        stand.call(operation, guest_request("+70000000000")).await.refused("3007");
        let mut elsewhere = guest_request(IVAN);
        elsewhere["organization"]["id"] = "4174245".into();
        stand.call(operation, elsewhere).await.refused("2004");
        let mut nobody = guest_request(IVAN);
        nobody["guest"]["phone"] = json!(null);
        stand.call(operation, nobody).await.refused("9004");
    }
}
