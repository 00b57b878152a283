//! What must come of each step, worked out anew: a second, small loyalty system without a line of the first.
//!
//! The programme is the one in `programme.json`: a portion costs 200.00, a promo code takes 100.00 off, half of the rest
//! may be paid with bonuses, and the rank that the money paid so far has reached says how much of it comes back.

use super::step::{CARDS, GUESTS, ORDERS, REFUNDS, Step};
pub(super) use orders::Order;

mod orders;

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
