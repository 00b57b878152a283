//! `orders/confirm`: freezes the bonuses, gifts and single-use promo codes of a calculation for an order.

use contract::decimal::Decimal;
use contract::{Money, Quantity};
use loyalty::life::{OrderState, Outcome, Step, step};
use serde::{Deserialize, Serialize};

use super::rewards;
use super::terms::Terms;
use crate::ledger::{Entry, Kind};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::fingerprint::Fingerprint;
use crate::plazius::quote::{Quote, Subject, quote};
use crate::plazius::read::present;
use crate::plazius::wire::identity::{GuestIdentityWire, OrderIdWire, OrganizationIdentityWire};
use crate::plazius::wire::order::{DeliveryWire, FlatLine, OrderWire};
use crate::store::orders::{self, LineRow, OrderRow};
use crate::store::{gifts, ledger, promo_codes, wallet};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmRequestWire {
    id: OrderIdWire,
    order: OrderWire,
    organization: OrganizationIdentityWire,
    #[serde(default, deserialize_with = "present")]
    guest: Option<GuestIdentityWire>,
    #[serde(default, deserialize_with = "present")]
    delivery: Option<DeliveryWire>,
    /// Null, as the makers write it, or absent: no loyalty.
    #[serde(default)]
    loyalty: Option<ConfirmationWire>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfirmationWire {
    pattern: PatternWire,
    #[serde(default, deserialize_with = "present")]
    fingerprint: Option<FingerprintWire>,
}

/// The only kind of confirmation there is.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum PatternWire {
    Fingerprint,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FingerprintWire {
    value: String,
    #[serde(default, deserialize_with = "present")]
    options: Option<OptionsWire>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionsWire {
    /// Obsolete: a payment in bonuses is always frozen.
    #[serde(default, deserialize_with = "present")]
    hold: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    bonuses: Option<BonusesWire>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BonusesWire {
    payment: Decimal<2>,
}

#[derive(Serialize)]
pub(crate) struct ConfirmResponseWire {
    id: OrderIdWire,
}

/// Repeated with the same contents it answers the same and freezes nothing twice; a confirmed order takes other
/// contents only after a reset.
pub(crate) fn answer(call: &Call<'_>, request: ConfirmRequestWire) -> Result<ConfirmResponseWire, Refusal> {
    let contents = serde_json::to_string(&request).map_err(|error| Refusal::Internal(error.to_string()))?;
    let id = request.id.as_str();
    if is_repetition(call, id, &contents)? {
        return Ok(ConfirmResponseWire { id: request.id });
    }
    let subject = Subject {
        order: &request.order,
        organization: &request.organization,
        guest: request.guest.as_ref(),
        delivery: request.delivery.as_ref(),
    };
    let (quote, terms) = match &request.loyalty {
        Some(loyalty) => with_loyalty(call, &subject, loyalty)?,
        None => without_loyalty(call, &subject)?,
    };
    let order = order_row(id, &request, contents, &quote, &terms);
    let lines = line_rows(&request.order.flat_lines(), &terms);
    orders::put(call.tx, &order, &lines, &terms.discounts)?;
    if let Some(guest) = &quote.guest {
        wallet::freeze(call.tx, guest.id, terms.payment)?;
        for one in terms.discounts.iter().filter(|one| one.uses_privilege) {
            gifts::freeze(call.tx, guest.id, &one.campaign_id, id, call.now_ms())?;
        }
        for code in &quote.calculation.used_promo_codes {
            promo_codes::take(call.tx, call.network_id, code, id)?;
        }
        rewards::promise(call, id, &quote.calculation)?;
    }
    let entry = Entry {
        at_ms: call.now_ms(),
        kind: Kind::Confirmed,
        order_id: Some(id.to_owned()),
        payment: terms.payment,
        accrual: terms.accrual,
        shortfall: Money::ZERO,
        discount: terms.discount,
    };
    ledger::add(call.tx, &entry, order.guest_id)?;
    Ok(ConfirmResponseWire { id: request.id })
}

/// Whether the order is confirmed with these contents already; refused where it cannot be confirmed with them at all.
fn is_repetition(call: &Call<'_>, id: &str, contents: &str) -> Result<bool, Refusal> {
    let Some(order) = orders::find(call.tx, call.api_key, id)? else {
        if orders::is_taken(call.tx, id)? {
            return Err(Refusal::invalid("id: another restaurant has an order with this id"));
        }
        return Ok(false);
    };
    match step(order.state, Step::Confirm)? {
        Outcome::Move(_) => Ok(false),
        Outcome::Already if order.contents == contents => Ok(true),
        Outcome::Already => Err(Refusal::invalid(
            "the order is confirmed with other contents: reset it before it is confirmed again",
        )),
    }
}

/// No discount, no bonuses, no accrual, nobody's: the order is only known.
fn without_loyalty(call: &Call<'_>, subject: &Subject<'_>) -> Result<(Quote, Terms), Refusal> {
    let mut quote = quote(call, subject, &[])?;
    quote.guest = None;
    let terms = Terms::without_loyalty(&quote.order);
    Ok((quote, terms))
}

fn with_loyalty(
    call: &Call<'_>,
    subject: &Subject<'_>,
    loyalty: &ConfirmationWire,
) -> Result<(Quote, Terms), Refusal> {
    let confirmation = loyalty
        .fingerprint
        .as_ref()
        .ok_or_else(|| Refusal::invalid("loyalty.fingerprint: the pattern fingerprint needs one"))?;
    let sent = Fingerprint::decode(&confirmation.value)?;
    let quote = quote(call, subject, sent.promocodes())?;
    let actual = Fingerprint::new(subject, quote.promo_codes.clone(), &quote.calculation)?;
    if sent != actual {
        return Err(Refusal::invalid(
            "loyalty.fingerprint.value: not of this order as it is calculated now: calculate it again",
        ));
    }
    let asked = confirmation
        .options
        .as_ref()
        .and_then(|options| options.bonuses.as_ref())
        .map(|bonuses| Money::from_minor(bonuses.payment.0));
    let terms = Terms::of(&quote, asked)?;
    Ok((quote, terms))
}

fn order_row(
    id: &str,
    request: &ConfirmRequestWire,
    contents: String,
    quote: &Quote,
    terms: &Terms,
) -> OrderRow {
    let price = quote.order.lines().iter().map(|line| line.price.minor()).sum();
    OrderRow {
        id: id.to_owned(),
        restaurant_id: quote.restaurant_id.clone(),
        guest_id: quote.guest.as_ref().map(|guest| guest.id),
        state: OrderState::Confirmed,
        is_delivery: request.delivery.is_some(),
        contents,
        opened_at_ms: request.order.opened_at.0.as_millisecond(),
        closed_at_ms: None,
        price: Money::from_minor(price),
        total: quote.order.cost().minus_or_zero(terms.discount),
        discount: terms.discount,
        payment: terms.payment,
        accrual: terms.accrual,
        rolled_back: Money::ZERO,
        cancelled: Money::ZERO,
        counted_at_ms: None,
    }
}

fn line_rows(lines: &[FlatLine<'_>], terms: &Terms) -> Vec<LineRow> {
    let sums = terms.total_by_line.iter().zip(&terms.payment_by_line).zip(&terms.accrues_by_line);
    lines
        .iter()
        .zip(sums)
        .map(|(line, ((total, payment), accrues))| LineRow {
            code: line.product.code.clone(),
            name: line.product.name.clone(),
            group: line.product.group.clone(),
            quantity: Quantity::from_milli(line.quantity.milli()),
            price: line.price,
            cost: line.cost,
            total: *total,
            payment: *payment,
            accrues: *accrues,
        })
        .collect()
}
