//! Which parts may be taken back, and what counts as the whole.

use contract::Money;
use contract::cart::Expedition;
use jiff::Timestamp;
use upstream::program::{Modifier, OrderLine};

use super::*;

fn contents() -> OrderContents {
    let line = |code: &str, milli, modifiers| OrderLine {
        code: code.to_owned(),
        name: code.to_owned(),
        category: None,
        quantity: Quantity::from_milli(milli),
        unit_price: Money::from_minor(100),
        total: Money::from_minor(100),
        modifiers,
    };
    let cream = Modifier {
        code: "cream".to_owned(),
        name: "Сметана".to_owned(),
        quantity: Quantity::from_milli(2000),
        per_portion: Quantity::ONE,
        unit_price: Money::ZERO,
        total: Money::ZERO,
    };
    OrderContents {
        opened_at: Timestamp::UNIX_EPOCH,
        expected_at: None,
        expedition: Expedition::Pickup,
        lines: vec![line("soup", 2000, vec![cream]), line("tea", 1000, vec![]), line("soup", 500, vec![])],
    }
}

fn part(code: &str, milli: i64) -> RefundPart {
    RefundPart { code: code.to_owned(), quantity_milli: Quantity::from_milli(milli) }
}

fn done(items: &[RefundPart]) -> DoneRefund {
    DoneRefund { refund_id: Uuid::nil(), at_ms: 0, items: Some(items.to_vec()) }
}

#[test]
fn no_more_is_taken_back_than_was_ordered_whatever_lines_it_stood_in() {
    let judge = |before: &[DoneRefund], items: &[RefundPart]| judge_parts(&contents(), before, items);
    assert_eq!(judge(&[], &[part("soup", 2500), part("cream", 2000)]), Ok(()));
    let half = [done(&[part("soup", 1500)])];
    assert_eq!(judge(&half, &[part("soup", 1000)]), Ok(()));
    for (items, field) in [
        (vec![], "items"),
        (vec![part("soup", 1001)], "items[0].quantity_milli"),
        (vec![part("tea", 0)], "items[0].quantity_milli"),
        (vec![part("tea", -1)], "items[0].quantity_milli"),
        (vec![part("tea", 1), part("cake", 1)], "items[1].code"),
        (vec![part("tea", 1), part("tea", 1)], "items[1].code"),
        (vec![part("tea", 1); 501], "items"),
    ] {
        assert_eq!(judge(&half, &items).expect_err("refused").field, field, "{items:?}");
    }
}

#[test]
fn an_order_is_back_when_everything_in_it_is() {
    let parts = [done(&[part("soup", 2500)]), done(&[part("tea", 1000)]), done(&[part("cream", 2000)])];
    assert!(!is_whole(&contents(), &[]));
    assert!(!is_whole(&contents(), &parts[..2]));
    assert!(is_whole(&contents(), &parts));
}

#[test]
fn a_refund_has_one_name_for_each_key_and_list() {
    let (order_id, items) = (Uuid::from_u128(1), [part("tea", 1000)]);
    let refund = Refunding::new(order_id, "key", &items);
    assert_eq!(refund, Refunding::new(order_id, "key", &items));
    for other in [
        Refunding::new(order_id, "other", &items),
        Refunding::new(Uuid::from_u128(2), "key", &items),
        Refunding::new(order_id, "key", &[part("tea", 500)]),
    ] {
        assert_ne!(refund.refund_id, other.refund_id);
    }
}
