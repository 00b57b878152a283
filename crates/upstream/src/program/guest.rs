//! A guest as the loyalty systems know them: how one is found, what is told of one. Types only.

use contract::{Money, Phone};

use crate::UpstreamError;

/// A guest, by what they are looked for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum GuestKey {
    /// The phone.
    Phone(Phone),
    /// The number of a loyalty card.
    Card(String),
    /// The code the restaurant's application shows.
    AppCode(String),
}

impl GuestKey {
    /// What the key is.
    #[must_use]
    pub const fn kind(&self) -> GuestKeyKind {
        match self {
            Self::Phone(_) => GuestKeyKind::Phone,
            Self::Card(_) => GuestKeyKind::Card,
            Self::AppCode(_) => GuestKeyKind::AppCode,
        }
    }

    /// The phone, for the systems that know guests by nothing else.
    pub(crate) fn phone(&self) -> Result<&Phone, UpstreamError> {
        match self {
            Self::Phone(phone) => Ok(phone),
            Self::Card(_) | Self::AppCode(_) => {
                Err(UpstreamError::Unsupported { what: "a guest without a phone" })
            }
        }
    }
}

impl std::fmt::Debug for GuestKey {
    /// The kind only: each of the keys names a person, and some of them pay.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.kind().fmt(f)
    }
}

/// The kinds of [`GuestKey`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GuestKeyKind {
    /// A phone.
    Phone,
    /// A loyalty card.
    Card,
    /// A code of the application.
    AppCode,
}

/// A guest who was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// The first name, where one is known.
    pub name: Option<String>,
    /// The phone, where the system tells one. Later calls name the guest by it, because a code of the application may not
    /// live long.
    pub phone: Option<Phone>,
}

/// What a guest has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// Bonuses that may be spent, in hundredths.
    pub balance: Money,
    /// The rank, where the programme has ranks.
    pub rank: Option<Rank>,
}

/// A rank of the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Its name, white space trimmed.
    pub name: String,
    /// What it gives.
    pub benefit: RankBenefit,
    /// What keeps the rank, where it must be confirmed.
    pub confirmation: Option<RankConfirmation>,
}

/// What a rank gives, in hundredths of a per cent: 5 % is 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankBenefit {
    /// This share of an order comes back as bonuses.
    CashbackBp(u32),
    /// This share of an order is taken off.
    DiscountBp(u32),
    /// The system does not say.
    Untold,
}

/// What the guest must do to keep a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankConfirmation {
    /// Money still to be spent.
    pub sum_left: Money,
    /// Hours left to spend it.
    pub hours_left: u32,
}

/// A one-time payment code.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentCode {
    /// Seven digits; the eighth is the check digit of EAN-8.
    pub digits: String,
    /// Seconds the code is still good for.
    pub ttl_s: u32,
}

impl std::fmt::Debug for PaymentCode {
    /// Hides the digits: whoever reads them in a log could pay with them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaymentCode").field("ttl_s", &self.ttl_s).finish_non_exhaustive()
    }
}

/// A login code that a loyalty system has sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentCode {
    /// Seconds until it will send another, where it says so.
    pub resend_after_s: Option<u32>,
}
