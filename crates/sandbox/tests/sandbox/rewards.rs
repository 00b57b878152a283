//! What orders bring besides the accrual: stamps, gifts, rewards for an invitation, and a promo code that is good once.

use jiff::SignedDuration;
use sandbox::Kind;
use serde_json::{Value, json};

use crate::bakery::{
    ANNA, GIFT_DRINK, REFERRAL, STAMPS, WELCOME, buy, campaign, gifts, id, invite, join, meal, start,
};
use crate::orders::{abort, close, dish, refund, reset};
use crate::stand::{IVAN, MARIA, Stand, guest_request};

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn stamps(stand: &Stand, phone: &str) -> Value {
    campaign(stand, phone, STAMPS).await["stampMarketingCampaign"]["userProgress"]["stampCount"].clone()
}

async fn stamp_gifts(stand: &Stand, phone: &str) -> Vec<(String, Value)> {
    gifts(stand, phone, STAMPS).await
}

fn received(stamp: u32) -> (String, Value) {
    ("received".to_owned(), json!(stamp))
}

#[tokio::test]
async fn the_third_stamp_brings_its_gift() {
    let stand = start().await;
    // The first order of all also brings 50.
    buy(&stand, 1, &meal(IVAN, 500)).await;
    assert_eq!(stand.balance(IVAN).await, "175", "100 + 25 accrued + 50 for the first order");
    buy(&stand, 2, &meal(IVAN, 999)).await;
    assert_eq!(stamps(&stand, IVAN).await, json!(2), "one for each 500 of an order");
    assert_eq!(stamp_gifts(&stand, IVAN).await, []);

    meal(IVAN, 500).confirm(&stand, &id(3), 0).await.ok();
    assert_eq!(stamp_gifts(&stand, IVAN).await, [("precalculated".to_owned(), json!(3))]);
    assert_eq!(stamps(&stand, IVAN).await, json!(2), "an order brings nothing before it is closed");
    reset(&stand, &id(3)).await.ok();
    assert_eq!(stamp_gifts(&stand, IVAN).await, []);

    buy(&stand, 3, &meal(IVAN, 500)).await;
    assert_eq!(stamps(&stand, IVAN).await, json!(3));
    assert_eq!(stamp_gifts(&stand, IVAN).await, [received(3)]);
    assert_eq!(stand.balance(IVAN).await, "349.95", "175 + 49.95 + 25 + 100 for the stamps");
    let history = stand.call("guests/getBonusHistory", guest_request(IVAN)).await.ok();
    let given = |one: &&Value| one["operationType"] == "campaign";
    let campaigns: Vec<_> = history["operations"].as_array().expect("a list").iter().filter(given).collect();
    assert_eq!(campaigns.len(), 2);
    assert_eq!(campaigns[0]["amount"], json!(100));
    assert_eq!(campaigns[0]["comment"], "100 бонусов");
}

#[tokio::test]
async fn orders_confirmed_at_once_bring_a_stamps_gift_once() {
    let stand = start().await;
    buy(&stand, 1, &meal(IVAN, 600)).await;
    buy(&stand, 2, &meal(IVAN, 600)).await;
    for number in [3, 4] {
        meal(IVAN, 600).confirm(&stand, &id(number), 0).await.ok();
    }
    for number in [3, 4] {
        close(&stand, &id(number)).await.ok();
    }
    assert_eq!(stamps(&stand, IVAN).await, json!(4));
    assert_eq!(stamp_gifts(&stand, IVAN).await, [received(3)]);
}

#[tokio::test]
async fn a_refund_takes_stamps_and_the_gift_they_no_longer_reach() {
    let stand = start().await;
    for number in 1..=3 {
        buy(&stand, number, &meal(IVAN, 500)).await;
    }
    let before = stand.balance(IVAN).await;
    assert_eq!(before, "325");
    refund(&stand, &id(2), &id(92), json!(null)).await.ok();
    assert_eq!(stamps(&stand, IVAN).await, json!(2));
    assert_eq!(stamp_gifts(&stand, IVAN).await, [], "it is taken back");
    assert_eq!(stand.balance(IVAN).await, "200", "less the accrual and the gift");
    buy(&stand, 4, &meal(IVAN, 500)).await;
    assert_eq!(stamp_gifts(&stand, IVAN).await, [received(3)], "and comes again");
    assert_eq!(stand.balance(IVAN).await, "325");
}

