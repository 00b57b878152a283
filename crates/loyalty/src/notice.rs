//! The programme's messages to the guest, in Russian, in the makers' manner.

use std::fmt::{Display, from_fn};

use contract::Money;

use crate::programme::{Campaign, Effect, Rank, Trigger};
use crate::share::Share;

mod bound;
mod promo;
mod reward;

pub(crate) use bound::{of_bound, of_lines_that_bring_nothing};
pub(crate) use promo::of_refusal;
pub use reward::of_stamp_condition;
pub(crate) use reward::{of_gift_to_come, of_stamps, of_welcome};

/// A message to the guest about what a rule did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The main sentence.
    pub primary: String,
    /// A further sentence; may be empty.
    pub secondary: String,
}

/// What a campaign says that takes `discount` off; `code` is the promo code that set it off.
pub(crate) fn of_campaign(campaign: &Campaign, discount: Money, code: Option<&str>) -> Notice {
    let gain = from_fn(|f| match campaign.effect {
        Effect::Percent { share_bp } => write!(f, "скидку {share_bp}%"),
        Effect::Gift => write!(f, "подарок на {} р.", amount(discount)),
        // No other effect takes anything off.
        _ => write!(f, "скидку {} р.", amount(discount)),
    });
    let source = from_fn(|f| match code {
        Some(code) => write!(f, "по промокоду {code}"),
        None => write!(f, "по акции \"{}\"", campaign.name),
    });
    Notice {
        primary: format!("Вы получили {gain} {source}."), secondary: campaign_detail(campaign)
    }
}

/// What a rank says that takes a share off every order.
pub(crate) fn of_rank(rank: &Rank, share: Share) -> Notice {
    Notice {
        primary: format!("Вы получили скидку {share}% по уровню \"{}\".", rank.name),
        secondary: String::new(),
    }
}

/// Adds how often the guest may use a campaign again that may be used `left` times, this time counted in.
pub(crate) fn add_uses_left(notice: &mut Notice, campaign: &Campaign, left: u64) {
    let sentence = match left.saturating_sub(1) {
        0 => format!(
            "Вы больше не сможете воспользоваться специальным предложением по акции \"{}\".",
            campaign.name
        ),
        again => format!(
            "Вы сможете воспользоваться специальным предложением по акции \"{}\" еще {}.",
            campaign.name,
            counted(u32::try_from(again).unwrap_or(u32::MAX), ["раз", "раза", "раз"])
        ),
    };
    add_sentence(&mut notice.secondary, &sentence);
}

fn campaign_detail(campaign: &Campaign) -> String {
    let mut detail = match campaign.trigger {
        Trigger::Privilege => {
            "Подарок закрепляется за заказом при подтверждении и вернётся, если заказ отменить.".to_owned()
        }
        Trigger::SingleUsePromoCodes(_) => {
            "Промокод действует один раз: он закрепляется за заказом при подтверждении и вернётся, если заказ отменить."
                .to_owned()
        }
        Trigger::Automatic | Trigger::PromoCode(_) | Trigger::Activated | Trigger::Bought { .. } => {
            String::new()
        }
    };
    if let Some(least) = campaign.min_order_minor {
        add_sentence(&mut detail, &format!("Акция действует для заказа от {} р.", amount(least)));
    }
    if campaign.first_order {
        add_sentence(&mut detail, "Акция действует только для первого заказа.");
    }
    if let Some(to) = campaign.to {
        add_sentence(&mut detail, &format!("Акция закончится {}.", to.day_and_minute()));
    }
    detail
}

fn add_sentence(text: &mut String, sentence: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(sentence);
}

/// An amount for the guest: whole, or with both kopecks.
fn amount(money: Money) -> impl Display {
    let (whole, kopecks) = (money.minor() / 100, money.minor() % 100);
    from_fn(move |f| if kopecks == 0 { write!(f, "{whole}") } else { write!(f, "{whole}.{kopecks:02}") })
}

/// A number with its noun: `1 день`, `2 дня`, `5 дней`.
fn counted(number: u32, forms: [&'static str; 3]) -> impl Display {
    from_fn(move |f| write!(f, "{number} {}", form(number, forms)))
}

/// The form a number asks for: of one, of two to four, of five and more.
const fn form(number: u32, [one, few, many]: [&'static str; 3]) -> &'static str {
    match (number % 100, number % 10) {
        (11..=14, _) => many,
        (_, 1) => one,
        (_, 2..=4) => few,
        _ => many,
    }
}
