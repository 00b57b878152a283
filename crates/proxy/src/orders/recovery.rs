//! What can be done about a step of which nobody knows whether it was carried out. Pure.
//!
//! Owns the one place where a loyalty system's way of losing answers becomes a decision; no step is ever simply sent again
//! that might then be carried out twice.

use upstream::program::LostConfirm;

use super::order::Step;

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
    /// How `step` is settled at a system that loses answers like this, of an order whose name there is known or not.
    ///
    /// A reset returns what is frozen, an abort too, and a refund carries a name of its own, so each of them may be
    /// repeated. A close writes off and accrues: without an order that can be looked up nobody may ask for it twice. A
    /// confirm is undone by a reset where the order can be named in one.
    pub(super) const fn of(lost_confirm: LostConfirm, step: Step, is_named: bool) -> Self {
        match (lost_confirm, step) {
            (LostConfirm::LookedUp, Step::Refund | Step::RefundPart) => Self::Repeat,
            (LostConfirm::LookedUp, _) => Self::LookUp,
            (LostConfirm::UndoneByReset, Step::Confirm) => Self::Undo,
            (LostConfirm::UndoneByReset, Step::Reset | Step::Abort) => Self::Repeat,
            (LostConfirm::SeenAtTheTill, Step::Confirm) if is_named => Self::Undo,
            (LostConfirm::SeenAtTheTill, Step::Reset) if is_named => Self::Repeat,
            (LostConfirm::UndoneByReset | LostConfirm::SeenAtTheTill, _) => Self::AtTheTill,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 6] =
        [Step::Confirm, Step::Reset, Step::Abort, Step::Close, Step::Refund, Step::RefundPart];

    fn of_each(lost_confirm: LostConfirm, is_named: bool) -> [Recovery; 6] {
        STEPS.map(|step| Recovery::of(lost_confirm, step, is_named))
    }

    #[test]
    fn what_spends_or_accrues_is_never_repeated() {
        for lost_confirm in [LostConfirm::LookedUp, LostConfirm::UndoneByReset, LostConfirm::SeenAtTheTill] {
            for is_named in [false, true] {
                for step in [Step::Confirm, Step::Close] {
                    assert_ne!(Recovery::of(lost_confirm, step, is_named), Recovery::Repeat, "{step:?}");
                }
            }
        }
    }

    #[test]
    fn each_system_settles_what_its_calls_can() {
        use Recovery::{AtTheTill, LookUp, Repeat, Undo};
        for is_named in [false, true] {
            assert_eq!(
                of_each(LostConfirm::LookedUp, is_named),
                [LookUp, LookUp, LookUp, LookUp, Repeat, Repeat]
            );
            let held = of_each(LostConfirm::UndoneByReset, is_named);
            assert_eq!(held, [Undo, Repeat, Repeat, AtTheTill, AtTheTill, AtTheTill]);
        }
        assert_eq!(of_each(LostConfirm::SeenAtTheTill, false), [AtTheTill; 6]);
        let named = of_each(LostConfirm::SeenAtTheTill, true);
        assert_eq!(named, [Undo, Repeat, AtTheTill, AtTheTill, AtTheTill, AtTheTill]);
    }
}
