//! The life of an order at the loyalty system: what may follow what.
//!
//! Owns the transitions and nothing else: what a transition freezes, returns or writes off is its caller's to do.

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// Nothing is frozen: reset, and not yet confirmed again.
    Open,
    /// Bonuses and privileges are frozen for it.
    Confirmed,
    /// Paid: what was frozen is written off, the accrual is made. Final, but it may be refunded.
    Closed,
    /// Cancelled: what was frozen is back. Final.
    Aborted,
}

/// What is asked of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Freeze bonuses and privileges.
    Confirm,
    /// Return what is frozen, so that the order may change.
    Reset,
    /// Write off what is frozen and accrue.
    Close,
    /// Return what is frozen and end the order.
    Abort,
    /// Take the order back, whole or in part: return what was written off, cancel the accrual.
    Refund,
}

/// What a step makes of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The step is to be done, and the order stands there afterwards.
    Move(OrderState),
    /// The step was done before: nothing is to be done, and nothing was wrong.
    Already,
}

/// Why a step is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    /// The order is closed.
    #[error("the order is closed")]
    Closed,
    /// The order is aborted.
    #[error("the order is aborted")]
    Aborted,
    /// Only a confirmed order can be closed.
    #[error("the order is not confirmed")]
    NotConfirmed,
    /// Only a closed order can be refunded.
    #[error("the order is not closed")]
    NotClosed,
}

/// What `step` makes of an order that stands at `state`.
///
/// A confirmed order that is confirmed again answers [`Outcome::Already`]; whether the contents are the same, too, is
/// for the caller to see. A refund leaves the order closed; what may still be returned is [`crate::refund`]'s to say.
/// Where an order is neither closed nor to be closed any more, a refund is refused as of any that is not closed: the
/// makers have one code for it.
///
/// # Errors
/// [`StepRefused`] where the step cannot follow.
pub const fn step(state: OrderState, step: Step) -> Result<Outcome, StepRefused> {
    match (state, step) {
        (OrderState::Open, Step::Confirm) => Ok(Outcome::Move(OrderState::Confirmed)),
        (OrderState::Confirmed, Step::Reset) => Ok(Outcome::Move(OrderState::Open)),
        (OrderState::Confirmed, Step::Close) => Ok(Outcome::Move(OrderState::Closed)),
        (OrderState::Open | OrderState::Confirmed, Step::Abort) => Ok(Outcome::Move(OrderState::Aborted)),
        (OrderState::Confirmed, Step::Confirm)
        | (OrderState::Open, Step::Reset)
        | (OrderState::Closed, Step::Close)
        | (OrderState::Aborted, Step::Abort) => Ok(Outcome::Already),
        (OrderState::Open, Step::Close) => Err(StepRefused::NotConfirmed),
        (OrderState::Closed, Step::Refund) => Ok(Outcome::Move(OrderState::Closed)),
        (_, Step::Refund) => Err(StepRefused::NotClosed),
        (OrderState::Closed, _) => Err(StepRefused::Closed),
        (OrderState::Aborted, _) => Err(StepRefused::Aborted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_from_every_state_is_as_documented() {
        use OrderState as S;
        use Outcome::{Already, Move};
        use StepRefused as No;
        let steps = [Step::Confirm, Step::Reset, Step::Close, Step::Abort, Step::Refund];
        let table = [
            (
                S::Open,
                [
                    Ok(Move(S::Confirmed)),
                    Ok(Already),
                    Err(No::NotConfirmed),
                    Ok(Move(S::Aborted)),
                    Err(No::NotClosed),
                ],
            ),
            (
                S::Confirmed,
                [
                    Ok(Already),
                    Ok(Move(S::Open)),
                    Ok(Move(S::Closed)),
                    Ok(Move(S::Aborted)),
                    Err(No::NotClosed),
                ],
            ),
            (
                S::Closed,
                [Err(No::Closed), Err(No::Closed), Ok(Already), Err(No::Closed), Ok(Move(S::Closed))],
            ),
            (
                S::Aborted,
                [Err(No::Aborted), Err(No::Aborted), Err(No::Aborted), Ok(Already), Err(No::NotClosed)],
            ),
        ];
        for (state, outcomes) in table {
            for (asked, outcome) in steps.into_iter().zip(outcomes) {
                assert_eq!(step(state, asked), outcome, "{asked:?} of an order that is {state:?}");
            }
        }
    }
}
