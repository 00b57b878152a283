//! Guests' accounts at Plazius: each request compared with the documented JSON, each documented answer read.

use contract::{Money, Quantity};
use jiff::civil::date;
use serde_json::{Value, json};
use upstream::program::{
    BonusCause, CampaignKind, Card, Change, GiftContents, GiftStatus, GuestAccount, GuestChanges, GuestKey,
    OrderStatus, Page, ReferrerStatus, Sex,
};
use upstream::{LoyaltyProgram, UpstreamError};

use super::documented;
use crate::order::guest;
use crate::stub::Stub;

async fn stub() -> Stub {
    Stub::start(|request| {
        let body = if request.path.ends_with("gentoken") { "" } else { documented(&request.path) };
        (200, body.to_owned(), std::time::Duration::ZERO)
    })
    .await
}

/// The one request that was sent has this path and, beside guest and restaurant, these fields.
fn assert_sent(stub: &Stub, operation: &str, fields: Value) {
    let sent = stub.only_operation();
    assert_eq!(sent.path, format!("/pub/b2b/v1/loyalty/guests/{operation}"));
    let mut expected = json!({
        "guest": {"type": "phone", "phone": "+79990001122"},
        "organization": {"type": "rkObjectId", "id": "4174244"}
    });
    let Value::Object(fields) = fields else { panic!("fields") };
    expected.as_object_mut().expect("an object").extend(fields);
    assert_eq!(sent.json(), expected);
}

#[tokio::test]
async fn an_update_sends_what_changes_and_clears_by_leaving_the_value_out() {
    let stub = stub().await;
    let changes = GuestChanges {
        first_name: Change::Set("Иван".to_owned()),
        email: Change::Clear,
        birthday: Change::Set(date(1989, 1, 17)),
        sex: Change::Set(Sex::Female),
        ..GuestChanges::default()
    };
    let updated = stub.plazius().update(&guest(), &changes).await.expect("updated");
    assert_eq!((updated.name.as_deref(), updated.phone), (Some("Иван"), guest_phone()));
    let information = json!({
        "firstName": {"hasValue": true, "value": "Иван"},
        "email": {"hasValue": true},
        "birthday": {"hasValue": true, "value": "1989-01-17T00:00:00Z"},
        "sex": {"hasValue": true, "value": "female"}
    });
    assert_sent(&stub, "update", json!({"guestInformation": information}));
}

fn guest_phone() -> Option<contract::Phone> {
    Some(crate::order::phone())
}

#[tokio::test]
async fn bonuses_are_given_and_taken_with_a_comment() {
    let amount = Money::from_minor(15_550);
    let body = json!({"amount": 155.5, "comment": "В день рождения"});
    let given = stub().await;
    given.plazius().add_bonuses(&guest(), amount, "В день рождения").await.expect("given");
    assert_sent(&given, "addBonus", body.clone());
    let taken = stub().await;
    taken.plazius().write_off_bonuses(&guest(), amount, "В день рождения").await.expect("taken");
    assert_sent(&taken, "writeoffBonus", body);
}

#[tokio::test]
async fn cards_are_read_added_and_issued() {
    let card = Card { track: "1A56CD0".to_owned(), number: "23000001GF".to_owned(), is_virtual: true };
    let read = stub().await;
    assert_eq!(read.plazius().cards(&guest()).await, Ok(vec![card.clone()]));
    assert_sent(&read, "get", json!({}));
    let issued = stub().await;
    assert_eq!(issued.plazius().issue_card(&guest()).await, Ok(card.clone()));
    assert_sent(&issued, "generateLoyaltyCard", json!({}));
    let added = stub().await;
    added.plazius().add_card(&guest(), &card).await.expect("added");
    let body = json!({"cardTrack": "1A56CD0", "cardNumber": "23000001GF", "isVirtual": true});
    assert_sent(&added, "addLoyaltyCard", body);
}

#[tokio::test]
async fn the_documented_order_of_the_past_is_read_whole() {
    let stub = stub().await;
    let page =
        Page { from: None, to: Some("2026-11-23T10:00:00.5Z".parse().expect("a time")), skip: 5, take: 20 };
    let history = stub.plazius().orders(&guest(), page, Some(OrderStatus::Closed)).await.expect("a history");
    let filter = json!({"toDate": "2026-11-23T10:00:00.5Z", "skip": 5, "take": 20, "orderStatus": "closed"});
    assert_sent(&stub, "getOrdersHistory", json!({"filter": filter, "fillOrderDetails": true}));
    assert_eq!((history.total_count, history.entries.len()), (25, 1));
    let order = &history.entries[0];
    assert_eq!((order.number, order.status, order.is_delivery), (Some(1), OrderStatus::Open, false));
    let sums = order.sums;
    let minor = [
        sums.full,
        sums.to_pay,
        sums.discount,
        sums.paid_with_bonuses,
        sums.earned_bonuses,
        sums.returned_bonuses,
    ];
    assert_eq!(minor.map(Money::minor), [150_000, 120_000, 15_000, 15_000, 10_000, 10_000]);
    assert_eq!(order.opened_at, "2023-11-11T14:39:24.223Z".parse().expect("a time"));
    let dish = &order.dishes[0];
    assert_eq!(
        (dish.full.minor(), dish.cost.minor(), dish.quantity),
        (17_000, 14_000, Quantity::from_milli(2_000))
    );
    assert_eq!(dish.category.as_deref(), Some("Мучное"));
}

