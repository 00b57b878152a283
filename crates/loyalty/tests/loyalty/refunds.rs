//! What taking a closed order back returns and cancels, whole, in part and bit by bit.

use contract::{Money, Quantity};
use loyalty::refund::{ClosedLine, ClosedOrder, ClosedOrderError, Item, Refund, RefundRefused, Settlement};
use proptest::collection::vec;
use proptest::prelude::*;

fn line(code: &str, milli: i64, total: i64, payment: i64) -> ClosedLine {
    ClosedLine {
        code: code.to_owned(),
        quantity: Quantity::from_milli(milli),
        total: Money::from_minor(total),
        payment: Money::from_minor(payment),
        accrues: true,
        refunded: Quantity::from_milli(0),
    }
}

fn closed(lines: &[ClosedLine], accrual: i64) -> ClosedOrder {
    ClosedOrder::new(lines.to_vec(), Money::from_minor(accrual)).expect("a possible order")
}

fn item(code: &str, milli: i64) -> Item {
    Item { code: code.to_owned(), quantity: Quantity::from_milli(milli) }
}

/// Money, bonuses and accrual.
fn sums(refund: &Refund) -> (i64, i64, i64) {
    (refund.money.minor(), refund.payment.minor(), refund.accrual.minor())
}

/// The lines once `refund` has been made.
fn apply(lines: &mut [ClosedLine], refund: &Refund) {
    for (line, returned) in lines.iter_mut().zip(&refund.by_line) {
        line.refunded = Quantity::from_milli(line.refunded.milli() + returned.quantity.milli());
    }
}

/// Two pies and a drink for 200.00 + 100.00, of which bonuses paid 100.00 + 50.00; 5 % of the rest came back.
fn dinner() -> Vec<ClosedLine> {
    vec![line("pie", 2_000, 20_000, 10_000), line("drink", 1_000, 10_000, 5_000)]
}

#[test]
fn a_whole_refund_returns_all_that_was_paid_and_cancels_all_that_was_accrued() {
    let refund = closed(&dinner(), 750).refund(None).expect("a possible refund");
    assert_eq!(sums(&refund), (15_000, 15_000, 750));
    assert!(refund.is_last);
    assert_eq!(refund.by_line.iter().map(|line| line.quantity.milli()).collect::<Vec<_>>(), [2_000, 1_000]);
}

#[test]
fn a_part_returns_its_proportion() {
    // What is returned; then money, bonuses and accrual.
    let table: [(&[(&str, i64)], _); 5] = [
        (&[("pie", 1_000)], (5_000, 5_000, 250)),
        (&[("drink", 1_000)], (5_000, 5_000, 250)),
        (&[("pie", 500)], (2_500, 2_500, 125)),
        (&[("pie", 2_000), ("drink", 1)], (10_005, 10_005, 500)),
        (&[("pie", 1_000), ("pie", 1_000)], (10_000, 10_000, 500)),
    ];
    for (items, expected) in table {
        let items: Vec<Item> = items.iter().map(|(code, milli)| item(code, *milli)).collect();
        let refund = closed(&dinner(), 750).refund(Some(&items)).expect("a possible refund");
        assert_eq!(sums(&refund), expected, "{items:?}");
        assert!(!refund.is_last);
    }
}

#[test]
fn a_code_on_several_lines_is_returned_from_the_earlier_line_first() {
    let lines = [line("pie", 1_000, 0, 0), line("tea", 1_000, 300, 0), line("pie", 1_000, 9_000, 3_000)];
    let order = closed(&lines, 90);
    assert_eq!(sums(&order.refund(Some(&[item("pie", 1_000)])).expect("possible")), (0, 0, 0));
    let refund = order.refund(Some(&[item("pie", 1_500)])).expect("possible");
    assert_eq!(refund.by_line.iter().map(|line| line.quantity.milli()).collect::<Vec<_>>(), [1_000, 0, 500]);
    assert_eq!(sums(&refund), (3_000, 1_500, 43));
}

#[test]
fn three_thirds_of_what_cannot_be_divided_by_three_add_up() {
    let mut lines = vec![line("pie", 3_000, 200, 100)];
    let mut returned = Vec::new();
    for _ in 0..3 {
        let refund = closed(&lines, 100).refund(Some(&[item("pie", 1_000)])).expect("possible");
        returned.push(sums(&refund));
        apply(&mut lines, &refund);
    }
    assert_eq!(returned, [(33, 33, 33), (34, 34, 34), (33, 33, 33)]);
}

#[test]
fn what_brought_no_bonuses_cancels_none() {
    let mut lines = dinner();
    lines[1].accrues = false;
    let order = closed(&lines, 500);
    assert_eq!(sums(&order.refund(Some(&[item("drink", 1_000)])).expect("possible")), (5_000, 5_000, 0));
    assert_eq!(sums(&order.refund(Some(&[item("pie", 1_000)])).expect("possible")), (5_000, 5_000, 250));
}

