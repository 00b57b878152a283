//! Promo codes: which are sent, and which get the credit for what changed.

use contract::Money;
use contract::preview::PromoRefusal;
use upstream::program::{Calculation, SpendEnd};

use super::*;

fn entered(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

/// What became of each code, when so many are sent and each step of the calculation takes off so much.
fn refusals(codes: &[&str], discounts: &[i64]) -> Vec<Option<PromoRefusal>> {
    let mut sorted = sort_codes(&entered(codes), true).expect("codes");
    let steps: Vec<Calculation> = discounts.iter().map(|discount| taking_off(*discount)).collect();
    assert_eq!(steps.len(), to_send(&sorted).len() + 1);
    mark_effects(&mut sorted, &steps);
    sorted.into_iter().map(|code| code.refusal).collect()
}

fn taking_off(discount_minor: i64) -> Calculation {
    Calculation {
        echo: String::new(),
        campaigns: Vec::new(),
        discount_total: Money::from_minor(discount_minor),
        least: SpendEnd::default(),
        most: SpendEnd::default(),
        notifications: Vec::new(),
        wallet: None,
        guest_name: None,
    }
}

#[test]
fn a_code_that_changes_nothing_has_no_effect() {
    assert_eq!(refusals(&["A", "B"], &[0, 100, 100]), [None, Some(PromoRefusal::NoEffect)]);
    assert_eq!(refusals(&["B", "A"], &[0, 0, 100]), [Some(PromoRefusal::NoEffect), None]);
}

#[test]
fn of_two_codes_for_the_same_campaign_the_first_gets_the_credit() {
    assert_eq!(refusals(&["A", "A2"], &[0, 100, 100]), [None, Some(PromoRefusal::NoEffect)]);
}

#[test]
fn a_code_entered_twice_is_sent_once_however_it_is_written() {
    let expected = [None, Some(PromoRefusal::Duplicate), Some(PromoRefusal::Duplicate)];
    assert_eq!(refusals(&["Пирог1", " пирог1 ", "ПИРОГ1"], &[0, 100]), expected);
}

#[test]
fn codes_beyond_the_limit_are_not_sent() {
    let codes: Vec<String> = (0..12).map(|number| format!("CODE{number}")).collect();
    let sorted = sort_codes(&codes, true).expect("codes");
    assert_eq!(to_send(&sorted).len(), MAX_PROMO_CODES);
    assert!(sorted[MAX_PROMO_CODES..].iter().all(|code| code.refusal == Some(PromoRefusal::TooMany)));
}

#[test]
fn a_text_that_cannot_be_a_code_is_refused_at_its_place() {
    for wrong in ["", "  ", "A\nB", &"x".repeat(MAX_TEXT + 1)] {
        let error = sort_codes(&entered(&["GOOD", wrong]), true).expect_err("refused");
        assert!(
            matches!(&error, OrderError::InvalidPromoCode { field, .. } if field == "promo_codes[1]"),
            "{error:?}"
        );
    }
}
