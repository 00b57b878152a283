//! `restaurant/{restaurant}`.

use super::client::{Call, read};
use crate::state::Message;

/// Asks how guests of a restaurant may log in.
#[must_use]
pub fn read_restaurant(restaurant: &str) -> Call {
    Call::get(["/restaurant/", restaurant].concat(), |_, answer| Some(Message::RestaurantRead(read(answer))))
}
