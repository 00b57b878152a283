//! Short ways to write orders, guests and programmes down. Amounts are minor units.

use contract::{Money, Quantity};
use loyalty::programme::{Campaign, Effect, Exclusion, GiftTerms, Gives, Rank};
use loyalty::{Calculation, Expedition, Guest, Line, Moment, Order, Programme, Share, calculate};

/// Tuesday, 2026-03-03 12:00:00 UTC.
pub(crate) const NOON: Moment = Moment::from_unix_s(1_772_539_200);

pub(crate) fn share(bp: u32) -> Share {
    Share::from_bp(bp).expect("a share between nothing and all")
}

/// One portion that costs its list price.
pub(crate) fn dish(code: &str, category: &str, minor: i64) -> Line {
    portions(code, category, 1, minor)
}

/// `count` portions that cost `minor` together.
pub(crate) fn portions(code: &str, category: &str, count: i64, minor: i64) -> Line {
    Line {
        code: code.to_owned(),
        categories: vec![category.to_owned()],
        quantity: Quantity::from_milli(count * 1000),
        price: Money::from_minor(minor),
        cost: Money::from_minor(minor),
    }
}

pub(crate) fn order(lines: Vec<Line>) -> Order {
    Order::new(lines, Expedition::InRestaurant, NOON).expect("a possible order")
}

pub(crate) fn guest(balance_minor: i64) -> Guest {
    Guest { balance: Money::from_minor(balance_minor), ..Guest::default() }
}

/// A programme of one rank and no campaigns.
pub(crate) fn programme(max_payable_bp: u32, cashback_bp: u32) -> Programme {
    Programme {
        name: "Пироги да Фрукты".to_owned(),
        max_payable_share_bp: share(max_payable_bp),
        utc_offset_minutes: 0,
        unpayable: Exclusion::default(),
        unaccruing: Exclusion::default(),
        ranks: vec![Rank {
            name: "Серебряный".to_owned(),
            threshold_minor: Money::ZERO,
            cashback_bp: share(cashback_bp),
            max_payable_share_bp: None,
            discount: None,
            confirmation: None,
        }],
        campaigns: Vec::new(),
    }
}

/// An automatic campaign on the whole order; `number` makes its id.
pub(crate) fn campaign(number: u8, name: &str, effect: Effect) -> Campaign {
    Campaign::automatic(campaign_id(number), name, effect)
}

pub(crate) fn campaign_id(number: u8) -> String {
    format!("00000000-0000-4000-8000-0000000000{number:02x}")
}

/// Bonuses as a gift; `number` makes the id of its terms.
pub(crate) fn bonus_gift(number: u8, name: &str, minor: i64) -> GiftTerms {
    gift(number, name, 30, Gives::Bonus { amount_minor: Money::from_minor(minor) })
}

/// One use of the campaign `campaign_number` as a gift.
pub(crate) fn privilege_gift(number: u8, name: &str, campaign_number: u8, valid_days: u32) -> GiftTerms {
    gift(number, name, valid_days, Gives::Privilege { campaign_id: campaign_id(campaign_number) })
}

fn gift(number: u8, name: &str, valid_days: u32, gives: Gives) -> GiftTerms {
    GiftTerms {
        settings_id: format!("00000000-0000-4000-9000-0000000000{number:02x}"),
        name: name.to_owned(),
        description: format!("{name} в подарок"),
        image_url: "https://pies.example/gift.jpg".to_owned(),
        small_image_url: "https://pies.example/gift-small.jpg".to_owned(),
        icon_image_url: "https://pies.example/gift.png".to_owned(),
        valid_days,
        gives,
    }
}

/// The calculation, and a check that holds for each: what it says adds up.
pub(crate) fn calculated(
    programme: &Programme,
    order: &Order,
    guest: Option<&Guest>,
    promo_codes: &[&str],
) -> Calculation {
    programme.check().expect("a valid programme");
    let promo_codes: Vec<String> = promo_codes.iter().map(|code| (*code).to_owned()).collect();
    let calculation = calculate(programme, order, guest, &promo_codes).expect("a known rank");
    assert_adds_up(order, &calculation);
    calculation
}

/// Every sum of a calculation is the sum of its parts, and nothing is below zero.
pub(crate) fn assert_adds_up(order: &Order, calculation: &Calculation) {
    assert_eq!(
        calculation.total.minor() + calculation.discount.minor(),
        order.cost().minor(),
        "the total and the discount are the cost"
    );
    assert_eq!(sum(&calculation.total_by_line), calculation.total.minor());
    let mut left: Vec<i64> = order.lines().iter().map(|line| line.cost.minor()).collect();
    let mut discount = 0;
    for one in &calculation.campaigns {
        assert!(one.discount.is_positive(), "a campaign that gives nothing is not told of");
        assert_eq!(sum(&one.discount_by_line), one.discount.minor());
        discount += one.discount.minor();
        for (rest, part) in left.iter_mut().zip(&one.discount_by_line) {
            assert!(!part.is_negative());
            *rest -= part.minor();
        }
    }
    assert_eq!(discount, calculation.discount.minor());
    assert_eq!(left, calculation.total_by_line.iter().map(|part| part.minor()).collect::<Vec<_>>());
    assert!(left.iter().all(|rest| *rest >= 0), "no line costs less than nothing");
    if let Some(bonuses) = &calculation.bonuses {
        for side in [&bonuses.min, &bonuses.max] {
            assert_eq!(sum(&side.payment_by_line), side.payment.minor());
            for (part, rest) in side.payment_by_line.iter().zip(&left) {
                assert!(!part.is_negative() && part.minor() <= *rest, "a line is not paid twice");
            }
        }
    }
}

fn sum(parts: &[Money]) -> i64 {
    parts.iter().map(|part| part.minor()).sum()
}
