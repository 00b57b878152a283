//! The makers' documented scenario: the guest changes the order after bonuses were applied.

use contract::Money;
use sandbox::Kind;
use serde_json::json;

use crate::orders::{Cart, close, dish, get, plain, reset, roubles};
use crate::stand::{IVAN, MARIA, ORDER, Stand, guest_request};

#[tokio::test]
async fn a_dessert_is_added_after_the_confirmation() {
    let stand = Stand::start().await;

    // A dish and the gift drink: the drink is free, 100 bonuses may be spent.
    let mut cart = Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-mors")]);
    let first = cart.calculate(&stand).await;
    assert_eq!(first["summary"]["discounts"]["total"], json!(160));
    assert_eq!(first["summary"]["discounts"]["totalByCode"], json!([{ "code": "drink-mors", "total": 160 }]));
    assert_eq!(first["summary"]["bonuses"]["max"]["payments"]["total"], json!(100));
    // 5 % of 420, and of the 320 left after the bonuses.
    assert_eq!(first["summary"]["bonuses"]["min"]["accruals"]["total"], json!(21));
    assert_eq!(first["summary"]["bonuses"]["max"]["accruals"]["total"], json!(16));
    assert_eq!(cart.confirm(&stand, ORDER, 10_000).await.ok(), json!({ "id": ORDER }));
    assert_eq!(stand.balance(IVAN).await, "0");

    // While it is frozen, neither bonuses nor the drink are there for another order.
    let elsewhere = cart.calculate(&stand).await;
    assert_eq!(elsewhere["summary"]["discounts"]["total"], json!(0));
    assert_eq!(elsewhere["summary"]["bonuses"]["max"]["payments"]["total"], json!(0));

    let answer = reset(&stand, ORDER).await.ok();
    assert_eq!(answer, json!({ "id": ORDER, "resetAt": "2026-03-01T09:05:00Z" }));
    assert_eq!(stand.balance(IVAN).await, "100");

    cart.items.push(dish("dessert-medovik"));
    let second = cart.calculate(&stand).await;
    assert_eq!(second["summary"]["discounts"]["total"], json!(160));
    assert_eq!(second["summary"]["bonuses"]["max"]["payments"]["total"], json!(100));
    cart.confirm(&stand, ORDER, 10_000).await.ok();
    assert_eq!(stand.balance(IVAN).await, "0");
    assert_eq!(close(&stand, ORDER).await.ok(), json!({ "id": ORDER }));

    // 420 + 290 without the drink, 100 of it in bonuses: 5 % of 610.
    assert_eq!(stand.balance(IVAN).await, "30.5");
    let after = cart.calculate(&stand).await;
    assert_eq!(after["summary"]["discounts"]["total"], json!(0), "the gift is used up");

    assert_eq!(stand.done(), [Kind::Confirmed, Kind::Reset, Kind::Confirmed, Kind::Closed]);
    let closed = stand.entries().pop().expect("an entry");
    assert_eq!(closed.order_id.as_deref(), Some(ORDER));
    assert_eq!(closed.payment, Money::from_minor(10_000));
    assert_eq!(closed.accrual, Money::from_minor(3_050));
    assert_eq!(closed.discount, Money::from_minor(16_000));
}

#[tokio::test]
async fn a_closed_order_is_told_with_every_documented_field() {
    let stand = Stand::start().await;
    let mut cart = Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-mors")]);
    cart.expedition = Some("pickup");
    cart.confirm(&stand, ORDER, 4_000).await.ok();

    let open = get(&stand, ORDER).await.ok();
    assert_eq!(open["order"]["status"], "open");
    assert_eq!(open["order"]["closeTime"], json!(null));
    assert_eq!(open["order"]["paidWithBonuses"], json!(40));
    assert_eq!(open["order"]["\u{435}arnedBonuses"], json!(0));

    close(&stand, ORDER).await.ok();
    let mut closed = get(&stand, ORDER).await.ok();
    let organization_id = closed["order"]["organizationId"].take();
    assert_eq!(organization_id.as_str().map(str::len), Some(36), "a UUID");
    assert_eq!(
        closed,
        json!({ "order": {
            "id": ORDER,
            "number": null,
            "fullSum": 580,
            "sumToPay": 380,
            "freeProductSum": 160,
            "paidWithBonuses": 40,
            "\u{435}arnedBonuses": 19,
            "bonusPaymentRollbackSum": 0,
            "openTime": "2026-03-01T09:00:00Z",
            "closeTime": "2026-03-01T09:07:00Z",
            "status": "closed",
            "products": [
                { "code": "pie-cherry", "name": "Пирог с вишней", "group": "Пироги",
                  "price": 420, "cost": 420, "quantity": 1 },
                { "code": "drink-mors", "name": "Морс клюквенный 0,4 л", "group": "Напитки",
                  "price": 160, "cost": 0, "quantity": 1 },
            ],
            "organizationId": null,
            "source": "delivery",
        } })
    );
}

