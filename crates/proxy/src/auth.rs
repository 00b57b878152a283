//! Who the guest is: login by a code sent to a phone, and the session that follows.
//!
//! Owns codes, tokens and their lifetimes. Knows nothing of orders; of the loyalty system only that a guest must be its
//! member.

pub(crate) mod key_login;
pub(crate) mod keyed_hash;
pub(crate) mod login;
pub(crate) mod membership;
pub(crate) mod peppers;
pub(crate) mod phone;
pub(crate) mod rates;
pub(crate) mod session_cache;
pub(crate) mod sessions;
mod system_codes;
mod turn;
