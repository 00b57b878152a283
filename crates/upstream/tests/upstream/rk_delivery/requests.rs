//! Each request, compared with the JSON that r_k Delivery documents.

use contract::cart::Expedition;
use contract::{Money, Phone};
use jiff::Timestamp;
use serde_json::{Value, json};
use upstream::program::{Confirmation, Confirmed, Finish, GuestKey, LostConfirm, OrderContents, Question};
use upstream::{LoyaltyProgram, UpstreamError};

use super::{SALAD, confirmed, documented_stub, guest, salads, with_sauce};
use crate::order::{order_id, question};
use crate::stub::Stub;

fn dish() -> Value {
    json!({
        "id": SALAD, "name": "Салат Мимоза", "price": 200, "discount": 0,
        "measure": {"value": 0, "unit": ""}, "isContainInStopList": [], "quantity": 1, "ingredients": []
    })
}

fn precalculation(use_bonuses: bool) -> Value {
    json!({
        "dishList": [dish()], "address": null, "soonest": true, "useLoyalty": true,
        "restaurantId": "18f550d8-7fbe-45fa-8c83-35f531380f65", "phone": "71111111111",
        "expeditionType": "pickup", "useLoyaltyBonusPayments": use_bonuses, "orderId": "",
        "manualDiscounts": [], "hideLoader": true
    })
}

/// What was sent, tokens left out, each with its token.
fn sent(stub: &Stub) -> Vec<(String, String)> {
    let sent = stub.operations();
    assert!(sent.iter().all(|request| request.authorization.as_deref() == Some("Bearer token-1")));
    let name = |path: &str| path.strip_prefix("/delivery/orders/api/v1/").expect("the base").to_owned();
    sent.iter().map(|request| (request.method.clone(), name(&request.path))).collect()
}

fn call(method: &str, path: &str) -> (String, String) {
    (method.to_owned(), path.to_owned())
}

#[tokio::test]
async fn an_order_is_precalculated_without_and_with_bonuses() {
    let stub = documented_stub().await;
    stub.rk_delivery().calculate(question(&guest(), &salads(1))).await.expect("a calculation");
    assert_eq!(sent(&stub), [call("POST", "orders/delivery"), call("POST", "orders/delivery")]);
    let bodies: Vec<_> = stub.operations().iter().map(crate::stub::Received::json).collect();
    assert_eq!(bodies, [precalculation(false), precalculation(true)]);
}

#[tokio::test]
async fn codes_a_wished_time_and_the_orders_number_are_sent_where_they_are_known() {
    let stub = documented_stub().await;
    let codes = ["PROMOCODE1".to_owned()];
    let expected_at = Some("2022-06-16T06:41:08.2789Z".parse().expect("a time"));
    let order = OrderContents { expected_at, ..salads(1) };
    let guest = guest();
    let question = Question { promo_codes: &codes, reference: Some("128763"), ..question(&guest, &order) };
    stub.rk_delivery().calculate(question).await.expect("a calculation");
    let mut body = precalculation(false);
    body["loyaltyPromo"] = json!(["PROMOCODE1"]);
    body["orderId"] = json!("128763");
    body["soonest"] = json!(false);
    body["expectedAt"] = json!("2022-06-16T06:41:08.278Z");
    assert_eq!(stub.operations()[0].json(), body);
}

#[tokio::test]
async fn what_is_added_to_a_dish_is_sent_for_one_portion() {
    let stub = documented_stub().await;
    let order = with_sauce(salads(3));
    stub.rk_delivery().calculate(question(&guest(), &order)).await.expect_err("another sum than documented");
    let mut dish = dish();
    dish["quantity"] = json!(3);
    dish["ingredients"] = json!([
        {"id": "66a506b9-ce54-26f6-c582-dc884f7d02f3", "name": "Соус", "price": 15.5, "quantity": 2}
    ]);
    assert_eq!(stub.operations()[0].json()["dishList"], json!([dish]));
}

