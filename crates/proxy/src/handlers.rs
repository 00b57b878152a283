//! One file per verb of the API. A handler reads the request, calls a service and writes the answer; it decides nothing.

pub(crate) mod appearance;
pub(crate) mod health;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod order;
pub(crate) mod payment_code;
pub(crate) mod preview;
pub(crate) mod restaurant;
pub(crate) mod wallet;
