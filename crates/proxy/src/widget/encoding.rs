//! In which form a browser takes a file.

use axum::body::Bytes;
use http::{HeaderMap, header};

use super::build::File;

/// A form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Brotli,
    Gzip,
}

impl Form {
    /// HTTP's name for it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plain => "identity",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// The smallest form there is of a file that the browser takes.
pub(super) fn best_form(file: &File, request: &HeaderMap) -> (Form, Bytes) {
    let text = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (form, bytes) in [(Form::Brotli, &file.brotli), (Form::Gzip, &file.gzip)] {
        if let Some(bytes) = bytes.as_ref().filter(|_| accepts(text, form.name())) {
            return (form, bytes.clone());
        }
    }
    (Form::Plain, file.plain.clone())
}

fn accepts(text: &str, name: &str) -> bool {
    text.split(',').any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let is_named = pieces.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
        is_named && !pieces.any(|piece| matches!(piece, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}
