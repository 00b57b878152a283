//! The basic REST API of LoyalClient as a [`LoyaltyProgram`].
//!
//! Owns the mapping of each question to the documented order of calls: a search, a calculation, a hold, a sale. The JSON
//! stays in [`wire`], the exchange in [`client`], the judgement of answers in [`answer`], that of errors in [`error`].
//!
//! There are no orders here, only clients at a point of sale: a hold belongs to both, and a release or a sale ends every
//! hold of the two. So two open orders of one guest at one point share their holds' fate.

mod answer;
mod client;
mod error;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod wire;

use contract::Money;
use contract::decimal::Decimal;
use jiff::Timestamp;
use tokio::time::Instant;

use self::client::BasicRestClient;
pub use self::client::BasicRestOptions;
use self::wire::{
    AskRecalcWire, AskRetailWire, ClientWire, FoundWire, HoldWire, MoneyWire, ReleaseWire, ReleasedWire,
    SearchWire,
};
use crate::http::HttpClient;
use crate::program::{
    Answer, Calculation, Capabilities, Confirmation, Confirmed, Finish, Guest, GuestKey, GuestKeyKind,
    LostConfirm, LoyaltyProgram, OrderRef, Question, SpendChoice, Wallet,
};
use crate::{UpstreamError, WrongOptions};

/// The field by which a search is refused that finds nobody.
const CLIENT_FIELD: &str = "client";

/// How long bonuses are held: the longest the makers allow.
const HOLD_MINUTES: u32 = 10;

/// A search that means nobody; see [`LoyaltyProgram::reach`].
const NOBODY: &str = "0";

/// One point of sale behind the basic REST API.
pub struct BasicRest {
    client: BasicRestClient,
    point_id: String,
}

impl BasicRest {
    /// A point of sale's client. Sends nothing yet.
    ///
    /// # Errors
    /// [`WrongOptions`] where the address or the key cannot be sent, or there is no point.
    pub fn new(http: HttpClient, options: BasicRestOptions) -> Result<Self, WrongOptions> {
        Ok(Self { client: BasicRestClient::new(http, &options)?, point_id: options.point_id })
    }

    async fn search(&self, key: &GuestKey, deadline: Instant) -> Result<ClientWire, UpstreamError> {
        let search = match key {
            GuestKey::Phone(phone) => phone.as_str().trim_start_matches('+'),
            GuestKey::Card(text) | GuestKey::AppCode(text) => text,
        };
        let body = SearchWire { search, point: &self.point_id };
        let found: FoundWire = self.client.read("client", &body, deadline).await?;
        answer::found(found.client, key)
    }

    /// The client an order was confirmed for: told by the confirm, or searched for where its answer was lost.
    async fn client_of(&self, order: &OrderRef<'_>, deadline: Instant) -> Result<String, UpstreamError> {
        match order.reference {
            Some(client_id) => Ok(client_id.to_owned()),
            None => {
                let found = self.search(order.guest, deadline).await;
                found.map(|client| client.id).map_err(UpstreamError::not_in_doubt)
            }
        }
    }

    async fn release(&self, order: &OrderRef<'_>) -> Result<(), UpstreamError> {
        let deadline = self.client.deadline();
        let client = self.client_of(order, deadline).await?;
        let body = ReleaseWire { client: &client, point: &self.point_id };
        self.client.write::<_, ReleasedWire>("bonuses/release", &body, deadline).await.map(drop)
    }
}

impl LoyaltyProgram for BasicRest {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            guest_keys: &[GuestKeyKind::Phone, GuestKeyKind::Card, GuestKeyKind::AppCode],
            join: false,
            wallet_details: true,
            calculation_tells_guest: true,
            anonymous_preview: false,
            spend: SpendChoice::AnyAmount,
            accrual_with_spend: false,
            courier: true,
            promo_codes: false,
            payment_codes: false,
            login_codes: false,
            lost_confirm: LostConfirm::UndoneByReset,
            hold_ttl_s: Some(HOLD_MINUTES * 60),
            finish: Finish::ByCall,
            refunds: false,
        }
    }

    fn reach(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let body = SearchWire { search: NOBODY, point: &self.point_id };
            let deadline = self.client.deadline();
            match self.client.read::<_, FoundWire>("client", &body, deadline).await {
                Ok(_) => Ok(()),
                Err(UpstreamError::Refused { code, .. }) if code == CLIENT_FIELD => Ok(()),
                Err(error) => Err(error),
            }
        })
    }

    fn guest<'a>(&'a self, key: &'a GuestKey) -> Answer<'a, Option<Guest>> {
        Box::pin(async move {
            match self.search(key, self.client.deadline()).await {
                Ok(client) => Ok(Some(answer::guest(client))),
                Err(UpstreamError::Refused { code, .. }) if code == CLIENT_FIELD => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    fn wallet<'a>(&'a self, guest: &'a GuestKey) -> Answer<'a, Wallet> {
        Box::pin(async move { answer::wallet(&self.search(guest, self.client.deadline()).await?) })
    }

    fn calculate<'a>(&'a self, question: Question<'a>) -> Answer<'a, Calculation> {
        Box::pin(async move {
            let guest =
                question.guest.ok_or(UpstreamError::Unsupported { what: "a calculation for nobody" })?;
            if !question.promo_codes.is_empty() {
                return Err(UpstreamError::Unsupported { what: "promo codes" });
            }
            let total = question.order.total().ok_or_else(|| UpstreamError::Malformed {
                what: "the order's sum".into(),
                in_doubt: false,
            })?;
            let deadline = self.client.deadline();
            let client = self.search(guest, deadline).await?;
            let body = AskRecalcWire { client: &client.id, point: &self.point_id, amount: money(total) };
            let recalculated = self.client.read("recalc", &body, deadline).await?;
            answer::calculation(client, &recalculated, total)
        })
    }

    fn confirm<'a>(&'a self, confirmation: Confirmation<'a>) -> Answer<'a, Confirmed> {
        Box::pin(async move {
            let client = confirmation.echo;
            if !confirmation.payment.is_positive() {
                // Nothing is spent, so there is nothing to hold.
                return Ok(Confirmed { reference: Some(client.to_owned()), held_until: None });
            }
            let body = HoldWire {
                client,
                point: &self.point_id,
                amount: money(confirmation.payment),
                duration: HOLD_MINUTES,
            };
            let held = self.client.write("bonuses/hold", &body, self.client.deadline()).await?;
            answer::confirmed(&held, client, confirmation.payment)
        })
    }

    fn reset<'a>(&'a self, order: OrderRef<'a>, _at: Timestamp) -> Answer<'a, ()> {
        Box::pin(async move { self.release(&order).await })
    }

    fn abort<'a>(&'a self, order: OrderRef<'a>, _at: Timestamp) -> Answer<'a, ()> {
        Box::pin(async move { self.release(&order).await })
    }

    fn close<'a>(&'a self, order: OrderRef<'a>, _at: Timestamp) -> Answer<'a, ()> {
        Box::pin(async move {
            let deadline = self.client.deadline();
            let client = self.client_of(&order, deadline).await?;
            let body = AskRetailWire {
                client: &client,
                point: &self.point_id,
                amount: money(order.items_total),
                spend: money(order.payment),
            };
            let sold = self.client.write("retail", &body, deadline).await?;
            answer::sold(&sold, order.items_total, order.payment)
        })
    }
}

fn money(amount: Money) -> MoneyWire {
    Decimal(amount.minor())
}
