//! Orders that a restaurant's own server registers: what they hold, who may spend on them, and the tokens by which a page
//! names them.
//!
//! Owns the rule that a guest confirms the registered contents or nothing. A token is made of a secret that is not in the
//! store and a number that is: the same order keeps its token, and who reads the store cannot make it.

mod answers;
mod read;
mod steps;

use contract::Phone;
use contract::cart::{Cart, Expedition};
use contract::error::ErrorCode;
use hmac::Mac;
use sha2::{Digest, Sha256};
use upstream::program::GuestKey;

use self::answers::Remembering;
pub(crate) use self::read::Told;
use super::announce::told;
use super::cart::judge_cart;
use super::leases::Lease;
use super::order::{Owner, Settled};
use super::{OrderError, Orders};
use crate::app::Restaurant;
use crate::auth::keyed_hash;
use crate::error::ApiError;
use crate::store::idempotency::RequestKey;
use crate::store::registrations::{self, Registration};
use crate::store::sql::Tx;
use crate::store::{Scope, StoreError};

/// The longest name a restaurant's server may give an order, in characters.
const LONGEST_REF: usize = 64;

/// How often something is tried anew that somebody else was in the way of.
const ATTEMPTS: u32 = 3;

/// What is registered.
#[derive(Clone, Debug)]
pub(crate) struct Registering {
    /// The restaurant's own name of the order.
    pub(crate) order_ref: String,
    /// The contents.
    pub(crate) cart: Cart,
    /// The only guest who may spend on it, where the restaurant knows one.
    pub(crate) guest_phone: Option<String>,
    /// Whether a confirmed order is reset first.
    pub(crate) reset: bool,
}

/// What was registered.
#[derive(Clone, Debug)]
pub(crate) struct Registered {
    /// As it now stands.
    pub(crate) registration: Registration,
    /// The token for the page.
    pub(crate) token: String,
    /// Whether the order is new.
    pub(crate) is_new: bool,
}

/// What is to be registered, and what it is remembered by.
struct Wish {
    new: Registration,
    reset: bool,
    remembering: Remembering,
}

impl Orders {
    /// Registers an order, or puts new contents in the place of the former ones, once for each key. The same contents again
    /// change nothing.
    ///
    /// # Errors
    /// [`OrderError`]: what cannot be, or an order that stands where its contents can no longer change.
    pub(crate) async fn register(
        &self,
        restaurant: &Restaurant,
        key: &RequestKey,
        asked: &Registering,
    ) -> Result<Registered, OrderError> {
        let remembering = self.remembering(key, asked)?;
        // There may be no order yet that could be leased.
        let lease = self.leases.take(key.lease_id()).await?.ok_or(OrderError::InProgress)?;
        let registered = self.register_alone(restaurant, remembering, asked).await;
        lease.release().await;
        registered
    }

    /// Registers while nobody else does so by the same key.
    async fn register_alone(
        &self,
        restaurant: &Restaurant,
        remembering: Remembering,
        asked: &Registering,
    ) -> Result<Registered, OrderError> {
        let before = self.registered_before(&remembering, &restaurant.config.id, &asked.order_ref).await?;
        if let Some(before) = before {
            return Ok(before);
        }
        let new = self.judge_registration(restaurant, asked)?;
        let wish = Wish { new, reset: asked.reset, remembering };
        for _ in 0..ATTEMPTS {
            let Some(known) = self.insert_new(&wish).await? else {
                let token = self.token_of(&wish.new);
                return Ok(Registered { registration: wish.new, token, is_new: true });
            };
            if let Some(registration) = self.replace(restaurant, known, &wish).await? {
                let token = self.token_of(&registration);
                return Ok(Registered { registration, token, is_new: false });
            }
        }
        Err(OrderError::InProgress)
    }

    /// Keeps an order that the restaurant has none of this name of; otherwise answers the one that it has.
    async fn insert_new(&self, wish: &Wish) -> Result<Option<Registration>, OrderError> {
        let (new, hash) = (wish.new.clone(), token_hash(&self.token_of(&wish.new)));
        let remembering = wish.remembering.clone();
        let scopes = [Scope::registration(&new.restaurant, &new.order_ref), remembering.scope()];
        self.store
            .write(scopes, move |tx| {
                if remembering.is_taken(tx)? {
                    return Ok(Err(OrderError::IdempotencyMismatch));
                }
                if let Some(known) = registrations::find(tx, &new.restaurant, &new.order_ref)? {
                    return Ok(Ok(Some(known)));
                }
                registrations::insert(tx, &new)?;
                remembering.keep(tx, &new, &hash, true)?;
                Ok(Ok(None))
            })
            .await?
    }

    fn judge_registration(
        &self,
        restaurant: &Restaurant,
        asked: &Registering,
    ) -> Result<Registration, OrderError> {
        let wrong = |field: &str, message: &str| OrderError::Request(ApiError::invalid(field, message));
        let length = asked.order_ref.chars().count();
        if !(1..=LONGEST_REF).contains(&length) || asked.order_ref.chars().any(char::is_control) {
            return Err(wrong("order_ref", "1 to 64 printable characters"));
        }
        if asked.guest_phone.as_ref().is_some_and(|phone| Phone::parse(phone).is_none()) {
            return Err(wrong("guest_phone", "a phone in E.164, such as +79990001122"));
        }
        if asked.cart.expedition == Expedition::Delivery && !restaurant.program.capabilities().courier {
            return Err(OrderError::DeliveryNotSupported);
        }
        let opened_at = self.clock.now();
        let contents =
            judge_cart(&asked.cart, &restaurant.config.currency, opened_at).map_err(OrderError::Cart)?;
        let body = serde_json::to_vec(&(&asked.cart, &asked.guest_phone))
            .map_err(|_| StoreError::Unreadable("cart"))?;
        Ok(Registration {
            restaurant: restaurant.config.id.clone(),
            order_ref: asked.order_ref.clone(),
            order_id: self.entropy.uuid()?,
            nonce: self.entropy.bytes::<32>()?.to_vec(),
            revision: 1,
            body_hash: Sha256::digest(body).to_vec(),
            cart: asked.cart.clone(),
            items_total: contents.total().unwrap_or_default(),
            guest_phone: asked.guest_phone.clone(),
            guest: None,
            is_aborted: false,
            opened_at_ms: opened_at.as_millisecond(),
        })
    }

