//! The proxy's real router with the sandbox as its loyalty system, over real HTTP, with a clock the tests move.

mod command;
mod faults;
mod gateway;
mod idempotency;
mod login;
mod login_config;
mod login_limits;
mod logs;
mod order;
mod preview;
mod protocol;
mod senders;
mod systems;
mod test_app;
