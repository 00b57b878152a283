//! What WebKit does not let a test see. Debian's WebKit keeps no cookie that is for TLS alone where the page came over plain
//! HTTP, also not from this machine, which other browsers trust; so there is no login there that a page finds again. This
//! is the one place that says which tests are left out in WebKit alone; see `only_chromium` for how.

mod registered_orders;
mod sessions;
