//! The client of Plazius: what is sent, what is believed, how the token is kept.

mod answers;
mod authorisation;
mod requests;
