//! What a loyalty system calculates for an order. Types only.

use contract::Money;

use super::Wallet;

/// The loyalty of one order, believed: the discounts add up and the limits fit the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation {
    /// What a confirm gives back, opaque to everyone but the system: a fingerprint, a whole block, or nothing.
    pub echo: String,
    /// Every campaign that took part, in the system's order.
    pub campaigns: Vec<CampaignResult>,
    /// The sum of the campaigns' discounts.
    pub discount_total: Money,
    /// The end where the least is spent.
    pub least: SpendEnd,
    /// The end where the most is spent.
    pub most: SpendEnd,
    /// What the programme tells the guest beside the campaigns' own messages.
    pub notifications: Vec<Notification>,
    /// What the guest has, where [`super::Capabilities::calculation_tells_guest`] holds and the guest has anything.
    pub wallet: Option<Wallet>,
    /// The guest's first name, where the calculation tells it.
    pub guest_name: Option<String>,
}

impl Calculation {
    /// Whether both calculations give the guest the same: the same campaigns, discounts, limits and accruals. The
    /// messages are left out, because a message may say that something did not work.
    #[must_use]
    pub fn same_effect(&self, other: &Self) -> bool {
        let campaigns = |calculation: &Self| -> Vec<(String, Money)> {
            calculation.campaigns.iter().map(|campaign| (campaign.id.clone(), campaign.discount)).collect()
        };
        self.discount_total == other.discount_total
            && self.least == other.least
            && self.most == other.most
            && campaigns(self) == campaigns(other)
    }
}

/// What one campaign does for an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignResult {
    /// The system's own identifier.
    pub id: String,
    /// The campaign's name.
    pub name: String,
    /// What it takes off; zero where it gives something else.
    pub discount: Money,
    /// What it tells the guest.
    pub notifications: Vec<Notification>,
}

/// One end of the range of the spend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpendEnd {
    /// Bonuses spent, in hundredths.
    pub payment: Money,
    /// Bonuses accrued if so many are spent, in hundredths.
    pub accrual: Money,
}

/// A message to the guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The main sentence.
    pub primary: String,
    /// A further sentence; may be empty.
    pub secondary: String,
}
