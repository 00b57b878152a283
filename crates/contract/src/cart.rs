//! The order's contents as the restaurant's page describes them.

use crate::{Money, Quantity};

/// The most lines a cart may have.
pub const MAX_LINES: usize = 500;

/// The most modifiers a line may have.
pub const MAX_MODIFIERS: usize = 50;

/// The longest code or name, in characters.
pub const MAX_TEXT: usize = 200;

/// The most promo codes an order may carry, and the longest of them in characters.
pub const MAX_PROMO_CODES: usize = 10;

choice! {
    /// How the guest receives the order.
    pub enum Expedition {
        /// Brought to the guest.
        Delivery = "delivery",
        /// Fetched by the guest.
        Pickup = "pickup",
    }
}

object! {
    /// The contents of an order.
    pub struct Cart {
        /// ISO 4217 code of the currency of every amount; must be the restaurant's.
        pub currency: String,
        /// How the guest receives the order.
        pub expedition: Expedition,
        /// One to [`MAX_LINES`] lines.
        pub lines: Vec<CartLine>,
    }
}

object! {
    /// A dish of the order.
    pub struct CartLine {
        /// The dish's article code, as the loyalty system knows it.
        pub code: String,
        /// The dish's name.
        pub name: String,
        /// The dish's category, where the restaurant has one.
        pub category: Option<String>,
        /// How much of it, in thousandths of a portion; above zero.
        pub quantity_milli: Quantity,
        /// The price of one portion in minor units, without modifiers; not below zero.
        pub unit_price_minor: Money,
        /// What is added to each portion; may be empty, at most [`MAX_MODIFIERS`].
        pub modifiers: Vec<CartModifier>,
    }
}

object! {
    /// What is added to each portion of a dish.
    pub struct CartModifier {
        /// The modifier's article code.
        pub code: String,
        /// The modifier's name.
        pub name: String,
        /// How many of it go with one portion, in thousandths; above zero.
        pub quantity_milli: Quantity,
        /// The price of one in minor units; not below zero.
        pub unit_price_minor: Money,
    }
}
