//! What is said about stamps and gifts.

use std::fmt::{Display, Formatter, from_fn};

use contract::Money;

use super::{Notice, amount, counted, form};
use crate::programme::{Campaign, GiftTerms, Gives, StampGift};
use crate::reward::Recipient;

/// How stamps are got, for a description of the campaign: `1 штампик за каждые 100 р. в чеке`.
#[must_use]
pub fn of_stamp_condition(per: Money) -> String {
    format!("1 штампик за каждые {} р. в чеке", amount(per))
}

/// Stamps that closing the order brings, and how far the next gift is then.
pub(crate) fn of_stamps(campaign: &Campaign, count: u32, on_card: u32, gifts: &[StampGift]) -> Notice {
    let next = gifts.iter().find(|one| one.stamps > on_card);
    Notice {
        primary: format!(
            "Вы получите {} по акции \"{}\".",
            counted(count, ["штампик", "штампика", "штампиков"]),
            campaign.name
        ),
        secondary: next.map_or_else(String::new, |one| {
            let left = one.stamps - on_card;
            let verb = form(left, ["останется", "останутся", "останется"]);
            let left = counted(left, ["штампик", "штампика", "штампиков"]);
            format!("До подарка \"{}\" {verb} {left}.", one.gift.name)
        }),
    }
}

/// A gift that closing the order brings.
pub(crate) fn of_gift_to_come(campaign: &Campaign, terms: &GiftTerms, recipient: Recipient) -> Notice {
    let who = match recipient {
        Recipient::Guest => "Вы получите",
        Recipient::Referrer => "Пригласивший вас гость получит",
    };
    let secondary = match terms.gives {
        Gives::Bonus { .. } => "Баллы начисляются, когда заказ оплачен.".to_owned(),
        Gives::Privilege { .. } => kept(terms, "Подарок выдаётся, когда заказ оплачен, и действует"),
    };
    Notice { primary: format!("{who} {}.", gain(campaign, terms)), secondary }
}

/// A gift for joining.
pub(crate) fn of_welcome(campaign: &Campaign, terms: &GiftTerms) -> Notice {
    let secondary = match terms.gives {
        Gives::Bonus { .. } => "Ими можно расплачиваться за заказы.".to_owned(),
        Gives::Privilege { .. } => kept(terms, "Подарок действует"),
    };
    Notice { primary: format!("Вы получили {}.", gain(campaign, terms)), secondary }
}

fn gain(campaign: &Campaign, terms: &GiftTerms) -> impl Display {
    from_fn(|f| {
        match &terms.gives {
            Gives::Bonus { amount_minor } => write_bonuses(f, *amount_minor)?,
            Gives::Privilege { .. } => write!(f, "подарок \"{}\"", terms.name)?,
        }
        write!(f, " по акции \"{}\"", campaign.name)
    })
}

fn kept(terms: &GiftTerms, beginning: &str) -> String {
    format!("{beginning} {}.", counted(terms.valid_days, ["день", "дня", "дней"]))
}

/// Bonuses, in the form of the word their number asks for; a part of one asks for the form of two.
fn write_bonuses(f: &mut Formatter<'_>, sum: Money) -> std::fmt::Result {
    let words = match u32::try_from(sum.minor() / 100) {
        Ok(whole) if sum.minor() % 100 == 0 => {
            form(whole, ["бонусный балл", "бонусных балла", "бонусных баллов"])
        }
        _ => "бонусных балла",
    };
    write!(f, "{} {words}", amount(sum))
}
