//! Each reading of an answer as a function of bytes, for the fuzz targets and the replay of their seeds.
//!
//! Owns the list of readings and what must hold of whatever is believed; not compiled into the product.

use contract::Money;

use crate::program::{Calculation, SpendEnd};
use crate::{basic_rest, plazius, rk_delivery};

/// The sums of the orders that the makers' examples are about.
pub(crate) const TOTALS: [Money; 4] =
    [Money::from_minor(10_000), Money::from_minor(20_000), Money::from_minor(140_000), Money::MAX];

/// One reading: the name of its fuzz target, which begins with its system's folder of examples, and the function.
pub(crate) type Reading = (&'static str, fn(&[u8]));

fn readings() -> impl Iterator<Item = &'static Reading> {
    plazius::fuzzing::READINGS
        .iter()
        .chain(rk_delivery::fuzzing::READINGS)
        .chain(basic_rest::fuzzing::READINGS)
}

/// The names of all readings.
#[must_use]
pub fn names() -> Vec<&'static str> {
    readings().map(|(name, _)| *name).collect()
}

/// Reads `data` as the reading of this name does.
///
/// # Panics
/// Where something is believed that cannot be, and where there is no such reading.
pub fn read(name: &str, data: &[u8]) {
    let reading = readings().find(|(known, _)| *known == name);
    assert!(reading.is_some(), "there is no reading {name}");
    if let Some((_, read)) = reading {
        read(data);
    }
}

/// What must hold of every calculation that is believed.
pub(crate) fn check_calculation(calculation: &Calculation, items_total: Money) {
    let mut sum = Money::ZERO;
    for campaign in &calculation.campaigns {
        check_amount(campaign.discount);
        sum = Money::from_minor(sum.minor() + campaign.discount.minor());
    }
    assert_eq!(sum, calculation.discount_total, "the discounts add up");
    assert!(sum <= items_total, "no discount exceeds the order");
    let (least, most) = (calculation.least, calculation.most);
    for SpendEnd { payment, accrual } in [least, most] {
        check_amount(payment);
        check_amount(accrual);
    }
    assert!(least.payment <= most.payment, "the least is the least");
    assert!(most.payment <= items_total.minus_or_zero(sum), "no payment exceeds what is left");
    if let Some(wallet) = &calculation.wallet {
        check_amount(wallet.balance);
    }
}

/// What must hold of every amount that is believed.
pub(crate) fn check_amount(amount: Money) {
    assert!(!amount.is_negative() && amount <= Money::MAX, "{amount:?} is an amount");
}

#[cfg(test)]
mod tests;
