//! Splitting an amount over weights so that the parts add up to it exactly.

use contract::Money;

/// Splits `total` over `weights` in proportion, by largest remainders: each part is its exact share rounded down, and
/// the minor units left over go to the largest cut-off remainders, the earlier first.
///
/// The parts add up to `total`. Where `total` is at most the sum of the weights, no part exceeds its weight. Without
/// any weight above zero there is nobody to carry the amount, and every part is zero.
///
/// Amounts must not be below zero, and the weights' sum must be within [`Money::MAX`], as an order's is.
pub(crate) fn distribute(total: Money, weights: &[Money]) -> Vec<Money> {
    let sum: u64 = weights.iter().map(|weight| unsigned(*weight)).sum();
    if sum == 0 || !total.is_positive() {
        return vec![Money::ZERO; weights.len()];
    }
    let mut left_over = total.minor();
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let (part, remainder) = multiply_divide(unsigned(total), unsigned(*weight), sum);
        left_over -= part;
        parts.push(Money::from_minor(part));
        remainders.push((remainder, index));
    }
    // Fewer units are left over than there are weights, as each weight cut off less than one.
    let count = usize::try_from(left_over).unwrap_or(0).min(remainders.len());
    for (_, index) in largest(&mut remainders, count) {
        parts[*index] = Money::from_minor(parts[*index].minor() + 1);
    }
    parts
}

/// The `count` largest remainders, of equal ones the earlier; found without sorting the others, so in linear time.
fn largest(remainders: &mut [(u64, usize)], count: usize) -> &[(u64, usize)] {
    if (1..remainders.len()).contains(&count) {
        remainders.select_nth_unstable_by(count - 1, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    &remainders[..count]
}

/// `total` × `weight` / `sum`: the quotient and the remainder. Nearly every product fits 64 bits, where division is
/// several times faster.
fn multiply_divide(total: u64, weight: u64, sum: u64) -> (i64, u64) {
    let (quotient, remainder) = match total.checked_mul(weight) {
        Some(product) => (product / sum, product % sum),
        None => {
            let product = u128::from(total) * u128::from(weight);
            let (quotient, remainder) = (product / u128::from(sum), product % u128::from(sum));
            // A quotient is at most the total and a remainder less than the sum, which came from 64 bits.
            (u64::try_from(quotient).unwrap_or(total), u64::try_from(remainder).unwrap_or(sum))
        }
    };
    (i64::try_from(quotient).unwrap_or(i64::MAX), remainder)
}

/// An amount that is not below zero.
const fn unsigned(amount: Money) -> u64 {
    amount.minor().unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minor(parts: &[Money]) -> Vec<i64> {
        parts.iter().map(|part| part.minor()).collect()
    }

    fn split(total: i64, weights: &[i64]) -> Vec<i64> {
        let weights: Vec<Money> = weights.iter().copied().map(Money::from_minor).collect();
        minor(&distribute(Money::from_minor(total), &weights))
    }

    #[test]
    fn left_over_units_go_to_the_largest_remainders() {
        assert_eq!(split(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split(10, &[3, 3, 1]), [4, 4, 2]);
        assert_eq!(split(1, &[1, 5, 1]), [0, 1, 0]);
    }

    #[test]
    fn nothing_is_given_to_what_weighs_nothing() {
        assert_eq!(split(100, &[0, 7, 0]), [0, 100, 0]);
        assert_eq!(split(100, &[0, 0]), [0, 0]);
        assert_eq!(split(100, &[]), [0; 0]);
    }

    #[test]
    fn amounts_beyond_64_bits_in_the_product_are_split_as_exactly() {
        let most = Money::MAX.minor();
        assert_eq!(split(most, &[most, most, most]), [333_333_333_334, 333_333_333_333, 333_333_333_333]);
        assert_eq!(split(most - 1, &[most - 2, 2]), [most - 3, 2]);
    }

    proptest! {
        #[test]
        fn parts_add_up_exactly_and_stay_within_their_weights(
            weights in proptest::collection::vec(0_i64..=1_000_000_000, 1..60),
            permille in 0_i64..=1000,
        ) {
            let sum: i64 = weights.iter().sum();
            let total = i64::try_from(i128::from(sum) * i128::from(permille) / 1000).expect("a part of the sum");
            let parts = split(total, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!(part <= weight && *part >= 0);
            }
        }

        #[test]
        fn no_part_is_a_whole_unit_away_from_its_share(
            weights in proptest::collection::vec(0_i64..=1_000_000, 1..20),
            total in 0_i64..=1_000_000,
        ) {
            let sum = i128::from(weights.iter().sum::<i64>());
            prop_assume!(sum > 0);
            for (part, weight) in split(total, &weights).iter().zip(&weights) {
                let off = i128::from(*part) * sum - i128::from(total) * i128::from(*weight);
                prop_assert!(off.abs() < sum);
            }
        }
    }
}
