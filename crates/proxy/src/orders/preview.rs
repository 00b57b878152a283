//! Preview: asks the loyalty system what it gives on a cart, judges the sums, and keeps them until they are confirmed.

use contract::Money;
use contract::cart::{Cart, Expedition};
use contract::error::ErrorCode;
use contract::preview::{
    Discount, Guest, Notification, PreviewRequest, PreviewResponse, PromoCode, SpendLimits,
};
use futures_util::future::try_join_all;
use upstream::program::{Calculation, Capabilities, OrderContents, Question};
use upstream::{LoyaltyProgram, UpstreamError};

use super::cart::judge_cart;
use super::order::{Order, Owner, Settled, StoredPreview};
use super::promo::{mark_effects, sort_codes, to_send};
use super::{OrderError, Orders, parse_id};
use crate::app::Restaurant;
use crate::error::ApiError;
use crate::guest::{read_guest, told_guest};
use crate::program::told;
use crate::store::{Scope, orders};

/// What the loyalty system said about a cart.
struct Calculated {
    guest: Guest,
    promo_codes: Vec<PromoCode>,
    calculation: Calculation,
}

impl Orders {
    /// Calculates a cart and keeps the calculation. The first preview makes the order.
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
        if request.cart.expedition == Expedition::Delivery && !capabilities.courier {
            return Err(OrderError::DeliveryNotSupported);
        }
        let promo_codes = sort_codes(&request.promo_codes, capabilities.promo_codes)?;
        let (order, contents) = self.prepare(restaurant, owner, request).await?;
        let reference = order.as_ref().and_then(|order| order.reference.as_deref());
        let program = restaurant.program.as_ref();
        let calculated = calculate(program, owner, &contents, reference, promo_codes).await?;
        let preview = self.stored_preview(contents, &calculated.calculation)?;
        let response = |order: &Order| response(order, calculated, &capabilities);
        if let Some(order) = order {
            let order = Order { preview, ..order };
            let saved = order.clone();
            if !self.store.write(Scope::guest(owner), move |tx| orders::set_preview(tx, &saved)).await? {
                let found = self.find(owner, order.order_id).await?;
                return Err(OrderError::Conflict(found.api_state(&capabilities)));
            }
            return Ok(response(&order));
        }
        let order = Order {
            order_id: self.entropy.uuid()?,
            owner: owner.clone(),
            currency: restaurant.config.currency.clone(),
            state: Settled::Open,
            pending: None,
            step_at_ms: 0,
            known_upstream: false,
            preview,
            preview_number: 0,
            spend: Money::ZERO,
            reference: None,
            held_until_ms: None,
        };
        let saved = order.clone();
        self.store.write(Scope::guest(owner), move |tx| orders::insert(tx, &saved)).await?;
        Ok(response(&order))
    }

    /// The order a preview is for, where it names one, and the contents to calculate.
    async fn prepare(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        request: &PreviewRequest,
    ) -> Result<(Option<Order>, OrderContents), OrderError> {
        let contents = |cart: &Cart, opened_at| {
            judge_cart(cart, &restaurant.config.currency, opened_at).map_err(OrderError::Cart)
        };
        let Some(order_id) = &request.order_id else {
            return Ok((None, contents(&request.cart, self.clock.now())?));
        };
        // Nonsense is refused before the disk or the loyalty system hear of it.
        contents(&request.cart, self.clock.now())?;
        let order = self.read(restaurant, owner, order_id).await?;
        if order.state != Settled::Open || order.pending.is_some() {
            return Err(OrderError::Conflict(order.api_state(&restaurant.program.capabilities())));
        }
        let order_id = parse_id(order_id)?;
        let preview_number =
            self.store.write(Scope::guest(owner), move |tx| orders::begin_preview(tx, order_id)).await?;
        let contents = contents(&request.cart, order.preview.contents.opened_at)?;
        Ok((Some(Order { preview_number, ..order }), contents))
    }

    /// What is kept of a calculation, if its sums are those of the order.
    fn stored_preview(
        &self,
        contents: OrderContents,
        calculation: &Calculation,
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
            echo: calculation.echo.clone(),
            items_total,
            discount_total: calculation.discount_total,
            spend_min: calculation.least.payment,
            spend_max: calculation.most.payment,
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

fn response(order: &Order, calculated: Calculated, capabilities: &Capabilities) -> PreviewResponse {
    let Calculated { guest, promo_codes, calculation } = calculated;
    let preview = &order.preview;
    let discounts = calculation.campaigns.iter().filter(|campaign| campaign.discount.is_positive());
    let from_campaigns = calculation.campaigns.iter().flat_map(|campaign| &campaign.notifications);
    PreviewResponse {
        order_id: order.order_id.to_string(),
        preview_id: preview.preview_id.to_string(),
        currency: order.currency.clone(),
        guest,
        items_total_minor: preview.items_total,
        discounts: discounts
            .map(|campaign| Discount { campaign: campaign.name.clone(), amount_minor: campaign.discount })
            .collect(),
        discount_total_minor: preview.discount_total,
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
        total_minor: preview.items_total.minus_or_zero(preview.discount_total),
        capabilities: told(capabilities),
    }
}
