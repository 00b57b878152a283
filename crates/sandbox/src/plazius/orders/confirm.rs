//! `orders/confirm`: freezes the bonuses, gifts and single-use promo codes of a calculation for an order.

use contract::Money;
use contract::decimal::Decimal;
use loyalty::life::{Outcome, Step, step};
use serde::{Deserialize, Serialize};

use crate::network::confirm::{Confirmed, Label, confirm};
use crate::network::fingerprint::Fingerprint;
use crate::network::quote::Quote;
use crate::network::terms::Terms;
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::quote::{Subject, quote};
use crate::plazius::read::present;
use crate::plazius::wire::identity::{GuestIdentityWire, OrderIdWire, OrganizationIdentityWire};
use crate::plazius::wire::order::{DeliveryWire, OrderWire};
use crate::store::orders;

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
    let (restaurant_id, quote, terms) = match &request.loyalty {
        Some(loyalty) => with_loyalty(call, &subject, loyalty)?,
        None => without_loyalty(call, &subject)?,
    };
    let lines = request.order.flat_lines();
    let labels: Vec<Label<'_>> = lines
        .iter()
        .map(|line| Label { name: &line.product.name, group: line.product.group.as_deref() })
        .collect();
    let confirmed = Confirmed {
        order_id: id,
        restaurant_id: &restaurant_id,
        is_delivery: request.delivery.is_some(),
        contents: &contents,
        opened_at_ms: request.order.opened_at.0.as_millisecond(),
        labels: &labels,
    };
    confirm(&call.network(), &confirmed, &quote, &terms)?;
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
fn without_loyalty(call: &Call<'_>, subject: &Subject<'_>) -> Result<(String, Quote, Terms), Refusal> {
    let (restaurant_id, mut quote) = quote(call, subject, &[])?;
    quote.guest = None;
    let terms = Terms::without_loyalty(&quote.order);
    Ok((restaurant_id, quote, terms))
}

fn with_loyalty(
    call: &Call<'_>,
    subject: &Subject<'_>,
    loyalty: &ConfirmationWire,
) -> Result<(String, Quote, Terms), Refusal> {
    let confirmation = loyalty
        .fingerprint
        .as_ref()
        .ok_or_else(|| Refusal::invalid("loyalty.fingerprint: the pattern fingerprint needs one"))?;
    let sent = Fingerprint::decode(&confirmation.value).ok_or_else(|| {
        Refusal::invalid("loyalty.fingerprint.value: not a fingerprint of orders/calculate")
    })?;
    let (restaurant_id, quote) = quote(call, subject, sent.promocodes())?;
    if sent != subject.fingerprint(&quote)? {
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
    Ok((restaurant_id, quote, terms))
}
