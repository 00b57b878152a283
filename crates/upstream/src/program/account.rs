//! What some loyalty systems offer about a guest beside orders: profile, bonuses, cards, histories, campaigns.
//!
//! Owns the trait [`GuestAccount`] and the types of profile, cards and histories; those of campaigns are in `campaign`.

use contract::{Money, Quantity};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::{Answer, Campaign, Guest, GuestKey, OrderStatus};

/// A guest's account at a loyalty system that lets others read and change it.
///
/// As with [`super::LoyaltyProgram`], what only reads may be repeated within the time limit, and what writes is sent once.
pub trait GuestAccount: Send + Sync {
    /// Changes what is told to be changed, and nothing else.
    fn update<'a>(&'a self, guest: &'a GuestKey, changes: &'a GuestChanges) -> Answer<'a, Guest>;

    /// Gives bonuses; the comment stands in the guest's history. `amount` must be above zero.
    fn add_bonuses<'a>(&'a self, guest: &'a GuestKey, amount: Money, comment: &'a str) -> Answer<'a, ()>;

    /// Takes bonuses away; the comment stands in the guest's history. `amount` must be above zero.
    fn write_off_bonuses<'a>(
        &'a self,
        guest: &'a GuestKey,
        amount: Money,
        comment: &'a str,
    ) -> Answer<'a, ()>;

    /// The guest's cards.
    fn cards<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Vec<Card>>;

    /// Gives the guest a card that exists.
    fn add_card<'a>(&'a self, guest: &'a GuestKey, card: &'a Card) -> Answer<'a, ()>;

    /// Makes a virtual card for the guest.
    fn issue_card<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Card>;

    /// The guest's orders, newest first; those of one status where one is told.
    fn orders<'a>(
        &'a self,
        guest: &'a GuestKey,
        page: Page,
        status: Option<OrderStatus>,
    ) -> Answer<'a, History<PastOrder>>;

    /// How the guest's balance has changed, newest first.
    fn bonus_changes<'a>(&'a self, guest: &'a GuestKey, page: Page) -> Answer<'a, History<BonusChange>>;

    /// The campaigns open to the guest, and how far the guest has come in them.
    fn campaigns<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Vec<Campaign>>;
}

/// What becomes of one field of a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays.
    #[default]
    Keep,
    /// It is emptied.
    Clear,
    /// It is replaced.
    Set(T),
}

/// A change of a guest's profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuestChanges {
    /// The first name.
    pub first_name: Change<String>,
    /// The middle name.
    pub middle_name: Change<String>,
    /// The last name.
    pub last_name: Change<String>,
    /// The e-mail address.
    pub email: Change<String>,
    /// The date of birth.
    pub birthday: Change<Date>,
    /// The sex.
    pub sex: Change<Sex>,
}

/// A guest's sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// A man.
    Male,
    /// A woman.
    Female,
}

/// A loyalty card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What identifies the card to machines.
    pub track: String,
    /// The number that is shown.
    pub number: String,
    /// Whether it exists only as a number.
    pub is_virtual: bool,
}

/// Which part of a history is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Nothing older.
    pub from: Option<Timestamp>,
    /// Nothing newer.
    pub to: Option<Timestamp>,
    /// How many of the newest are left out.
    pub skip: u32,
    /// How many are wanted.
    pub take: u32,
}

/// A part of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History<T> {
    /// The entries asked for, newest first.
    pub entries: Vec<T>,
    /// How many there are in all.
    pub total_count: u32,
}

/// An order of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastOrder {
    /// Its identifier.
    pub order_id: Uuid,
    /// Its number at the till.
    pub number: Option<i64>,
    /// Where it stands.
    pub status: OrderStatus,
    /// Its sums.
    pub sums: PastSums,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// What was ordered.
    pub dishes: Vec<PastDish>,
    /// Where.
    pub organisation_id: Uuid,
    /// Whether it was brought or fetched, rather than eaten at the restaurant.
    pub is_delivery: bool,
}

/// The sums of an order of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastSums {
    /// At list prices.
    pub full: Money,
    /// Paid, or left to pay.
    pub to_pay: Money,
    /// What the campaigns took off.
    pub discount: Money,
    /// Bonuses written off or frozen, in hundredths.
    pub paid_with_bonuses: Money,
    /// Bonuses accrued, in hundredths.
    pub earned_bonuses: Money,
    /// Bonuses returned because the order was cancelled, in hundredths.
    pub returned_bonuses: Money,
}

/// A dish of an order of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDish {
    /// The article code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The category.
    pub category: Option<String>,
    /// How much of it.
    pub quantity: Quantity,
    /// The line at list prices.
    pub full: Money,
    /// The line with its discounts.
    pub cost: Money,
}

/// A change of a guest's balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BonusChange {
    /// By how much, in hundredths of a bonus; below zero where bonuses were taken.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub cause: BonusCause,
    /// The restaurant, where one is told.
    pub restaurant: Option<String>,
    /// The order, where there is one.
    pub order_id: Option<Uuid>,
    /// What was remarked.
    pub comment: Option<String>,
}

/// Why a balance changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BonusCause {
    /// An order.
    Order,
    /// The restaurant's staff.
    Staff,
    /// A campaign.
    Campaign,
    /// A program.
    Api,
}
