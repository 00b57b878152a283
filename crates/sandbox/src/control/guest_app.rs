//! `/sandbox/guest-app/…`: what guests do in the loyalty system's own app.

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::{Control, off_the_async_threads};
use crate::control::error::ControlError;
use crate::guest_app::{GuestApp, GuestAppError, IssuedCode};
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

/// A guest of the basic REST API.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeRequest {
    /// The id of a point of sale: it names the network.
    restaurant: String,
    phone: String,
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

#[derive(Serialize)]
pub(super) struct CodeResponse {
    /// What a till searches for.
    code: String,
    expires_at: Timestamp,
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
        with_app(&control, &asked.restaurant, |app| {
            let changed = app.join(&asked.phone, &asked.campaign_id, membership)?;
            Ok(DoneResponse { changed })
        })
    })
    .await
}

pub(super) async fn invite(State(control): State<Control>, Body(asked): Body<InviteRequest>) -> Answer {
    off_the_async_threads(move || {
        with_app(&control, &asked.restaurant, |app| {
            let changed = app.invite(&asked.phone, &asked.invited_phone, &asked.campaign_id)?;
            Ok(DoneResponse { changed })
        })
    })
    .await
}

pub(super) async fn show_code(
    State(control): State<Control>,
    Body(asked): Body<CodeRequest>,
) -> Result<Json<CodeResponse>, ControlError> {
    off_the_async_threads(move || {
        with_app(&control, &asked.restaurant, |app| {
            let IssuedCode { code, expires_at } = app.issue_code(&asked.phone)?;
            Ok(CodeResponse { code, expires_at })
        })
    })
    .await
}

fn with_app<A>(
    control: &Control,
    restaurant: &str,
    act: impl FnOnce(&GuestApp<'_>) -> Result<A, GuestAppError>,
) -> Result<A, ControlError> {
    let now = control.clock.now();
    control.store.transact(|tx: &Transaction<'_>| {
        let network_id = access::network_of_restaurant(tx, restaurant)?.ok_or_else(|| {
            ControlError::invalid("restaurant", format!("there is no restaurant {restaurant}"))
        })?;
        let programme = control
            .programmes
            .get(network_id)
            .ok_or_else(|| ControlError::Internal(format!("network {network_id} has no programme")))?;
        Ok(act(&GuestApp { tx, network_id, programme: &programme, now })?)
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
            GuestAppError::NotRunning(_) | GuestAppError::NotToBeInvited(_) | GuestAppError::NoCodes => {
                Self::Impossible(message)
            }
            GuestAppError::NotIssued(_) => Self::Internal(message),
            GuestAppError::Store(error) => Self::Store(error),
        }
    }
}
