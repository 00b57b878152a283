//! What is believed of Plazius' answers, and what is not.

use contract::Money;
use serde_json::{Value, json};
use upstream::program::{Calculation, OrderStatus, RankBenefit, SpendEnd};
use upstream::{LoyaltyProgram, UpstreamError};

use crate::order::{contents, guest, order_id, order_ref, question};
use crate::stub::Stub;

/// A whole answer to `orders/calculate` for the order of 1,135.50.
fn calculated() -> Value {
    json!({"loyalty": {
        "fingerprint": "UGVyc29uYWxpemVk",
        "summary": {
            "discounts": {"total": 112.5, "totalByCode": [{"code": "cake", "total": 112.5}]},
            "bonuses": {
                "min": {"payment": 1, "accrual": 1, "payments": {"total": 0, "totalByCode": []}, "accruals": {"total": 51.15}},
                "max": {
                    "payment": 999, "accrual": 999,
                    "payments": {"total": 100, "totalByCode": [{"code": "hot-pelmeni", "total": 100}]},
                    "accruals": {"total": 46.15}
                }
            }
        },
        "details": {
            "programs": [
                {
                    "program": {"id": "1de9a2d7-2ce7-4845-960b-988df56872ce", "name": "Скидка на десерты\t"},
                    "discounts": {"total": 112.5, "totalByCode": []},
                    "notifications": [{"primary": "Скидка", "secondary": ""}]
                },
                {
                    "program": {"id": "2de9a2d7-2ce7-4845-960b-988df56872ce", "name": "Первый заказ"},
                    "notifications": [{"primary": "50 бонусов в подарок", "secondary": "Ещё 3 раза"}]
                }
            ],
            "bonuses": {
                "progress": {"balance": 100, "rank": {"name": "Gold", "index": 1, "cashbackPercentage": 5}},
                "min": {}, "max": {},
                "notifications": [{"primary": "Вы получите бонусы", "secondary": ""}]
            }
        },
        "aFieldOfTomorrow": [1, 2, 3]
    }})
}

async fn calculate(answer: Value) -> Result<Calculation, UpstreamError> {
    Stub::answering(answer).await.plazius().calculate(question(&guest(), &contents())).await
}

fn end(payment: i64, accrual: i64) -> SpendEnd {
    SpendEnd { payment: Money::from_minor(payment), accrual: Money::from_minor(accrual) }
}

#[tokio::test]
async fn a_calculation_is_read_whole() {
    let calculation = calculate(calculated()).await.expect("a calculation");
    assert_eq!(calculation.echo, "UGVyc29uYWxpemVk");
    assert_eq!(calculation.discount_total, Money::from_minor(11_250));
    let names: Vec<_> = calculation.campaigns.iter().map(|campaign| campaign.name.as_str()).collect();
    assert_eq!(names, ["Скидка на десерты", "Первый заказ"]);
    assert_eq!(calculation.campaigns[1].discount, Money::ZERO);
    assert_eq!(calculation.campaigns[1].notifications[0].secondary, "Ещё 3 раза");
    assert_eq!(calculation.notifications[0].primary, "Вы получите бонусы");
    assert_eq!((calculation.least, calculation.most), (end(0, 5_115), end(10_000, 4_615)));
}

#[tokio::test]
async fn the_obsolete_fields_are_read_where_the_new_are_absent() {
    let mut answer = calculated();
    let old = json!({"min": {"payment": 0, "accrual": 17}, "max": {"payment": 33.3, "accrual": 5, "payments": null}});
    answer["loyalty"]["summary"]["bonuses"] = old;
    let calculation = calculate(answer).await.expect("a calculation");
    assert_eq!((calculation.least, calculation.most), (end(0, 1_700), end(3_330, 500)));
}

#[tokio::test]
async fn an_answer_without_bonuses_lets_none_be_spent() {
    let mut answer = calculated();
    for block in ["summary", "details"] {
        answer["loyalty"][block].as_object_mut().expect("an object").remove("bonuses");
    }
    let calculation = calculate(answer).await.expect("a calculation");
    assert_eq!(calculation.most, SpendEnd::default());
    assert!(calculation.notifications.is_empty());
}

