//! The lives of the model's orders: what is frozen, written off, accrued and taken back, in whole numbers.

use super::{Expected, INVALID, Model};

const PORTION_MINOR: i64 = 20_000;
const CODE_MINOR: i64 = 10_000;

/// Money that reaches the rank, and its cashback in hundredths of a per cent.
const RANKS: [(i64, i64); 3] = [(0, 200), (30_000, 500), (80_000, 750)];

#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    pub(crate) guest: usize,
    pub(crate) portions: i64,
    pub(crate) payment: i64,
    money: i64,
    accrual: i64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    Unknown,
    Open,
    Confirmed(Terms),
    Closed { terms: Terms, refunded: i64 },
    Aborted { by: Option<usize> },
}

impl Model {
    pub(super) fn confirm(
        &mut self,
        order: usize,
        guest: usize,
        portions: i64,
        payment: i64,
        with_code: bool,
    ) -> Expected {
        // It is calculated first, which asks for the guest.
        let holder = self.guests[guest].as_mut().ok_or("3007")?;
        match self.orders[order] {
            Order::Closed { .. } => return Err("1001"),
            Order::Aborted { .. } => return Err("1002"),
            Order::Confirmed(_) => return INVALID,
            Order::Unknown | Order::Open => {}
        }
        let total = portions * PORTION_MINOR - if with_code { CODE_MINOR } else { 0 };
        if payment > (total / 2).min(holder.balance) {
            return INVALID;
        }
        let money = total - payment;
        let accrual = part(money, RANKS[holder.rank].1, 10_000);
        holder.balance -= payment;
        self.orders[order] = Order::Confirmed(Terms { guest, portions, payment, money, accrual });
        Ok(())
    }

    pub(super) fn release(&mut self, order: usize, to: Order) -> Expected {
        match (self.orders[order], to) {
            (Order::Unknown, _) => return INVALID,
            (Order::Closed { .. }, _) => return Err("1001"),
            (Order::Aborted { .. }, Order::Aborted { .. }) => return Ok(()),
            (Order::Aborted { .. }, _) => return Err("1002"),
            (Order::Confirmed(terms), _) => self.guest(terms.guest)?.balance += terms.payment,
            (Order::Open, _) => {}
        }
        self.orders[order] = to;
        Ok(())
    }

    pub(super) fn close(&mut self, order: usize) -> Expected {
        let terms = match self.orders[order] {
            Order::Unknown | Order::Open => return INVALID,
            Order::Closed { .. } => return Ok(()),
            Order::Aborted { .. } => return Err("1002"),
            Order::Confirmed(terms) => terms,
        };
        let guest = self.guest(terms.guest)?;
        // What was frozen has left the balance already.
        guest.note(-terms.payment);
        guest.own(terms.accrual);
        guest.paid_total += terms.money;
        guest.rank = guest.rank.max(reached(guest.paid_total));
        self.orders[order] = Order::Closed { terms, refunded: 0 };
        Ok(())
    }

    pub(super) fn refund(&mut self, order: usize, refund: usize, portions: Option<i64>) -> Expected {
        if matches!(self.orders[order], Order::Unknown) {
            return INVALID;
        }
        match self.refunds[refund] {
            Some(before) if before == (order, portions) => return Ok(()),
            Some(_) => return INVALID,
            None => {}
        }
        let Order::Closed { terms, refunded } = self.orders[order] else { return Err("1013") };
        let left = terms.portions - refunded;
        let returned = portions.unwrap_or(left);
        if left == 0 || returned > left {
            return Err("1014");
        }
        let after = refunded + returned;
        let step = |sum: i64| part(sum, after, terms.portions) - part(sum, refunded, terms.portions);
        let (payment, money) = (step(terms.payment), step(terms.money));
        let money_before = part(terms.money, refunded, terms.portions);
        let cancelled = part(terms.accrual, money_before + money, terms.money)
            - part(terms.accrual, money_before, terms.money);
        let guest = self.guest(terms.guest)?;
        guest.own(payment);
        // What the guest has spent of it already cannot be taken.
        guest.own(-cancelled.min(guest.balance));
        guest.paid_total -= money;
        guest.rank = guest.rank.min(reached(guest.paid_total));
        self.refunds[refund] = Some((order, portions));
        self.orders[order] = Order::Closed { terms, refunded: after };
        Ok(())
    }
}

impl Order {
    /// Whether a guest's history has it: after a reset it is nobody's.
    pub(crate) fn is_of(&self, guest: usize) -> bool {
        match self {
            Self::Unknown | Self::Open => false,
            Self::Confirmed(terms) | Self::Closed { terms, .. } => terms.guest == guest,
            Self::Aborted { by } => *by == Some(guest),
        }
    }
}

fn reached(paid: i64) -> usize {
    RANKS.iter().rposition(|(threshold, _)| paid >= *threshold).unwrap_or_default()
}

/// `sum` × `of` / `whole`, halves up. Nothing of an order for which no money is paid.
fn part(sum: i64, of: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { (2 * sum * of + whole) / (2 * whole) }
}