async fn confirm(stub: &Stub, payment: i64, reference: Option<&str>) -> Result<Confirmed, UpstreamError> {
    let (program, guest, order) = (stub.rk_delivery(), guest(), salads(1));
    let calculation = program.calculate(question(&guest, &order)).await.expect("a calculation");
    let payment = Money::from_minor(payment);
    let echo = &calculation.echo;
    let confirmation =
        Confirmation { order_id: order_id(), reference, guest: &guest, order: &order, echo, payment };
    program.confirm(confirmation).await
}

/// The blocks of the documented answer, for the order with bonuses or without.
fn blocks(total: i64, taken_off: i64, used: bool) -> (Value, Value) {
    let loyalty = json!({
        "totalAmount": total, "loyaltyDiscountAmount": taken_off,
        "bonuses": {
            "guestBalance": 1230.58, "rankName": "Платиновый\t", "maxBonusesForPayment": 100,
            "accrualWithPayment": 5, "accrualWithoutPayment": 10
        },
        "loyaltyPrograms": [],
        "fingerPrint": "eyJQYXR0ZXJuIjowLCJPcmRlckhhc2giOjE3NzY2NDAzNzYsIkRpc2NvdW50U3VtIjowLjB9",
        "useRkLoyalty": true, "useLoyaltyBonusPayments": used
    });
    (loyalty, json!({"useRk7Discounts": false, "total": total, "discount": 0, "discountList": []}))
}

