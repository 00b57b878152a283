//! Login: the verbs, and the answer that a session is opened with.

pub(crate) mod key;
pub(crate) mod start;
pub(crate) mod verify;

use axum::Json;
use axum::response::{IntoResponse, Response};
use contract::login::{Embedding, VerifyLoginResponse};
use http::header;

use crate::app::{App, Restaurant};
use crate::auth::sessions::SessionError;
use crate::edge::session_cookie::{self, SessionCookies};
use crate::orders::order::Owner;

/// Who has logged in, and how.
struct LoggedIn<'a> {
    owner: &'a Owner,
    is_member: bool,
    embedding: Option<Embedding>,
    cookies: &'a SessionCookies,
}

/// Opens the guest's session in the place of the one in the browser's cookie, and answers with its token: in a cookie where
/// one may hold it, else in the body.
async fn open_session(
    app: &App,
    restaurant: &Restaurant,
    guest: LoggedIn<'_>,
) -> Result<Response, SessionError> {
    let LoggedIn { owner, is_member, embedding, cookies } = guest;
    let had = cookies.token(&restaurant.config);
    let opened = app.sessions.open(owner, is_member, embedding, had).await?;
    let is_held = cookies.may_hold(&restaurant.config, embedding);
    let cookie =
        is_held.then(|| session_cookie::keep(&owner.restaurant, &opened.token, opened.ttl_s)).flatten();
    // A cookie that is not replaced here is of a session that has just ended.
    let gone = had.filter(|_| cookie.is_none()).and_then(|_| session_cookie::take_back(&owner.restaurant));
    let token = if cookie.is_some() { None } else { Some(opened.token) };
    let mut response = Json(VerifyLoginResponse { token, expires_in_s: opened.expires_in_s }).into_response();
    if let Some(cookie) = cookie.or(gone) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
