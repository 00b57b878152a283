//! Who the guest is, as the loyalty system knows it and the widget shows it.

use contract::Phone;
use contract::preview::{Guest, Rank, RankConfirmation};
use upstream::program::{self, GuestKey, RankBenefit};
use upstream::{LoyaltyProgram, UpstreamError};

/// Asks the loyalty system for the guest's name and wallet, both at once.
pub(crate) async fn read_guest(program: &dyn LoyaltyProgram, phone: &Phone) -> Result<Guest, UpstreamError> {
    let key = GuestKey::Phone(phone.clone());
    let (known, wallet) = tokio::try_join!(program.guest(&key), program.wallet(&key))?;
    Ok(Guest {
        name: known.and_then(|guest| guest.name),
        masked_phone: masked(phone),
        balance_minor: wallet.balance,
        rank: wallet.rank.and_then(rank),
    })
}

/// A rank as the contract has it: with its cashback. One that gives something else is not shown.
fn rank(rank: program::Rank) -> Option<Rank> {
    let RankBenefit::CashbackBp(cashback_bp) = rank.benefit else { return None };
    let confirmation = rank
        .confirmation
        .map(|left| RankConfirmation { sum_left_minor: left.sum_left, hours_left: left.hours_left });
    Some(Rank { name: rank.name, cashback_bp, confirmation })
}

/// The phone with all but its last four digits hidden.
fn masked(phone: &Phone) -> String {
    let text = phone.as_str();
    let hidden = text.len().saturating_sub(5);
    format!("+{}{}", "•".repeat(hidden), &text[text.len().saturating_sub(4)..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_four_digits_of_a_phone_are_shown() {
        let phone = Phone::parse("+79990001122").expect("E.164");
        assert_eq!(masked(&phone), "+•••••••1122");
    }
}
