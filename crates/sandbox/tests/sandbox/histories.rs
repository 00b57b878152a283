//! The histories of a guest: what is in them, in which order, and which part is asked for.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::orders::{Cart, abort, close, dish, plain, reset};
use crate::stand::{IVAN, MARIA, ORDER, Stand, guest, guest_request, organization};

const ORDERS: &str = "guests/getOrdersHistory";
const BONUSES: &str = "guests/getBonusHistory";

fn filtered(phone: &str, filter: Value) -> Value {
    let mut request = guest_request(phone);
    request["filter"] = filter;
    request
}

fn id(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Confirms an order of Мария's that was opened at this second of the stand's first minute.
async fn confirm(stand: &Stand, number: usize, opened_at_s: u32) {
    let cart = Cart::of(MARIA, vec![plain(10_000)]);
    let at = json!(format!("2026-03-01T09:00:{opened_at_s:02}Z"));
    let mut question = cart.calculate_body();
    question["order"]["openedAt"] = at.clone();
    let quote = stand.call("orders/calculate", question).await.ok();
    let fingerprint = quote["loyalty"]["fingerprint"].as_str().expect("a text");
    let mut body = cart.confirm_body(&id(number), fingerprint, 0);
    body["order"]["openedAt"] = at;
    stand.call("orders/confirm", body).await.ok();
}

/// The numbers of the orders in an answer, and how many there are in all.
async fn numbers(stand: &Stand, filter: Value) -> (Vec<usize>, u64) {
    let answer = stand.call(ORDERS, filtered(MARIA, filter)).await.ok();
    let orders = answer["orders"].as_array().expect("a list");
    let number = |order: &Value| order["id"].as_str().and_then(|id| id[24..].parse().ok()).expect("a number");
    (orders.iter().map(number).collect(), answer["totalCount"].as_u64().expect("a number"))
}

#[tokio::test]
async fn a_closed_order_is_shown_with_its_sums_and_on_demand_with_its_dishes() {
    let stand = Stand::start().await;
    let cart = Cart::of(IVAN, vec![dish("pie-cherry"), dish("drink-mors")]);
    cart.confirm(&stand, ORDER, 10_000).await.ok();
    close(&stand, ORDER).await.ok();
    let answer = stand.call(ORDERS, guest_request(IVAN)).await.ok();
    let expected = json!({
        "id": ORDER,
        "number": null,
        "fullSum": 580,
        "sumToPay": 320,
        "freeProductSum": 160,
        "paidWithBonuses": 100,
        "еarnedBonuses": 16,
        "bonusPaymentRollbackSum": 0,
        "openTime": "2026-03-01T09:00:00Z",
        "closeTime": "2026-03-01T09:07:00Z",
        "status": "closed",
        "products": [],
        "organizationId": "b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10",
        "source": "indoor",
    });
    assert_eq!(answer, json!({ "orders": [expected], "totalCount": 1 }));

    let mut in_detail = guest_request(IVAN);
    in_detail["fillOrderDetails"] = json!(true);
    let answer = stand.call(ORDERS, in_detail).await.ok();
    assert_eq!(
        answer["orders"][0]["products"],
        json!([
            { "code": "pie-cherry", "name": "Пирог с вишней", "group": "Пироги", "price": 420, "cost": 420,
                "quantity": 1 },
            { "code": "drink-mors", "name": "Морс клюквенный 0,4 л", "group": "Напитки", "price": 160, "cost": 0,
                "quantity": 1 },
        ])
    );
    let same = stand.call("orders/get", json!({ "id": ORDER })).await.ok();
    assert_eq!(answer["orders"][0], same["order"], "as the order itself is shown");
}

#[tokio::test]
async fn an_aborted_order_stays_in_the_history_and_a_reset_one_leaves_it() {
    let stand = Stand::start().await;
    let cart = Cart::of(IVAN, vec![plain(20_000)]);
    cart.confirm(&stand, ORDER, 5_000).await.ok();
    let shown = async || stand.call(ORDERS, guest_request(IVAN)).await.ok()["orders"].take();
    let open = shown().await;
    assert_eq!((&open[0]["status"], &open[0]["paidWithBonuses"]), (&json!("open"), &json!(50)));
    reset(&stand, ORDER).await.ok();
    assert_eq!(shown().await, json!([]), "the guest is no longer the order's");
    cart.confirm(&stand, ORDER, 5_000).await.ok();
    abort(&stand, ORDER).await.ok();
    let aborted = shown().await;
    assert_eq!(aborted[0]["status"], "aborted");
    assert_eq!(
        (&aborted[0]["paidWithBonuses"], &aborted[0]["bonusPaymentRollbackSum"]),
        (&json!(0), &json!(50))
    );
    assert_eq!(stand.balance(IVAN).await, "100");
}

#[tokio::test]
async fn orders_come_newest_first_in_pages_that_neither_repeat_nor_skip() {
    let stand = Stand::start().await;
    // Opened neither in the order of their ids nor at different times.
    for (number, second) in [(1, 20), (2, 10), (3, 30), (4, 20), (5, 20)] {
        confirm(&stand, number, second).await;
    }
    let newest_first = vec![3, 5, 4, 1, 2];
    assert_eq!(numbers(&stand, json!({})).await, (newest_first.clone(), 5));
    assert_eq!(numbers(&stand, json!({ "skip": null, "take": null })).await.0, newest_first);
    let mut paged = Vec::new();
    for skip in 0..5 {
        let (page, total) = numbers(&stand, json!({ "skip": skip, "take": 1 })).await;
        assert_eq!((page.len(), total), (1, 5));
        paged.extend(page);
    }
    assert_eq!(paged, newest_first);
    assert_eq!(numbers(&stand, json!({ "skip": 3, "take": 100 })).await, (vec![1, 2], 5));
    assert_eq!(numbers(&stand, json!({ "skip": 5 })).await, (vec![], 5));
    assert_eq!(numbers(&stand, json!({ "take": 0 })).await, (vec![], 5));
}

#[tokio::test]
async fn fifty_orders_are_a_page() {
    let stand = Stand::start().await;
    for number in 1..=52 {
        confirm(&stand, number, 0).await;
    }
    let (page, total) = numbers(&stand, json!({})).await;
    assert_eq!((page.len(), total), (50, 52));
    assert_eq!(page, (3..=52).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn orders_are_chosen_by_status_and_by_the_time_they_were_opened() {
    let stand = Stand::start().await;
    for (number, second) in [(1, 10), (2, 20), (3, 30), (4, 40)] {
        confirm(&stand, number, second).await;
    }
    close(&stand, &id(1)).await.ok();
    close(&stand, &id(3)).await.ok();
    abort(&stand, &id(4)).await.ok();
    for (filter, chosen) in [
        (json!({ "orderStatus": "open" }), vec![2]),
        (json!({ "orderStatus": "closed" }), vec![3, 1]),
        (json!({ "orderStatus": "aborted" }), vec![4]),
        (json!({ "fromDate": "2026-03-01T09:00:20Z" }), vec![4, 3, 2]),
        (json!({ "fromDate": "2026-03-01T09:00:20.0000001Z" }), vec![4, 3]),
        (json!({ "toDate": "2026-03-01T09:00:20Z" }), vec![2, 1]),
        (json!({ "toDate": "2026-03-01T09:00:19.9999999Z" }), vec![1]),
        (json!({ "fromDate": "2026-03-01T12:00:20+03:00", "toDate": "2026-03-01T09:00:30Z" }), vec![3, 2]),
        (json!({ "fromDate": "2026-03-01T09:00:30Z", "toDate": "2026-03-01T09:00:20Z" }), vec![]),
        (json!({ "fromDate": null, "toDate": null, "orderStatus": "closed" }), vec![3, 1]),
        (json!({ "fromDate": "0001-01-01T00:00:00Z", "toDate": "9999-12-30T00:00:00Z" }), vec![4, 3, 2, 1]),
    ] {
        let shown = filter.to_string();
        let total = chosen.len() as u64;
        assert_eq!(numbers(&stand, filter).await, (chosen, total), "{shown}");
    }
}

#[tokio::test]
async fn every_change_of_the_balance_is_in_its_history_with_its_reason() {
    let stand = Stand::start().await;
    let change = |amount: f64, comment: &str| json!({ "guest": guest(IVAN), "organization": organization(), "amount": amount, "comment": comment });
    let minute = SignedDuration::from_mins(1);
    stand.pass(minute);
    stand
        .call("guests/addBonus", change(55.5, "В день рождения"))
        .await
        .status_is(axum::http::StatusCode::OK);
    stand.pass(minute);
    stand.call("guests/writeoffBonus", change(5.5, "Ошибка")).await.status_is(axum::http::StatusCode::OK);
    stand.pass(minute);
    Cart::of(IVAN, vec![plain(20_000)]).confirm(&stand, ORDER, 10_000).await.ok();
    close(&stand, ORDER).await.ok();
    let here = json!({ "id": "b2d6f5c8-57b7-4a0e-8a6b-3f0d5b2e9a10", "name": "Пироги да Фрукты на Лесной" });
    let order = json!({ "id": ORDER, "number": null });
    let operations = json!([
        { "amount": 5, "date": "2026-03-01T09:03:00Z", "operationType": "order", "organization": here, "order": order,
            "comment": null },
        { "amount": -100, "date": "2026-03-01T09:03:00Z", "operationType": "order", "organization": here,
            "order": order, "comment": null },
        { "amount": -5.5, "date": "2026-03-01T09:02:00Z", "operationType": "api", "organization": here,
            "comment": "Ошибка" },
        { "amount": 55.5, "date": "2026-03-01T09:01:00Z", "operationType": "api", "organization": here,
            "comment": "В день рождения" },
        { "amount": 100, "date": "2026-03-01T09:00:00Z", "operationType": "bizUser", "comment": null },
    ]);
    let answer = stand.call(BONUSES, guest_request(IVAN)).await.ok();
    assert_eq!(answer, json!({ "totalCount": 5, "operations": operations }));
    let amounts =
        operations.as_array().expect("a list").iter().map(|one| one["amount"].as_f64().expect("a number"));
    assert_eq!(
        stand.balance(IVAN).await,
        amounts.sum::<f64>().to_string(),
        "the changes add up to the balance"
    );

    for (filter, chosen) in [
        (json!({ "take": 2 }), 0..2),
        (json!({ "skip": 3, "take": 100_000 }), 3..5),
        (json!({ "fromDate": "2026-03-01T09:02:00Z" }), 0..3),
        (json!({ "toDate": "2026-03-01T09:01:00Z" }), 3..5),
        (json!({ "fromDate": "2026-03-01T09:00:30Z", "toDate": "2026-03-01T09:02:30Z", "skip": 1 }), 3..4),
    ] {
        let shown = filter.to_string();
        let answer = stand.call(BONUSES, filtered(IVAN, filter)).await.ok();
        let expected = &operations.as_array().expect("a list")[chosen];
        assert_eq!(answer["operations"].as_array().expect("a list"), expected, "{shown}");
    }
}

#[tokio::test]
async fn wrong_filters_are_refused_with_their_field() {
    let stand = Stand::start().await;
    for operation in [ORDERS, BONUSES] {
        for (filter, field) in [
            (json!(null), "filter"),
            (json!([]), "filter"),
            (json!({ "skip": -1 }), "skip"),
            (json!({ "take": -1 }), "take"),
            (json!({ "take": "50" }), "take"),
            (json!({ "take": 1.5 }), "take"),
            (json!({ "take": 2_147_483_648_u32 }), "take"),
            (json!({ "skip": 2_147_483_648_u32 }), "skip"),
            (json!({ "fromDate": "2026-03-01" }), "fromDate"),
            (json!({ "toDate": 1_767_225_600 }), "toDate"),
            (json!({ "status": "open" }), "status"),
        ] {
            let shown = filter.to_string();
            let message = stand.call(operation, filtered(IVAN, filter)).await.refused("9004");
            assert!(message.contains(field), "{operation} {shown}: {message}");
        }
    }
    for (filter, field) in [
        (json!({ "orderStatus": null }), "orderStatus"),
        (json!({ "orderStatus": "confirmed" }), "orderStatus"),
        (json!({ "organizationsInNetwork": "4174244" }), "organizationsInNetwork"),
        (json!({ "organizationsInNetwork": [4_174_244] }), "organizationsInNetwork"),
    ] {
        let message = stand.call(ORDERS, filtered(IVAN, filter)).await.refused("9004");
        assert!(message.contains(field), "{message}");
    }
    assert!(
        stand
            .call(BONUSES, filtered(IVAN, json!({ "take": 100_001 })))
            .await
            .refused("9004")
            .contains("100000")
    );
    stand.call(ORDERS, filtered(IVAN, json!({ "take": i32::MAX, "skip": i32::MAX }))).await.ok();
    let mut undecided = guest_request(IVAN);
    undecided["fillOrderDetails"] = json!(null);
    assert!(stand.call(ORDERS, undecided).await.refused("9004").contains("fillOrderDetails"));
}
