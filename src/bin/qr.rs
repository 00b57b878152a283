//! The QR drawer, a module of its own: only the payment code needs it, so only the payment code loads it.

use qrcode::{Color, EcLevel, QrCode};
use wasm_bindgen::prelude::*;

/// The QR symbol of a text, row by row, 1 for a dark module; its side is the square root of its length. Empty where the
/// text does not fit.
#[wasm_bindgen]
#[must_use]
pub fn qr(text: &str) -> Vec<u8> {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Vec::new() };
    code.into_colors().into_iter().map(|color| u8::from(color == Color::Dark)).collect()
}

fn main() {}
