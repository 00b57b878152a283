//! Webhooks: a restaurant's server is told what became of orders, by the Standard Webhooks specification.
//!
//! What is to be told is written in the transaction of the change itself, so it is told if and only if the change is on the
//! disk; it may be told more than once, always under the same `webhook-id`.

mod courier;
mod schedule;
mod signature;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::Notify;

pub(crate) use self::courier::{Courier, Revived};
use crate::config::{RestaurantConfig, WebhookConfig};

/// Who is to be told, and the bell that says that something was written. Clones share both.
#[derive(Clone, Default)]
pub(crate) struct Outbox {
    targets: Arc<RwLock<HashMap<String, WebhookConfig>>>,
    bell: Arc<Notify>,
}

impl Outbox {
    /// The outbox for restaurants as they are configured.
    pub(crate) fn new(restaurants: &[RestaurantConfig]) -> Self {
        let outbox = Self::default();
        outbox.retarget(restaurants);
        outbox
    }

    /// Goes on with restaurants as they are configured now.
    pub(crate) fn retarget(&self, restaurants: &[RestaurantConfig]) {
        let targets = restaurants.iter().filter_map(|restaurant| {
            restaurant.webhook.clone().map(|webhook| (restaurant.id.clone(), webhook))
        });
        *self.targets.write().unwrap_or_else(PoisonError::into_inner) = targets.collect();
    }

    /// Whether a restaurant's server wants to be told.
    pub(crate) fn has_target(&self, restaurant: &str) -> bool {
        self.targets.read().unwrap_or_else(PoisonError::into_inner).contains_key(restaurant)
    }

    /// Lets what was written be sent at once.
    pub(crate) fn wake(&self) {
        self.bell.notify_one();
    }

    /// Returns when something was written.
    pub(crate) async fn woken(&self) {
        self.bell.notified().await;
    }

    fn target(&self, restaurant: &str) -> Option<WebhookConfig> {
        self.targets.read().unwrap_or_else(PoisonError::into_inner).get(restaurant).cloned()
    }
}
