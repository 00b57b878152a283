//! `/sandbox/till/…`: the restaurant's till ends an order of r_k Delivery, as it does with the real one.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::{Control, off_the_async_threads};
use crate::control::error::ControlError;
use crate::network::{Network, NetworkError};
use crate::rk_delivery::till::{self, End};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EndRequest {
    /// The order's number.
    order: String,
}

#[derive(Serialize)]
pub(super) struct DoneResponse {
    /// Whether this changed something: done again, it does not.
    changed: bool,
}

type Answer = Result<Json<DoneResponse>, ControlError>;

pub(super) async fn close(control: State<Control>, request: Body<EndRequest>) -> Answer {
    end(control, request, End::Closed).await
}

pub(super) async fn cancel(control: State<Control>, request: Body<EndRequest>) -> Answer {
    end(control, request, End::Cancelled).await
}

async fn end(State(control): State<Control>, Body(asked): Body<EndRequest>, end: End) -> Answer {
    off_the_async_threads(move || Ok(DoneResponse { changed: end_order(&control, &asked.order, end)? })).await
}

/// Ends the order of this number. Answers whether that changed something. Blocks.
pub(super) fn end_order(control: &Control, number: &str, end: End) -> Result<bool, ControlError> {
    let now = control.clock.now();
    control.store.transact(|tx| {
        let (id, order) = till::find(tx, number)?
            .ok_or_else(|| ControlError::invalid("order", format!("there is no order {number}")))?;
        let programme = control
            .programmes
            .get(id)
            .ok_or_else(|| ControlError::Internal(format!("network {id} has no programme")))?;
        let network = Network { tx, id, programme: &programme, now };
        Ok(till::end(&network, &order, end)?)
    })
}

impl From<NetworkError> for ControlError {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Step(refused) => Self::Impossible(refused.to_string()),
            NetworkError::Payment(message) => Self::Impossible(message),
            NetworkError::Store(error) => Self::Store(error),
            NetworkError::Internal(message) => Self::Internal(message),
        }
    }
}
