//! What is believed of the basic REST API's answers, and what is not.

use contract::{Money, Phone};
use jiff::Timestamp;
use serde_json::{Value, json};
use upstream::program::{
    Calculation, Confirmation, Finish, Guest, GuestKey, OrderRef, Question, Rank, RankBenefit, SpendEnd,
    Wallet,
};
use upstream::{LoyaltyProgram, UpstreamError};

use super::{confirmed, contents, documented_stub, ivan, stub};
use crate::order::{order_id, question};

fn end(payment: i64, accrual: i64) -> SpendEnd {
    SpendEnd { payment: Money::from_minor(payment), accrual: Money::from_minor(accrual) }
}

async fn calculate(
    change: impl Fn(&mut Value) + Send + Sync + 'static,
) -> Result<Calculation, UpstreamError> {
    stub("recalc", change).await.basic_rest().calculate(question(&ivan(), &contents())).await
}

#[tokio::test]
async fn the_documented_client_is_read_with_a_phone_that_is_a_number() {
    let guest = documented_stub().await.basic_rest().guest(&ivan()).await;
    let expected = Guest { name: Some("ИВАН".to_owned()), phone: Phone::parse("+79200000000") };
    assert_eq!(guest, Ok(Some(expected)));
    let wallet = documented_stub().await.basic_rest().wallet(&ivan()).await.expect("a wallet");
    let rank =
        Rank { name: "Бонусы".to_owned(), benefit: RankBenefit::CashbackBp(1_000), confirmation: None };
    assert_eq!(wallet, Wallet { balance: Money::from_minor(87_800), rank: Some(rank) });
}

