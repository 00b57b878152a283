//! What must come of each step, worked out anew: a second, small loyalty system without a line of the first.
//!
//! The programme is the one in `programme.json`: a portion costs 200.00, a promo code takes 100.00 off, half of the rest
//! may be paid with bonuses, and the rank that the money paid so far has reached says how much of it comes back.

use super::step::{CARDS, GUESTS, ORDERS, REFUNDS, Step};

const PORTION_MINOR: i64 = 20_000;
const CODE_MINOR: i64 = 10_000;

/// Money that reaches the rank, and its cashback in hundredths of a per cent.
const RANKS: [(i64, i64); 3] = [(0, 200), (30_000, 500), (80_000, 750)];

/// Success, or this code.
pub(super) type Expected = Result<(), &'static str>;

const INVALID: Expected = Err("9004");

#[derive(Clone, Debug, Default)]
pub(super) struct Guest {
    pub(super) name: Option<u8>,
    pub(super) balance: i64,
    pub(super) rank: usize,
    pub(super) cards: Vec<usize>,
    pub(super) has_virtual_card: bool,
    /// Every change of what the guest owns, with its sign.
    pub(super) entries: Vec<i64>,
    paid_total: i64,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    pub(super) guest: usize,
    pub(super) portions: i64,
    pub(super) payment: i64,
    money: i64,
    accrual: i64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Unknown,
    Open,
    Confirmed(Terms),
    Closed { terms: Terms, refunded: i64 },
    Aborted { by: Option<usize> },
}

#[derive(Clone, Debug)]
pub(super) struct Model {
    /// None: never saved.
    pub(super) guests: [Option<Guest>; GUESTS],
    pub(super) orders: [Order; ORDERS],
    card_owners: [Option<usize>; CARDS],
    refunds: [Option<(usize, Option<i64>)>; REFUNDS],
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            guests: [const { None }; GUESTS],
            orders: [Order::Unknown; ORDERS],
            card_owners: [None; CARDS],
            refunds: [None; REFUNDS],
        }
    }

    pub(super) fn take(&mut self, step: Step) -> Expected {
        match step {
            Step::Save { guest, name } => {
                self.guests[guest].get_or_insert_default().name = Some(name);
                Ok(())
            }
            Step::Rename { guest, name } => {
                self.guest(guest)?.name = name;
                Ok(())
            }
            Step::AddBonus { guest, minor } => self.change_balance(guest, minor, minor),
            Step::WriteOff { guest, minor } => self.change_balance(guest, minor, -minor),
            Step::AddCard { guest, card } => self.add_card(guest, card),
            Step::GenerateCard { guest } => {
                self.guest(guest)?.has_virtual_card = true;
                Ok(())
            }
            Step::Confirm { order, guest, portions, payment_minor, with_code } => {
                self.confirm(order, guest, portions, payment_minor, with_code)
            }
            Step::ConfirmAgain { order } => match self.orders[order] {
                Order::Closed { .. } => Err("1001"),
                Order::Aborted { .. } => Err("1002"),
                Order::Unknown | Order::Open | Order::Confirmed(_) => Ok(()),
            },
            Step::Reset { order } => self.release(order, Order::Open),
            Step::Abort { order } => {
                let by = match self.orders[order] {
                    Order::Confirmed(terms) => Some(terms.guest),
                    _ => None,
                };
                self.release(order, Order::Aborted { by })
            }
            Step::Close { order } => self.close(order),
            Step::Refund { order, refund, portions } => self.refund(order, refund, portions),
            Step::Pass { .. } | Step::Restart => Ok(()),
        }
    }

    /// What is frozen for a guest's orders.
    pub(super) fn frozen(&self, guest: usize) -> i64 {
        let of_order = |order: &Order| match order {
            Order::Confirmed(terms) if terms.guest == guest => terms.payment,
            _ => 0,
        };
        self.orders.iter().map(of_order).sum()
    }

    /// The guest whom a step that was just taken is about.
    pub(super) fn guest_of(&self, step: Step) -> Option<usize> {
        match step {
            Step::Save { guest, .. }
            | Step::Rename { guest, .. }
            | Step::AddBonus { guest, .. }
            | Step::WriteOff { guest, .. }
            | Step::AddCard { guest, .. }
            | Step::GenerateCard { guest }
            | Step::Confirm { guest, .. } => Some(guest),
            Step::ConfirmAgain { order }
            | Step::Reset { order }
            | Step::Abort { order }
            | Step::Close { order }
            | Step::Refund { order, .. } => match self.orders[order] {
                Order::Confirmed(terms) | Order::Closed { terms, .. } => Some(terms.guest),
                Order::Aborted { by } => by,
                Order::Unknown | Order::Open => None,
            },
            Step::Pass { .. } | Step::Restart => None,
        }
    }

    fn guest(&mut self, guest: usize) -> Result<&mut Guest, &'static str> {
        self.guests[guest].as_mut().ok_or("3007")
    }

    fn change_balance(&mut self, guest: usize, minor: i64, change: i64) -> Expected {
        if minor == 0 {
            return INVALID;
        }
        let guest = self.guest(guest)?;
        if guest.balance + change < 0 {
            return INVALID;
        }
        guest.own(change);
        Ok(())
    }

    fn add_card(&mut self, guest: usize, card: usize) -> Expected {
        self.guest(guest)?;
        match self.card_owners[card] {
            Some(owner) if owner == guest => Ok(()),
            Some(_) => INVALID,
            None => {
                self.card_owners[card] = Some(guest);
                self.guest(guest)?.cards.push(card);
                Ok(())
            }
        }
    }

    fn confirm(
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

    fn release(&mut self, order: usize, to: Order) -> Expected {
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

    fn close(&mut self, order: usize) -> Expected {
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

    fn refund(&mut self, order: usize, refund: usize, portions: Option<i64>) -> Expected {
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
    pub(super) fn is_of(&self, guest: usize) -> bool {
        match self {
            Self::Unknown | Self::Open => false,
            Self::Confirmed(terms) | Self::Closed { terms, .. } => terms.guest == guest,
            Self::Aborted { by } => *by == Some(guest),
        }
    }
}

impl Guest {
    /// A change of the balance and of what is owned.
    fn own(&mut self, change: i64) {
        self.balance += change;
        self.note(change);
    }

    fn note(&mut self, change: i64) {
        if change != 0 {
            self.entries.push(change);
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
