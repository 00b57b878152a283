//! Changing some of a guest's data.

use sandbox::Kind;
use serde_json::{Value, json};

use crate::stand::{IVAN, MARIA, Stand, guest, guest_request, organization};

fn update(phone: &str, information: Value) -> Value {
    json!({ "guest": guest(phone), "organization": organization(), "guestInformation": information })
}

async fn known(stand: &Stand, phone: &str) -> Value {
    stand.call("guests/get", guest_request(phone)).await.ok()["guest"].take()
}

#[tokio::test]
async fn only_what_has_a_value_is_changed() {
    let stand = Stand::start().await;
    let information = json!({
        "firstName": { "hasValue": true, "value": "Ваня" },
        "lastName": { "hasValue": false, "value": "Петров" },
        "email": { "hasValue": false },
        "birthday": { "hasValue": true, "value": "1990-02-03T00:30:00+03:00" },
    });
    let answer = stand.call("guests/update", update(IVAN, information)).await.ok();
    let expected = json!({
        "phone": IVAN,
        "firstName": "Ваня",
        "middleName": "Иванович",
        "lastName": "Иванов",
        "email": "test_email@gmail.com",
        "birthday": "1990-02-03",
        "sex": "male",
    });
    assert_eq!(answer, json!({ "guest": expected }), "sex is a word here");
    let mut got = known(&stand, IVAN).await;
    assert_eq!(got["sex"].take(), 1, "and a number there");
    got["sex"] = "male".into();
    assert_eq!(got, expected);
    assert_eq!(stand.balance(IVAN).await, "100");
    assert_eq!(stand.done(), [Kind::GuestUpdated]);
}

#[tokio::test]
async fn a_field_that_has_a_value_and_none_is_sent_is_cleared() {
    let stand = Stand::start().await;
    let cleared = ["firstName", "middleName", "lastName", "email", "birthday"];
    for (index, field) in cleared.into_iter().enumerate() {
        let nothing = match index % 2 {
            0 => json!({ "hasValue": true }),
            _ => json!({ "hasValue": true, "value": null }),
        };
        let answer = stand.call("guests/update", update(IVAN, json!({ field: nothing }))).await.ok();
        assert_eq!(answer["guest"][field], json!(null), "{field}");
    }
    let answer = stand.call("guests/update", update(IVAN, json!({ "sex": { "hasValue": true } }))).await.ok();
    assert_eq!(
        answer["guest"],
        json!({
            "phone": IVAN, "firstName": null, "middleName": null, "lastName": null, "email": null, "birthday": null,
            "sex": "notSpecified",
        })
    );
    assert_eq!(known(&stand, IVAN).await["sex"], 0);
}

#[tokio::test]
async fn nothing_is_changed_by_nothing() {
    let stand = Stand::start().await;
    let before = known(&stand, MARIA).await;
    stand.call("guests/update", update(MARIA, json!({}))).await.ok();
    let same = json!({ "firstName": { "hasValue": true, "value": "Мария" } });
    stand.call("guests/update", update(MARIA, same)).await.ok();
    assert_eq!(known(&stand, MARIA).await, before);
    assert_eq!(stand.done(), []);
}

#[tokio::test]
async fn wrong_changes_are_refused_and_change_nothing() {
    let stand = Stand::start().await;
    let before = known(&stand, IVAN).await;
    for (information, field) in [
        (json!(null), "guestInformation"),
        (json!({ "firstName": null }), "firstName"),
        (json!({ "firstName": "Ваня" }), "firstName"),
        (json!({ "firstName": { "value": "Ваня" } }), "hasValue"),
        (json!({ "firstName": { "hasValue": "true", "value": "Ваня" } }), "hasValue"),
        (json!({ "firstName": { "hasValue": true, "value": 1 } }), "firstName.value"),
        (json!({ "lastName": { "hasValue": true, "value": "Х", "force": true } }), "force"),
        (json!({ "birthday": { "hasValue": true, "value": "1990-02-03" } }), "birthday.value"),
        (json!({ "birthday": { "hasValue": true, "value": "1990-02-30T00:00:00Z" } }), "birthday.value"),
        (json!({ "sex": { "hasValue": true, "value": null } }), "sex.value"),
        (json!({ "sex": { "hasValue": true, "value": 1 } }), "sex.value"),
        (json!({ "phone": { "hasValue": true, "value": MARIA } }), "phone"),
        (
            json!({ "firstName": { "hasValue": true, "value": "Ваня" }, "sex": { "hasValue": true, "value": "x" } }),
            "sex",
        ),
    ] {
        let shown = information.to_string();
        let message = stand.call("guests/update", update(IVAN, information)).await.refused("9004");
        assert!(message.contains(field), "{shown}: {message}");
    }
    assert_eq!(known(&stand, IVAN).await, before);
}

#[tokio::test]
async fn only_a_known_guest_is_updated() {
    let stand = Stand::start().await;
    let name = json!({ "firstName": { "hasValue": true, "value": "Анна" } });
    stand.call("guests/update", update("+79995554433", name)).await.refused("3007");
    stand.call("guests/get", guest_request("+79995554433")).await.refused("3007");
}
