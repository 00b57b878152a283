//! The sandbox as its callers see it: requests in, answers out, the books sound at the end of each test.

mod access;
mod bad_input;
mod books;
mod checker;
mod concurrency;
mod conformance;
mod description;
mod example;
mod faults;
mod fingerprint;
mod guests;
mod matrix;
mod migration;
mod orders;
mod payment_codes;
mod process;
mod repetition;
mod scenario;
mod stand;
mod walk;
mod witness;
mod wrong;
