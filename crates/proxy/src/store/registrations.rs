//! The tables `registrations` and `order_tokens`: orders that restaurants' servers have registered, and the tokens by which
//! pages name them. Of a token only its hash is kept.

use contract::Money;
use contract::cart::Cart;
use upstream::program::GuestKey;
use uuid::Uuid;

use super::sql::{Query, Row, Tx, values};
use super::{StoreError, guest_key};

/// An order as it was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Registration {
    /// The restaurant's name in the configuration.
    pub(crate) restaurant: String,
    /// What the restaurant's server calls it.
    pub(crate) order_ref: String,
    /// What the proxy and the loyalty system call it.
    pub(crate) order_id: Uuid,
    /// What its token is made from, together with a secret that is not in the store.
    pub(crate) nonce: Vec<u8>,
    /// How often its contents have been set; the first are 1.
    pub(crate) revision: u32,
    /// Tells the contents from others.
    pub(crate) body_hash: Vec<u8>,
    /// The contents.
    pub(crate) cart: Cart,
    /// The sum of the contents.
    pub(crate) items_total: Money,
    /// The only phone whose guest may spend on it, where the restaurant said one.
    pub(crate) guest_phone: Option<String>,
    /// The guest who has it, once one has previewed it.
    pub(crate) guest: Option<GuestKey>,
    /// Whether it was cancelled before any guest had it.
    pub(crate) is_aborted: bool,
    /// When it was registered first.
    pub(crate) opened_at_ms: i64,
}

/// Keeps a new registration; says whether the restaurant had none of this name.
pub(crate) fn insert(tx: &mut dyn Tx, new: &Registration) -> Result<bool, StoreError> {
    let inserted = tx.execute(
        "INSERT INTO registrations (restaurant, order_ref, order_id, nonce, revision, body_hash, cart, currency,
             items_total_minor, guest_phone, guest, is_aborted, opened_at_ms, touched_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, NULL, 0, ?11, ?11)
         ON CONFLICT (restaurant, order_ref) DO NOTHING",
        values![
            &new.restaurant,
            &new.order_ref,
            new.order_id.to_string(),
            new.nonce.as_slice(),
            new.revision,
            new.body_hash.as_slice(),
            cart_text(&new.cart)?,
            &new.cart.currency,
            new.items_total.minor(),
            new.guest_phone.as_ref(),
            new.opened_at_ms,
        ],
    )?;
    Ok(inserted > 0)
}

/// Puts new contents in the place of the former, unless somebody else has done so since `new` was made from them, or the order
/// has gone to a guest since; says whether it did.
pub(crate) fn replace(tx: &mut dyn Tx, new: &Registration) -> Result<bool, StoreError> {
    let replaced = tx.execute(
        "UPDATE registrations SET revision = ?2, body_hash = ?3, cart = ?4, items_total_minor = ?5, guest_phone = ?6
         WHERE order_id = ?1 AND revision + 1 = ?2 AND is_aborted = 0 AND COALESCE(guest, '') = ?7",
        values![
            new.order_id.to_string(),
            new.revision,
            new.body_hash.as_slice(),
            cart_text(&new.cart)?,
            new.items_total.minor(),
            new.guest_phone.as_ref(),
            new.guest.as_ref().map(guest_key::text).unwrap_or_default(),
        ],
    )?;
    Ok(replaced > 0)
}

/// The order a restaurant's server calls by this name.
pub(crate) fn find(
    tx: &mut dyn Query,
    restaurant: &str,
    order_ref: &str,
) -> Result<Option<Registration>, StoreError> {
    let row = tx.query_opt(
        "SELECT restaurant, order_ref, order_id, nonce, revision, body_hash, cart, items_total_minor, guest_phone,
             guest, is_aborted, opened_at_ms
         FROM registrations WHERE restaurant = ?1 AND order_ref = ?2",
        values![restaurant, order_ref],
    )?;
    row.map(read).transpose()
}

