//! Makes sure that a guest who has logged in is a member of the loyalty programme.

use contract::Phone;
use upstream::program::GuestKey;
use upstream::{LoyaltyProgram, UpstreamError};

/// Joins the phone's owner to the programme where the programme knows nobody with this phone. A known guest's data stay
/// as they are.
pub(crate) async fn join_if_unknown(
    program: &dyn LoyaltyProgram,
    phone: &Phone,
) -> Result<(), UpstreamError> {
    match program.guest(&GuestKey::Phone(phone.clone())).await? {
        Some(_) => Ok(()),
        None => program.join(phone).await,
    }
}
