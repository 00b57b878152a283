//! What restaurants' servers say and are answered. Types only; sums are in minor units, as everywhere.

use contract::Money;
use contract::cart::Cart;
use contract::order::OrderState;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::orders::refund::{DoneRefund, RefundPart};
use crate::orders::registered::{Registered, Told};
use crate::store::webhooks::WebhookRow;

/// `POST /merchant/v1/orders`: what an order holds.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterOrderRequest {
    /// Your own name of the order, 1 to 64 printable characters.
    pub(crate) order_ref: String,
    /// Its contents.
    pub(crate) cart: Cart,
    /// The phone, in E.164, whose guest alone may spend on it. Without it, it is for whoever previews it first.
    pub(crate) guest_phone: Option<String>,
    /// Whether an order that the guest has confirmed is reset first; otherwise its contents cannot be replaced.
    #[serde(default)]
    pub(crate) reset: bool,
}

/// The order is registered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterOrderResponse {
    /// Your own name of the order.
    order_ref: String,
    /// The order's name here and at the loyalty system.
    order_id: String,
    /// What the page names the order by. Give it to the page of this order's guest, and to no other.
    order_token: String,
    /// How often the contents have been set.
    revision: u32,
}

impl From<Registered> for RegisterOrderResponse {
    fn from(registered: Registered) -> Self {
        Self {
            order_ref: registered.registration.order_ref,
            order_id: registered.registration.order_id.to_string(),
            order_token: registered.token,
            revision: registered.registration.revision,
        }
    }
}

/// A registered order as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MerchantOrderResponse {
    /// Your own name of the order.
    order_ref: String,
    /// The order's name here and at the loyalty system.
    order_id: String,
    /// Where it stands.
    state: OrderState,
    /// How often the contents have been set.
    revision: u32,
    /// Which of them the guest has confirmed.
    confirmed_revision: Option<u32>,
    /// ISO 4217 code of the currency of every amount.
    currency: String,
    /// The sum of the contents at list prices.
    items_total_minor: Money,
    /// Discounts frozen or given.
    discount_total_minor: Money,
    /// Bonuses frozen or written off, in hundredths.
    spend_minor: Money,
    /// What is left to pay in money.
    to_pay_minor: Money,
    /// The guest who has the order, all but the last characters hidden.
    guest: Option<String>,
    /// What was taken back.
    refunds: Vec<RefundResponse>,
}

/// A refund that was carried out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefundResponse {
    /// Its name at the loyalty system.
    refund_id: String,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    at: jiff::Timestamp,
    /// What was taken back; all that was left where absent.
    items: Option<Vec<RefundPart>>,
}

impl From<Told> for MerchantOrderResponse {
    fn from(told: Told) -> Self {
        Self {
            order_ref: told.registration.order_ref,
            order_id: told.registration.order_id.to_string(),
            state: told.state,
            revision: told.registration.revision,
            confirmed_revision: told.confirmed_revision,
            currency: told.registration.cart.currency,
            items_total_minor: told.items_total,
            discount_total_minor: told.discount,
            spend_minor: told.spend,
            to_pay_minor: told.to_pay,
            guest: told.guest,
            refunds: told.refunds.into_iter().map(RefundResponse::from).collect(),
        }
    }
}

impl From<DoneRefund> for RefundResponse {
    fn from(done: DoneRefund) -> Self {
        let at = jiff::Timestamp::from_millisecond(done.at_ms).unwrap_or_default();
        Self { refund_id: done.refund_id.to_string(), at, items: done.items }
    }
}

/// `POST …/close`, `POST …/abort`, `POST …/resend`: nothing more need be said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NothingMore {}

/// `POST …/refund`: what is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundOrderRequest {
    /// Which parts; all that is left of the order where absent.
    pub(crate) items: Option<Vec<RefundPart>>,
}

/// What your server could not be told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadWebhooksResponse {
    /// The newest first, at most a hundred.
    pub(crate) webhooks: Vec<DeadWebhook>,
}

/// A webhook that was given up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadWebhook {
    /// The header `webhook-id` of every attempt.
    webhook_id: String,
    /// What has happened.
    #[serde(rename = "type")]
    event: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    timestamp: jiff::Timestamp,
    /// How many attempts were made in all.
    attempts: u32,
    /// Why the newest failed.
    failure: Option<String>,
    /// What was sent.
    #[schema(value_type = Object)]
    body: serde_json::Value,
}

impl From<WebhookRow> for DeadWebhook {
    fn from(row: WebhookRow) -> Self {
        Self {
            webhook_id: row.webhook_id,
            event: row.event,
            timestamp: jiff::Timestamp::from_millisecond(row.made_at_ms).unwrap_or_default(),
            attempts: row.attempts,
            failure: row.failure,
            body: serde_json::from_str(&row.body).unwrap_or_default(),
        }
    }
}
