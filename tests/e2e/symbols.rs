//! Reads bar codes off a picture with `zbarimg`, which shares nothing with what drew them.

use std::process::Command;

/// What a scanner reads off the screen.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scanned {
    pub(crate) ean8: Vec<String>,
    pub(crate) qr: Vec<String>,
}

/// Scans a PNG for EAN-8 and QR.
pub(crate) fn scan(png: &[u8]) -> Scanned {
    let dir = tempfile::tempdir().expect("a folder for the picture");
    let path = dir.path().join("screen.png");
    std::fs::write(&path, png).expect("the picture is written");
    let output = Command::new("zbarimg")
        .args(["--quiet", "-Sdisable", "-Sean8.enable", "-Sqrcode.enable"])
        .arg(&path)
        .output()
        .expect("zbarimg runs; it is in Debian's package zbar-tools");
    let text = String::from_utf8_lossy(&output.stdout);
    let of =
        |kind: &str| text.lines().filter_map(|line| line.strip_prefix(kind)).map(str::to_owned).collect();
    Scanned { ean8: of("EAN-8:"), qr: of("QR-Code:") }
}

/// The eight digits of a payment code, by the rule of the standard (GS1 General Specifications, 7.9.1) written anew here:
/// a test that asked the product for the check digit would agree with any.
pub(crate) fn eight_digits(code: u32) -> String {
    let digits = format!("{code:07}");
    let weighted = digits.bytes().zip([3, 1].into_iter().cycle());
    let sum: u32 = weighted.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
