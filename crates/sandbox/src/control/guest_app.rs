//! `/sandbox/guest-app/…`: what guests do in the loyalty system's own app.

use axum::Json;
use axum::extract::State;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::{Control, off_the_async_threads};
use crate::control::error::ControlError;
use crate::guest_app::{GuestApp, GuestAppError};
use crate::store::access;
use crate::store::members::Membership;

/// A guest and a campaign.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JoinRequest {
    /// The `r_keeper` object id of a restaurant: it names the network.
    restaurant: String,
    phone: String,
    campaign_id: String,
}

/// Two guests and a referral campaign.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InviteRequest {
    /// The `r_keeper` object id of a restaurant: it names the network.
    restaurant: String,
    /// Who invites.
    phone: String,
    /// Who is invited; a guest already, who has closed no order.
    invited_phone: String,
    campaign_id: String,
}

#[derive(Serialize)]
pub(super) struct DoneResponse {
    /// Whether this changed something: done again, it does not.
    changed: bool,
}

type Answer = Result<Json<DoneResponse>, ControlError>;

pub(super) async fn activate(control: State<Control>, request: Body<JoinRequest>) -> Answer {
    join(control, request, Membership::Activated).await
}

pub(super) async fn buy(control: State<Control>, request: Body<JoinRequest>) -> Answer {
    join(control, request, Membership::Bought).await
}

pub(super) async fn save(control: State<Control>, request: Body<JoinRequest>) -> Answer {
    join(control, request, Membership::Saved).await
}

async fn join(
    State(control): State<Control>,
    Body(asked): Body<JoinRequest>,
    membership: Membership,
) -> Answer {
    off_the_async_threads(move || {
        with_app(&control, &asked.restaurant, |app| app.join(&asked.phone, &asked.campaign_id, membership))
    })
    .await
}

pub(super) async fn invite(State(control): State<Control>, Body(asked): Body<InviteRequest>) -> Answer {
    off_the_async_threads(move || {
        with_app(&control, &asked.restaurant, |app| {
            app.invite(&asked.phone, &asked.invited_phone, &asked.campaign_id)
        })
    })
    .await
}

fn with_app(
    control: &Control,
    restaurant: &str,
    act: impl FnOnce(&GuestApp<'_>) -> Result<bool, GuestAppError>,
) -> Result<DoneResponse, ControlError> {
    let now = control.clock.now();
    control.store.transact(|tx: &Transaction<'_>| {
        let network_id = access::network_of_restaurant(tx, restaurant)?.ok_or_else(|| {
            ControlError::invalid("restaurant", format!("there is no restaurant {restaurant}"))
        })?;
        let programme = control
            .programmes
            .get(network_id)
            .ok_or_else(|| ControlError::Internal(format!("network {network_id} has no programme")))?;
        let changed = act(&GuestApp { tx, network_id, programme: &programme, now })?;
        Ok(DoneResponse { changed })
    })
}

impl From<GuestAppError> for ControlError {
    fn from(error: GuestAppError) -> Self {
        let message = error.to_string();
        match error {
            GuestAppError::UnknownGuest(_) => Self::invalid("phone", message),
            GuestAppError::UnknownCampaign(_) | GuestAppError::WrongCampaign { .. } => {
                Self::invalid("campaign_id", message)
            }
            GuestAppError::NotRunning(_) | GuestAppError::NotToBeInvited(_) => Self::Impossible(message),
            GuestAppError::Store(error) => Self::Store(error),
        }
    }
}
