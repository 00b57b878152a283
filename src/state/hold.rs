//! What is frozen for a time only, and confirms that take their time. Times are compared, never counted: a page that slept
//! past the end finds it over when it wakes.

use contract::error::{ErrorCode, ErrorResponse};

use super::message::{Effect, Failure};
use super::model::{Action, Model, Step};
use super::order;

/// From so many seconds before the end on the guest is warned.
pub const WARNING_S: u32 = 60;

/// How often a confirm under way is looked after before the guest is asked to, each time after a second more.
const LOOKS: u32 = 5;

/// Counts the hold from now, the moment its answer arrived.
pub(super) fn begin(model: &mut Model, left_s: Option<u32>) {
    model.hold_until_s = left_s.map(|left_s| model.now_s.saturating_add(left_s));
    model.hold_is_over = false;
}

/// Nothing is frozen any more.
pub(super) fn end(model: &mut Model) {
    begin(model, None);
}

/// Whether the guest is to be warned.
#[must_use]
pub fn is_ending(model: &Model) -> bool {
    model.hold_left_s().is_some_and(|left_s| left_s <= WARNING_S)
}

/// A confirm is still under way: it is looked after again, after a pause, and not for ever.
pub(super) fn look_later(model: &mut Model, out: &mut Vec<Effect>) {
    if model.looks < LOOKS {
        model.looks += 1;
        // The order stays busy meanwhile.
        model.action = Some(Action::ReadOrder);
        model.look_at_s = Some(model.now_s + model.looks);
    } else {
        model.looks = 0;
        let error = ErrorResponse::new(ErrorCode::InProgress, "");
        model.fail_action(Failure::Refused(Box::new(error)), out);
    }
}

pub(super) fn ticked(model: &mut Model, out: &mut Vec<Effect>) {
    if model.look_at_s.is_some_and(|look_at_s| model.now_s >= look_at_s) {
        model.look_at_s = None;
        order::read(model, out);
    }
    // The proxy decides whether it is over. It is asked once; what fails then is the guest's to repeat.
    if model.hold_left_s() == Some(0)
        && !model.hold_is_over
        && model.step == Step::Confirmed
        && model.action.is_none()
    {
        model.hold_is_over = true;
        order::read(model, out);
    }
}
