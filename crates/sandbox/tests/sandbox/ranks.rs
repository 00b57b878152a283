//! Ranks won and lost by what is paid, returned and let pass; dishes that bonuses do not pay and that bring none.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::orders::{Cart, close, dish, get, item, plain, refund};
use crate::stand::{IVAN, ORDER, Stand, guest_request, organization};

const ANYA: &str = "+79990003344";
const REFUND: &str = "9aea41ac-2d7e-4801-9ae4-9d9d39a55701";

/// Silver from 1000.00, kept by 200.00 in ten hours; gold from 3000.00. Wine is neither paid with bonuses nor brings any.
const PROGRAMME: &str = r#"{
    "name": "Пироги да Фрукты",
    "max_payable_share_bp": 10000,
    "ranks": [
        {"name": "Бронзовый", "cashback_bp": 1000},
        {"name": "Серебряный", "threshold_minor": 100000, "cashback_bp": 2000,
         "confirmation": {"sum_minor": 20000, "period_hours": 10}},
        {"name": "Золотой", "threshold_minor": 300000, "cashback_bp": 3000}
    ],
    "unpayable": {"categories": ["Вина"]},
    "unaccruing": {"categories": ["Вина"]},
    "campaigns": []
}"#;

/// The programme, and a guest who has just joined it.
async fn stand() -> Stand {
    let stand = Stand::with_programme(PROGRAMME).await;
    let body = json!({ "guest": { "phone": ANYA }, "organization": organization() });
    stand.call("guests/save", body).await.ok();
    stand
}

/// The rank's name, and the sum left to confirm it.
async fn rank(stand: &Stand) -> (String, Value) {
    let rank = stand.call("guests/getWallet", guest_request(ANYA)).await.ok()["currentRank"].take();
    (rank["name"].as_str().expect("a name").to_owned(), rank["confirmation"]["sumLeft"].clone())
}

fn named(name: &str, sum_left: Value) -> (String, Value) {
    (name.to_owned(), sum_left)
}

/// An order for this sum, of which nothing is paid with bonuses.
async fn buy(stand: &Stand, id: &str, minor: i64) {
    Cart::of(ANYA, vec![plain(minor)]).confirm(stand, id, 0).await.ok();
    close(stand, id).await.ok();
    stand.pass(SignedDuration::from_secs(1));
}

fn id(number: u8) -> String {
    format!("00000000-0000-4000-8000-0000000000{number:02}")
}

#[tokio::test]
async fn what_is_paid_in_all_wins_a_rank_and_its_cashback() {
    let stand = stand().await;
    buy(&stand, &id(1), 99_999).await;
    assert_eq!(rank(&stand).await, named("Бронзовый", json!(null)));
    buy(&stand, &id(2), 1).await;
    assert_eq!(rank(&stand).await, named("Серебряный", json!(200)));
    assert_eq!(stand.balance(ANYA).await, "100", "a tenth, by the rank the orders were confirmed with");
    buy(&stand, &id(3), 10_000).await;
    assert_eq!(stand.balance(ANYA).await, "120", "and a fifth now");
    assert_eq!(rank(&stand).await, named("Серебряный", json!(100)));
    buy(&stand, &id(4), 190_000).await;
    assert_eq!(rank(&stand).await, named("Золотой", json!(null)));
}

#[tokio::test]
async fn a_rank_that_was_not_confirmed_in_time_is_lost_and_not_won_back_by_a_coin() {
    let mut stand = stand().await;
    buy(&stand, &id(1), 150_000).await;
    buy(&stand, &id(2), 20_000).await;
    assert_eq!(rank(&stand).await, named("Серебряный", json!(null)), "confirmed for this period");
    stand.pass(SignedDuration::from_hours(10));
    stand.renew_token().await;
    assert_eq!(rank(&stand).await, named("Серебряный", json!(200)), "the next period asks again");
    stand.pass(SignedDuration::from_hours(10));
    stand.renew_token().await;
    assert_eq!(rank(&stand).await, named("Бронзовый", json!(null)));
    buy(&stand, &id(3), 99_999).await;
    assert_eq!(rank(&stand).await, named("Бронзовый", json!(null)));
    buy(&stand, &id(4), 1).await;
    assert_eq!(rank(&stand).await, named("Серебряный", json!(200)));
}

