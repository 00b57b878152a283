//! Preview: asks the loyalty system what it gives on a cart, judges the sums, and has them kept until they are confirmed:
//! those of an order's first calculation by the guest's browser, sealed, those of later ones in the store, which has to
//! know which is the newest.

use std::borrow::Cow;

use contract::Money;
use contract::cart::Expedition;
use contract::error::ErrorCode;
use contract::order::OrderState;
use contract::preview::{
    Discount, Guest, Notification, PreviewRequest, PreviewResponse, PromoCode, SpendLimits,
};
use futures_util::future::try_join_all;
use jiff::Timestamp;
use upstream::program::{Calculation, Capabilities, OrderContents, Question};
use upstream::{LoyaltyProgram, UpstreamError};
use uuid::Uuid;

use super::cart::judge_cart;
use super::order::{Order, Owner, Settled, StoredPreview};
use super::promo::{mark_effects, sort_codes, to_send};
use super::{OrderError, Orders};
use crate::app::Restaurant;
use crate::error::ApiError;
use crate::guest::{read_guest, told_guest};
use crate::program::told;
use crate::store::registrations::{self, Registration};
use crate::store::sql::Tx;
use crate::store::{Scope, orders};

/// What the loyalty system said about a cart.
struct Calculated {
    guest: Guest,
    promo_codes: Vec<PromoCode>,
    calculation: Calculation,
}

/// What there is of an order before its preview.
enum Before {
    /// Nothing: it is new.
    None,
    /// Its name, by which its owner calls it.
    Named(Uuid),
    /// A row.
    Kept(Box<Order>),
}

/// What a preview is made of.
struct Prepared {
    /// The order, where it was previewed before.
    order: Before,
    /// What is calculated.
    contents: OrderContents,
    /// As the restaurant's server registered it, where it did.
    registration: Option<Registration>,
}

/// By what an order and its newest preview are called.
struct Called {
    order_id: Uuid,
    preview_id: String,
}

impl Called {
    fn of(order: &Order) -> Self {
        Self { order_id: order.order_id, preview_id: order.preview.preview_id.to_string() }
    }
}

/// What is told of an order besides its calculation.
#[derive(Clone, Copy)]
struct Told<'a> {
    currency: &'a str,
    items_total: Money,
    capabilities: &'a Capabilities,
    is_registered: bool,
}

impl Orders {
    /// Calculates a cart. The first preview names the order, and nothing is kept of it.
    ///
    /// # Errors
    /// [`OrderError`]: the cart's or the order's fault, or the loyalty system's.
    pub(crate) async fn preview(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        request: &PreviewRequest,
    ) -> Result<PreviewResponse, OrderError> {
        let capabilities = restaurant.program.capabilities();
        let promo_codes = sort_codes(&request.promo_codes, capabilities.promo_codes)?;
        let prepared = self.prepare(restaurant, owner, request).await?;
        let reference = match &prepared.order {
            Before::Kept(order) => order.reference.as_deref(),
            Before::None | Before::Named(_) => None,
        };
        let program = restaurant.program.as_ref();
        let mut calculated = calculate(program, owner, &prepared.contents, reference, promo_codes).await?;
        let Prepared { order, contents, registration } = prepared;
        let revision = registration.as_ref().map(|known| known.revision);
        let preview = self.stored_preview(contents, revision, &mut calculated.calculation)?;
        let told = Told {
            currency: &restaurant.config.currency,
            items_total: preview.items_total,
            capabilities: &capabilities,
            is_registered: registration.is_some(),
        };
        let names = self.keep(owner, order, registration.map(|known| known.order_id), preview, told).await?;
        Ok(response(names, calculated, told))
    }

    /// Keeps a calculation: of an order that is new the browser does so for us, as long as it is not too much.
    async fn keep(
        &self,
        owner: &Owner,
        order: Before,
        registered: Option<Uuid>,
        preview: StoredPreview,
        told: Told<'_>,
    ) -> Result<Called, OrderError> {
        let order_id = match order {
            Before::Kept(order) => {
                let order = Order { preview, ..*order };
                let names = Called::of(&order);
                let order_id = order.order_id;
                if !self.store.write(Scope::guest(owner), move |tx| orders::set_preview(tx, &order)).await? {
                    let found = self.find(owner, order_id).await?;
                    return Err(not_open(&found, told.capabilities, told.is_registered));
                }
                return Ok(names);
            }
            Before::Named(order_id) => order_id,
            Before::None => match registered {
                Some(order_id) => order_id,
                None => {
                    let opened_ms = preview.contents.opened_at.as_millisecond();
                    let order_id = self.names.give(owner, opened_ms, self.entropy.bytes()?);
                    if let Some(preview_id) = self.seal.close(owner, order_id, &preview) {
                        return Ok(Called { order_id, preview_id });
                    }
                    order_id
                }
            },
        };
        let order = Order::fresh(owner, order_id, told.currency, preview);
        self.insert_first(order, registered.is_some()).await
    }

