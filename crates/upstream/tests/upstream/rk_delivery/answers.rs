//! What is believed of r_k Delivery's answers, and what is not.

use std::time::Duration;

use contract::Money;
use serde_json::{Value, json};
use upstream::program::{Calculation, Confirmation, OrderContents, RankBenefit, SpendEnd};
use upstream::{LoyaltyProgram, UpstreamError};

use super::{BONUSES, DISCOUNT, PROMO_CODE, documented, documented_stub, guest, salads};
use crate::order::{order_id, question};
use crate::stub::Stub;

fn end(payment: i64, accrual: i64) -> SpendEnd {
    SpendEnd { payment: Money::from_minor(payment), accrual: Money::from_minor(accrual) }
}

async fn calculate(answer: Value, order: &OrderContents) -> Result<Calculation, UpstreamError> {
    Stub::answering(answer).await.rk_delivery().calculate(question(&guest(), order)).await
}

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).expect("a fixture")
}

#[tokio::test]
async fn half_of_200_may_be_paid_and_both_accruals_are_told() {
    let calculation = documented_stub().await.rk_delivery().calculate(question(&guest(), &salads(1))).await;
    let calculation = calculation.expect("a calculation");
    assert_eq!((calculation.least, calculation.most), (end(0, 1_000), end(10_000, 500)));
    assert_eq!((calculation.discount_total, calculation.campaigns.len()), (Money::ZERO, 0));
    let wallet = calculation.wallet.expect("a wallet");
    let rank = wallet.rank.expect("a rank");
    assert_eq!(wallet.balance, Money::from_minor(123_058));
    assert_eq!((rank.name.as_str(), rank.benefit), ("Платиновый", RankBenefit::Untold));
}

#[tokio::test]
async fn a_discount_stands_under_its_programmes_name() {
    for (text, discount, name, message) in [
        (
            DISCOUNT,
            14_000,
            "Базовая акция скидка на чек 10% за чек от 1000р",
            "Вы получили скидку 10% по акции \"Базовая акция скидка на чек 10% за чек от 1000р\".",
        ),
        (
            PROMO_CODE,
            10_000,
            "Cкидка по промокоду PROMOCODE1",
            "Вы получили скидку 100 р. по промокоду PROMOCODE1.",
        ),
    ] {
        let calculation = calculate(fixture(text), &salads(7)).await.expect("a calculation");
        assert_eq!(calculation.discount_total, Money::from_minor(discount));
        assert_eq!((calculation.least, calculation.most), (end(0, 0), end(0, 0)));
        let campaign = &calculation.campaigns[0];
        assert_eq!((campaign.name.as_str(), campaign.discount), (name, Money::from_minor(discount)));
        assert_eq!(campaign.notifications[0].primary, message);
    }
}

#[test]
fn the_makers_third_example_lacks_a_comma_and_is_no_json() {
    let printed = include_str!("../fixtures/rk_delivery/precalculated_promo_code_as_printed.txt");
    let error = serde_json::from_str::<Value>(printed).expect_err("as printed");
    assert_eq!(error.classify(), serde_json::error::Category::Syntax);
    assert!(printed.contains("[ \"PROMOCODE1\" ]\n"));
}

#[tokio::test]
async fn several_programmes_stand_together_because_only_their_sum_is_told() {
    let mut answer = fixture(DISCOUNT);
    let programmes = answer.pointer_mut("/result/amount/loyaltyAmount/loyaltyPrograms").expect("there");
    programmes
        .as_array_mut()
        .expect("a list")
        .push(json!({"programName": " Подарок\t", "programNotification": null}));
    let calculation = calculate(answer, &salads(7)).await.expect("a calculation");
    let names: Vec<_> = calculation.campaigns.iter().map(|campaign| campaign.name.as_str()).collect();
    assert_eq!(names, ["Базовая акция скидка на чек 10% за чек от 1000р, Подарок"]);
}

#[tokio::test]
async fn absent_optional_blocks_give_nothing_and_take_nothing() {
    for (pointer, value) in [
        ("/result/amount/loyaltyAmount/bonuses", json!(null)),
        ("/result/amount/loyaltyAmount/bonuses/rankName", json!(null)),
        ("/result/amount/deliveryAmount", json!(null)),
        ("/result/amount/discounts", json!(null)),
        ("/result/times", json!(null)),
    ] {
        let mut answer = fixture(DISCOUNT);
        *answer.pointer_mut(pointer).expect(pointer) = value;
        calculate(answer, &salads(7)).await.expect(pointer);
    }
    let mut answer = fixture(DISCOUNT);
    answer["result"]["amount"]["loyaltyAmount"] = json!(null);
    answer["result"]["amount"]["totalAmount"] = json!(1400);
    let calculation = calculate(answer, &salads(7)).await.expect("an order without loyalty");
    assert_eq!(
        (calculation.discount_total, calculation.most, calculation.wallet),
        (Money::ZERO, end(0, 0), None)
    );
}

