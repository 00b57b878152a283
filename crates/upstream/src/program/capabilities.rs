//! What a loyalty system can do. Types only; each system fills them in.

use super::GuestKeyKind;

/// What a loyalty system can do, and where it differs from the others. What it cannot do it answers with
/// [`crate::UpstreamError::Unsupported`], sending nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// By what [`super::LoyaltyProgram::guest`] finds a guest. Empty where guests are known by their phone and cannot be
    /// looked up apart from a calculation.
    pub guest_keys: &'static [GuestKeyKind],
    /// [`super::LoyaltyProgram::join`] makes members.
    pub join: bool,
    /// Balance and rank can be asked for outside a calculation.
    pub wallet_details: bool,
    /// A calculation tells the guest's name and wallet along, as far as the system knows them.
    pub calculation_tells_guest: bool,
    /// A calculation may be made for nobody in particular.
    pub anonymous_preview: bool,
    /// How much may be spent.
    pub spend: SpendChoice,
    /// Bonuses are accrued also on an order that is paid with bonuses in part.
    pub accrual_with_spend: bool,
    /// Orders that are brought to the guest are calculated; otherwise only those that are fetched.
    pub courier: bool,
    /// Promo codes are understood.
    pub promo_codes: bool,
    /// One-time payment codes are issued.
    pub payment_codes: bool,
    /// Login codes are sent and checked by the system itself.
    pub login_codes: bool,
    /// What to do about a confirm whose answer was lost.
    pub lost_confirm: LostConfirm,
    /// Seconds after which what a confirm has frozen falls off by itself, where it does.
    pub hold_ttl_s: Option<u32>,
    /// Who ends an order.
    pub finish: Finish,
    /// A closed order can be taken back.
    pub refunds: bool,
}

/// How much may be spent on an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpendChoice {
    /// Any amount between the least and the most.
    AnyAmount,
    /// Nothing, or the most.
    AllOrNothing,
}

/// How it is settled whether a confirm was carried out whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostConfirm {
    /// The order is looked up.
    LookedUp,
    /// It is undone by a reset, which does not need the confirm's [`super::Confirmed::reference`].
    UndoneByReset,
    /// By no call: the restaurant sees the order, or sees none.
    SeenAtTheTill,
}

/// Who closes an order or cancels it for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// We, by a call.
    ByCall,
    /// The till. By a call only a reset is possible, which returns what is frozen.
    AtTheTill,
}
