//! A restaurant as its pages need it before anybody has logged in, and whether somebody has.

use crate::login::LoginKey;

object! {
    /// Answers `GET /api/v1/restaurant/{restaurant}`.
    pub struct RestaurantResponse {
        /// The restaurant's name in the proxy's configuration.
        pub restaurant: String,
        /// What its guests call it.
        pub name: String,
        /// ISO 4217 code of its prices.
        pub currency: String,
        /// By what guests may log in, a phone always among them.
        pub login_keys: Vec<LoginKey>,
        /// Whether the guest who asks is logged in here already, by a session in a cookie.
        pub logged_in: bool,
    }
}
