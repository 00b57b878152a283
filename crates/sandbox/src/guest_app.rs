//! What guests do in the loyalty system's own app, for which the imitated APIs have no operation: activate, buy or save a
//! campaign, invite another guest, and show a code.
//!
//! Owns what each needs and changes; must not know how it is asked for. Buying is paid in the app, so it moves no bonuses
//! here. Done twice, each changes nothing the second time.

use contract::{Money, Phone};
use jiff::Timestamp;
use loyalty::programme::{Campaign, Effect, Trigger};
use loyalty::{Moment, Programme};
use rusqlite::Transaction;

use crate::ledger::{Entry, Kind};
use crate::store::guests::GuestRow;
use crate::store::members::{self, Membership};
use crate::store::{StoreError, guests, ledger};

mod code;

pub(crate) use code::IssuedCode;

/// Why a guest cannot do that.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GuestAppError {
    /// No such guest.
    #[error("there is no guest with the phone {0}")]
    UnknownGuest(String),
    /// No such campaign.
    #[error("the programme has no campaign {0}")]
    UnknownCampaign(String),
    /// The campaign is not of the kind this is for.
    #[error("the campaign {campaign_id} is not one to {verb}")]
    WrongCampaign {
        /// The campaign.
        campaign_id: String,
        /// What the guest wanted to do with it.
        verb: &'static str,
    },
    /// The campaign has not begun, or is over.
    #[error("the campaign {0} does not run now")]
    NotRunning(String),
    /// A guest cannot invite oneself, nor a guest who has closed an order or was invited by somebody else.
    #[error("this guest cannot be invited: {0}")]
    NotToBeInvited(&'static str),
    /// Guests show codes to the tills of the basic REST API only.
    #[error("the guests of this network show no codes")]
    NoCodes,
    /// There is no code to be had.
    #[error("no code can be shown: {0}")]
    NotIssued(String),
    /// The books failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The app of a network's guests.
pub(crate) struct GuestApp<'a> {
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) network_id: i64,
    pub(crate) programme: &'a Programme,
    pub(crate) now: Timestamp,
}

impl GuestApp<'_> {
    /// Lets a guest join a campaign; `false` where the guest had before.
    ///
    /// # Errors
    /// Unless the campaign is set off by that, or is a promo code to be saved, and runs.
    pub(crate) fn join(
        &self,
        phone: &str,
        campaign_id: &str,
        membership: Membership,
    ) -> Result<bool, GuestAppError> {
        let guest = self.guest(phone)?;
        let campaign = self.running_campaign(campaign_id)?;
        let (is_right, verb, kind) = match membership {
            Membership::Activated => (campaign.trigger == Trigger::Activated, "activate", Kind::Activated),
            Membership::Bought => (matches!(campaign.trigger, Trigger::Bought { .. }), "buy", Kind::Bought),
            Membership::Saved => (can_be_saved(campaign), "save", Kind::Saved),
        };
        if !is_right {
            return Err(GuestAppError::WrongCampaign { campaign_id: campaign_id.to_owned(), verb });
        }
        let is_new = members::join(self.tx, guest.id, &campaign.id, membership, self.now_ms())?;
        if is_new {
            self.enter(kind, guest.id)?;
        }
        Ok(is_new)
    }

    /// Lets a guest invite another into a referral campaign; `false` where the same guest had before.
    ///
    /// # Errors
    /// Unless the campaign is a running referral campaign and the invited guest is new and another's.
    pub(crate) fn invite(
        &self,
        referrer_phone: &str,
        invited_phone: &str,
        campaign_id: &str,
    ) -> Result<bool, GuestAppError> {
        let (referrer, invited) = (self.guest(referrer_phone)?, self.guest(invited_phone)?);
        let campaign = self.running_campaign(campaign_id)?;
        if !matches!(campaign.effect, Effect::Referral { .. }) {
            return Err(GuestAppError::WrongCampaign {
                campaign_id: campaign_id.to_owned(),
                verb: "invite guests into",
            });
        }
        if let Some(before) = members::invitation(self.tx, invited.id)? {
            return if before.referrer_id == referrer.id && before.campaign_id == campaign.id {
                Ok(false)
            } else {
                Err(GuestAppError::NotToBeInvited("somebody else did before"))
            };
        }
        if referrer.id == invited.id {
            return Err(GuestAppError::NotToBeInvited("nobody invites oneself"));
        }
        if invited.closed_orders > 0 {
            return Err(GuestAppError::NotToBeInvited("the guest has ordered before"));
        }
        members::invite(self.tx, invited.id, referrer.id, &campaign.id, self.now_ms())?;
        self.enter(Kind::Invited, invited.id)?;
        Ok(true)
    }

    fn guest(&self, phone: &str) -> Result<GuestRow, GuestAppError> {
        let unknown = || GuestAppError::UnknownGuest(phone.to_owned());
        let phone = Phone::parse(phone).ok_or_else(unknown)?;
        guests::find(self.tx, self.network_id, phone.as_str())?.ok_or_else(unknown)
    }

    fn running_campaign(&self, campaign_id: &str) -> Result<&Campaign, GuestAppError> {
        let campaign = self
            .programme
            .campaign(campaign_id)
            .ok_or_else(|| GuestAppError::UnknownCampaign(campaign_id.to_owned()))?;
        let local = Moment::from_unix_s(self.now.as_second()).local(self.programme.utc_offset_minutes);
        if campaign.is_running_at(local) {
            Ok(campaign)
        } else {
            Err(GuestAppError::NotRunning(campaign_id.to_owned()))
        }
    }

    fn now_ms(&self) -> i64 {
        self.now.as_millisecond()
    }

    fn enter(&self, kind: Kind, guest_id: i64) -> Result<(), GuestAppError> {
        let entry = Entry {
            at_ms: self.now_ms(),
            kind,
            order_id: None,
            payment: Money::ZERO,
            accrual: Money::ZERO,
            shortfall: Money::ZERO,
            discount: Money::ZERO,
        };
        Ok(ledger::add(self.tx, &entry, Some(guest_id))?)
    }
}

/// What can be saved to be found again is a promo code that everybody may enter: the documents do not say, this is our
/// choice.
pub(crate) const fn can_be_saved(campaign: &Campaign) -> bool {
    matches!(campaign.trigger, Trigger::PromoCode(_))
}
