//! The client of Plazius against a server of the tests' own, over real HTTP: what is sent, what is believed, how it fails.

mod answers;
mod authorisation;
mod faults;
mod plazius_stub;
mod requests;