#[test]
fn a_list_that_does_not_fit_is_refused() {
    let mut lines = dinner();
    lines[0].refunded = Quantity::from_milli(500);
    let order = closed(&lines, 750);
    let too_much =
        |code: &str, left| RefundRefused::TooMuch { code: code.to_owned(), left: Quantity::from_milli(left) };
    let table: [(&[(&str, i64)], RefundRefused); 8] = [
        (&[], RefundRefused::Empty),
        (&[("drink", 1_000), ("cake", 1_000)], RefundRefused::UnknownItem { code: "cake".to_owned() }),
        (&[("PIE", 1_000)], RefundRefused::UnknownItem { code: "PIE".to_owned() }),
        (&[("pie", 0)], RefundRefused::Quantity { code: "pie".to_owned() }),
        (&[("pie", -1)], RefundRefused::Quantity { code: "pie".to_owned() }),
        (&[("pie", 1_501)], too_much("pie", 1_500)),
        (&[("pie", 1_000), ("drink", 1_000), ("pie", 501)], too_much("pie", 1_500)),
        (&[("drink", i64::MAX), ("drink", i64::MAX)], too_much("drink", 1_000)),
    ];
    for (items, refused) in table {
        let items: Vec<Item> = items.iter().map(|(code, milli)| item(code, *milli)).collect();
        assert_eq!(order.refund(Some(&items)), Err(refused), "{items:?}");
    }
}

#[test]
fn an_order_that_was_returned_whole_is_not_returned_again() {
    let mut lines = dinner();
    let refund = closed(&lines, 750).refund(None).expect("possible");
    apply(&mut lines, &refund);
    assert_eq!(closed(&lines, 750).refund(None), Err(RefundRefused::NothingLeft));
    assert_eq!(closed(&lines, 750).refund(Some(&[item("pie", 1)])), Err(RefundRefused::NothingLeft));
}

#[test]
fn impossible_orders_are_refused() {
    let good = line("pie", 1_000, 100, 50);
    let milli = Quantity::from_milli;
    let table = [
        (vec![], 0, ClosedOrderError::Empty),
        (vec![ClosedLine { quantity: milli(0), ..good.clone() }], 0, ClosedOrderError::Quantity { line: 0 }),
        (
            vec![ClosedLine { refunded: milli(1_001), ..good.clone() }],
            0,
            ClosedOrderError::Quantity { line: 0 },
        ),
        (vec![ClosedLine { refunded: milli(-1), ..good.clone() }], 0, ClosedOrderError::Quantity { line: 0 }),
        (vec![good.clone(), line("tea", 1, 100, 101)], 0, ClosedOrderError::Payment { line: 1 }),
        (vec![good.clone(), line("tea", 1, 100, -1)], 0, ClosedOrderError::Payment { line: 1 }),
        (vec![good.clone(), line("tea", 1, Money::MAX.minor(), 0)], 0, ClosedOrderError::TooLarge),
        (vec![good.clone()], -1, ClosedOrderError::Accrual),
        (vec![line("pie", 1_000, 100, 100)], 1, ClosedOrderError::Accrual),
        (vec![ClosedLine { accrues: false, ..good }], 1, ClosedOrderError::Accrual),
    ];
    for (lines, accrual, error) in table {
        assert_eq!(ClosedOrder::new(lines, Money::from_minor(accrual)), Err(error));
    }
}

#[test]
fn an_accrual_that_was_spent_is_taken_back_as_far_as_the_balance_goes() {
    let refund = closed(&dinner(), 750).refund(Some(&[item("drink", 1_000)])).expect("possible");
    let unpaid = closed(&[line("pie", 1_000, 10_000, 0)], 500).refund(None).expect("possible");
    // The refund and the balance; then the balance afterwards, what was taken back and what could not be.
    let table = [
        (&refund, 0, 4_750, 250, 0),
        (&refund, 1_000, 5_750, 250, 0),
        (&unpaid, 800, 300, 500, 0),
        (&unpaid, 500, 0, 500, 0),
        (&unpaid, 120, 0, 120, 380),
        (&unpaid, 0, 0, 0, 500),
    ];
    for (refund, balance, after, cancelled, shortfall) in table {
        let money = Money::from_minor;
        let expected =
            Settlement { balance: money(after), cancelled: money(cancelled), shortfall: money(shortfall) };
        assert_eq!(refund.settle(money(balance)), expected, "{balance}");
    }
}

fn closed_lines() -> impl Strategy<Value = Vec<ClosedLine>> {
    let amount = prop_oneof![Just(0_i64), 1_i64..=300, 1_i64..=10_000_000_000];
    let milli = prop_oneof![Just(1_000_i64), 1_i64..=30, 1_i64..=9_000];
    let one = (0_u8..4, milli, amount, 0_i64..=1_000, any::<bool>()).prop_map(
        |(code, milli, total, permille, accrues)| {
            let payment = i64::try_from(i128::from(total) * i128::from(permille) / 1_000);
            ClosedLine {
                accrues,
                ..line(&format!("dish-{code}"), milli, total, payment.expect("a part of the total"))
            }
        },
    );
    vec(one, 1..12)
}

