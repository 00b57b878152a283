//! Cards of stamps: where a guest's stamps stand on the card, and which gifts they bring.
//!
//! Owns the counting; must not decide how many stamps an order brings. Stamps are counted over all cards of a guest: the
//! last gift of a card ends it, and the next stamp is the first of a new one.

use crate::programme::{Effect, StampGift};

/// A campaign's card.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    gifts: &'a [StampGift],
    places: u32,
}

impl<'a> Card<'a> {
    /// The card of a campaign that gives stamps; `None` for every other effect.
    #[must_use]
    pub fn of(effect: &'a Effect) -> Option<Self> {
        let Effect::Stamps { gifts, .. } = effect else { return None };
        // A programme that was checked has a gift on each card.
        let places = gifts.last().map(|last| last.stamps).filter(|places| *places > 0)?;
        Some(Self { gifts, places })
    }

    /// How many stamps the card has room for.
    #[must_use]
    pub const fn places(self) -> u32 {
        self.places
    }

    /// Of all stamps of a guest, those on the current card.
    #[must_use]
    pub fn on_card(self, all_stamps: u64) -> u32 {
        // A remainder of 32 bits fits.
        u32::try_from(all_stamps % u64::from(self.places)).unwrap_or(0)
    }

    /// The gifts that the `count` stamps after the first `before` bring, each with the number of its stamp over all
    /// cards.
    pub fn brought(self, before: u64, count: u32) -> impl Iterator<Item = (u64, &'a StampGift)> {
        let last = before.saturating_add(u64::from(count));
        (before.saturating_add(1)..=last).filter_map(move |ordinal| {
            let index = self.on_card(ordinal - 1) + 1;
            self.gifts.iter().find(|one| one.stamps == index).map(|gift| (ordinal, gift))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{GiftTerms, Gives};

    fn gift(stamps: u32) -> StampGift {
        StampGift {
            stamps,
            gift: GiftTerms {
                settings_id: format!("6f1d0c3a-2a57-4d0e-9f53-0000000000{stamps:02}"),
                name: "Подарок".to_owned(),
                description: "Подарок за штампики".to_owned(),
                image_url: "https://example.org/gift.jpg".to_owned(),
                small_image_url: "https://example.org/gift-small.jpg".to_owned(),
                icon_image_url: "https://example.org/gift.png".to_owned(),
                valid_days: 30,
                gives: Gives::Bonus { amount_minor: contract::Money::from_minor(100) },
            },
        }
    }

    #[test]
    fn each_stamp_brings_its_gift_on_every_card() {
        let effect =
            Effect::Stamps { per_minor: contract::Money::from_minor(10_000), gifts: vec![gift(2), gift(5)] };
        let card = Card::of(&effect).expect("a card");
        let brought = |before, count| -> Vec<(u64, u32)> {
            card.brought(before, count).map(|(ordinal, one)| (ordinal, one.stamps)).collect()
        };
        assert_eq!(brought(0, 1), []);
        assert_eq!(brought(0, 12), [(2, 2), (5, 5), (7, 2), (10, 5), (12, 2)]);
        assert_eq!(brought(4, 1), [(5, 5)]);
        assert_eq!(brought(5, 1), []);
        assert_eq!(brought(7, 0), []);
        assert_eq!([0, 4, 5, 6, 11].map(|all| card.on_card(all)), [0, 4, 0, 1, 1]);
    }

    #[test]
    fn only_stamps_have_a_card() {
        assert!(Card::of(&Effect::Gift).is_none());
        let empty = Effect::Stamps { per_minor: contract::Money::from_minor(1), gifts: Vec::new() };
        assert!(Card::of(&empty).is_none());
    }
}
