//! What is said about the largest payment in bonuses: which rule sets it, and what it keeps back.

use contract::Money;

use super::{Notice, amount};
use crate::bonuses::Bound;

/// Which rule bounds the spend, and how much may be spent. Of what the bound keeps back it tells where the guest could
/// not know it: the rule about lines is the only one that depends on what is in the order.
pub(crate) fn of_bound(bound: &Bound, max_payment: Money, held_back: Money) -> Notice {
    let most = if max_payment.is_positive() {
        format!("Бонусами можно оплатить до {} р. этого заказа.", amount(max_payment))
    } else {
        "Этот заказ нельзя оплатить бонусами.".to_owned()
    };
    let (primary, secondary) = match bound {
        Bound::Share { share } if share.bp() == 0 => {
            (most, "В этой программе бонусами не расплачиваются.".to_owned())
        }
        Bound::Share { share } => (most, format!("Бонусами оплачивается не более {share}% заказа.")),
        Bound::Balance if !max_payment.is_positive() => {
            (most, "На вашем счёте пока нет бонусных баллов.".to_owned())
        }
        Bound::Balance => (most, format!("На вашем счёте {} бонусных баллов.", amount(max_payment))),
        Bound::Lines => (most, of_held_back(bound, max_payment, held_back).primary),
        Bound::Campaign { name } => (
            "Этот заказ нельзя оплатить бонусами, и бонусы за него не начисляются.".to_owned(),
            format!("Акция \"{name}\" не сочетается с бонусами."),
        ),
        Bound::NothingToPay => {
            ("Этот заказ оплачивать не нужно.".to_owned(), "Скидки покрывают его целиком.".to_owned())
        }
    };
    Notice { primary, secondary }
}

/// How much more could be paid if the bound were not.
pub(crate) fn of_held_back(bound: &Bound, max_payment: Money, held_back: Money) -> Notice {
    let but = match bound {
        Bound::Share { share } if share.bp() == 0 => "в этой программе бонусами не расплачиваются".to_owned(),
        Bound::Share { share } => format!("бонусами оплачивается не более {share}% заказа"),
        Bound::Balance if !max_payment.is_positive() => "на вашем счёте пока нет бонусных баллов".to_owned(),
        Bound::Balance => format!("на вашем счёте {} бонусных баллов", amount(max_payment)),
        Bound::Lines if !max_payment.is_positive() => {
            "позиции этого заказа бонусами не оплачиваются".to_owned()
        }
        Bound::Lines => "остальные позиции заказа бонусами не оплачиваются".to_owned(),
        Bound::Campaign { name } => format!("акция \"{name}\" не сочетается с бонусами"),
        Bound::NothingToPay => "скидки покрывают заказ целиком".to_owned(),
    };
    let more = if max_payment.is_positive() { "Ещё " } else { "" };
    Notice {
        primary: format!("{more}{} р. можно было бы оплатить бонусами, но {but}.", amount(held_back)),
        secondary: String::new(),
    }
}

/// That some lines bring no bonuses, and how many more the order would bring if they did; nothing where it is as many.
pub(crate) fn of_lines_that_bring_nothing(not_accrued: Money) -> Option<Notice> {
    not_accrued.is_positive().then(|| Notice {
        primary: "За некоторые позиции этого заказа бонусы не начисляются.".to_owned(),
        secondary: format!("Иначе заказ принёс бы ещё {} бонусных баллов.", amount(not_accrued)),
    })
}
