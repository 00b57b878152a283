//! Makes sure that a guest who has logged in is a member of the loyalty programme.

use thiserror::Error;
use upstream::program::GuestKey;
use upstream::{LoyaltyProgram, UpstreamError};

/// Why a guest is no member.
#[derive(Debug, Error)]
pub(crate) enum MembershipError {
    /// The programme knows nobody with this key, and joining it takes more than a call.
    #[error("the loyalty programme knows no such guest")]
    NotAMember,
    /// The loyalty system failed or refused.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
}

/// Looks the guest up, and joins a phone's owner to the programme where it knows nobody with this phone. A known guest's
/// data stay as they are. Where a system cannot look guests up at all, each is taken for one.
pub(crate) async fn make_member(
    program: &dyn LoyaltyProgram,
    guest: &GuestKey,
) -> Result<(), MembershipError> {
    let capabilities = program.capabilities();
    if capabilities.guest_keys.is_empty() || program.guest(guest).await?.is_some() {
        return Ok(());
    }
    match guest {
        GuestKey::Phone(phone) if capabilities.join => Ok(program.join(phone).await?),
        _ => Err(MembershipError::NotAMember),
    }
}
