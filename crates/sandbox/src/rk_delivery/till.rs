//! What the restaurant's till does with an order of r_k Delivery, for which the makers' interface has no operation.

use rusqlite::Transaction;

use super::call::parse_number;
use crate::network::{Network, NetworkError, close, release};
use crate::store::StoreError;
use crate::store::delivery::{self, DeliveryOrder};

/// How the till ends an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The guest has paid.
    Closed,
    /// Nothing comes of it.
    Cancelled,
}

/// The order with this number and the id of its network.
pub(crate) fn find(tx: &Transaction<'_>, number: &str) -> Result<Option<(i64, DeliveryOrder)>, StoreError> {
    parse_number(number).map_or(Ok(None), |number| delivery::find_any(tx, number))
}

/// Ends the order now. `false` where it was ended so before: then nothing changes.
///
/// # Errors
/// [`NetworkError::Step`] where it was ended otherwise, or is to be closed and is not confirmed.
pub(crate) fn end(network: &Network<'_>, order: &DeliveryOrder, end: End) -> Result<bool, NetworkError> {
    match end {
        End::Closed => close::close(network, &order.order, network.now_ms()),
        End::Cancelled => release::abort(network, &order.order, network.now_ms()),
    }
}
