//! What a restaurant's loyalty system can do. The widget shows what is there and needs no system's name.

choice! {
    /// How much may be spent on an order.
    pub enum SpendChoice {
        /// Any amount between the least and the most.
        AnyAmount = "any_amount",
        /// Nothing, or the most.
        AllOrNothing = "all_or_nothing",
    }
}

object! {
    /// What a loyalty system can do with an order.
    pub struct Capabilities {
        /// How much may be spent.
        pub spend: SpendChoice,
        /// Bonuses are accrued also on an order that is paid with bonuses in part.
        pub accrual_with_spend: bool,
        /// Promo codes are understood.
        pub promo_codes: bool,
        /// One-time payment codes are issued.
        pub payment_codes: bool,
        /// A confirmed order can be cancelled for good. Where it cannot, confirming has given the order to the restaurant,
        /// which alone ends it; it may still be changed. So it is with an order that the restaurant's server has
        /// registered.
        pub cancel: bool,
        /// Seconds after which what a confirm has frozen falls off by itself, where it does.
        pub hold_s: Option<u32>,
    }
}
