//! Every word a guest can see, and every number, time and plural as the guest's language writes it.
//!
//! The rest of the widget names a [`Text`]; nothing outside this folder holds a visible word. The words are in `texts/`, one
//! file for each language, which is fetched beside the wasm; the few that are needed where nothing can be fetched are in
//! `early.json`.

mod language;
mod sentence;
mod text;

pub use language::{
    Language, bonuses, bonuses_of, clock, code_digits, fill, hours, minus, minutes, money, number, percent,
    plus, seconds, speak, typed,
};
pub use sentence::{correction, failure, notice, refusal};
pub use text::Text;