fn accruing_money(lines: &[ClosedLine]) -> i64 {
    lines.iter().filter(|line| line.accrues).map(|line| line.total.minor() - line.payment.minor()).sum()
}

/// The refunds of `lines` in the sizes of `sizes` (thousandths of what is left of a line), then of the rest.
fn refunds(lines: &mut [ClosedLine], accrual: i64, sizes: &[(prop::sample::Index, i64)]) -> Vec<Refund> {
    let mut made = Vec::new();
    for (index, permille) in sizes {
        let code = index.get(lines).code.clone();
        let left: i64 = lines
            .iter()
            .filter(|line| line.code == code)
            .map(|line| line.quantity.milli() - line.refunded.milli())
            .sum();
        let milli = (left * permille + 999) / 1_000;
        if milli > 0 {
            let refund =
                closed(lines, accrual).refund(Some(&[item(&code, milli)])).expect("within what is left");
            apply(lines, &refund);
            made.push(refund);
        }
    }
    match closed(lines, accrual).refund(None) {
        Ok(refund) => {
            apply(lines, &refund);
            made.push(refund);
        }
        Err(refused) => assert_eq!(refused, RefundRefused::NothingLeft),
    }
    made
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn refunds_in_any_order_that_cover_the_order_add_up_exactly(
        lines in closed_lines(), share_permille in 0_i64..=1_000,
        sizes in vec((any::<prop::sample::Index>(), 1_i64..=1_000), 0..30),
    ) {
        let accrual = accruing_money(&lines) / 1_000 * share_permille;
        let mut rest = lines.clone();
        let made = refunds(&mut rest, accrual, &sizes);
        let (mut money, mut payment, mut cancelled) = (0, 0, 0);
        for (number, refund) in made.iter().enumerate() {
            let (back, bonuses, taken) = sums(refund);
            prop_assert!(back >= 0 && bonuses >= 0 && taken >= 0);
            prop_assert_eq!(refund.by_line.iter().map(|one| one.money.minor()).sum::<i64>(), back);
            prop_assert_eq!(refund.by_line.iter().map(|one| one.payment.minor()).sum::<i64>(), bonuses);
            prop_assert_eq!(refund.is_last, number + 1 == made.len());
            money += back;
            payment += bonuses;
            cancelled += taken;
        }
        prop_assert_eq!(payment, lines.iter().map(|line| line.payment.minor()).sum::<i64>());
        prop_assert_eq!(money + payment, lines.iter().map(|line| line.total.minor()).sum::<i64>());
        prop_assert_eq!(cancelled, accrual);
        prop_assert!(rest.iter().all(|line| line.refunded == line.quantity));
    }

    #[test]
    fn what_has_been_returned_depends_on_how_much_and_not_on_how(
        lines in closed_lines(), permille in 1_i64..=1_000, index in any::<prop::sample::Index>(),
        steps in 1_i64..=20,
    ) {
        let accrual = accruing_money(&lines) / 20;
        let line = index.get(&lines);
        let milli = (line.quantity.milli() * permille + 999) / 1_000;
        let at_once = closed(&lines, accrual).refund(Some(&[item(&line.code, milli)])).expect("possible");
        let (mut rest, mut bit_by_bit) = (lines.clone(), (0, 0, 0));
        for step in 1..=steps {
            let part = milli * step / steps - milli * (step - 1) / steps;
            if part > 0 {
                let refund = closed(&rest, accrual).refund(Some(&[item(&line.code, part)])).expect("possible");
                apply(&mut rest, &refund);
                let (money, payment, cancelled) = sums(&refund);
                bit_by_bit = (bit_by_bit.0 + money, bit_by_bit.1 + payment, bit_by_bit.2 + cancelled);
            }
        }
        prop_assert_eq!(bit_by_bit, sums(&at_once));
    }

    #[test]
    fn the_accrual_cancelled_is_within_half_a_unit_of_its_proportion(
        lines in closed_lines(), index in any::<prop::sample::Index>(),
    ) {
        let paid = accruing_money(&lines);
        let accrual = paid / 20;
        let code = &index.get(&lines).code;
        let refund = closed(&lines, accrual).refund(Some(&[item(code, 1)])).expect("possible");
        let back: i64 = refund.by_line.iter().zip(&lines).filter(|(_, line)| line.accrues)
            .map(|(one, _)| one.money.minor()).sum();
        let off = i128::from(refund.accrual.minor()) * i128::from(paid) - i128::from(accrual) * i128::from(back);
        prop_assert!(2 * off.abs() <= i128::from(paid));
    }
}
