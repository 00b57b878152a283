//! What is said about a promo code that does nothing.

use super::{Notice, amount};
use crate::occasion::Unmet;
use crate::order::Expedition;
use crate::programme::Campaign;
use crate::promo::PromoCodeRefusal;

/// Why a promo code does nothing. `campaign` is the one it belongs to, where it is known.
pub(crate) fn of_refusal(code: &str, campaign: Option<&Campaign>, reason: &PromoCodeRefusal) -> Notice {
    let secondary = match reason {
        PromoCodeRefusal::Unknown => "Такого промокода нет.".to_owned(),
        PromoCodeRefusal::Unmet(unmet) => of_unmet(*unmet, campaign),
        PromoCodeRefusal::Used => "Он действует один раз и уже использован.".to_owned(),
        PromoCodeRefusal::NoGuest => "Он действует только для участников программы.".to_owned(),
        PromoCodeRefusal::NotCombinable { campaign_name } => {
            format!("Он не сочетается с акцией \"{campaign_name}\".")
        }
        PromoCodeRefusal::GivesNothing => "Для этого заказа он ничего не даёт.".to_owned(),
    };
    Notice { primary: format!("Промокод {} не сработал.", code.trim()), secondary }
}

fn of_unmet(unmet: Unmet, campaign: Option<&Campaign>) -> String {
    match unmet {
        Unmet::NotBegun { from } => format!("Акция начнётся {}.", from.day_and_minute()),
        Unmet::Over { to } => format!("Акция закончилась {}.", to.day_and_minute()),
        Unmet::Hours => "Акция действует в другие дни или часы.".to_owned(),
        Unmet::MinOrder { least, missing } => {
            format!("Акция действует для заказа от {} р.: не хватает {} р.", amount(least), amount(missing))
        }
        Unmet::Expedition => {
            let ways = campaign.map_or(&[][..], |campaign| &campaign.expeditions);
            format!("Акция действует только {}.", ways.iter().map(way).collect::<Vec<_>>().join(" и "))
        }
        Unmet::Contains => "В заказе нет того, для чего действует акция.".to_owned(),
        Unmet::Uses => "Воспользоваться этой акцией ещё раз нельзя.".to_owned(),
        Unmet::FirstOrder => "Акция действует только для первого заказа.".to_owned(),
    }
}

const fn way(expedition: &Expedition) -> &'static str {
    match expedition {
        Expedition::Delivery => "для доставки",
        Expedition::Pickup => "для самовывоза",
        Expedition::InRestaurant => "в ресторане",
    }
}