#[tokio::test]
async fn the_makers_numbers_come_out_of_a_calculation() {
    let stand = Stand::start().await;
    // 200.00, half of it payable, 5 %.
    let loyalty = Cart::of(MARIA, vec![plain(20_000)]).calculate(&stand).await;
    assert_eq!(loyalty["details"]["bonuses"]["progress"]["balance"], roubles(123_058));
    assert_eq!(loyalty["details"]["bonuses"]["progress"]["rank"]["name"], "Платиновый");
    assert_eq!(loyalty["details"]["bonuses"]["progress"]["rank"]["cashbackPercentage"], json!(5));
    for place in ["summary", "details"] {
        let bonuses = &loyalty[place]["bonuses"];
        assert_eq!(bonuses["max"]["payments"]["total"], json!(100));
        assert_eq!(bonuses["max"]["payment"], json!(100));
        assert_eq!(bonuses["max"]["accruals"]["total"], json!(5));
        assert_eq!(bonuses["max"]["accrual"], json!(5));
        assert_eq!(bonuses["min"]["payments"]["total"], json!(0));
        assert_eq!(bonuses["min"]["accruals"]["total"], json!(10));
    }

    // 1400 with 10 % from 1000; a promo code of 100 off 1400.
    let dear = Cart::of(MARIA, vec![plain(140_000)]);
    let loyalty = dear.calculate(&stand).await;
    assert_eq!(loyalty["summary"]["discounts"]["total"], json!(140));
    assert_eq!(loyalty["summary"]["bonuses"]["max"]["payments"]["total"], json!(0));
    assert_eq!(loyalty["summary"]["bonuses"]["min"]["accruals"]["total"], json!(0));
    let loyalty = dear.with_code("promocode1").calculate(&stand).await;
    assert_eq!(loyalty["summary"]["discounts"]["total"], json!(100));
    let programs = loyalty["details"]["programs"].as_array().expect("a list");
    assert_eq!(programs.len(), 1);
    let said = programs[0]["notifications"][0]["primary"].as_str().expect("a text");
    assert!(said.contains("PROMOCODE1"), "{said}");
}

#[tokio::test]
async fn without_a_guest_there_are_discounts_and_no_bonuses() {
    let stand = Stand::start().await;
    let mut cart = Cart::of(IVAN, vec![plain(100_000), dish("drink-tea")]);
    cart.phone = None;
    let loyalty = cart.calculate(&stand).await;
    // 10 % of 1190; the gift is the guest's alone.
    assert_eq!(loyalty["summary"]["discounts"]["total"], json!(119));
    assert!(loyalty["summary"].get("bonuses").is_none());
    assert!(loyalty["details"].get("bonuses").is_none());
    cart.confirm(&stand, ORDER, 0).await.ok();
    close(&stand, ORDER).await.ok();
    let order = get(&stand, ORDER).await.ok();
    assert_eq!(order["order"]["sumToPay"], json!(1071));
    assert_eq!(order["order"]["source"], "indoor");
}

#[tokio::test]
async fn money_paid_confirms_the_rank() {
    let stand = Stand::start().await;
    let wallet = stand.call("guests/getWallet", guest_request(IVAN)).await.ok();
    let before = &wallet["currentRank"];
    assert_eq!(before["name"], "Серебряный");
    assert_eq!(before["index"], 1);
    assert_eq!(before["cashbackPercentage"], json!(5));
    assert_eq!(before["confirmation"], json!({ "sumLeft": 2500, "hoursLeft": 720 }));

    Cart::of(IVAN, vec![plain(40_000)]).confirm(&stand, ORDER, 10_000).await.ok();
    close(&stand, ORDER).await.ok();
    stand.pass(jiff::SignedDuration::from_secs(600));
    let wallet = stand.call("guests/getWallet", guest_request(IVAN)).await.ok();
    assert_eq!(wallet["currentRank"]["confirmation"], json!({ "sumLeft": 2200, "hoursLeft": 720 }));

    Cart::of(IVAN, vec![plain(220_000)])
        .with_code("PROMOCODE1")
        .confirm(&stand, "00000000-0000-4000-8000-000000000002", 0)
        .await
        .ok();
    close(&stand, "00000000-0000-4000-8000-000000000002").await.ok();
    let wallet = stand.call("guests/getWallet", guest_request(IVAN)).await.ok();
    assert_eq!(wallet["currentRank"]["confirmation"]["sumLeft"], json!(100));
}

#[tokio::test]
async fn a_promo_code_that_does_nothing_leaves_no_trace_in_the_answer() {
    let stand = Stand::start().await;
    let cart = || Cart::of(IVAN, vec![dish("pie-cherry")]);
    let without = cart().calculate(&stand).await;
    assert_eq!(cart().with_code("НЕТ-ТАКОГО").calculate(&stand).await, without);
    assert_ne!(cart().with_code("PROMOCODE1").calculate(&stand).await, without);
}
