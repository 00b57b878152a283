//! The guest as the rules see one: what is held, and what happened before.

use std::collections::{HashMap, HashSet};

use contract::Money;

/// The guest's side of a calculation. Campaigns are named by their ids as the programme writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guest {
    /// Bonuses that may be spent, in hundredths; not below zero.
    pub balance: Money,
    /// The guest's rank, counted from zero in the programme's list.
    pub rank_index: usize,
    /// How many orders the guest has closed.
    pub closed_orders: u64,
    /// The campaigns the guest holds a privilege for.
    pub privileges: HashSet<String>,
    /// The campaigns the guest has activated.
    pub activated: HashSet<String>,
    /// The campaigns the guest has bought.
    pub bought: HashSet<String>,
    /// The single-use promo codes that are used up, or set aside for another order, by whomever, as
    /// [`crate::programme::PromoCode::normal`] writes them.
    pub taken_promo_codes: HashSet<String>,
    /// The stamps the guest has got, card after card, by campaign; none where a campaign is not named.
    pub stamps: HashMap<String, u64>,
    /// Of how many other orders that are confirmed or closed each campaign is a part; none where one is not named.
    pub uses: HashMap<String, u64>,
    /// The referral campaign the guest was invited by.
    pub invited_by_campaign: Option<String>,
}
