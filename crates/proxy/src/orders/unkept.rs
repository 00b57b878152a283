//! Orders of which nothing is kept: those that guests have previewed once and done nothing with. Their names say whose they
//! are, and the preview that a confirm brings back says what was calculated.

use jiff::Timestamp;
use uuid::Uuid;

use super::order::{Order, Owner, StoredPreview};
use super::{OrderError, Orders};
use crate::app::Restaurant;
use crate::store::orders;

/// How long a name alone makes an order: as long as a page may stay open with it. It must be less than finished orders are
/// kept, so that none of them begins anew.
const GOOD_FOR_MS: i64 = 24 * 60 * 60 * 1000;

/// How far another proxy's clock may be ahead of this one's.
const AHEAD_MS: i64 = 60 * 1000;

impl Orders {
    /// The owner's order of this name, also where nothing of it is kept.
    ///
    /// # Errors
    /// [`OrderError::UnknownOrder`] where the order is not the owner's.
    pub(super) async fn find_or_named(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        order_id: Uuid,
    ) -> Result<Order, OrderError> {
        self.find_or_sealed(restaurant, owner, order_id, None).await
    }

    /// The owner's order of this name; where nothing of it is kept, as the preview tells it that the browser has kept.
    ///
    /// # Errors
    /// [`OrderError::UnknownOrder`] where the order is not the owner's.
    pub(super) async fn find_or_sealed(
        &self,
        restaurant: &Restaurant,
        owner: &Owner,
        order_id: Uuid,
        sealed: Option<&str>,
    ) -> Result<Order, OrderError> {
        if let Some(order) = self.store.read(move |tx| orders::find(tx, order_id)).await? {
            return if order.owner == *owner { Ok(order) } else { Err(OrderError::UnknownOrder) };
        }
        let opened_at = self.opened_at(owner, order_id).ok_or(OrderError::UnknownOrder)?;
        let preview = sealed.and_then(|text| self.seal.open(owner, order_id, text));
        let preview = preview.unwrap_or_else(|| StoredPreview::untold(opened_at));
        Ok(Order::fresh(owner, order_id, &restaurant.config.currency, preview))
    }

    /// When the owner opened an order, as its name says, where that is not too long ago.
    fn opened_at(&self, owner: &Owner, order_id: Uuid) -> Option<Timestamp> {
        let opened_ms = self.names.opened_ms(owner, order_id)?;
        let age_ms = self.clock.now().as_millisecond() - opened_ms;
        let opened_at = Timestamp::from_millisecond(opened_ms).ok()?;
        (-AHEAD_MS..GOOD_FOR_MS).contains(&age_ms).then_some(opened_at)
    }

    /// Whether a confirm names the order's newest preview: by the name it was kept under, or by bringing it back.
    pub(super) fn names_newest(&self, order: &Order, preview_id: &str) -> bool {
        let newest = order.preview.preview_id;
        let sealed = || self.seal.open(&order.owner, order.order_id, preview_id);
        !order.preview.is_untold()
            && (preview_id == newest.to_string()
                || sealed().is_some_and(|preview| preview.preview_id == newest))
    }
}
