//! Requests that are wrong in one place each, made out of a right one and its description.

use serde_json::{Value, json};

use crate::description::PLAZIUS;

/// One fault: where, what, and the body that has it.
pub(crate) struct Wrong {
    pub(crate) what: String,
    pub(crate) body: String,
    /// What the refusal must name.
    pub(crate) names: Option<String>,
    /// The code of the refusal.
    pub(crate) code: &'static str,
}

/// Stands for JSON that is no value of JSON's types, until the body is a text.
const RAW: &str = "\u{1}raw";

/// Every fault that the description forbids, each alone.
pub(crate) fn forbidden(operation: &str, right: &Value) -> Vec<Wrong> {
    let mut maker = Maker { right, found: Vec::new() };
    maker.of_value("", PLAZIUS.request_schema(operation), false);
    maker.found
}

/// The right request with this text for the value of one field.
pub(crate) fn with_text(right: &Value, at: &str, text: &str) -> Wrong {
    let mut body = right.clone();
    *body.pointer_mut(at).expect("a field of the right request") = json!(RAW);
    let body = body.to_string().replace(&json!(RAW).to_string(), text);
    Wrong { what: format!("{at} = {text}"), body, names: None, code: "9004" }
}

struct Maker<'a> {
    right: &'a Value,
    found: Vec<Wrong>,
}

impl Maker<'_> {
    fn of_value(&mut self, at: &str, schema: &Value, may_be_null: bool) {
        let may_be_null = may_be_null || schema["nullable"] == true;
        let schema = PLAZIUS.resolved(schema);
        if !may_be_null && schema["nullable"] != true {
            self.put(at, &json!(null));
        }
        for wrong in wrong_values(schema) {
            self.put(at, &wrong);
        }
        for raw in wrong_texts(schema) {
            self.found.push(with_text(self.right, at, raw));
        }
        match schema["type"].as_str() {
            Some("object") => self.of_object(at, schema),
            Some("array") => self.of_value(&format!("{at}/0"), &schema["items"], false),
            _ => {}
        }
    }

    fn of_object(&mut self, at: &str, schema: &Value) {
        let object = self.right.pointer(at).and_then(Value::as_object).expect("an object");
        self.put(at, &object.values().cloned().collect());
        self.change(format!("{at}/surprise added"), "surprise", |body| {
            body.pointer_mut(at).expect("an object")["surprise"] = json!(1);
        });
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            self.change(format!("{at}/{name} left out"), name, |body| {
                let object = body.pointer_mut(at).and_then(Value::as_object_mut).expect("an object");
                object.remove(name).expect("the right request has every field");
            });
        }
        for (name, field) in schema["properties"].as_object().expect("fields") {
            self.of_value(&format!("{at}/{name}"), field, false);
        }
    }

    fn put(&mut self, at: &str, value: &Value) {
        // An item of a list is named by its number.
        let name = at.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        self.change(format!("{at} = {value}"), name, |body| {
            *body.pointer_mut(at).expect("a field of the right request") = value.clone();
        });
    }

    fn change(&mut self, what: String, name: &str, change: impl FnOnce(&mut Value)) {
        let mut body = self.right.clone();
        change(&mut body);
        self.found.push(Wrong { what, body: body.to_string(), names: Some(name.to_owned()), code: "9004" });
    }
}

/// Values of other types and, of a text, of other forms.
fn wrong_values(schema: &Value) -> Vec<Value> {
    let number = [json!("1"), json!(true), json!([]), json!({})];
    let mut values = match schema["type"].as_str() {
        Some("object") => vec![json!("text"), json!(1), json!(true), json!([])],
        Some("array") => vec![json!("text"), json!(1), json!({}), json!([null]), json!([[]])],
        Some("boolean") => vec![json!("true"), json!(1), json!([]), json!({})],
        Some("number") => number.to_vec(),
        Some("integer") => [&number[..], &[json!(0.5), json!(i64::from(i32::MAX) + 1)]].concat(),
        Some("string") => vec![json!(1), json!(true), json!([]), json!({})],
        // A time span, as a text or as an object.
        _ => vec![json!(1), json!(true), json!([]), json!("5 minutes"), json!({ "weeks": 1 })],
    };
    if schema["enum"].is_array() {
        values.extend(["", "surprise", "PHONE", "phone "].map(Value::from));
        let first = schema["enum"][0].as_str().expect("a word");
        values.extend([json!({ first: null }), json!([first])]);
    }
    if schema["minLength"] == 1 {
        values.push(json!(""));
    }
    let forms: &[&str] = match schema["format"].as_str() {
        Some("uuid") => {
            &["", "1", "46b7c469d99c4499acc78ca26ea2117d", "{46b7c469-d99c-4499-acc7-8ca26ea2117d}"]
        }
        Some("date-time") => {
            &["", "yesterday", "2026-03-01", "2026-03-01 09:00:00", "2026-02-30T09:00:00Z", "1e3"]
        }
        Some("date") => &["", "yesterday", "01.03.2026", "20260301", "2026-02-30", "2026-03-01T09:00:00Z"],
        _ => &[],
    };
    values.extend(forms.iter().copied().map(Value::from));
    values
}

/// What is no value at all in the place of a value, and a number that no reader can hold.
fn wrong_texts(schema: &Value) -> &'static [&'static str] {
    match schema["type"].as_str() {
        Some("number" | "integer") => &[
            "NaN",
            "Infinity",
            "-Infinity",
            "1e400",
            "-1e400",
            "01",
            "+1",
            ".5",
            "1.",
            "0x10",
            "1,5",
            "--1",
            "1_0",
        ],
        Some("string") => &["'text'", "text", "\"\\ud800\"", "\"\\x41\"", "\"\t\"", "\"", "undefined"],
        Some("boolean") => &["True", "yes"],
        _ => &["undefined"],
    }
}
