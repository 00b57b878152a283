//! The proxy's real router with the sandbox as its loyalty system, over real HTTP, with a clock the tests move.

mod command;
mod faults;
mod idempotency;
mod login;
mod logs;
mod order;
mod preview;
mod protocol;
mod shared_store;
mod systems;
mod test_app;
