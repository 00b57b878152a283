//! The sandbox as its callers see it: requests in, answers out, the books sound at the end of each test.

mod access;
mod bad_input;
mod balance_changes;
mod books;
mod cards;
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
mod refunds;
mod repetition;
mod scenario;
mod stand;
mod updating;
mod walk;
mod witness;
mod wrong;
