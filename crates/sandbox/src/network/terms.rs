//! What a confirmation comes to: the sums an order is bound to, in all and by line.

use contract::Money;
use loyalty::Order;

use super::NetworkError;
use super::quote::Quote;
use crate::store::orders::DiscountRow;

/// What the confirmed loyalty comes to.
pub(crate) struct Terms {
    pub(crate) payment: Money,
    pub(crate) accrual: Money,
    pub(crate) discount: Money,
    pub(crate) total_by_line: Vec<Money>,
    pub(crate) payment_by_line: Vec<Money>,
    /// Whether the money paid for a line brings bonuses.
    pub(crate) accrues_by_line: Vec<bool>,
    pub(crate) discounts: Vec<DiscountRow>,
}

impl Terms {
    /// The terms of paying `asked` bonuses; where nothing is asked, the least.
    pub(crate) fn of(quote: &Quote, asked: Option<Money>) -> Result<Self, NetworkError> {
        let calculation = &quote.calculation;
        let (payment, accrual, payment_by_line) = match &calculation.bonuses {
            Some(bonuses) => {
                let asked = asked.unwrap_or(bonuses.min.payment);
                let side = bonuses.pay(asked).map_err(|error| refused(&error.to_string()))?;
                (side.payment, side.accrual, side.payment_by_line)
            }
            None if asked.is_none_or(|payment| payment == Money::ZERO) => {
                (Money::ZERO, Money::ZERO, vec![Money::ZERO; calculation.total_by_line.len()])
            }
            None => return Err(refused("an order without a guest has no bonuses")),
        };
        let accrues_by_line = match &calculation.bonuses {
            Some(bonuses) => bonuses.lines.iter().map(|line| line.accrues).collect(),
            None => vec![true; calculation.total_by_line.len()],
        };
        let discounts = calculation.campaigns.iter().map(|campaign| DiscountRow {
            campaign_id: campaign.id.clone(),
            name: campaign.name.clone(),
            discount: campaign.discount,
            uses_privilege: campaign.uses_privilege,
        });
        Ok(Self {
            payment,
            accrual,
            discount: calculation.discount,
            total_by_line: calculation.total_by_line.clone(),
            payment_by_line,
            accrues_by_line,
            discounts: discounts.collect(),
        })
    }

    /// Every line at its cost, and nothing else.
    pub(crate) fn without_loyalty(order: &Order) -> Self {
        Self {
            payment: Money::ZERO,
            accrual: Money::ZERO,
            discount: Money::ZERO,
            total_by_line: order.lines().iter().map(|line| line.cost).collect(),
            payment_by_line: vec![Money::ZERO; order.lines().len()],
            accrues_by_line: vec![true; order.lines().len()],
            discounts: Vec::new(),
        }
    }
}

fn refused(message: &str) -> NetworkError {
    NetworkError::Payment(message.to_owned())
}
