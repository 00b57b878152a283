//! The clients of the loyalty systems against a server of the tests' own, over real HTTP: what is sent, what is believed,
//! how it fails.

mod basic_rest;
mod calls;
mod capabilities;
mod fault_server;
mod faults;
mod guarded;
mod matrix;
mod options;
mod order;
mod plazius;
mod rk_delivery;
mod stub;
