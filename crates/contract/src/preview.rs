//! The loyalty preview of a cart: everything the guest sees before confirming.

use crate::Money;
use crate::capabilities::Capabilities;
use crate::cart::Cart;

object! {
    /// `POST /api/v1/preview`: calculate the loyalty of an order. Changes nothing at the loyalty system.
    pub struct PreviewRequest {
        /// The order the cart belongs to; absent the first time, then as the first preview named it.
        pub order_id: Option<String>,
        /// The order that the restaurant's server has registered, by the token it gave the page; its contents are then
        /// calculated and confirmed, whatever the page shows. Exactly one of this and `cart` must be there.
        pub order_token: Option<String>,
        /// What is ordered, as the page describes it.
        pub cart: Option<Cart>,
        /// Promo codes the guest has entered.
        pub promo_codes: Vec<String>,
    }
}

object! {
    /// The preview of exactly the cart that was sent, or of the order that was registered.
    pub struct PreviewResponse {
        /// The order, to be named by every later request about it.
        pub order_id: String,
        /// This calculation; a confirm names it, so that what is confirmed is what was seen. An opaque text of up to
        /// 64 KiB, to be sent back as it is.
        pub preview_id: String,
        /// ISO 4217 code of the currency of every amount.
        pub currency: String,
        /// Who the guest is.
        pub guest: Guest,
        /// The sum of the cart at list prices, in minor units.
        pub items_total_minor: Money,
        /// Discounts by campaign, in the order the loyalty system gave them.
        pub discounts: Vec<Discount>,
        /// The sum of all discounts, in minor units.
        pub discount_total_minor: Money,
        /// Each promo code sent, and what became of it.
        pub promo_codes: Vec<PromoCode>,
        /// What the loyalty system tells the guest about this order.
        pub notifications: Vec<Notification>,
        /// How many bonuses may be spent, and what is accrued.
        pub spend: SpendLimits,
        /// The sum to pay before any bonuses are spent, in minor units.
        pub total_minor: Money,
        /// What the restaurant's loyalty system can do with this order, and the guest with it.
        pub capabilities: Capabilities,
    }
}

object! {
    /// The guest and the guest's wallet.
    pub struct Guest {
        /// The first name, where the loyalty system knows one.
        pub name: Option<String>,
        /// What the guest is known by, a phone or the number of a card, with all but the last four characters hidden.
        pub masked_key: String,
        /// Bonuses that may be spent, in hundredths.
        pub balance_minor: Money,
        /// The guest's rank, where the programme has ranks.
        pub rank: Option<Rank>,
    }
}

object! {
    /// A rank of the loyalty programme.
    pub struct Rank {
        /// Its name, white space trimmed.
        pub name: String,
        /// The share of an order returned as bonuses, in hundredths of a per cent: 5 % is 500. Absent where the rank
        /// returns none or the loyalty system does not say.
        pub cashback_bp: Option<u32>,
        /// The share taken off an order, in hundredths of a per cent. Absent where the rank takes nothing off or the
        /// loyalty system does not say.
        pub discount_bp: Option<u32>,
        /// What keeps the rank, where it must be confirmed.
        pub confirmation: Option<RankConfirmation>,
    }
}

object! {
    /// What the guest must do to keep the rank.
    pub struct RankConfirmation {
        /// Money still to be spent, in minor units.
        pub sum_left_minor: Money,
        /// Hours left to spend it.
        pub hours_left: u32,
    }
}

object! {
    /// What one campaign takes off the order.
    pub struct Discount {
        /// The campaign's name.
        pub campaign: String,
        /// The sum, in minor units; above zero.
        pub amount_minor: Money,
    }
}

object! {
    /// A promo code the guest entered.
    pub struct PromoCode {
        /// The code as the guest entered it.
        pub code: String,
        /// Why it gives nothing, or absent where it works.
        pub refusal: Option<PromoRefusal>,
    }
}

choice! {
    /// Why a promo code gives nothing on this order.
    pub enum PromoRefusal {
        /// The loyalty system calculated the order with it and it had no effect: unknown, used up, expired, or its
        /// conditions are not met. The system does not say which.
        NoEffect = "no_effect",
        /// The same code was entered twice.
        Duplicate = "duplicate",
        /// More codes than an order may carry.
        TooMany = "too_many",
        /// The restaurant's loyalty system knows no promo codes, see `capabilities.promo_codes`.
        NotSupported = "not_supported",
    }
}

object! {
    /// A message of the loyalty system to the guest.
    pub struct Notification {
        /// The main sentence.
        pub primary: String,
        /// A further sentence; may be empty.
        pub secondary: String,
    }
}

object! {
    /// How many bonuses may be spent on the order, and what is accrued for it.
    pub struct SpendLimits {
        /// The least, in hundredths of a bonus; zero where none need be spent. What lies between the least and the most may
        /// be chosen only where `capabilities.spend` says so.
        pub min_minor: Money,
        /// The most, in hundredths of a bonus (`maxBonusesForPayment`).
        pub max_minor: Money,
        /// Bonuses accrued if the least is spent, in hundredths.
        pub accrual_without_minor: Money,
        /// Bonuses accrued if the most is spent, in hundredths.
        pub accrual_with_minor: Money,
    }
}
