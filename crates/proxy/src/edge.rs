//! What stands between the internet and the handlers: which page may ask, what a browser may do with an answer, and how
//! much is worked on at once. Knows no guest and no order.

pub(crate) mod framing;
pub(crate) mod origin;
pub(crate) mod session_cookie;
pub(crate) mod shedding;
