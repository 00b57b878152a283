//! A campaign as a guest is told of it. Types only.

use contract::Money;
use jiff::Timestamp;
use jiff::civil::DateTime;
use uuid::Uuid;

/// A campaign open to a guest, and how far the guest has come in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Its identifier.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Where its picture is.
    pub image_url: Option<String>,
    /// When it began, in the restaurant's own time.
    pub from: DateTime,
    /// When it ends, in the restaurant's own time.
    pub to: Option<DateTime>,
    /// The promo code that all guests share.
    pub promo_code: Option<String>,
    /// What it costs, where it must be bought.
    pub price: Option<Money>,
    /// What it cost before.
    pub old_price: Option<Money>,
    /// Its kind, where the system tells one.
    pub kind: Option<CampaignKind>,
    /// Whether it works for the guest now.
    pub is_active: bool,
    /// The gifts the guest has had in it.
    pub gifts: Vec<Gift>,
    /// Its stamps, where it collects some.
    pub stamps: Option<Stamps>,
    /// Its invitations, where it has some.
    pub referral: Option<Referral>,
    /// Whether the guest has activated it, where that is needed.
    pub activated: Option<bool>,
}

/// The kinds of campaigns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignKind {
    /// For everyone it is for.
    Free,
    /// For those who bought it.
    Bought,
    /// Collects stamps.
    Stamp,
    /// Rewards an invitation.
    Referral,
}

/// A gift a guest has had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gift {
    /// Which of the programme's gifts it is.
    pub settings_id: Uuid,
    /// What it is.
    pub terms: GiftTerms,
    /// Until when it may be used.
    pub expires_at: Timestamp,
    /// What has become of it.
    pub status: GiftStatus,
    /// For which stamp it was given.
    pub stamp_index: Option<u32>,
}

/// What a gift is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftTerms {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Where its picture is.
    pub image_url: String,
    /// What it gives.
    pub gives: GiftContents,
}

/// What a gift gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiftContents {
    /// What its description says.
    Simple,
    /// So many bonuses, in hundredths.
    Bonuses(Money),
    /// A subscription.
    Subscription,
}

/// What has become of a gift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GiftStatus {
    /// It will be given with an order that is not closed yet.
    Promised,
    /// It may be used.
    Active,
    /// Its time is over.
    Expired,
    /// It was used.
    Received,
}

/// The stamps of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamps {
    /// How many the guest has.
    pub collected: u32,
    /// For what they are given.
    pub conditions: String,
    /// Which gift is given for how many.
    pub gifts: Vec<(u32, GiftTerms)>,
}

/// The invitations of a campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// For the guest who invites.
    pub referrer_gift: GiftTerms,
    /// For the guest who is invited.
    pub referral_gift: GiftTerms,
    /// Whether the guest may invite, where it is told.
    pub status: Option<ReferrerStatus>,
}

/// Whether a guest may invite others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferrerStatus {
    /// Not this guest.
    CanNotInvite,
    /// This guest may.
    CanInvite,
    /// This guest has.
    HasInvited,
}
