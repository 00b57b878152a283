//! The block `loyaltyAmount` of an answer, which comes back as `loyaltyCalculation`.

use serde::{Deserialize, Serialize};

use super::MoneyWire;
use crate::json::present;

/// What the loyalty makes of an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct LoyaltyAmountWire {
    pub(in crate::rk_delivery) total_amount: MoneyWire,
    /// The bonuses too, where they are used.
    pub(in crate::rk_delivery) loyalty_discount_amount: MoneyWire,
    pub(in crate::rk_delivery) bonuses: BonusesWire,
    pub(in crate::rk_delivery) loyalty_programs: Vec<LoyaltyProgramWire>,
    /// The promo codes that do something; absent where none does.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub(in crate::rk_delivery) loyalty_promo: Option<Vec<String>>,
    pub(in crate::rk_delivery) finger_print: String,
    pub(in crate::rk_delivery) use_rk_loyalty: bool,
    pub(in crate::rk_delivery) use_loyalty_bonus_payments: bool,
}

/// A guest's bonuses, and both ends of the choice.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct BonusesWire {
    pub(in crate::rk_delivery) guest_balance: MoneyWire,
    pub(in crate::rk_delivery) rank_name: String,
    pub(in crate::rk_delivery) max_bonuses_for_payment: MoneyWire,
    pub(in crate::rk_delivery) accrual_with_payment: MoneyWire,
    pub(in crate::rk_delivery) accrual_without_payment: MoneyWire,
}

/// A campaign that does something.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::rk_delivery) struct LoyaltyProgramWire {
    pub(in crate::rk_delivery) program_name: String,
    pub(in crate::rk_delivery) program_notification: Vec<String>,
}

impl LoyaltyAmountWire {
    /// Whether each sum is as in `other`. Names and notifications are words, which decide nothing.
    pub(in crate::rk_delivery) fn has_sums_of(&self, other: &Self) -> bool {
        self.sums() == other.sums()
    }

    const fn sums(&self) -> [MoneyWire; 6] {
        let bonuses = &self.bonuses;
        [
            self.total_amount,
            self.loyalty_discount_amount,
            bonuses.guest_balance,
            bonuses.max_bonuses_for_payment,
            bonuses.accrual_with_payment,
            bonuses.accrual_without_payment,
        ]
    }
}
