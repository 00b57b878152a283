//! QR by the `qrcode` library.

use qrcode::{Color, EcLevel, QrCode};

/// The symbol's side in modules and its modules row by row, dark is true. `None` where the text does not fit.
pub(super) fn modules(text: &str) -> Option<(usize, Vec<bool>)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    Some((code.width(), code.into_colors().into_iter().map(|color| color == Color::Dark).collect()))
}