#[tokio::test]
async fn a_refund_takes_the_rank_with_the_money_that_reached_it() {
    let stand = stand().await;
    buy(&stand, &id(1), 60_000).await;
    buy(&stand, &id(2), 60_000).await;
    assert_eq!(rank(&stand).await.0, "Серебряный");
    let third = json!([{ "product": { "code": "plain" }, "quantity": 0.333 }]);
    refund(&stand, &id(1), REFUND, third).await.ok();
    assert_eq!(rank(&stand).await.0, "Серебряный", "1000.20 are still paid");
    let rest = "9aea41ac-2d7e-4801-9ae4-9d9d39a55702";
    refund(&stand, &id(1), rest, json!(null)).await.ok();
    assert_eq!(rank(&stand).await, named("Бронзовый", json!(null)));
}

#[tokio::test]
async fn wine_is_paid_in_money_and_brings_nothing_even_when_it_is_returned() {
    let stand = stand().await;
    let add = json!({
        "guest": { "type": "phone", "phone": ANYA },
        "organization": organization(),
        "amount": 1000,
        "comment": "С днём рождения",
    });
    stand.call("guests/addBonus", add).await.status_is(StatusCode::OK);
    let wine = item("wine-red", "Красное сухое", Some("Вина"), 80_000);
    let cart = Cart::of(ANYA, vec![dish("pie-cherry"), wine]);
    let bonuses = cart.calculate(&stand).await["details"]["bonuses"].take();
    assert_eq!(bonuses["max"]["payments"]["total"], json!(420), "the pie, whole");
    assert_eq!(bonuses["max"]["payments"]["totalByCode"], json!([{ "code": "pie-cherry", "total": 420 }]));
    assert_eq!(bonuses["min"]["accruals"]["total"], json!(42), "a tenth of the pie");
    let said: Vec<&str> = bonuses["notifications"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|notice| [&notice["primary"], &notice["secondary"]])
        .map(|text| text.as_str().expect("a text"))
        .collect();
    assert_eq!(
        said,
        [
            "Бонусами можно оплатить до 420 р. этого заказа.",
            "Ещё 580 р. можно было бы оплатить бонусами, но остальные позиции заказа бонусами не оплачиваются.",
            "За некоторые позиции этого заказа бонусы не начисляются.",
            "Иначе заказ принёс бы ещё 80 бонусных баллов.",
        ]
    );
    cart.confirm(&stand, ORDER, 42_001).await.refused("9004");
    cart.confirm(&stand, ORDER, 20_000).await.ok();
    close(&stand, ORDER).await.ok();
    assert_eq!(stand.balance(ANYA).await, "822", "800 are left, and 22 came for the rest of the pie");
    let returned = json!([{ "product": { "code": "wine-red" }, "quantity": 1 }]);
    refund(&stand, ORDER, REFUND, returned).await.ok();
    assert_eq!(stand.balance(ANYA).await, "822");
}

#[tokio::test]
async fn a_ranks_discount_is_told_and_booked_as_a_campaigns_is() {
    let discount = r#"{"name": "Пироги да Фрукты", "max_payable_share_bp": 5000, "ranks": [
        {"name": "Бронзовый", "cashback_bp": 1000},
        {"name": "Друзья дома", "cashback_bp": 0,
         "discount": {"id": "8c3e5b1a-94d7-4f26-a0b8-2d6e7f9c1a05", "share_bp": 700}}]}"#;
    let stand = Stand::with_programme(discount).await;
    // The seed gives Иван, who has 100 bonuses, the second rank.
    let cart = Cart::of(IVAN, vec![plain(20_000), dish("drink-tea")]);
    let told = cart.calculate(&stand).await;
    let program = &told["details"]["programs"][0];
    assert_eq!(program["program"]["name"], "Друзья дома");
    assert_eq!(told["summary"]["discounts"]["total"], program["discounts"]["total"]);
    for side in ["min", "max"] {
        let bonuses = &told["summary"]["bonuses"][side];
        assert_eq!((&bonuses["payments"]["total"], &bonuses["accruals"]["total"]), (&json!(0), &json!(0)));
    }
    let fingerprint = cart.fingerprint(&stand).await;
    stand.call("orders/confirm", cart.confirm_body(ORDER, &fingerprint, 1)).await.refused("9004");
    cart.confirm(&stand, ORDER, 0).await.ok();
    close(&stand, ORDER).await.ok();
    let order = get(&stand, ORDER).await.ok();
    assert_eq!(order["order"]["freeProductSum"], told["summary"]["discounts"]["total"]);
    refund(&stand, ORDER, REFUND, Value::Null).await.ok();
    assert_eq!(stand.balance(IVAN).await, "100");
}
