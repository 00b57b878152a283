//! The proxy's real router with the sandbox as its loyalty system, over real HTTP, with a clock the tests move.

mod appearance;
mod canary;
mod command;
mod crash;
mod faults;
mod gateway;
mod idempotency;
mod load;
mod login;
mod login_config;
mod login_limits;
mod logs;
mod merchant;
mod operation;
mod order;
mod origins;
mod preview;
mod protocol;
mod reload;
mod senders;
mod session_cookies;
mod shared_store;
mod system_codes;
mod systems;
mod test_app;
mod widget_files;