#[tokio::test]
async fn the_documented_change_of_the_balance_is_read_and_may_be_below_zero() {
    let page = Page { from: None, to: None, skip: 0, take: 50 };
    let documented_stub = stub().await;
    let history = documented_stub.plazius().bonus_changes(&guest(), page).await.expect("a history");
    assert_sent(&documented_stub, "getBonusHistory", json!({"filter": {"skip": 0, "take": 50}}));
    let change = &history.entries[0];
    assert_eq!((change.amount, change.cause), (Money::from_minor(99_900), BonusCause::Order));
    assert_eq!(change.restaurant.as_deref(), Some("Пироги да Фрукты"));
    assert_eq!(change.comment.as_deref(), Some("В день рождения"));

    let taken = json!({"totalCount": 1, "operations": [
        {"amount": -37.05, "date": "2023-11-11T14:39:24", "operationType": "api"}
    ]});
    let history =
        Stub::answering(taken).await.plazius().bonus_changes(&guest(), page).await.expect("a history");
    let change = &history.entries[0];
    assert_eq!((change.amount, change.order_id), (Money::from_minor(-3_705), None));
    assert_eq!(change.at, "2023-11-11T14:39:24Z".parse().expect("a time"), "without a zone it is UTC");
}

#[tokio::test]
async fn the_documented_campaign_is_read_whole() {
    let stub = stub().await;
    let campaigns = stub.plazius().campaigns(&guest()).await.expect("campaigns");
    assert_sent(&stub, "getMarketingCampaigns", json!({}));
    let campaign = &campaigns[0];
    assert_eq!(
        (campaign.name.as_str(), campaign.kind),
        ("Соба с креветкой за штампики", Some(CampaignKind::Free))
    );
    assert_eq!(campaign.from, date(2023, 8, 23).at(0, 0, 0, 0));
    assert_eq!(campaign.to, Some(date(2023, 10, 18).at(0, 0, 0, 0)));
    assert_eq!(
        (campaign.promo_code.as_deref(), campaign.price),
        (Some("ВЕСНА24"), Some(Money::from_minor(100)))
    );
    assert_eq!((campaign.is_active, campaign.activated), (true, Some(true)));
    let gift = &campaign.gifts[0];
    assert_eq!((gift.status, gift.stamp_index), (GiftStatus::Promised, Some(3)));
    assert_eq!(gift.expires_at, "2023-11-11T14:39:24.223Z".parse().expect("a time"));
    assert_eq!(gift.terms.gives, GiftContents::Simple);
    let stamps = campaign.stamps.as_ref().expect("stamps");
    assert_eq!((stamps.collected, stamps.gifts[0].0), (2, 3));
    assert_eq!(stamps.conditions, "1 штампик за каждые 100руб в чеке");
    let referral = campaign.referral.as_ref().expect("invitations");
    assert_eq!(referral.status, Some(ReferrerStatus::CanNotInvite));
}

#[tokio::test]
async fn a_gift_of_bonuses_tells_how_many_and_a_price_cannot_be_below_zero() {
    let answer = |change: fn(&mut Value)| {
        let mut answer: Value =
            serde_json::from_str(documented("/loyalty/guests/getMarketingCampaigns")).expect("a fixture");
        change(&mut answer["marketingCampaigns"][0]);
        answer
    };
    let bonus = answer(|campaign| campaign["gifts"][0]["chosenGift"]["type"] = json!("bonus"));
    let campaigns = Stub::answering(bonus).await.plazius().campaigns(&guest()).await.expect("campaigns");
    assert_eq!(campaigns[0].gifts[0].terms.gives, GiftContents::Bonuses(Money::from_minor(10_000)));
    for wrong in [
        answer(|campaign| {
            campaign["gifts"][0]["chosenGift"]["type"] = json!("bonus");
            campaign["gifts"][0]["chosenGift"]["bonus"] = json!(null);
        }),
        answer(|campaign| campaign["price"] = json!(-1)),
        answer(|campaign| campaign["price"] = json!(i64::MAX)),
        answer(|campaign| campaign["from"] = json!("23.08.2023")),
    ] {
        let error = Stub::answering(wrong).await.plazius().campaigns(&guest()).await.expect_err("refused");
        assert!(matches!(error, UpstreamError::Malformed { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_guest_without_a_phone_is_not_asked_about() {
    let stub = stub().await;
    let (program, card) = (stub.plazius(), GuestKey::Card("23000001GF".to_owned()));
    for error in [
        program.guest(&card).await.expect_err("a guest"),
        program.cards(&card).await.expect_err("cards"),
        program.campaigns(&card).await.expect_err("campaigns"),
    ] {
        assert!(matches!(error, UpstreamError::Unsupported { .. }), "{error:?}");
    }
    assert!(stub.all().is_empty());
    assert!(program.accounts().is_some() && stub.basic_rest().accounts().is_none());
    assert!(stub.rk_delivery().accounts().is_none());
}
