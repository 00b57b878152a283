//! What every endpoint may answer instead of its result.

choice! {
    /// What went wrong, for a program. The guest's sentence for it is the widget's, in the guest's language.
    pub enum ErrorCode {
        /// The request is not of the documented shape; `field` names the place.
        InvalidRequest = "invalid_request",
        /// There is no such restaurant here.
        UnknownRestaurant = "unknown_restaurant",
        /// The phone is not a number of any country's plan.
        InvalidPhone = "invalid_phone",
        /// The restaurant does not accept phones of this country.
        CountryNotAllowed = "country_not_allowed",
        /// A code was sent a moment ago; `retry_after_s` says when another may be.
        ResendTooEarly = "resend_too_early",
        /// The code could not be sent.
        SmsNotSent = "sms_not_sent",
        /// Not the code that was sent; `tries_left` says how many are left.
        WrongCode = "wrong_code",
        /// The code has expired, was used, was replaced, or was tried too often: ask for another.
        CodeSpent = "code_spent",
        /// Too many keys were tried that nobody has; `retry_after_s` says when the next may be.
        TooManyTries = "too_many_tries",
        /// Too many codes were asked for or tried, for this phone, for numbers like it or from this address;
        /// `retry_after_s` says when the next may be.
        TooManyRequests = "too_many_requests",
        /// The restaurant does not let guests log in by this kind of key.
        LoginKeyNotAllowed = "login_key_not_allowed",
        /// The loyalty programme knows no such guest, and nobody can join it here.
        NotAMember = "not_a_member",
        /// No session, or an expired one: log in again.
        NotLoggedIn = "not_logged_in",
        /// The cart is empty.
        EmptyCart = "empty_cart",
        /// The cart holds a line that cannot be; `field` names it.
        InvalidCart = "invalid_cart",
        /// The restaurant's loyalty system calculates only orders that guests fetch themselves.
        DeliveryNotSupported = "delivery_not_supported",
        /// The restaurant's loyalty system cannot do this; `message` says what.
        NotSupported = "not_supported",
        /// The spend is none of those allowed; `limit_minor` is the nearest that is.
        SpendOutOfRange = "spend_out_of_range",
        /// A newer preview exists, or the preview is too old: calculate again.
        PreviewOutdated = "preview_outdated",
        /// There is no such order for this guest.
        UnknownOrder = "unknown_order",
        /// The order's state does not allow this; read the order.
        OrderStateConflict = "order_state_conflict",
        /// This restaurant lets its pages preview a cart of their own, but not spend on it.
        ConfirmNotAllowed = "confirm_not_allowed",
        /// The same request is already under way.
        InProgress = "in_progress",
        /// The idempotency key was used for another request.
        IdempotencyMismatch = "idempotency_mismatch",
        /// The loyalty system cannot be reached.
        UpstreamUnavailable = "upstream_unavailable",
        /// The loyalty system did not answer in time.
        UpstreamTimeout = "upstream_timeout",
        /// The loyalty system refused; `upstream_code` is its own code.
        UpstreamRefused = "upstream_refused",
        /// The loyalty system answered what cannot be understood or believed.
        UpstreamMalformed = "upstream_malformed",
        /// The proxy cannot reach what it keeps, so it does nothing; the same request may succeed in a moment.
        StoreUnavailable = "store_unavailable",
        /// The proxy failed.
        Internal = "internal",
    }
}

object! {
    /// The body of every answer that is not a success.
    pub struct ErrorResponse {
        /// What went wrong.
        pub code: ErrorCode,
        /// An English sentence for developers; never shown to the guest.
        pub message: String,
        /// The place in the request, as a path: `cart.lines[2].quantity_milli`.
        pub field: Option<String>,
        /// Seconds after which the same request may succeed.
        pub retry_after_s: Option<u32>,
        /// Tries left for a login code.
        pub tries_left: Option<u32>,
        /// The nearest allowed amount, in minor units.
        pub limit_minor: Option<i64>,
        /// The loyalty system's own error code.
        pub upstream_code: Option<String>,
        /// With `order_state_conflict` of a preview by token: the order, where it is confirmed or may be and holds what was
        /// asked for. Read it and go on with it.
        pub order_id: Option<String>,
    }
}

impl ErrorResponse {
    /// An error with a code and a sentence for developers.
    #[must_use]
    pub fn new(code: ErrorCode, message: &str) -> Self {
        Self {
            code,
            message: message.to_owned(),
            field: None,
            retry_after_s: None,
            tries_left: None,
            limit_minor: None,
            upstream_code: None,
            order_id: None,
        }
    }
}
