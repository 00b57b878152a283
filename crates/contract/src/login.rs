//! Login by phone: a code is sent, the code is exchanged for a session.

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
