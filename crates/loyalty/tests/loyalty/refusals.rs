//! What is no programme and no order, and how the author or the caller is told.

use contract::{Money, Quantity};
use loyalty::calculation::UnknownRank;
use loyalty::{Expedition, Guest, Line, Order, OrderError, Programme, calculate};

use crate::fixture::{NOON, dish, guest, order, programme};

/// A programme file that uses every field.
const WHOLE: &str = r#"{
    "name": "Пироги да Фрукты",
    "max_payable_share_bp": 5000,
    "ranks": [
        {"name": "Бронзовый", "cashback_bp": 200},
        {"name": "Серебряный", "threshold_minor": 1000000, "cashback_bp": 500,
         "confirmation": {"sum_minor": 500000, "period_hours": 720}}
    ],
    "campaigns": [
        {"id": "00000000-0000-4000-8000-000000000001", "name": "Скидка по промокоду",
         "trigger": {"promo_code": "PROMOCODE1"}, "effect": {"fixed": {"amount_minor": 10000}},
         "exclusive_group": "чек"},
        {"id": "00000000-0000-4000-8000-000000000002", "name": "Скидка 10% за чек от 1000",
         "trigger": "automatic", "min_order_minor": 100000, "expeditions": ["pickup"],
         "target": {"categories": ["Пироги"]}, "effect": {"percent": {"share_bp": 1000}},
         "exclusive_group": "чек", "bonuses": "forbidden"},
        {"id": "00000000-0000-4000-8000-000000000003", "name": "Напиток в подарок",
         "trigger": "privilege", "target": {"codes": ["drink-mors"]}, "effect": "gift"}
    ]
}"#;

#[test]
fn a_programme_that_uses_every_field_is_read_and_written_back_the_same() {
    let programme = Programme::from_json(WHOLE).expect("a valid programme");
    assert_eq!((programme.ranks.len(), programme.campaigns.len()), (2, 3));
    let written = serde_json::to_string(&programme).expect("a programme can be written");
    assert_eq!(Programme::from_json(&written), Ok(programme));
}

