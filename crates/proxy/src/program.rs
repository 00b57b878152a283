//! Makes the client of a restaurant's loyalty system out of its configuration. The only place that knows which systems
//! there are; everybody else asks what a system can do.

use std::time::Duration;

use clock::Clock;
use contract::capabilities::{Capabilities, SpendChoice};
use contract::login::LoginKey;
use thiserror::Error;
use upstream::http::HttpClient;
use upstream::program::{self, Finish, GuestKeyKind};
use upstream::{
    BasicRest, BasicRestOptions, LoyaltyProgram, Plazius, PlaziusOptions, RkDelivery, RkDeliveryOptions,
    SiteAccess, WrongOptions,
};

use crate::config::{Limits, RestaurantConfig, UpstreamConfig};

/// Why a restaurant's loyalty system cannot be used as it is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProgramError {
    /// The client refuses its options.
    #[error(transparent)]
    Options(#[from] WrongOptions),
    /// Guests are to log in by what the system does not find them by.
    #[error("`login_keys`: this loyalty system finds no guest by {0}")]
    LoginKey(&'static str),
}

/// The client of a restaurant's loyalty system. Sends nothing yet.
pub(crate) fn of(
    config: &RestaurantConfig,
    limits: &Limits,
    http: &HttpClient,
    clock: &Clock,
) -> Result<Box<dyn LoyaltyProgram>, ProgramError> {
    let deadline = Duration::from_millis(u64::from(limits.upstream_timeout_ms));
    let http = http.clone();
    let program: Box<dyn LoyaltyProgram> = match config.upstream.clone() {
        UpstreamConfig::Plazius { base_url, organisation_id, api_key, password, bearer } => {
            let api_key = api_key.reveal().to_owned();
            let password = password.reveal().to_owned();
            let options = PlaziusOptions { base_url, organisation_id, api_key, password, bearer, deadline };
            let plazius = Plazius::new(http, clock.clone(), options)?;
            match &config.codes {
                None => Box::new(plazius),
                Some(codes) => Box::new(plazius.with_site_access(&SiteAccess {
                    api_key: codes.api_key.reveal().to_owned(),
                    origin: codes.origin.clone(),
                })?),
            }
        }
        UpstreamConfig::RkDelivery {
            base_url,
            auth_url,
            restaurant_id,
            payment_type_id,
            client_id,
            client_secret,
        } => {
            let options = RkDeliveryOptions {
                base_url,
                auth_url,
                restaurant_id,
                payment_type_id,
                client_id,
                client_secret: client_secret.reveal().to_owned(),
                deadline,
            };
            Box::new(RkDelivery::new(http, clock.clone(), options)?)
        }
        UpstreamConfig::BasicRest { base_url, point_id, api_key } => {
            let api_key = api_key.reveal().to_owned();
            Box::new(BasicRest::new(http, BasicRestOptions { base_url, point_id, api_key, deadline })?)
        }
    };
    check_login_keys(config, program.as_ref())?;
    Ok(program)
}

/// Makes sure that the system finds guests by what they may log in by.
pub(crate) fn check_login_keys(
    config: &RestaurantConfig,
    program: &dyn LoyaltyProgram,
) -> Result<(), ProgramError> {
    let found_by = program.capabilities().guest_keys;
    for key in &config.login_keys {
        if guest_key_kind(*key).is_some_and(|kind| !found_by.contains(&kind)) {
            return Err(ProgramError::LoginKey(key.as_str()));
        }
    }
    Ok(())
}

/// By what a loyalty system must find a guest for a login of this kind. A phone is proved by its code, so nobody need
/// find it.
pub(crate) const fn guest_key_kind(key: LoginKey) -> Option<GuestKeyKind> {
    match key {
        LoginKey::Phone => None,
        LoginKey::Card => Some(GuestKeyKind::Card),
        LoginKey::AppCode => Some(GuestKeyKind::AppCode),
    }
}

/// What a loyalty system can do, as the widget is told.
pub(crate) fn told(capabilities: &program::Capabilities) -> Capabilities {
    Capabilities {
        spend: match capabilities.spend {
            program::SpendChoice::AnyAmount => SpendChoice::AnyAmount,
            program::SpendChoice::AllOrNothing => SpendChoice::AllOrNothing,
        },
        accrual_with_spend: capabilities.accrual_with_spend,
        promo_codes: capabilities.promo_codes,
        payment_codes: capabilities.payment_codes,
        cancel: capabilities.finish == Finish::ByCall,
        hold_s: capabilities.hold_ttl_s,
    }
}
