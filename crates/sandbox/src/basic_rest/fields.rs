//! Reading a request's fields: each that is wrong is named, and all of them at once.
//!
//! The makers describe the shape of an error and three of them; the messages here are ours, in their manner.

use std::collections::BTreeMap;
use std::fmt;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use contract::Money;
use contract::decimal::{Decimal, DecimalError};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::error::{Faults, Refusal};
use crate::json::is_json;

/// The field that stands for the body as a whole.
const BODY: &str = "body";

/// What a request is read as. A field that is wrong is read as nothing, and [`Fields::end`] refuses the request for it.
pub(super) trait FromFields: Sized {
    fn from_fields(fields: &mut Fields) -> Self;
}

/// The fields of a request that are still to be read, and what was wrong with the others.
pub(super) struct Fields {
    unread: BTreeMap<String, Box<RawValue>>,
    faults: Faults,
}

impl Fields {
    /// Reads a JSON object.
    pub(super) fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Refusal> {
        if !is_json(headers) {
            return Err(Refusal::of(BODY, "The content type must be application/json, in UTF-8."));
        }
        let body = body.map_err(|rejection| Refusal::of(BODY, rejection.body_text()))?;
        let Named { values, twice } = serde_json::from_slice(&body)
            .map_err(|error| Refusal::of(BODY, format!("The body must be a JSON object: {error}.")))?;
        let faults = twice.into_iter().map(|name| (name, "This field was sent twice.".to_owned())).collect();
        Ok(Self { unread: values, faults })
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, name: &str) -> String {
        let Some(raw) = self.required(name) else { return String::new() };
        match serde_json::from_str::<String>(raw.get()) {
            Ok(text) if text.is_empty() => self.fault(name, "must not be empty."),
            Ok(text) => return text,
            Err(_) => self.fault(name, "must be a string."),
        }
        String::new()
    }

    /// An amount of money or bonuses that is not below zero.
    pub(super) fn amount(&mut self, name: &str) -> Money {
        let Some(raw) = self.required(name) else { return Money::ZERO };
        match Decimal::<2>::parse(raw.get()) {
            Ok(Decimal(minor)) if minor < 0 => self.fault(name, "can't be less than 0."),
            Ok(Decimal(minor)) if minor <= Money::MAX.minor() => return Money::from_minor(minor),
            Ok(_) | Err(DecimalError::OutOfRange) => {
                self.fault(name, &format!("can't be more {}.", Decimal::<2>(Money::MAX.minor())));
            }
            Err(DecimalError::TooPrecise) => self.fault(name, "can't have more than 2 decimal places."),
            Err(DecimalError::NotANumber) => self.fault(name, "must be a number."),
        }
        Money::ZERO
    }

    /// As [`Self::amount`], above zero.
    pub(super) fn positive_amount(&mut self, name: &str) -> Money {
        let amount = self.amount(name);
        if !amount.is_positive() && !self.faults.contains_key(name) {
            self.fault(name, "must be more than 0.");
        }
        amount
    }

    /// A whole number of 1 to `most`, which is also what it is where it is left out.
    pub(super) fn up_to(&mut self, name: &str, most: i64) -> i64 {
        let Some(raw) = self.unread.remove(name) else { return most };
        match Decimal::<0>::parse(raw.get()) {
            Ok(Decimal(number)) if (1..=most).contains(&number) => number,
            Ok(_) | Err(_) => {
                self.fault(name, &format!("must be a whole number from 1 to {most}."));
                most
            }
        }
    }

    /// Refuses the request where a field was wrong or is none of the operation's.
    pub(super) fn end(mut self) -> Result<(), Refusal> {
        for name in self.unread.into_keys() {
            self.faults.entry(name).or_insert_with(|| "There is no such field.".to_owned());
        }
        if self.faults.is_empty() { Ok(()) } else { Err(Refusal::Refused(self.faults)) }
    }

    fn required(&mut self, name: &str) -> Option<Box<RawValue>> {
        let found = self.unread.remove(name);
        if found.is_none() {
            self.fault(name, "is required.");
        }
        found
    }

    /// Says what is wrong with a field, unless something was before.
    fn fault(&mut self, name: &str, what: &str) {
        let (first, rest) = name.split_at(1);
        let message = format!("{}{rest} {what}", first.to_ascii_uppercase());
        self.faults.entry(name.to_owned()).or_insert(message);
    }
}

/// An object's values by name, and the names that came more than once.
struct Named {
    values: BTreeMap<String, Box<RawValue>>,
    twice: Vec<String>,
}

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;

        impl<'de> Visitor<'de> for Names {
            type Value = Named;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named, A::Error> {
                let mut named = Named { values: BTreeMap::new(), twice: Vec::new() };
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    if named.values.insert(name.clone(), value).is_some() {
                        named.twice.push(name);
                    }
                }
                Ok(named)
            }
        }

        deserializer.deserialize_map(Names)
    }
}