#[tokio::test]
async fn what_would_falsify_money_is_refused() {
    for (pointer, value) in [
        ("/loyalty/fingerprint", json!("")),
        ("/loyalty/fingerprint", json!(null)),
        ("/loyalty/summary/discounts/total", json!(-1)),
        ("/loyalty/summary/discounts/total", json!(112.51)),
        ("/loyalty/summary/discounts/total", json!("112.5")),
        ("/loyalty/details/programs/0/discounts/total", json!(2000)),
        ("/loyalty/details/programs", json!(null)),
        ("/loyalty/summary/bonuses/min/payments/total", json!(-0.01)),
        ("/loyalty/summary/bonuses/min/payments/total", json!(100.01)),
        ("/loyalty/summary/bonuses/max/payments/total", json!(1023.01)),
        ("/loyalty/summary/bonuses/max/payments/total", json!(1e30)),
        ("/loyalty/summary/bonuses/max/payments/total", json!(0.005)),
        ("/loyalty/summary/bonuses/max/accruals/total", json!(-5)),
        ("/loyalty/summary/bonuses/max", json!(null)),
    ] {
        let mut answer = calculated();
        *answer.pointer_mut(pointer).expect("the place exists") = value.clone();
        let error = calculate(answer).await.expect_err(pointer);
        assert!(matches!(error, UpstreamError::Malformed { .. }), "{pointer} = {value}: {error:?}");
    }
}

#[tokio::test]
async fn a_wallet_is_read_with_and_without_a_rank() {
    let bare = Stub::answering(json!({"balance": 1230.58})).await.plazius().wallet(&guest()).await;
    let bare = bare.expect("a wallet");
    assert_eq!((bare.balance, bare.rank), (Money::from_minor(123_058), None));

    let answer = json!({"balance": 155, "currentRank": {
        "name": "Платиновый\t", "index": 1, "cashbackPercentage": 12.5,
        "confirmation": {"sumLeft": 500.5, "hoursLeft": 12}
    }});
    let wallet = Stub::answering(answer).await.plazius().wallet(&guest()).await.expect("a wallet");
    let rank = wallet.rank.expect("a rank");
    assert_eq!((rank.name.as_str(), rank.benefit), ("Платиновый", RankBenefit::CashbackBp(1_250)));
    let confirmation = rank.confirmation.expect("a confirmation");
    assert_eq!((confirmation.sum_left, confirmation.hours_left), (Money::from_minor(50_050), 12));
}

#[tokio::test]
async fn wallets_that_cannot_be_are_refused() {
    for answer in [
        json!({}),
        json!({"balance": -1}),
        json!({"balance": "100"}),
        json!({"balance": 1, "currentRank": {"name": "Gold", "index": 1, "cashbackPercentage": 100.01}}),
        json!({"balance": 1, "currentRank": {"name": "Gold", "index": 1}}),
    ] {
        let error =
            Stub::answering(answer.clone()).await.plazius().wallet(&guest()).await.expect_err("refused");
        assert!(matches!(error, UpstreamError::Malformed { .. }), "{answer}: {error:?}");
    }
}

#[tokio::test]
async fn a_payment_code_gets_its_leading_zeros_back() {
    for (number, digits) in
        [(0, "0000000"), (7, "0000007"), (42, "0000042"), (12_345, "0012345"), (5_024_790, "5024790")]
    {
        let stub = Stub::answering(json!({"code": number, "ttlSeconds": 300})).await;
        let code = stub.plazius().payment_code(&guest()).await.expect("a code");
        assert_eq!((code.digits.as_str(), code.ttl_s), (digits, 300));
    }
    for answer in [
        json!({"code": 10_000_000, "ttlSeconds": 300}),
        json!({"code": -1, "ttlSeconds": 300}),
        json!({"code": 7, "ttlSeconds": -1}),
        json!({"code": 7}),
    ] {
        let stub = Stub::answering(answer.clone()).await;
        stub.plazius().payment_code(&guest()).await.expect_err(&answer.to_string());
    }
}

#[tokio::test]
async fn the_earned_bonuses_are_read_in_both_spellings() {
    for spelling in ["\u{435}arnedBonuses", "earnedBonuses"] {
        let mut answer = json!({"order": {
            "id": order_id(), "number": null, "fullSum": 1500, "sumToPay": 1200, "freeProductSum": 150,
            "paidWithBonuses": 150, "bonusPaymentRollbackSum": 0, "openTime": "2026-11-23T10:00:00Z",
            "status": "closed", "products": [], "organizationId": order_id(), "source": "delivery"
        }});
        answer["order"][spelling] = json!(100);
        let order = Stub::answering(answer).await.plazius().order(order_ref(&guest())).await;
        let order = order.expect("an order").expect("known");
        assert_eq!(order.status, OrderStatus::Closed);
        assert_eq!(order.earned_bonuses, Money::from_minor(10_000));
        assert_eq!(order.paid_with_bonuses, Money::from_minor(15_000));
    }
}

#[tokio::test]
async fn an_answer_about_another_order_is_refused() {
    let stub = Stub::answering(json!({"id": uuid::Uuid::nil()})).await;
    let error =
        stub.plazius().reset(order_ref(&guest()), jiff::Timestamp::UNIX_EPOCH).await.expect_err("another");
    assert!(matches!(error, UpstreamError::Malformed { in_doubt: true, .. }), "{error:?}");
}
