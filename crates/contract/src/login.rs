//! Login: by phone, where a code is sent and exchanged for a session; by a card or an application's code, where the
//! restaurant allows it.

/// Digits of a one-time login code.
pub const CODE_LENGTH: usize = 6;

object! {
    /// `POST /api/v1/login/start`: send a code to a phone. Sent again for the same phone, a new code replaces the old.
    pub struct StartLoginRequest {
        /// The restaurant's name in the proxy's configuration.
        pub restaurant: String,
        /// The guest's phone in E.164.
        pub phone: String,
    }
}

object! {
    /// A code is on its way. The same for known and unknown phones.
    pub struct StartLoginResponse {
        /// Names this login until it is verified.
        pub challenge_id: String,
        /// Seconds until the guest may ask for another code.
        pub resend_after_s: u32,
        /// Seconds the code is good for.
        pub expires_in_s: u32,
    }
}

object! {
    /// `POST /api/v1/login/verify`: exchange a code for a session.
    pub struct VerifyLoginRequest {
        /// The login the code was sent for.
        pub challenge_id: String,
        /// Six digits.
        pub code: String,
    }
}

object! {
    /// The session; its token goes as `Authorization: Bearer …` with every further request.
    pub struct VerifyLoginResponse {
        /// An opaque token.
        pub token: String,
        /// Seconds the session lasts.
        pub expires_in_s: u32,
    }
}

choice! {
    /// By what a guest may log in.
    pub enum LoginKey {
        /// The phone, with a code that is sent to it.
        Phone = "phone",
        /// The number of a loyalty card, and nothing else.
        Card = "card",
        /// The code that the restaurant's own application shows.
        AppCode = "app_code",
    }
}

object! {
    /// `POST /api/v1/login/key`: log in by a card or an application's code, which alone opens the session. Answers
    /// `VerifyLoginResponse`.
    pub struct KeyLoginRequest {
        /// The restaurant's name in the proxy's configuration.
        pub restaurant: String,
        /// What the key is; not a phone.
        pub kind: LoginKey,
        /// The card's number or the application's code.
        pub key: String,
    }
}
