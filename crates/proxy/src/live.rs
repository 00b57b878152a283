//! What may change while the proxy runs: the restaurants with their loyalty systems and the ways for their codes to leave,
//! the widget, the bounds, the servers before this one. It is read anew as a whole and put in the place of the former whole;
//! a request works with the one it began with.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use jiff::SignedDuration;
use tokio::sync::Semaphore;
use upstream::http::HttpClient;
use upstream::{BreakerOptions, Guarded, LoyaltyProgram};

use crate::app::AppError;
use crate::config::{Config, Edge, Network, RestaurantConfig};
use crate::metrics::Metrics;
use crate::program;
use crate::sms::delivery::Delivery;
use crate::sms::inbox::Inbox;
use crate::widget::Widget;

/// A restaurant and the way to its loyalty system.
pub(crate) struct Restaurant {
    /// As configured.
    pub(crate) config: RestaurantConfig,
    /// The loyalty system.
    pub(crate) program: Arc<dyn LoyaltyProgram>,
    /// How login codes leave.
    pub(crate) delivery: Delivery,
}

/// What clients of loyalty systems and senders of codes are made with.
#[derive(Clone)]
pub(crate) struct Making {
    /// The connections, shared by all.
    pub(crate) http: HttpClient,
    /// The time.
    pub(crate) clock: Clock,
    /// Told of each call and each message.
    pub(crate) metrics: Arc<Metrics>,
    /// The demo's sender, which stands in for those configured.
    inbox: Option<Inbox>,
}

impl Making {
    /// Everything new, and nothing counted yet.
    pub(crate) fn new(config: &Config, clock: &Clock, inbox: Option<Inbox>) -> Self {
        let metrics = Arc::new(Metrics::new(clock, &config.limits));
        Self { http: HttpClient::new(), clock: clock.clone(), metrics, inbox }
    }

    fn delivery(&self, restaurant: &RestaurantConfig) -> Delivery {
        let logins = &self.metrics.logins;
        match &self.inbox {
            Some(inbox) => Delivery::only("inbox", Box::new(inbox.clone()), logins),
            None => Delivery::of(&restaurant.login_senders, &self.http, logins),
        }
    }
}

/// Everything that may change, as it is now.
pub(crate) struct Live {
    /// By the name the widget says.
    pub(crate) restaurants: HashMap<String, Arc<Restaurant>>,
    /// The built widget.
    pub(crate) widget: Option<Widget>,
    /// The origin at which guests' browsers reach the proxy.
    pub(crate) public_origin: Option<String>,
    /// The servers before this one that tell truly whom they speak for.
    pub(crate) trusted_proxies: Vec<Network>,
    /// How long one request may take.
    pub(crate) request_limit: Duration,
    /// Within what time a request's body must have come.
    pub(crate) body_limit: Duration,
    /// One for each request that may be worked on at once.
    pub(crate) slots: Arc<Semaphore>,
    edge: Edge,
    upstream_timeout_ms: u32,
}

impl Live {
    /// Makes everything as configured. What has not changed since `former` is kept: a client with its token, connections
    /// and breaker, and the count of requests under way.
    ///
    /// # Errors
    /// [`AppError`] where a loyalty system's settings or the widget cannot be used.
    pub(crate) fn make(config: &Config, former: Option<&Self>, making: &Making) -> Result<Self, AppError> {
        let widget = match &config.widget_dir {
            Some(dir) => Some(read_widget(dir, &config.older_widget_dirs)?),
            None => None,
        };
        let most = usize::try_from(config.edge.max_requests).unwrap_or(Semaphore::MAX_PERMITS);
        let slots = match former {
            Some(former) if former.edge.max_requests == config.edge.max_requests => Arc::clone(&former.slots),
            _ => Arc::new(Semaphore::new(most)),
        };
        Ok(Self {
            restaurants: restaurants(config, former, making)?,
            widget,
            public_origin: config.public_origin.clone(),
            trusted_proxies: config.trusted_proxies.clone(),
            request_limit: milliseconds(config.limits.request_timeout_ms),
            body_limit: milliseconds(config.edge.body_timeout_ms),
            slots,
            edge: config.edge.clone(),
            upstream_timeout_ms: config.limits.upstream_timeout_ms,
        })
    }

    /// Whether any restaurant's pages are at this origin.
    pub(crate) fn knows_origin(&self, origin: &str) -> bool {
        self.restaurants.values().any(|restaurant| restaurant.config.has_origin(origin))
    }

    /// Whether clients made now would be those made then.
    fn makes_same_clients(&self, config: &Config) -> bool {
        self.upstream_timeout_ms == config.limits.upstream_timeout_ms
            && self.edge.breaker_failures == config.edge.breaker_failures
            && self.edge.breaker_open_s == config.edge.breaker_open_s
    }
}

impl RestaurantConfig {
    /// Whether the restaurant's pages are at this origin, by the letter.
    pub(crate) fn has_origin(&self, origin: &str) -> bool {
        self.allowed_origins.iter().any(|allowed| allowed == origin)
    }
}

/// The restaurants; a client that would be made as it was is kept.
pub(crate) fn restaurants(
    config: &Config,
    former: Option<&Live>,
    making: &Making,
) -> Result<HashMap<String, Arc<Restaurant>>, AppError> {
    let former = former.filter(|former| former.makes_same_clients(config));
    let mut restaurants = HashMap::new();
    for restaurant in &config.restaurants {
        let known = former.and_then(|former| former.restaurants.get(&restaurant.id));
        let known = known.filter(|known| {
            known.config.upstream == restaurant.upstream && known.config.codes == restaurant.codes
        });
        let program = match known {
            // Whether the guests' keys fit the system is judged for a kept client as for a new one.
            Some(known) => program::check_login_keys(restaurant, known.program.as_ref())
                .map(|()| Arc::clone(&known.program)),
            None => program::of(restaurant, &config.limits, &making.http, &making.clock)
                .map(|program| guarded(program, restaurant, &config.edge, making)),
        };
        let program =
            program.map_err(|error| AppError::Upstream { restaurant: restaurant.id.clone(), error })?;
        // A sender holds nothing that would be lost, so it is made anew each time.
        let delivery = making.delivery(restaurant);
        let made = Restaurant { config: restaurant.clone(), program, delivery };
        restaurants.insert(restaurant.id.clone(), Arc::new(made));
    }
    Ok(restaurants)
}

fn guarded(
    program: Box<dyn LoyaltyProgram>,
    restaurant: &RestaurantConfig,
    edge: &Edge,
    making: &Making,
) -> Arc<dyn LoyaltyProgram> {
    let options = BreakerOptions {
        failures: edge.breaker_failures,
        open: SignedDuration::from_secs(i64::from(edge.breaker_open_s)),
    };
    let observer = making.metrics.observer_of(&restaurant.id, restaurant.upstream.system());
    Arc::new(Guarded::new(program, making.clock.clone(), options, observer))
}

fn read_widget(dir: &Path, older: &[PathBuf]) -> Result<Widget, AppError> {
    if !dir.join("index.html").is_file() {
        return Err(AppError::NoWidget(dir.to_owned()));
    }
    Widget::read(dir, older)
        .map_err(|error| AppError::UnreadableWidget { path: error.path, source: error.source })
}

fn milliseconds(count: u32) -> Duration {
    Duration::from_millis(u64::from(count))
}