#[test]
fn a_wrong_programme_is_refused_with_the_path_of_the_field() {
    let table = [
        (r#""name": "Пироги да Фрукты""#, r#""name": " ""#, "name"),
        ("5000,", "10001,", "max_payable_share_bp"),
        ("5000,", "-1,", "max_payable_share_bp"),
        ("5000,", "\"half\",", "max_payable_share_bp"),
        ("\"cashback_bp\": 500", "\"cashback_bp\": 10001", "ranks[1].cashback_bp"),
        ("\"cashback_bp\": 500", "\"cashback\": 500", "ranks[1].cashback"),
        ("\"Бронзовый\"", "\"\"", "ranks[0].name"),
        ("\"cashback_bp\": 200", "\"cashback_bp\": 200, \"threshold_minor\": 5", "ranks[0].threshold_minor"),
        (
            "\"cashback_bp\": 200",
            r#""cashback_bp": 200, "confirmation": {"sum_minor": 1, "period_hours": 1}"#,
            "ranks[0].confirmation",
        ),
        ("\"threshold_minor\": 1000000", "\"threshold_minor\": -5", "ranks[1].threshold_minor"),
        ("\"threshold_minor\": 1000000", "\"threshold_minor\": 1000000000001", "ranks[1].threshold_minor"),
        ("\"sum_minor\": 500000", "\"sum_minor\": 0", "ranks[1].confirmation.sum_minor"),
        ("\"period_hours\": 720", "\"period_hours\": 0", "ranks[1].confirmation.period_hours"),
        ("8000-000000000002", "8000-00000000000", "campaigns[1].id"),
        ("8000-000000000002", "8000-000000000001", "campaigns[1].id"),
        ("\"PROMOCODE1\"", "\" \"", "campaigns[0].trigger.promo_code"),
        (
            r#""trigger": "automatic""#,
            r#""trigger": {"promo_code": "promocode1 "}"#,
            "campaigns[1].trigger.promo_code",
        ),
        (r#""trigger": "automatic""#, r#""trigger": "always""#, "campaigns[1].trigger"),
        ("\"min_order_minor\": 100000", "\"min_order_minor\": -5", "campaigns[1].min_order_minor"),
        ("\"min_order_minor\": 100000", "\"min_order_minor\": 1000000000001", "campaigns[1].min_order_minor"),
        ("\"pickup\"", "\"drone\"", "campaigns[1].expeditions[0]"),
        ("[\"Пироги\"]", "[]", "campaigns[1].target.categories"),
        ("[\"drink-mors\"]", "[\"drink-mors\", \" \"]", "campaigns[2].target.codes[1]"),
        ("[\"drink-mors\"]", "[]", "campaigns[2].target.codes"),
        ("\"share_bp\": 1000", "\"share_bp\": 0", "campaigns[1].effect.percent.share_bp"),
        ("\"share_bp\": 1000", "\"share_bp\": 20000", "campaigns[1].effect.percent.share_bp"),
        ("\"amount_minor\": 10000", "\"amount_minor\": 0", "campaigns[0].effect.fixed.amount_minor"),
        ("\"exclusive_group\": \"чек\",", "\"exclusive_group\": \"\",", "campaigns[1].exclusive_group"),
        ("\"forbidden\"", "\"sometimes\"", "campaigns[1].bonuses"),
        ("\"Напиток в подарок\"", "\"\"", "campaigns[2].name"),
    ];
    for (right, wrong, path) in table {
        assert!(WHOLE.contains(right), "{right}");
        let refused = Programme::from_json(&WHOLE.replace(right, wrong)).expect_err(wrong);
        assert_eq!(refused.path, path, "{wrong}: {refused}");
    }
}

#[test]
fn a_programme_without_ranks_or_with_something_after_it_is_refused() {
    let bare = r#"{"name": "П", "max_payable_share_bp": 0, "ranks": []}"#;
    assert_eq!(Programme::from_json(bare).expect_err("no ranks").path, "ranks");
    let trailing = format!("{WHOLE} {{}}");
    assert!(Programme::from_json(&trailing).is_err());
    let half: String = WHOLE.chars().take(200).collect();
    assert!(Programme::from_json(&half).is_err());
}

#[test]
fn two_ranks_of_one_name_are_refused() {
    let twins = WHOLE.replace("Бронзовый", "Серебряный");
    assert_eq!(Programme::from_json(&twins).expect_err("twins").path, "ranks[1].name");
}

#[test]
fn impossible_lines_make_no_order() {
    let with = |quantity_milli: i64, price: i64, cost: i64| {
        let second = Line {
            quantity: Quantity::from_milli(quantity_milli),
            price: Money::from_minor(price),
            cost: Money::from_minor(cost),
            ..dish("pie-cherry", "Пироги", 0)
        };
        Order::new(vec![dish("pie-meat", "Пироги", 1), second], Expedition::InRestaurant, NOON)
            .map(|order| order.cost().minor())
    };
    let most = Money::MAX.minor();
    let table = [
        (1, 0, 0, Ok(1)),
        (1000, most - 1, most - 1, Ok(most)),
        (0, 10, 10, Err(OrderError::Quantity { line: 1 })),
        (-1000, 10, 10, Err(OrderError::Quantity { line: 1 })),
        (1000, -1, 10, Err(OrderError::Negative { line: 1 })),
        (1000, 10, -1, Err(OrderError::Negative { line: 1 })),
        (1000, most, 0, Err(OrderError::TooLarge)),
        (1000, 0, most, Err(OrderError::TooLarge)),
        (1000, i64::MAX, i64::MAX, Err(OrderError::TooLarge)),
        (i64::MIN, i64::MIN, i64::MIN, Err(OrderError::Quantity { line: 1 })),
    ];
    for (quantity, price, cost, expected) in table {
        assert_eq!(with(quantity, price, cost), expected, "{quantity} {price} {cost}");
    }
    assert_eq!(Order::new(Vec::new(), Expedition::InRestaurant, NOON), Err(OrderError::Empty));
}

#[test]
fn a_guest_of_an_unknown_rank_is_not_calculated() {
    let guest = Guest { rank_index: 1, ..guest(0) };
    let order = order(vec![dish("pie-meat", "Пироги", 1)]);
    assert_eq!(calculate(&programme(0, 0), &order, Some(&guest), &[]), Err(UnknownRank { rank_index: 1 }));
}

#[test]
fn a_payment_outside_its_limits_is_refused_and_one_within_is_not() {
    let order = order(vec![dish("pie-meat", "Пироги", 20_000)]);
    let calculation = calculate(&programme(5_000, 500), &order, Some(&guest(123_058)), &[]);
    let bonuses = calculation.expect("a known rank").bonuses.expect("a guest has bonuses");
    for payment in [i64::MIN, -1, 10_001, i64::MAX] {
        let refused = bonuses.pay(Money::from_minor(payment)).expect_err("outside");
        assert_eq!((refused.min.minor(), refused.max.minor()), (0, 10_000));
    }
    for (payment, accrual) in [(0, 1_000), (1, 1_000), (4_000, 800), (10_000, 500)] {
        let side = bonuses.pay(Money::from_minor(payment)).expect("within");
        assert_eq!((side.payment.minor(), side.accrual.minor()), (payment, accrual));
    }
}

#[test]
fn thresholds_that_do_not_ascend_are_refused() {
    let silver = r#"{"name": "Серебряный", "threshold_minor": 1000000, "cashback_bp": 500"#;
    // What stands before the silver rank: a rank that needs as much, one that needs more, one that names none.
    for threshold in ["\"threshold_minor\": 1000000,", "\"threshold_minor\": 1000001,", ""] {
        let between = format!(r#"{{"name": "Стальной", {threshold} "cashback_bp": 300}}, {silver}"#);
        assert!(WHOLE.contains(silver));
        let error =
            Programme::from_json(&WHOLE.replacen(silver, &between, 1)).expect_err("a wrong programme");
        let place =
            if threshold.is_empty() { "ranks[1].threshold_minor" } else { "ranks[2].threshold_minor" };
        assert_eq!(error.path, place, "{error}");
    }
}
