//! What the proxy does without being asked: webhooks are sent, abandoned orders given up, and it is looked what waits.
//!
//! Every proxy over a store does it; what is claimed or leased by one is left alone by the others.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;
use crate::error::ApiError;

/// How often it is looked whether a webhook is due that nobody rang for.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How often abandoned orders are looked for.
const RELEASE_EVERY: Duration = Duration::from_secs(60);

/// How often it is looked how much restaurants' servers have not heard.
const COUNT_EVERY: Duration = Duration::from_secs(10);

/// The tasks; they end with this value, and with the proxy.
pub(crate) struct Background([JoinHandle<()>; 3]);

impl Background {
    /// Begins the work for a proxy.
    pub(crate) fn start(app: &Arc<App>) -> Self {
        Self([
            tokio::spawn(deliver(Arc::downgrade(app))),
            tokio::spawn(release(Arc::downgrade(app))),
            tokio::spawn(count(Arc::downgrade(app))),
        ])
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

async fn deliver(app: Weak<App>) {
    let Some(outbox) = app.upgrade().map(|app| app.courier.outbox().clone()) else { return };
    let mut turns = interval(LOOK_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            () = outbox.woken() => {}
        }
        let Some(app) = app.upgrade() else { return };
        if let Err(error) = app.courier.deliver_due().await {
            tracing::warn!(%error, "webhooks wait for the store");
        }
    }
}

async fn release(app: Weak<App>) {
    let mut turns = interval(RELEASE_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        let Some(app) = app.upgrade() else { return };
        release_all(&app).await;
    }
}

async fn count(app: Weak<App>) {
    let mut turns = interval(COUNT_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        let Some(app) = app.upgrade() else { return };
        count_once(&app).await;
    }
}

async fn count_once(app: &App) {
    if let Err(error) = app.courier.look().await {
        tracing::warn!(%error, "what waits to be told was not counted");
    }
}

/// Gives up the abandoned orders of all restaurants.
async fn release_all(app: &App) {
    // Whoever stops the proxy waits for this, as for a guest's steps.
    let under_way = Arc::clone(&app.steps).read_owned().await;
    for restaurant in app.live().restaurants.values() {
        if let Err(error) = app.orders.release_abandoned(restaurant).await {
            let ApiError { status, .. } = error.into();
            tracing::warn!(restaurant = restaurant.config.id, %status, "abandoned orders are left as they are");
        }
        if let Err(error) = app.orders.forget_handed_over(restaurant).await {
            let ApiError { status, .. } = error.into();
            tracing::warn!(restaurant = restaurant.config.id, %status, "old orders were not forgotten");
        }
    }
    drop(under_way);
}

/// Does now what is due now, and returns when it is done.
pub(crate) async fn run_once(app: &App) {
    release_all(app).await;
    app.sweeper.run().await;
    if let Err(error) = app.courier.deliver_due().await {
        tracing::warn!(%error, "webhooks wait for the store");
    }
    count_once(app).await;
}
