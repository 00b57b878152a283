//! What can be done about a step of which nobody knows whether it was carried out. Pure.
//!
//! Owns the one place where a loyalty system's way of losing answers becomes a decision; no step is ever simply sent again
//! that might then be carried out twice.

use upstream::program::{Capabilities, LostConfirm};

use super::order::{Order, Step};

/// How a step in doubt is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recovery {
    /// The order is looked up, and what the record says is believed.
    LookUp,
    /// The step is asked for again: done twice it does no more than once.
    Repeat,
    /// The confirm is undone by a reset, whether or not it was carried out.
    Undo,
    /// By no call.
    AtTheTill,
}

impl Recovery {
    /// How `step` of `order` is settled.
    ///
    /// A reset returns what is frozen, an abort too, and a refund carries a name of its own, so each of them may be
    /// repeated. A close writes off and accrues: without an order that can be looked up nobody may ask for it twice. A
    /// confirm is undone by a reset where the order can be named in one.
    pub(super) fn of(capabilities: &Capabilities, step: Step, order: &Order) -> Self {
        match (capabilities.lost_confirm, step) {
            (LostConfirm::LookedUp, Step::Refund) => Self::Repeat,
            (LostConfirm::LookedUp, _) => Self::LookUp,
            (LostConfirm::UndoneByReset, Step::Confirm) => Self::Undo,
            (LostConfirm::UndoneByReset, Step::Reset | Step::Abort) => Self::Repeat,
            (LostConfirm::SeenAtTheTill, Step::Confirm) if order.reference.is_some() => Self::Undo,
            (LostConfirm::SeenAtTheTill, Step::Reset) if order.reference.is_some() => Self::Repeat,
            (LostConfirm::UndoneByReset | LostConfirm::SeenAtTheTill, _) => Self::AtTheTill,
        }
    }
}