    /// Puts new contents in the place of those that are `known`; nothing where somebody else was faster.
    async fn replace(
        &self,
        restaurant: &Restaurant,
        known: Registration,
        wish: &Wish,
    ) -> Result<Option<Registration>, OrderError> {
        if known.body_hash == wish.new.body_hash {
            return self.keep_contents(known, wish, |_, _| Ok(true)).await;
        }
        let lease = self.leases.take(known.order_id).await?.ok_or(OrderError::InProgress)?;
        let replaced = self.replace_alone(restaurant, known, wish, &lease).await;
        lease.release().await;
        replaced
    }

    /// The same, while nobody else is at work on the order.
    async fn replace_alone(
        &self,
        restaurant: &Restaurant,
        known: Registration,
        wish: &Wish,
        lease: &Lease,
    ) -> Result<Option<Registration>, OrderError> {
        let new = &wish.new;
        if known.is_aborted {
            return Err(OrderError::Conflict(told(Settled::Aborted)));
        }
        if let Some(guest) = &known.guest {
            if !allows(new.guest_phone.as_deref(), guest) {
                return Err(OrderError::Request(anothers()));
            }
            let owner = Owner { restaurant: known.restaurant.clone(), guest: guest.clone() };
            let program = restaurant.program.as_ref();
            let mut order = self.reconcile(program, self.find(&owner, known.order_id).await?).await?;
            if wish.reset && order.state == Settled::Confirmed {
                self.release_alone(program, &owner, known.order_id, lease).await?;
                order = self.find(&owner, known.order_id).await?;
            }
            if order.state != Settled::Open || order.pending.is_some() {
                return Err(OrderError::Conflict(order.api_state(&program.capabilities())));
            }
        }
        let replacement = Registration {
            revision: known.revision + 1,
            body_hash: new.body_hash.clone(),
            cart: new.cart.clone(),
            items_total: new.items_total,
            guest_phone: new.guest_phone.clone(),
            ..known
        };
        let extend = lease.extension();
        let put =
            move |tx: &mut dyn Tx, new: &Registration| Ok(extend(tx)? && registrations::replace(tx, new)?);
        self.keep_contents(replacement, wish, put).await
    }

    /// Does `put` and keeps the answer, in one transaction; nothing where `put` says that somebody else was faster.
    async fn keep_contents(
        &self,
        registration: Registration,
        wish: &Wish,
        put: impl Fn(&mut dyn Tx, &Registration) -> Result<bool, StoreError> + Send + 'static,
    ) -> Result<Option<Registration>, OrderError> {
        let (kept, hash) = (registration.clone(), token_hash(&self.token_of(&registration)));
        let remembering = wish.remembering.clone();
        let scopes = [Scope::registration(&kept.restaurant, &kept.order_ref), remembering.scope()];
        let is_kept = self
            .store
            .write(scopes, move |tx| {
                if remembering.is_taken(tx)? {
                    return Ok(Err(OrderError::IdempotencyMismatch));
                }
                if !put(tx, &kept)? {
                    return Ok(Ok(false));
                }
                remembering.keep(tx, &kept, &hash, false)?;
                Ok(Ok(true))
            })
            .await??;
        Ok(is_kept.then_some(registration))
    }

    /// The order of a token, if the guest may have it.
    ///
    /// # Errors
    /// [`OrderError::UnknownOrder`] for any other, so that nobody learns whose it is.
    pub(super) async fn registered(
        &self,
        owner: &Owner,
        token: &str,
        order_id: Option<&str>,
    ) -> Result<Registration, OrderError> {
        let hash = token_hash(token);
        let known = self.store.read(move |tx| registrations::find_by_token(tx, &hash)).await?;
        let known = known.filter(|known| {
            known.restaurant == owner.restaurant
                && known.guest.as_ref().is_none_or(|guest| *guest == owner.guest)
                && allows(known.guest_phone.as_deref(), &owner.guest)
                && order_id.is_none_or(|order_id| order_id == known.order_id.to_string())
        });
        let known = known.ok_or(OrderError::UnknownOrder)?;
        if known.is_aborted { Err(OrderError::Conflict(told(Settled::Aborted))) } else { Ok(known) }
    }

    fn token_of(&self, registration: &Registration) -> String {
        let nonce = hex(&registration.nonce);
        let keyed = keyed_hash::of(&self.token_secret, &["order token", &nonce]);
        hex(&keyed.finalize().into_bytes())
    }
}

fn anothers() -> ApiError {
    ApiError::new(ErrorCode::OrderStateConflict, "another guest has the order already").at("guest_phone")
}

/// Whether a guest may have an order that is for this phone.
fn allows(guest_phone: Option<&str>, guest: &GuestKey) -> bool {
    match (guest_phone, guest) {
        (None, _) => true,
        (Some(wanted), GuestKey::Phone(phone)) => phone.as_str() == wanted,
        (Some(_), _) => false,
    }
}

fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
