//! The campaigns as a guest sees them, and what a guest joins in the system's own app.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bakery::{
    COFFEE, DESSERTS, GIFT_DRINK, REFERRAL, SPRING, STAMPS, app, buy, campaign, id, meal, start,
};
use crate::orders::{dish, item};
use crate::stand::{IVAN, MARIA, Stand, guest_request};

const DAY: jiff::SignedDuration = jiff::SignedDuration::from_hours(24);

#[tokio::test]
async fn every_kind_of_campaign_is_told_as_described() {
    let stand = start().await;
    let of_ivan = stand.call("guests/getMarketingCampaigns", guest_request(IVAN)).await.ok();
    let campaigns = of_ivan["marketingCampaigns"].as_array().expect("a list");
    let types: Vec<_> = campaigns.iter().map(|one| one["type"].as_str().expect("a type")).collect();
    assert_eq!(
        types,
        [
            "nonBought",
            "bought",
            "nonBought",
            "nonBought",
            "nonBought",
            "nonBought",
            "nonBought",
            "nonBought",
            "nonBought",
            "stamp",
            "referral",
            "nonBought"
        ]
    );
    assert_eq!(
        campaign(&stand, IVAN, SPRING).await,
        json!({
            "id": SPRING, "name": "Весенний промокод", "description": "Весенний промокод", "imageUrl": null,
            "from": "2026-03-01 00:00:00", "to": "2026-06-01 00:00:00", "globalPromocode": "ВЕСНА26",
            "price": null, "oldPrice": null, "type": "nonBought", "isActive": true, "gifts": [],
            "canBeSaved": true,
        })
    );
    let coffee = campaign(&stand, IVAN, COFFEE).await;
    assert_eq!((&coffee["price"], &coffee["oldPrice"]), (&json!(990), &json!(1500)));
    assert_eq!(coffee["from"], "0001-01-01 00:00:00");
    let desserts = campaign(&stand, IVAN, DESSERTS).await;
    assert_eq!(desserts["isActive"], json!(false), "it begins tomorrow");
    assert_eq!(desserts["activatableCampaign"], json!({ "activated": false }));
    let card = &campaign(&stand, IVAN, STAMPS).await["stampMarketingCampaign"];
    assert_eq!(card["stampReceivingConditions"], "1 штампик за каждые 500 р. в чеке");
    assert_eq!(card["giftSettings"][0]["stampsCount"], json!(3));
    let gift = &card["giftSettings"][0]["giftDescription"];
    assert_eq!((&gift["type"], &gift["bonus"]), (&json!("bonus"), &json!({ "value": 100 })));
    assert_eq!(card["giftSettings"][1]["giftDescription"]["type"], "simple");
    let friends = &campaign(&stand, IVAN, REFERRAL).await["referralCampaign"];
    assert_eq!(friends["referrerGift"]["name"], "200 бонусов за друга");
    assert_eq!(friends["referralGift"]["giftDescription"], "Напиток за первый заказ по приглашению");
}

#[tokio::test]
async fn a_campaign_that_only_a_gift_sets_off_is_told_to_whom_it_was_given() {
    let stand = start().await;
    assert_eq!(campaign(&stand, MARIA, GIFT_DRINK).await, Value::Null);
    let drink = campaign(&stand, IVAN, GIFT_DRINK).await;
    assert_eq!(
        drink["gifts"],
        json!([{
            "settingsId": GIFT_DRINK, "campaignId": GIFT_DRINK, "status": "active", "stampIndex": null,
            "expirationDate": "9999-12-31T23:59:59Z",
            "chosenGift": {
                "name": "Напиток в подарок", "giftDescription": "Один напиток из заказа бесплатно",
                "imageUrl": "about:blank", "smallImageUrl": "about:blank", "iconImageUrl": "about:blank",
                "type": "simple",
            },
        }])
    );
}

#[tokio::test]
async fn strangers_and_strange_restaurants_are_refused() {
    let stand = start().await;
    stand.call("guests/getMarketingCampaigns", guest_request("+70000000000")).await.refused("3007");
    let mut elsewhere = guest_request(IVAN);
    elsewhere["organization"]["id"] = "1".into();
    stand.call("guests/getMarketingCampaigns", elsewhere).await.refused("2004");
}

async fn discount(stand: &Stand, items: Vec<Value>) -> Value {
    let mut cart = meal(IVAN, 100);
    cart.items = items;
    cart.opened_at = "2026-03-02T09:00:00Z";
    cart.calculate(stand).await["summary"]["discounts"]["total"].clone()
}

#[tokio::test]
async fn an_activated_campaign_works_once_it_runs_and_is_activated() {
    let mut stand = start().await;
    let medovik = || vec![dish("dessert-medovik")];
    app(&stand, "activate", IVAN, DESSERTS).await.status_is(StatusCode::CONFLICT);
    stand.pass(DAY);
    stand.renew_token().await;
    assert_eq!(discount(&stand, medovik()).await, json!(0));
    assert_eq!(app(&stand, "activate", IVAN, DESSERTS).await.ok(), json!({ "changed": true }));
    assert_eq!(app(&stand, "activate", IVAN, DESSERTS).await.ok(), json!({ "changed": false }));
    assert_eq!(discount(&stand, medovik()).await, json!(29));
    assert_eq!(campaign(&stand, IVAN, DESSERTS).await["activatableCampaign"], json!({ "activated": true }));
    app(&stand, "activate", IVAN, COFFEE).await.status_is(StatusCode::BAD_REQUEST);
    app(&stand, "activate", IVAN, "nothing").await.status_is(StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_bought_campaign_works_for_its_buyer() {
    let stand = start().await;
    let espresso = || vec![item("drink-espresso", "Эспрессо", None, 15_000)];
    assert_eq!(discount(&stand, espresso()).await, json!(0));
    app(&stand, "buy", IVAN, COFFEE).await.ok();
    assert_eq!(discount(&stand, espresso()).await, json!(150));
    assert_eq!(stand.balance(IVAN).await, "100", "it is paid in the app");
}

#[tokio::test]
async fn a_saved_campaign_cannot_be_saved_again() {
    let stand = start().await;
    app(&stand, "save", IVAN, SPRING).await.ok();
    assert_eq!(campaign(&stand, IVAN, SPRING).await["canBeSaved"], json!(false));
    assert_eq!(campaign(&stand, MARIA, SPRING).await["canBeSaved"], json!(true));
    app(&stand, "save", IVAN, STAMPS).await.status_is(StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_purchase_lifts_the_rank_and_time_or_a_refund_lowers_it() {
    let mut stand = start().await;
    let rank = async |stand: &Stand| {
        let wallet = stand.call("guests/getWallet", guest_request(crate::bakery::ANNA)).await.ok();
        wallet["currentRank"]["name"].as_str().expect("a name").to_owned()
    };
    crate::bakery::join(&stand, crate::bakery::ANNA).await;
    // 10 % off from 1000: 10000 are left of 11112.
    buy(&stand, 1, &meal(crate::bakery::ANNA, 11_112)).await;
    assert_eq!(rank(&stand).await, "Серебряный");
    crate::orders::refund(&stand, &id(1), &id(91), json!(null)).await.ok();
    assert_eq!(rank(&stand).await, "Бронзовый");
    buy(&stand, 2, &meal(crate::bakery::ANNA, 11_112)).await;
    assert_eq!(rank(&stand).await, "Серебряный");
    stand.pass(DAY * 30);
    stand.renew_token().await;
    assert_eq!(rank(&stand).await, "Бронзовый", "not confirmed within 720 hours");
}