/// Numbers as this project reads them: 100, 100.0 and 100.00 are the same.
fn normal(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(values) => values.iter().map(normal).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), normal(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

#[tokio::test]
async fn an_order_is_created_with_the_whole_block_of_the_choice() {
    for (payment, total, taken_off, used) in [(0, 200, 0, false), (10_000, 100, 100, true)] {
        let stub = documented_stub().await;
        let done = confirm(&stub, payment, None).await;
        assert_eq!(done, Ok(Confirmed { reference: Some("123".to_owned()), held_until: None }));
        assert_eq!(sent(&stub)[2], call("POST", "orders"));
        let (loyalty, discounts) = blocks(total, taken_off, used);
        let body = json!({
            "comment": "", "restaurantId": "18f550d8-7fbe-45fa-8c83-35f531380f65", "persons": 1,
            "expeditionType": "pickup", "paymentTypeId": "cash", "courierId": "", "soonest": true,
            "dishList": [dish()], "changeFrom": null,
            "guest": {"firstName": "", "lastName": "", "phone": "71111111111", "email": null},
            "loyaltyCalculation": loyalty, "discounts": discounts, "discountDeliveryAmount": null
        });
        assert_eq!(normal(&stub.operations()[2].json()), normal(&body));
    }
}

#[tokio::test]
async fn a_known_order_is_changed_and_keeps_its_number() {
    let stub = documented_stub().await;
    let done = confirm(&stub, 10_000, Some("128763")).await;
    assert_eq!(done, Ok(Confirmed { reference: Some("128763".to_owned()), held_until: None }));
    assert_eq!(sent(&stub)[2], call("PATCH", "orders/128763"));
    let (loyalty, _) = blocks(100, 100, true);
    let body = json!({"paymentTypeId": "cash", "dishList": [dish()], "loyaltyCalculation": loyalty});
    assert_eq!(normal(&stub.operations()[2].json()), normal(&body));
}

#[tokio::test]
async fn a_part_of_the_bonuses_cannot_be_spent() {
    for payment in [1, 9_999, 10_001] {
        let stub = documented_stub().await;
        let error = confirm(&stub, payment, None).await.expect_err("all or nothing");
        assert!(matches!(error, UpstreamError::Unsupported { .. }), "{error:?}");
        assert_eq!(stub.operations().len(), 2, "nothing is created");
    }
}

#[tokio::test]
async fn a_reset_has_no_body() {
    let stub = documented_stub().await;
    let guest = guest();
    stub.rk_delivery().reset(confirmed(&guest, Some("123")), Timestamp::UNIX_EPOCH).await.expect("reset");
    assert_eq!(sent(&stub), [call("POST", "orders/123/resetLoyalty")]);
    let request = &stub.operations()[0];
    assert_eq!((request.text.as_str(), &request.content_type), ("", &None));
}

#[tokio::test]
async fn what_the_system_cannot_be_told_is_not_sent() {
    let stub = documented_stub().await;
    let (program, guest, order) = (stub.rk_delivery(), guest(), salads(1));
    let capabilities = program.capabilities();
    assert_eq!(
        (capabilities.finish, capabilities.lost_confirm),
        (Finish::AtTheTill, LostConfirm::SeenAtTheTill)
    );
    assert!(!capabilities.courier && !capabilities.wallet_details && !capabilities.payment_codes);
    let brought = OrderContents { expedition: Expedition::Delivery, ..salads(1) };
    let mut by_article = salads(1);
    by_article.lines[0].code = "salad".to_owned();
    let mut by_braced_guid = salads(1);
    by_braced_guid.lines[0].code = format!("{{{SALAD}}}");
    let card = GuestKey::Card("23000001GF".to_owned());
    let (known, lost) = (confirmed(&guest, Some("123")), confirmed(&guest, None));
    let at = Timestamp::UNIX_EPOCH;
    let phone = Phone::parse("+71111111111").expect("E.164");
    for error in [
        program.calculate(question(&guest, &brought)).await.expect_err("an address"),
        program.calculate(question(&guest, &by_article)).await.expect_err("an article"),
        program.calculate(question(&guest, &by_braced_guid)).await.expect_err("braces"),
        program.calculate(question(&card, &order)).await.expect_err("a card"),
        program.calculate(Question { guest: None, ..question(&guest, &order) }).await.expect_err("nobody"),
        program.reset(lost, at).await.expect_err("no number"),
        program.abort(known, at).await.expect_err("cancelling"),
        program.close(known, at).await.expect_err("closing"),
        program.order(known).await.expect_err("looking up"),
        program.guest(&guest).await.expect_err("a guest"),
        program.wallet(&guest).await.expect_err("a wallet"),
        program.join(&phone).await.expect_err("joining"),
        program.payment_code(&guest).await.expect_err("a code"),
    ] {
        assert!(matches!(error, UpstreamError::Unsupported { .. }), "{error:?}");
    }
    assert!(stub.all().is_empty());
}

/// Every field of `sent` is in `documented`, at any depth. Lists are compared by their first entries.
fn assert_documented(sent: &Value, documented: &Value, place: &str) {
    match (sent, documented) {
        (Value::Object(sent), Value::Object(documented)) => {
            for (name, value) in sent {
                let known =
                    documented.get(name).unwrap_or_else(|| panic!("{place}.{name} is not documented"));
                assert_documented(value, known, &format!("{place}.{name}"));
            }
        }
        (Value::Array(sent), Value::Array(documented)) => {
            if let (Some(sent), Some(documented)) = (sent.first(), documented.first()) {
                assert_documented(sent, documented, place);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn no_field_is_sent_that_the_makers_examples_lack() {
    let fixture = |text: &str| -> Value { serde_json::from_str(text).expect("a fixture") };
    let (create, change) = (documented_stub().await, documented_stub().await);
    confirm(&create, 10_000, None).await.expect("created");
    confirm(&change, 10_000, Some("128763")).await.expect("changed");
    for (stub, documented) in [
        (&create, include_str!("../fixtures/rk_delivery/create.request.json")),
        (&change, include_str!("../fixtures/rk_delivery/change.request.json")),
    ] {
        let precalculate = fixture(include_str!("../fixtures/rk_delivery/precalculate.request.json"));
        assert_documented(&stub.operations()[0].json(), &precalculate, "precalculate");
        assert_documented(&stub.operations()[2].json(), &fixture(documented), "confirm");
    }
}