    /// Keeps an order of which nothing was kept. A registered one becomes the guest's by it, if it is still nobody's.
    async fn insert_first(&self, order: Order, is_registered: bool) -> Result<Called, OrderError> {
        let (names, saved) = (Called::of(&order), order.clone());
        let kept = self
            .store
            .write(Scope::guest(&order.owner), move |tx| {
                if is_registered && !registrations::bind(tx, saved.order_id, &saved.owner.guest)? {
                    return Ok(false);
                }
                if let Some(kept) = orders::find(tx, saved.order_id)? {
                    if kept.owner != saved.owner {
                        return Ok(false);
                    }
                    // The same guest asked twice at once; this calculation is the later one.
                    let preview_number = orders::begin_preview(tx, saved.order_id)?;
                    return orders::set_preview(tx, &Order { preview_number, ..saved.clone() });
                }
                orders::insert(tx, &saved)?;
                Ok(true)
            })
            .await?;
        if kept { Ok(names) } else { Err(OrderError::UnknownOrder) }
    }

    /// The order a preview is for, where there is one already, and the contents to calculate.
    async fn prepare(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        request: &PreviewRequest,
    ) -> Result<Prepared, OrderError> {
        let (registration, cart) = match (&request.order_token, &request.cart) {
            (Some(token), None) => {
                let known = self.registered(owner, token, request.order_id.as_deref()).await?;
                let cart = Cow::Owned(known.cart.clone());
                (Some(known), cart)
            }
            (None, Some(cart)) => (None, Cow::Borrowed(cart)),
            _ => {
                let refused = ApiError::invalid("cart", "send either `cart` or `order_token`");
                return Err(OrderError::Request(refused));
            }
        };
        let capabilities = restaurant.program.capabilities();
        if cart.expedition == Expedition::Delivery && !capabilities.courier {
            return Err(OrderError::DeliveryNotSupported);
        }
        let contents =
            |opened_at| judge_cart(&cart, &restaurant.config.currency, opened_at).map_err(OrderError::Cart);
        // Nonsense is refused before the disk or the loyalty system hear of it.
        let mut prepared =
            Prepared { order: Before::None, contents: contents(self.now_to_the_ms())?, registration };
        let order_id = match &prepared.registration {
            // Nobody's yet: this preview makes it the guest's.
            Some(known) if known.guest.is_none() => None,
            Some(known) => Some(known.order_id.to_string()),
            None => request.order_id.clone(),
        };
        let Some(order_id) = order_id else { return Ok(prepared) };
        let order = self.read(restaurant, owner, &order_id).await?;
        if prepared.registration.is_none() && order.preview.revision.is_some() {
            let refused = ApiError::invalid("order_token", "the restaurant has registered this order");
            return Err(OrderError::Request(refused));
        }
        if order.state != Settled::Open || order.pending.is_some() {
            return Err(not_open(&order, &capabilities, prepared.registration.is_some()));
        }
        let order_id = order.order_id;
        prepared.contents = contents(order.preview.contents.opened_at)?;
        prepared.order = if order.preview.is_untold() {
            Before::Named(order_id)
        } else {
            let begin = move |tx: &mut dyn Tx| orders::begin_preview(tx, order_id);
            let preview_number = self.store.write(Scope::guest(owner), begin).await?;
            Before::Kept(Box::new(Order { preview_number, ..order }))
        };
        Ok(prepared)
    }