#[tokio::test]
async fn a_phone_may_be_a_text_and_a_card_finds_a_client_without_one() {
    for phone in [json!("+79200000000"), json!("79200000000"), json!(79_200_000_000_i64)] {
        let stub = stub("client", move |answer| answer["client"]["phone"] = phone.clone()).await;
        assert!(stub.basic_rest().guest(&ivan()).await.expect("an answer").is_some());
    }
    for phone in [json!(null), json!(""), json!(0)] {
        let stub = stub("client", move |answer| answer["client"]["phone"] = phone.clone()).await;
        let card = GuestKey::Card("23000001GF".to_owned());
        let guest = stub.basic_rest().guest(&card).await.expect("an answer").expect("a guest");
        assert_eq!(guest.phone, None);
        let error = stub.basic_rest().guest(&ivan()).await.expect_err("not the phone");
        assert!(matches!(error, UpstreamError::Malformed { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_search_by_phone_that_finds_another_phone_logs_nobody_in() {
    let stub = stub("client", |answer| answer["client"]["phone"] = json!(79_209_999_999_i64)).await;
    let error = stub.basic_rest().guest(&ivan()).await.expect_err("another guest");
    assert!(matches!(error, UpstreamError::Malformed { .. }), "{error:?}");
}

#[tokio::test]
async fn the_documented_calculation_has_both_ends_and_the_wallet() {
    let calculation = calculate(|_| {}).await.expect("a calculation");
    assert_eq!((calculation.least, calculation.most), (end(0, 1_000), end(10_000, 0)));
    assert_eq!(calculation.discount_total, Money::ZERO);
    assert_eq!(calculation.echo, "62aXXXXXXX6");
    assert_eq!(calculation.wallet.expect("a wallet").balance, Money::from_minor(87_800));
}

#[tokio::test]
async fn a_discount_level_takes_its_share_off_rounded_half_up() {
    for (percent, discount) in [(json!(10), 1_000), (json!(0.1), 10), (json!(12.5), 1_250), (json!(0), 0)] {
        let percent_sent = percent.clone();
        let calculation = calculate(move |answer| {
            answer["recalc"] = json!({"amount": 100, "percent": percent_sent, "type": "discount"});
        });
        let calculation = calculation.await.expect("a calculation");
        assert_eq!(calculation.discount_total, Money::from_minor(discount), "{percent}");
        assert_eq!((calculation.least, calculation.most), (end(0, 0), end(0, 0)));
        let names: Vec<_> = calculation.campaigns.iter().map(|campaign| campaign.name.as_str()).collect();
        assert_eq!(names, if discount == 0 { vec![] } else { vec!["Бонусы"] });
    }
}

#[tokio::test]
async fn what_would_falsify_money_is_refused() {
    for (field, value) in [
        ("amount", json!(99.99)),
        ("amount", json!("100")),
        ("spend", json!(-1)),
        ("spend", json!(100.01)),
        ("spend", json!(0.005)),
        ("spend", json!(1e30)),
        ("spend", json!(null)),
        ("spend", json!("100")),
        ("earn", json!(-0.01)),
        ("earn", json!(null)),
        ("percent", json!(100.01)),
        ("percent", json!(-1)),
        ("type", json!("gift")),
    ] {
        let sent = value.clone();
        let error = calculate(move |answer| answer["recalc"][field] = sent.clone()).await.expect_err(field);
        assert!(matches!(error, UpstreamError::Malformed { .. }), "{field} = {value}: {error:?}");
    }
}

#[tokio::test]
async fn a_hold_or_a_sale_other_than_asked_for_is_in_doubt() {
    let (guest, order) = (ivan(), contents());
    for (field, value) in [("amount", json!(99)), ("until", json!(1e18)), ("until", json!(null))] {
        let stub = stub("hold", move |answer| answer["held"][field] = value.clone()).await;
        let payment = Money::from_minor(10_000);
        let confirmation = Confirmation {
            order_id: order_id(),
            reference: None,
            guest: &guest,
            order: &order,
            echo: "1",
            payment,
        };
        let error = stub.basic_rest().confirm(confirmation).await.expect_err(field);
        assert!(matches!(error, UpstreamError::Malformed { in_doubt: true, .. }), "{field}: {error:?}");
    }
    for (field, value, payment) in [
        ("amount", json!(99), 10_000),
        ("spend", json!(50), 10_000),
        ("spend", json!(null), 10_000),
        ("total", json!(0.01), 10_000),
        ("total", json!(99.99), 0),
        ("spend", json!(1), 0),
    ] {
        let stub = stub("retail", move |answer| answer["retail"][field] = value.clone()).await;
        let order: OrderRef<'_> = confirmed(&guest, Some("1"), Money::from_minor(payment));
        let error = stub.basic_rest().close(order, Timestamp::UNIX_EPOCH).await.expect_err(field);
        assert!(matches!(error, UpstreamError::Malformed { in_doubt: true, .. }), "{field}: {error:?}");
    }
}

#[tokio::test]
async fn what_the_system_cannot_do_it_says_without_being_asked() {
    let stub = documented_stub().await;
    let (program, guest, order) = (stub.basic_rest(), ivan(), contents());
    let capabilities = program.capabilities();
    assert!(!capabilities.promo_codes && !capabilities.payment_codes);
    assert!(!capabilities.join && !capabilities.refunds && !capabilities.anonymous_preview);
    assert_eq!((capabilities.hold_ttl_s, capabilities.finish), (Some(600), Finish::ByCall));
    let codes = ["SUMMER".to_owned()];
    let with_codes = Question { promo_codes: &codes, ..question(&guest, &order) };
    let for_nobody = Question { guest: None, ..question(&guest, &order) };
    let placed = confirmed(&guest, None, Money::ZERO);
    let phone = Phone::parse("+79200000000").expect("E.164");
    for error in [
        program.calculate(with_codes).await.expect_err("codes"),
        program.calculate(for_nobody).await.expect_err("nobody"),
        program.join(&phone).await.expect_err("joining"),
        program.order(placed).await.expect_err("an order"),
        program.payment_code(&guest).await.expect_err("a code"),
    ] {
        assert!(matches!(error, UpstreamError::Unsupported { .. }), "{error:?}");
    }
    assert!(stub.all().is_empty());
}
