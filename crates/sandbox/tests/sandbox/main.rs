//! The sandbox as its callers see it: requests in, answers out, the books sound at the end of each test.

mod access;
mod orders;
mod repetition;
mod scenario;
mod stand;
