//! What is said about the largest payment in bonuses: which rule sets it, and what it keeps back.

use contract::Money;

use super::{Notice, amount};
use crate::bonuses::Bound;

/// How much may be spent, which rule bounds it, and how much more could be spent if that rule were not: `held_back`.
pub(crate) fn of_bound(bound: &Bound, max_payment: Money, held_back: Money) -> Notice {
    let primary = match bound {
        Bound::Campaign { .. } | Bound::Rank { .. } => {
            "Этот заказ нельзя оплатить бонусами, и бонусы за него не начисляются.".to_owned()
        }
        Bound::NothingToPay => "Этот заказ оплачивать не нужно.".to_owned(),
        Bound::Share { .. } | Bound::Balance | Bound::Lines if max_payment.is_positive() => {
            format!("Бонусами можно оплатить до {} р. этого заказа.", amount(max_payment))
        }
        Bound::Share { .. } | Bound::Balance | Bound::Lines => {
            "Этот заказ нельзя оплатить бонусами.".to_owned()
        }
    };
    let reason = reason(bound, max_payment);
    let secondary = if held_back.is_positive() {
        let more = if max_payment.is_positive() { "Ещё " } else { "" };
        format!("{more}{} р. можно было бы оплатить бонусами, но {reason}.", amount(held_back))
    } else {
        sentence(&reason)
    };
    Notice { primary, secondary }
}

/// The rule, as the second half of a sentence.
fn reason(bound: &Bound, max_payment: Money) -> String {
    match bound {
        Bound::Share { share } if share.bp() == 0 => "в этой программе бонусами не расплачиваются".to_owned(),
        Bound::Share { share } => format!("бонусами оплачивается не более {share}% заказа"),
        Bound::Balance if !max_payment.is_positive() => "на вашем счёте пока нет бонусных баллов".to_owned(),
        Bound::Balance => format!("на вашем счёте {} бонусных баллов", amount(max_payment)),
        Bound::Lines if !max_payment.is_positive() => {
            "позиции этого заказа бонусами не оплачиваются".to_owned()
        }
        Bound::Lines => "остальные позиции заказа бонусами не оплачиваются".to_owned(),
        Bound::Campaign { name } => format!("акция \"{name}\" не сочетается с бонусами"),
        Bound::Rank { name } => format!("уровень \"{name}\" даёт скидку вместо бонусов"),
        Bound::NothingToPay => "скидки покрывают его целиком".to_owned(),
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    format!("{}{}.", first.into_iter().flatten().collect::<String>(), letters.as_str())
}

/// That some lines bring no bonuses, and how many more the order would bring if they did; nothing where it is as many.
pub(crate) fn of_lines_that_bring_nothing(not_accrued: Money) -> Option<Notice> {
    not_accrued.is_positive().then(|| Notice {
        primary: "За некоторые позиции этого заказа бонусы не начисляются.".to_owned(),
        secondary: format!("Иначе заказ принёс бы ещё {} бонусных баллов.", amount(not_accrued)),
    })
}
