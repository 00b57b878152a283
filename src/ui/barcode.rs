//! The payment code as symbols a scanner reads: EAN-8 and QR, drawn as one SVG path each.

mod ean8;

use leptos::prelude::*;

use super::element::Element;
use super::follow::Words;

/// Light modules beside an EAN-8 symbol: seven on each side (GS1 General Specifications, 5.2.3.4).
const EAN8_QUIET: usize = 7;
const EAN8_HEIGHT: usize = 40;

/// Light modules around a QR symbol (ISO/IEC 18004).
const QR_QUIET: usize = 4;

/// The EAN-8 symbol of eight digits; `name` is what it is for those who cannot see it. Nothing where the digits are wrong.
#[must_use]
pub fn ean8(digits: &str, name: Words) -> AnyView {
    let Some(modules) = ean8::modules(digits) else { return ().into_any() };
    let mut path = String::new();
    row(&mut path, &modules, EAN8_QUIET, 0, EAN8_HEIGHT);
    symbol("barcode", modules.len() + 2 * EAN8_QUIET, EAN8_HEIGHT, path, name)
}

/// A QR symbol given row by row, 1 for a dark module; `name` is what it is for those who cannot see it. An empty square of
/// the same size where there is none yet.
#[must_use]
pub fn qr(modules: &[u8], name: Words) -> AnyView {
    let side = modules.len().isqrt().max(1);
    let modules: Vec<bool> = modules.iter().map(|module| *module == 1).collect();
    let mut path = String::new();
    for (index, line) in modules.chunks(side).enumerate() {
        row(&mut path, line, QR_QUIET, QR_QUIET + index, 1);
    }
    symbol("qr", side + 2 * QR_QUIET, side + 2 * QR_QUIET, path, name)
}

/// Adds the dark runs of one row to an SVG path.
fn row(path: &mut String, modules: &[bool], left: usize, top: usize, height: usize) {
    let mut at = 0;
    while at < modules.len() {
        let run = modules.iter().skip(at).take_while(|dark| **dark == modules[at]).count();
        if modules[at] {
            for (command, number) in [("M", left + at), (" ", top), ("h", run), ("v", height), ("h-", run)] {
                path.push_str(command);
                path.push_str(&number.to_string());
            }
            path.push('z');
        }
        at += run;
    }
}

fn symbol(class: &'static str, width: usize, height: usize, path: String, name: Words) -> AnyView {
    let view_box = ["0 0 ", &width.to_string(), " ", &height.to_string()].concat();
    Element::svg("svg", class)
        .fixed("viewBox", &view_box)
        .fixed("role", "img")
        .follows("aria-label", name)
        .fixed("shape-rendering", "crispEdges")
        .children(vec![Element::svg("path", "modules").fixed("d", &path).into_any()])
        .into_any()
}