    /// The time as an order's name tells it.
    fn now_to_the_ms(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// What is kept of a calculation, if its sums are those of the order.
    fn stored_preview(
        &self,
        contents: OrderContents,
        revision: Option<u32>,
        calculation: &mut Calculation,
    ) -> Result<StoredPreview, OrderError> {
        let items_total = contents.total().ok_or_else(|| {
            OrderError::Cart(
                ApiError::new(ErrorCode::InvalidCart, "the sum is out of range").at("cart.lines"),
            )
        })?;
        check_sums(items_total, calculation)?;
        Ok(StoredPreview {
            preview_id: self.entropy.uuid()?,
            at_ms: self.clock.now().as_millisecond(),
            echo: std::mem::take(&mut calculation.echo),
            items_total,
            discount_total: calculation.discount_total,
            spend_min: calculation.least.payment,
            spend_max: calculation.most.payment,
            revision,
            contents,
        })
    }
}

/// Asks for the calculations and, where they do not tell the guest along, for the guest at the same time.
async fn calculate(
    program: &dyn LoyaltyProgram,
    owner: &Owner,
    contents: &OrderContents,
    reference: Option<&str>,
    mut promo_codes: Vec<PromoCode>,
) -> Result<Calculated, OrderError> {
    let codes = to_send(&promo_codes);
    let question =
        |promo_codes| Question { guest: Some(&owner.guest), order: contents, promo_codes, reference };
    let calculations =
        try_join_all((0..=codes.len()).map(|count| program.calculate(question(&codes[..count]))));
    let guest = async {
        match program.capabilities().calculation_tells_guest {
            true => Ok(None),
            false => read_guest(program, &owner.guest).await.map(Some),
        }
    };
    let (guest, mut steps) = tokio::try_join!(guest, calculations)?;
    mark_effects(&mut promo_codes, &steps);
    let calculation = steps.pop().ok_or_else(|| malformed("no calculation"))?;
    let guest = guest.unwrap_or_else(|| {
        told_guest(calculation.guest_name.clone(), calculation.wallet.clone(), &owner.guest)
    });
    Ok(Calculated { guest, promo_codes, calculation })
}

/// Refuses a calculation whose discounts do not add up, or whose limits do not fit what is left to pay.
fn check_sums(items_total: Money, calculation: &Calculation) -> Result<(), OrderError> {
    let mut sum = Money::ZERO;
    for campaign in &calculation.campaigns {
        if campaign.discount.is_negative() {
            return Err(malformed("a campaign's discount is below zero"));
        }
        sum = sum.checked_add(campaign.discount).ok_or_else(|| malformed("the discounts are too large"))?;
    }
    if sum != calculation.discount_total || sum > items_total {
        return Err(malformed("the discounts do not add up"));
    }
    let (least, most) = (calculation.least, calculation.most);
    let total = items_total.minus_or_zero(sum);
    if least.payment.is_negative() || least.payment > most.payment || most.payment > total {
        return Err(malformed("the limits of the payment do not fit the order"));
    }
    if least.accrual.is_negative() || most.accrual.is_negative() {
        return Err(malformed("an accrual is below zero"));
    }
    Ok(())
}

/// A calculation changes nothing at the loyalty system, so nothing is in doubt.
fn malformed(what: &str) -> OrderError {
    OrderError::Upstream(UpstreamError::Malformed { what: what.to_owned(), in_doubt: false })
}

fn response(names: Called, calculated: Calculated, about: Told<'_>) -> PreviewResponse {
    let Calculated { guest, promo_codes, calculation } = calculated;
    let discounts = calculation.campaigns.iter().filter(|campaign| campaign.discount.is_positive());
    let from_campaigns = calculation.campaigns.iter().flat_map(|campaign| &campaign.notifications);
    PreviewResponse {
        order_id: names.order_id.to_string(),
        preview_id: names.preview_id,
        currency: about.currency.to_owned(),
        guest,
        items_total_minor: about.items_total,
        discounts: discounts
            .map(|campaign| Discount { campaign: campaign.name.clone(), amount_minor: campaign.discount })
            .collect(),
        discount_total_minor: calculation.discount_total,
        promo_codes,
        notifications: calculation
            .notifications
            .iter()
            .chain(from_campaigns)
            .map(|notification| Notification {
                primary: notification.primary.clone(),
                secondary: notification.secondary.clone(),
            })
            .collect(),
        spend: SpendLimits {
            min_minor: calculation.least.payment,
            max_minor: calculation.most.payment,
            accrual_without_minor: calculation.least.accrual,
            accrual_with_minor: calculation.most.accrual,
        },
        total_minor: about.items_total.minus_or_zero(calculation.discount_total),
        capabilities: told_of(about.capabilities, about.is_registered),
    }
}

/// Why an order that is not open is not calculated. A page that has only its token learns its name, unless it is over: what
/// is confirmed of a registered order is what is registered, so the page can go on with it.
fn not_open(order: &Order, capabilities: &Capabilities, is_registered: bool) -> OrderError {
    let state = order.api_state(capabilities);
    match state {
        OrderState::Confirming | OrderState::Unknown | OrderState::Confirmed if is_registered => {
            OrderError::Standing { state, order_id: order.order_id }
        }
        _ => OrderError::Conflict(state),
    }
}

/// What can be done with the order: one that the restaurant has registered is cancelled by the restaurant alone.
pub(super) fn told_of(
    capabilities: &Capabilities,
    is_registered: bool,
) -> contract::capabilities::Capabilities {
    let told = told(capabilities);
    contract::capabilities::Capabilities { cancel: told.cancel && !is_registered, ..told }
}