#[tokio::test]
async fn a_gift_that_is_spent_stays_and_does_not_come_again() {
    let stand = start().await;
    join(&stand, ANNA).await;
    for number in 1..=3 {
        buy(&stand, number, &meal(ANNA, 500)).await;
    }
    // 30 for joining, 50 for the first order, 10 an order, 100 for the stamps.
    assert_eq!(stand.balance(ANNA).await, "210");
    let spending = meal(ANNA, 420);
    spending.confirm(&stand, &id(4), 21_000).await.ok();
    close(&stand, &id(4)).await.ok();
    assert_eq!(stand.balance(ANNA).await, "4.2");
    refund(&stand, &id(3), &id(93), json!(null)).await.ok();
    assert_eq!(stand.balance(ANNA).await, "0");
    assert_eq!(stamps(&stand, ANNA).await, json!(2));
    assert_eq!(stamp_gifts(&stand, ANNA).await, [received(3)], "it was spent");
    buy(&stand, 5, &meal(ANNA, 500)).await;
    assert_eq!(stamps(&stand, ANNA).await, json!(3));
    assert_eq!(stamp_gifts(&stand, ANNA).await, [received(3)], "and is not given twice");
    assert_eq!(stand.balance(ANNA).await, "10");
}

#[tokio::test]
async fn joining_brings_a_welcome_once() {
    let stand = start().await;
    join(&stand, ANNA).await;
    assert_eq!(stand.balance(ANNA).await, "30");
    assert_eq!(gifts(&stand, ANNA, WELCOME).await, [("received".to_owned(), json!(null))]);
    join(&stand, ANNA).await;
    assert_eq!(stand.balance(ANNA).await, "30", "saving again is no joining");
    assert_eq!(stand.done(), [Kind::GuestSaved, Kind::Rewarded]);
}

#[tokio::test]
async fn the_first_order_of_an_invited_guest_rewards_both() {
    let stand = start().await;
    join(&stand, ANNA).await;
    let status =
        async |phone| campaign(&stand, phone, REFERRAL).await["referralCampaign"]["referrerStatus"].clone();
    assert_eq!(status(MARIA).await, "canBeReferrer");
    assert_eq!(invite(&stand, MARIA, ANNA).await.ok(), json!({ "changed": true }));
    assert_eq!(invite(&stand, MARIA, ANNA).await.ok(), json!({ "changed": false }));
    assert_eq!((status(MARIA).await, status(ANNA).await), (json!("isReferrer"), json!("canBeReferrer")));

    // Two orders before the first is closed: each promises, one gives.
    for number in [1, 2] {
        meal(ANNA, 600).confirm(&stand, &id(number), 0).await.ok();
    }
    let waiting = || ("precalculated".to_owned(), json!(null));
    assert_eq!(gifts(&stand, MARIA, REFERRAL).await, [waiting(), waiting()]);
    for number in [1, 2] {
        close(&stand, &id(number)).await.ok();
    }
    assert_eq!(gifts(&stand, MARIA, REFERRAL).await, [("received".to_owned(), json!(null))]);
    assert_eq!(gifts(&stand, ANNA, REFERRAL).await, [("active".to_owned(), json!(null))]);
    assert_eq!(stand.balance(MARIA).await, "1430.58", "1230.58 and 200 for the friend");
    let history = stand.call("guests/getBonusHistory", guest_request(MARIA)).await.ok();
    assert!(history["operations"][0].get("order").is_none(), "the friend's order is the friend's");
}

#[tokio::test]
async fn a_refund_of_that_order_takes_both_rewards_back() {
    let stand = start().await;
    join(&stand, ANNA).await;
    invite(&stand, MARIA, ANNA).await.ok();
    buy(&stand, 1, &meal(ANNA, 600)).await;
    refund(&stand, &id(1), &id(91), json!(null)).await.ok();
    assert_eq!(stand.balance(MARIA).await, "1230.58");
    assert_eq!(gifts(&stand, ANNA, REFERRAL).await, []);
    buy(&stand, 2, &meal(ANNA, 600)).await;
    assert_eq!(stand.balance(MARIA).await, "1230.58", "the invitation was rewarded once");
}

