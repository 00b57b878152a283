//! Who the guest is, as the loyalty system knows it and the widget shows it.

use contract::Money;
use contract::preview::{Guest, Rank, RankConfirmation};
use upstream::program::{self, GuestKey, RankBenefit, Wallet};
use upstream::{LoyaltyProgram, UpstreamError};

/// How many characters of a key are shown.
const SHOWN: usize = 4;

/// Asks the loyalty system for the guest's name and wallet, both at once.
pub(crate) async fn read_guest(program: &dyn LoyaltyProgram, key: &GuestKey) -> Result<Guest, UpstreamError> {
    let (known, wallet) = tokio::try_join!(program.guest(key), program.wallet(key))?;
    Ok(told_guest(known.and_then(|guest| guest.name), Some(wallet), key))
}

/// The guest by what was told of them. Who has no wallet has nothing yet.
pub(crate) fn told_guest(name: Option<String>, wallet: Option<Wallet>, key: &GuestKey) -> Guest {
    let wallet = wallet.unwrap_or(Wallet { balance: Money::ZERO, rank: None });
    Guest { name, masked_key: masked(key), balance_minor: wallet.balance, rank: wallet.rank.map(rank) }
}

fn rank(rank: program::Rank) -> Rank {
    let (cashback_bp, discount_bp) = match rank.benefit {
        RankBenefit::CashbackBp(share) => (Some(share), None),
        RankBenefit::DiscountBp(share) => (None, Some(share)),
        RankBenefit::Untold => (None, None),
    };
    let confirmation = rank
        .confirmation
        .map(|left| RankConfirmation { sum_left_minor: left.sum_left, hours_left: left.hours_left });
    Rank { name: rank.name, cashback_bp, discount_bp, confirmation }
}

/// The key with all but its last four characters hidden; a short one is hidden whole. A phone keeps its plus.
pub(crate) fn masked(key: &GuestKey) -> String {
    let (before, text) = match key {
        GuestKey::Phone(phone) => ("+", phone.as_str().trim_start_matches('+')),
        GuestKey::Card(text) | GuestKey::AppCode(text) => ("", text.as_str()),
    };
    let count = text.chars().count();
    let hidden = if count > SHOWN { count - SHOWN } else { count };
    let shown: String = text.chars().skip(hidden).collect();
    format!("{before}{}{shown}", "•".repeat(hidden))
}

#[cfg(test)]
mod tests {
    use contract::Phone;

    use super::*;

    #[test]
    fn only_the_end_of_a_key_is_shown() {
        let phone = Phone::parse("+79990001122").expect("E.164");
        assert_eq!(masked(&GuestKey::Phone(phone)), "+•••••••1122");
        assert_eq!(masked(&GuestKey::Card("2200770012345678".to_owned())), "••••••••••••5678");
        assert_eq!(masked(&GuestKey::Card("1234".to_owned())), "••••");
    }
}