/// The registration of an order, where it was registered.
pub(crate) fn find_by_order(tx: &mut dyn Query, order_id: Uuid) -> Result<Option<Registration>, StoreError> {
    let row = tx.query_opt(
        "SELECT restaurant, order_ref, order_id, nonce, revision, body_hash, cart, items_total_minor, guest_phone,
             guest, is_aborted, opened_at_ms
         FROM registrations WHERE order_id = ?1",
        values![order_id.to_string()],
    )?;
    row.map(read).transpose()
}

/// The registered order of a token.
pub(crate) fn find_by_token(
    tx: &mut dyn Query,
    token_hash: &[u8],
) -> Result<Option<Registration>, StoreError> {
    let row = tx.query_opt(
        "SELECT restaurant, order_ref, registrations.order_id, nonce, revision, body_hash, cart, items_total_minor,
             guest_phone, guest, is_aborted, opened_at_ms
         FROM registrations JOIN order_tokens ON order_tokens.order_id = registrations.order_id
         WHERE token_hash = ?1",
        values![token_hash],
    )?;
    row.map(read).transpose()
}

/// Keeps one more token of an order, if it is new.
pub(crate) fn add_token(tx: &mut dyn Tx, token_hash: &[u8], order_id: Uuid) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO order_tokens (token_hash, order_id) VALUES (?1, ?2) ON CONFLICT (token_hash) DO NOTHING",
        values![token_hash, order_id.to_string()],
    )?;
    Ok(())
}

/// Gives an order to a guest, unless another has it, or it is for another phone, or it was cancelled; says whether it is the
/// guest's.
pub(crate) fn bind(tx: &mut dyn Tx, order_id: Uuid, guest: &GuestKey) -> Result<bool, StoreError> {
    let phone = if let GuestKey::Phone(phone) = guest { phone.as_str() } else { "" };
    let bound = tx.execute(
        "UPDATE registrations SET guest = ?2
         WHERE order_id = ?1 AND is_aborted = 0 AND (guest IS NULL OR guest = ?2)
             AND (guest_phone IS NULL OR guest_phone = ?3)",
        values![order_id.to_string(), guest_key::text(guest), phone],
    )?;
    Ok(bound > 0)
}

/// Cancels an order that no guest has; says whether none has it.
pub(crate) fn abort(tx: &mut dyn Tx, order_id: Uuid) -> Result<bool, StoreError> {
    let aborted = tx.execute(
        "UPDATE registrations SET is_aborted = 1 WHERE order_id = ?1 AND guest IS NULL",
        values![order_id.to_string()],
    )?;
    Ok(aborted > 0)
}

/// Notes that the restaurant's server has to do with an order at a time: it is kept from then on.
pub(crate) fn touch(tx: &mut dyn Tx, order_id: Uuid, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE registrations SET touched_at_ms = ?2 WHERE order_id = ?1",
        values![order_id.to_string(), now_ms],
    )?;
    Ok(())
}

fn read(mut row: Row) -> Result<Registration, StoreError> {
    let unreadable = |_| StoreError::Unreadable("order_id");
    Ok(Registration {
        restaurant: row.next("restaurant")?,
        order_ref: row.next("order_ref")?,
        order_id: Uuid::try_parse(&row.next::<String>("order_id")?).map_err(unreadable)?,
        nonce: row.next("nonce")?,
        revision: row.next("revision")?,
        body_hash: row.next("body_hash")?,
        cart: serde_json::from_str(&row.next::<String>("cart")?)
            .map_err(|_| StoreError::Unreadable("cart"))?,
        items_total: Money::from_minor(row.next("items_total_minor")?),
        guest_phone: row.next("guest_phone")?,
        guest: row.next::<Option<String>>("guest")?.map(|text| guest_key::read(&text)).transpose()?,
        is_aborted: row.next("is_aborted")?,
        opened_at_ms: row.next("opened_at_ms")?,
    })
}

fn cart_text(cart: &Cart) -> Result<String, StoreError> {
    serde_json::to_string(cart).map_err(|_| StoreError::Unreadable("cart"))
}
