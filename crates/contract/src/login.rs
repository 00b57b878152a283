//! Login: by phone, where a code is sent and exchanged for a session; by a card or an application's code, where the
//! restaurant allows it.

/// Digits of a login code that the proxy makes.
pub const CODE_LENGTH: u32 = 6;

choice! {
    /// How a page shows the widget. It decides how long a session lasts, and how a code's message names the page.
    pub enum Embedding {
        /// As a part of the page itself.
        Page = "page",
        /// In a frame with the proxy's own page.
        Iframe = "iframe",
        /// On a device of the restaurant, which the next guest uses too.
        Kiosk = "kiosk",
    }
}

object! {
    /// `POST /api/v1/login/start`: send a code to a phone. Sent again for the same phone, a new code replaces the old.
    pub struct StartLoginRequest {
        /// The restaurant's name in the proxy's configuration.
        pub restaurant: String,
        /// The guest's phone in E.164.
        pub phone: String,
        /// The origin of the page that the guest sees, as `https://host`. Where the proxy knows it, the message is bound
        /// to it, so that the browser may read the code for this page and for no other.
        pub page_origin: Option<String>,
        /// How that page shows the widget; absent as `page`.
        pub embedding: Option<Embedding>,
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
        /// How many digits the code has.
        pub code_length: u32,
    }
}

object! {
    /// `POST /api/v1/login/verify`: exchange a code for a session.
    pub struct VerifyLoginRequest {
        /// The login the code was sent for.
        pub challenge_id: String,
        /// The digits that were sent.
        pub code: String,
        /// How the page shows the widget; absent as `page`.
        pub embedding: Option<Embedding>,
    }
}

object! {
    /// The session. Its token goes as `Authorization: Bearer …` with every further request. Without a token the session is
    /// in a cookie of this answer, which the browser sends by itself; every further request then carries
    /// `Loyalty-Restaurant` in place of `Authorization`.
    pub struct VerifyLoginResponse {
        /// An opaque token, absent where the session is in a cookie.
        pub token: Option<String>,
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
        /// How the page shows the widget; absent as `page`.
        pub embedding: Option<Embedding>,
    }
}