#[tokio::test]
async fn who_cannot_be_invited_is_told_so() {
    let stand = start().await;
    join(&stand, ANNA).await;
    invite(&stand, ANNA, ANNA).await.status_is(axum::http::StatusCode::CONFLICT);
    invite(&stand, IVAN, ANNA).await.ok();
    invite(&stand, MARIA, ANNA).await.status_is(axum::http::StatusCode::CONFLICT);
    buy(&stand, 1, &meal(IVAN, 100)).await;
    invite(&stand, MARIA, IVAN).await.status_is(axum::http::StatusCode::CONFLICT);
    invite(&stand, MARIA, "+70000000000").await.status_is(axum::http::StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_gift_is_used_by_one_order_and_lost_with_its_time() {
    let stand = start().await;
    join(&stand, ANNA).await;
    invite(&stand, MARIA, ANNA).await.ok();
    buy(&stand, 1, &meal(ANNA, 600)).await;
    let mut thirsty = meal(ANNA, 300);
    thirsty.items.push(dish("drink-mors"));
    let discount = async || thirsty.calculate(&stand).await["summary"]["discounts"]["total"].clone();
    assert_eq!(discount().await, json!(160));
    thirsty.confirm(&stand, &id(2), 0).await.ok();
    assert_eq!(discount().await, json!(0), "it is set aside for the other order");
    abort(&stand, &id(2)).await.ok();
    assert_eq!(discount().await, json!(160));
    thirsty.confirm(&stand, &id(3), 0).await.ok();

    // It is good for 14 days, but what is set aside is kept.
    stand.pass(DAY * 14);
    let mut stand = stand;
    stand.renew_token().await;
    assert_eq!(gifts(&stand, ANNA, REFERRAL).await[0].0, "active");
    reset(&stand, &id(3)).await.ok();
    assert_eq!(gifts(&stand, ANNA, REFERRAL).await[0].0, "expired");
    let late = thirsty.calculate(&stand).await;
    assert_eq!(late["summary"]["discounts"]["total"], json!(0));
}

#[tokio::test]
async fn orders_confirmed_at_once_use_gifts_of_their_own() {
    let stand = start().await;
    // Иван has one of the seed and gets another for ten stamps.
    for number in 1..=10 {
        buy(&stand, number, &meal(IVAN, 500)).await;
    }
    let mut thirsty = meal(IVAN, 300);
    thirsty.items.push(dish("drink-mors"));
    for (number, discount) in [(11, 160), (12, 160), (13, 0)] {
        let calculated = thirsty.calculate(&stand).await;
        assert_eq!(calculated["summary"]["discounts"]["total"], json!(discount), "order {number}");
        thirsty.confirm(&stand, &id(number), 0).await.ok();
    }
    close(&stand, &id(11)).await.ok();
    close(&stand, &id(12)).await.ok();
    assert_eq!(gifts(&stand, IVAN, GIFT_DRINK).await[0].0, "received");
    assert_eq!(stamp_gifts(&stand, IVAN).await, [received(3), received(10)]);
    refund(&stand, &id(12), &id(99), json!(null)).await.ok();
    let calculated = thirsty.calculate(&stand).await;
    assert_eq!(calculated["summary"]["discounts"]["total"], json!(160), "one is back");
}

#[tokio::test]
async fn a_promo_code_that_is_good_once_is_held_by_one_order() {
    const CODE: &str = "PIE-7K2P-XR4M";
    let stand = start().await;
    let of_ivan = meal(IVAN, 500).with_code(CODE);
    let of_maria = meal(MARIA, 500).with_code("pie-7k2p-xr4m").with_code("NO-SUCH-CODE");
    let early = of_maria.fingerprint(&stand).await;
    of_ivan.confirm(&stand, &id(1), 0).await.ok();

    stand.call("orders/confirm", of_maria.confirm_body(&id(2), &early, 0)).await.refused("9004");
    let refused = of_maria.calculate(&stand).await;
    assert_eq!(refused["summary"]["discounts"]["total"], json!(0));
    assert_eq!(refused, meal(MARIA, 500).calculate(&stand).await, "as if no code had been entered");

    reset(&stand, &id(1)).await.ok();
    of_maria.confirm(&stand, &id(2), 0).await.ok();
    close(&stand, &id(2)).await.ok();
    assert_eq!(of_ivan.calculate(&stand).await["summary"]["discounts"]["total"], json!(0), "used up");
    refund(&stand, &id(2), &id(92), json!(null)).await.ok();
    assert_eq!(of_ivan.calculate(&stand).await["summary"]["discounts"]["total"], json!(75), "free again");
}