#[tokio::test]
async fn what_would_falsify_money_is_refused() {
    let amount = "/result/amount";
    for (place, value) in [
        ("/totalAmount", json!(1259)),
        ("/totalAmount", json!("1260")),
        ("/orderAmount", json!(1399.99)),
        ("/deliveryAmount", json!(150)),
        ("/loyaltyAmount", json!(null)),
        ("/loyaltyAmount/totalAmount", json!(1260.01)),
        ("/loyaltyAmount/loyaltyDiscountAmount", json!(139.99)),
        ("/loyaltyAmount/loyaltyDiscountAmount", json!(-140)),
        ("/loyaltyAmount/loyaltyDiscountAmount", json!(140.001)),
        ("/loyaltyAmount/loyaltyPrograms", json!([])),
        ("/loyaltyAmount/fingerPrint", json!("")),
        ("/loyaltyAmount/fingerPrint", json!(null)),
        ("/loyaltyAmount/useLoyaltyBonusPayments", json!(null)),
        ("/loyaltyAmount/bonuses/guestBalance", json!(-1)),
        ("/loyaltyAmount/bonuses/maxBonusesForPayment", json!(-0.01)),
        ("/loyaltyAmount/bonuses/maxBonusesForPayment", json!(1e30)),
        ("/loyaltyAmount/bonuses/maxBonusesForPayment", json!(10)),
        ("/loyaltyAmount/bonuses/accrualWithPayment", json!(-1)),
        ("/loyaltyAmount/bonuses/accrualWithoutPayment", json!(0.005)),
    ] {
        let mut answer = fixture(DISCOUNT);
        *answer.pointer_mut(&format!("{amount}{place}")).expect(place) = value.clone();
        let error = calculate(answer, &salads(7)).await.expect_err(place);
        assert!(matches!(error, UpstreamError::Malformed { .. }), "{place} = {value}: {error:?}");
    }
}

#[tokio::test]
async fn two_precalculations_that_contradict_are_refused() {
    for (asked, place, value) in [
        (true, "bonuses/maxBonusesForPayment", json!(99)),
        (true, "useLoyaltyBonusPayments", json!(false)),
        (true, "loyaltyPrograms", json!([{"programName": "Подарок"}])),
        (true, "loyaltyDiscountAmount", json!(0)),
        (false, "bonuses/maxBonusesForPayment", json!(200.01)),
        (false, "bonuses/guestBalance", json!(99.99)),
        (false, "useLoyaltyBonusPayments", json!(true)),
    ] {
        let stub = Stub::start(move |request| {
            let (status, body) = documented(request);
            let mut answer = if request.path.ends_with("/token") { json!({}) } else { fixture(&body) };
            if request.path.ends_with("/delivery")
                && request.json()["useLoyaltyBonusPayments"] == json!(asked)
            {
                let place = format!("/result/amount/loyaltyAmount/{place}");
                *answer.pointer_mut(&place).expect("there") = value.clone();
            }
            (status, answer.to_string(), Duration::ZERO)
        })
        .await;
        let error = stub.rk_delivery().calculate(question(&guest(), &salads(1))).await.expect_err(place);
        assert!(matches!(error, UpstreamError::Malformed { .. }), "{place}: {error:?}");
    }
    assert!(BONUSES.contains("\"useLoyaltyBonusPayments\":true"));
}

#[tokio::test]
async fn a_created_orders_number_is_kept_or_refused_and_in_doubt() {
    let (guest, order) = (guest(), salads(1));
    let confirm = async |answer: &str| {
        let answer = answer.to_owned();
        let stub = Stub::start(move |request| {
            let (status, body) = documented(request);
            let body = if request.path.ends_with("/orders") { answer.clone() } else { body };
            (status, body, Duration::ZERO)
        })
        .await;
        let program = stub.rk_delivery();
        let calculation = program.calculate(question(&guest, &order)).await.expect("a calculation");
        let echo = &calculation.echo;
        let payment = Money::ZERO;
        let confirmation = Confirmation {
            order_id: order_id(),
            reference: None,
            guest: &guest,
            order: &order,
            echo,
            payment,
        };
        program.confirm(confirmation).await
    };
    for (answer, number) in [
        (r#"{"result":{"orderId":"123"}}"#, "123"),
        (r#"{"result":{"orderID":"765"}}"#, "765"),
        (r#"{"result":{"orderId":128763}}"#, "128763"),
    ] {
        let confirmed = confirm(answer).await.expect(answer);
        assert_eq!(confirmed.reference.as_deref(), Some(number));
    }
    for answer in [
        r#"{"result":{"orderId":""}}"#,
        r#"{"result":{"orderId":"../1"}}"#,
        r#"{"result":{"orderId":null}}"#,
        r#"{"result":{}}"#,
        r#"{"result":null}"#,
        "",
    ] {
        let error = confirm(answer).await.expect_err(answer);
        assert!(matches!(error, UpstreamError::Malformed { in_doubt: true, .. }), "{answer}: {error:?}");
    }
}

#[tokio::test]
async fn the_block_of_the_documented_change_lets_3_21_be_spent_on_100() {
    let change = fixture(include_str!("../fixtures/rk_delivery/change.request.json"));
    let stub = Stub::start(move |request| {
        let mut block = change["loyaltyCalculation"].clone();
        let mut total = json!(100);
        if request.text.contains("\"useLoyaltyBonusPayments\":true") {
            total = json!(96.79);
            block["totalAmount"] = total.clone();
            block["loyaltyDiscountAmount"] = json!(3.21);
            block["useLoyaltyBonusPayments"] = json!(true);
        }
        let amount = json!({"totalAmount": total, "orderAmount": 100, "loyaltyAmount": block});
        (200, json!({"result": {"amount": amount}}).to_string(), Duration::ZERO)
    })
    .await;
    let mut order = salads(1);
    order.lines[0].total = Money::from_minor(10_000);
    let calculation = stub.rk_delivery().calculate(question(&guest(), &order)).await.expect("a calculation");
    assert_eq!((calculation.least, calculation.most), (end(0, 200), end(321, 194)));
    assert_eq!(calculation.wallet.expect("a wallet").rank.expect("a rank").name, "Бронзовый");
}
