//! A calculation in an answer.

use contract::Money;
use contract::decimal::Decimal;
use loyalty::bonuses::Side;
use loyalty::calculation::by_code;
use loyalty::notice::Notice;
use loyalty::{Calculation, Order, Reward};
use serde::Serialize;

/// The answer of `orders/calculate`.
#[derive(Serialize)]
pub(crate) struct CalculateResponseWire {
    pub(crate) loyalty: LoyaltyWire,
}

#[derive(Serialize)]
pub(crate) struct LoyaltyWire {
    pub(crate) fingerprint: String,
    pub(crate) summary: SummaryWire,
    pub(crate) details: DetailsWire,
}

#[derive(Serialize)]
pub(crate) struct SummaryWire {
    pub(crate) discounts: DiscountsWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bonuses: Option<BonusesSummaryWire>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DiscountsWire {
    total: Decimal<2>,
    total_by_code: Vec<ByCodeWire>,
}

#[derive(Clone, Serialize)]
pub(crate) struct ByCodeWire {
    code: String,
    total: Decimal<2>,
}

#[derive(Clone, Serialize)]
pub(crate) struct BonusesSummaryWire {
    min: BonusesWire,
    max: BonusesWire,
}

/// A payment in bonuses and its accrual: once in the obsolete fields, once in those that replace them.
#[derive(Clone, Serialize)]
pub(crate) struct BonusesWire {
    payment: Decimal<2>,
    accrual: Decimal<2>,
    payments: PaymentsWire,
    accruals: AccrualsWire,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PaymentsWire {
    total: Decimal<2>,
    total_by_code: Vec<ByCodeWire>,
}

#[derive(Clone, Serialize)]
pub(crate) struct AccrualsWire {
    total: Decimal<2>,
}

#[derive(Serialize)]
pub(crate) struct DetailsWire {
    programs: Vec<CampaignResultWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bonuses: Option<BonusesDetailsWire>,
}

#[derive(Serialize)]
pub(crate) struct CampaignResultWire {
    program: CampaignWire,
    discounts: DiscountsWire,
    notifications: Vec<NotificationWire>,
}

#[derive(Serialize)]
pub(crate) struct CampaignWire {
    id: String,
    name: String,
}

#[derive(Serialize)]
pub(crate) struct NotificationWire {
    primary: String,
    secondary: String,
}

#[derive(Serialize)]
pub(crate) struct BonusesDetailsWire {
    progress: ProgressWire,
    min: BonusesWire,
    max: BonusesWire,
    notifications: Vec<NotificationWire>,
}

/// Where a guest stands in the programme.
#[derive(Clone, Serialize)]
pub(crate) struct ProgressWire {
    pub(crate) balance: Decimal<2>,
    pub(crate) rank: RankWire,
}

/// A guest's rank.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RankWire {
    pub(crate) name: String,
    pub(crate) index: usize,
    pub(crate) cashback_percentage: Decimal<2>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confirmation: Option<RankConfirmationWire>,
}

/// What keeps the rank.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RankConfirmationWire {
    pub(crate) sum_left: Decimal<2>,
    pub(crate) hours_left: u32,
}

/// An amount as the wire writes it.
pub(crate) const fn decimal(money: Money) -> Decimal<2> {
    Decimal(money.minor())
}

/// The calculation as the wire writes it; `progress` is the guest's, where there is one. The description has no place for
/// a promo code that does nothing, so nothing is said of it.
pub(crate) fn write(
    order: &Order,
    calculation: &Calculation,
    progress: Option<ProgressWire>,
    fingerprint: String,
) -> LoyaltyWire {
    let bonuses = calculation.bonuses.as_ref().zip(progress).map(|(bonuses, progress)| BonusesDetailsWire {
        progress,
        min: side(order, &bonuses.min),
        max: side(order, &bonuses.max),
        notifications: notifications(&bonuses.notices),
    });
    let mut by_line = vec![Money::ZERO; order.lines().len()];
    for campaign in &calculation.campaigns {
        for (sum, part) in by_line.iter_mut().zip(&campaign.discount_by_line) {
            *sum = Money::from_minor(sum.minor() + part.minor());
        }
    }
    LoyaltyWire {
        fingerprint,
        summary: SummaryWire {
            discounts: discounts(order, calculation.discount, &by_line),
            bonuses: bonuses
                .as_ref()
                .map(|both| BonusesSummaryWire { min: both.min.clone(), max: both.max.clone() }),
        },
        details: DetailsWire {
            programs: calculation
                .campaigns
                .iter()
                .map(|campaign| CampaignResultWire {
                    program: CampaignWire { id: campaign.id.clone(), name: campaign.name.clone() },
                    discounts: discounts(order, campaign.discount, &campaign.discount_by_line),
                    notifications: notifications(&campaign.notices),
                })
                .chain(rewarding(order, &calculation.rewards))
                .collect(),
            bonuses,
        },
    }
}

fn discounts(order: &Order, total: Money, by_line: &[Money]) -> DiscountsWire {
    DiscountsWire { total: decimal(total), total_by_code: totals(order, by_line) }
}

fn side(order: &Order, side: &Side) -> BonusesWire {
    let (payment, accrual) = (decimal(side.payment), decimal(side.accrual));
    BonusesWire {
        payment,
        accrual,
        payments: PaymentsWire { total: payment, total_by_code: totals(order, &side.payment_by_line) },
        accruals: AccrualsWire { total: accrual },
    }
}

fn totals(order: &Order, by_line: &[Money]) -> Vec<ByCodeWire> {
    by_code(order, by_line)
        .into_iter()
        .map(|(code, total)| ByCodeWire { code, total: decimal(total) })
        .collect()
}

/// The campaigns that bring something when the order is closed. They take nothing off it.
fn rewarding(order: &Order, rewards: &[Reward]) -> Vec<CampaignResultWire> {
    let mut results: Vec<CampaignResultWire> = Vec::new();
    for reward in rewards {
        let said = notifications(&reward.notices);
        match results.last_mut().filter(|last| last.program.id == reward.campaign_id) {
            Some(last) => last.notifications.extend(said),
            None => results.push(CampaignResultWire {
                program: CampaignWire { id: reward.campaign_id.clone(), name: reward.campaign_name.clone() },
                discounts: discounts(order, Money::ZERO, &[]),
                notifications: said,
            }),
        }
    }
    results
}

fn notifications<'a>(notices: impl IntoIterator<Item = &'a Notice>) -> Vec<NotificationWire> {
    notices
        .into_iter()
        .map(|notice| NotificationWire {
            primary: notice.primary.clone(),
            secondary: notice.secondary.clone(),
        })
        .collect()
}
