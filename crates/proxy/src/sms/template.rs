//! Text with places that a message fills in: `{phone}`, `{phone_digits}`, `{text}`, `{code}`, and secrets by their names.
//!
//! Each value is escaped for where it is written, so no value can end the place it stands in.

use thiserror::Error;

use super::LoginMessage;

/// Where a filled-in text goes, which decides how values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escaping {
    /// Within the quotes of a JSON string.
    Json,
    /// A value of `application/x-www-form-urlencoded`.
    Form,
    /// Within a path or a query.
    Url,
    /// The value of a header.
    Header,
}

/// Why a text is no template.
#[derive(Debug, PartialEq, Eq, Error)]
pub(crate) enum TemplateError {
    /// A place nothing is known to fill.
    #[error("nothing fills the place {{{0}}}")]
    Unknown(String),
    /// A header cannot hold it.
    #[error("a header cannot hold {{text}}")]
    TextInHeader,
    /// A secret has the name of a part of the message.
    #[error("{{{0}}} is a part of the message; call the secret otherwise")]
    Taken(String),
    /// The body is to be JSON and is none.
    #[error("is not JSON when its places are filled in; places belong inside quotes")]
    NotJson,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Phone,
    PhoneDigits,
    Text,
    Code,
    Secret(String),
}

/// A text with places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
    escaping: Escaping,
}

impl Template {
    /// Reads a template. A brace that opens no name in small letters is a brace.
    ///
    /// # Errors
    /// [`TemplateError`], where a place cannot be filled.
    pub(crate) fn parse(text: &str, escaping: Escaping, secrets: &[&str]) -> Result<Self, TemplateError> {
        for name in secrets {
            if of_message(name).is_some() {
                return Err(TemplateError::Taken((*name).to_owned()));
            }
        }
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            literal.push_str(&rest[..start]);
            let inside = &rest[start + 1..];
            let Some(name) = name_at(inside) else {
                literal.push('{');
                rest = inside;
                continue;
            };
            let part = of_message(name)
                .or_else(|| secrets.contains(&name).then(|| Part::Secret(name.to_owned())))
                .ok_or_else(|| TemplateError::Unknown(name.to_owned()))?;
            if part == Part::Text && escaping == Escaping::Header {
                return Err(TemplateError::TextInHeader);
            }
            parts.push(Part::Literal(std::mem::take(&mut literal)));
            parts.push(part);
            rest = &inside[name.len() + 1..];
        }
        literal.push_str(rest);
        parts.push(Part::Literal(literal));
        let template = Self { parts, escaping };
        let sample = template.fill_with(|_| "1");
        if escaping == Escaping::Json && serde_json::from_str::<serde::de::IgnoredAny>(&sample).is_err() {
            return Err(TemplateError::NotJson);
        }
        Ok(template)
    }

    /// The text with its places filled in.
    pub(crate) fn fill<'a>(&'a self, message: &'a LoginMessage, secret: impl Fn(&str) -> &'a str) -> String {
        self.fill_with(|part| match part {
            Part::Literal(text) => text,
            Part::Phone => message.phone.as_str(),
            Part::PhoneDigits => message.phone_digits(),
            Part::Text => &message.text,
            Part::Code => &message.code,
            Part::Secret(name) => secret(name),
        })
    }

    fn fill_with<'a>(&'a self, value: impl Fn(&'a Part) -> &'a str) -> String {
        let mut filled = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(text) => filled.push_str(text),
                place => escape(value(place), self.escaping, &mut filled),
            }
        }
        filled
    }
}

fn of_message(name: &str) -> Option<Part> {
    match name {
        "phone" => Some(Part::Phone),
        "phone_digits" => Some(Part::PhoneDigits),
        "text" => Some(Part::Text),
        "code" => Some(Part::Code),
        _ => None,
    }
}

/// The name of small letters, digits and `_` that a brace closes, if the text begins with one.
fn name_at(text: &str) -> Option<&str> {
    let name = &text[..text.find('}')?];
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (name.bytes().next()?.is_ascii_lowercase() && name.bytes().all(is_part)).then_some(name)
}

fn escape(value: &str, escaping: Escaping, into: &mut String) {
    match escaping {
        Escaping::Header => into.push_str(value),
        Escaping::Json => {
            let quoted = serde_json::Value::from(value).to_string();
            into.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
        }
        Escaping::Form | Escaping::Url => percent_encode(value, into),
    }
}

/// Writes all but the unreserved characters of a URL as `%XX`, which a form reads as well.
pub(super) fn percent_encode(value: &str, into: &mut String) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                into.push(char::from(byte));
            }
            _ => {
                into.push('%');
                for digit in [byte >> 4, byte & 15] {
                    into.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
