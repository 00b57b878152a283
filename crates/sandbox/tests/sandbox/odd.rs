//! Requests that the description permits and that are odd in one place each.

use serde_json::{Value, json};

use crate::description::PLAZIUS;
use crate::wrong::{Wrong, with_text};

/// A field of a request: its place, its name, its schema.
struct Field<'a> {
    at: String,
    name: &'a str,
    schema: &'a Value,
}

/// Amounts below zero, amounts beyond what anybody's money is, and phones that are not in E.164.
pub(crate) fn impossible(operation: &str, right: &Value) -> Vec<Wrong> {
    let mut found = each_text(operation, right, |field| match field.schema["type"].as_str() {
        Some("integer") => &["-1", "-2147483648"],
        Some("number") => {
            &["-1", "-0.01", "-1e15", "1e15", "99999999999999999999", "1e308", "0.00001", "1.000001"]
        }
        Some("string") if field.name == "phone" => PHONES,
        _ => &[],
    });
    for wrong in &mut found {
        // The makers have a code of its own for a list that cannot be refunded.
        let is_below_zero =
            ["/quantity = -1", "/quantity = -0.01"].iter().any(|end| wrong.what.ends_with(end));
        if operation == "orders/refund" && is_below_zero {
            wrong.code = "1014";
        }
    }
    found
}

/// Numbers, texts and times that are allowed and that somebody may have forgotten.
pub(crate) fn strange(operation: &str, right: &Value) -> Vec<Wrong> {
    each_text(operation, right, |field| {
        match (field.schema["type"].as_str(), field.schema["format"].as_str()) {
            (Some("number"), _) => &["0", "-0", "0e0", "1e-400", "5e-324", "0.1e1", "1E+2", "999999999999"],
            (Some("integer"), _) => &["0", "-0", "1.0", "1e1", "2147483647"],
            (Some("string"), Some("uuid")) => {
                &["\"46B7C469-D99C-4499-ACC7-8CA26EA2117D\"", "\"00000000-0000-0000-0000-000000000000\""]
            }
            (Some("string"), Some("date-time")) => &[
                "\"0001-01-01T00:00:00Z\"",
                "\"0000-01-01T00:00:00+23:59\"",
                "\"9999-12-31T23:59:59.999999999-23:59\"",
                "\"1969-12-31T23:59:59.999Z\"",
                "\"2026-03-01t09:00:00.000000000000000001z\"",
            ],
            (Some("string"), Some("date")) => &["\"0000-01-01\"", "\"9999-12-31\"", "\"2024-02-29\""],
            (Some("string"), _) => TEXTS,
            (Some("array"), _) => &["[]"],
            _ => &[],
        }
    })
}

const PHONES: &[&str] = &[
    "\"\"",
    "\"+\"",
    "\"89990001122\"",
    "\"9990001122\"",
    "\"79990001122\"",
    "\"+7 999 000-11-22\"",
    "\"+7(999)0001122\"",
    "\" +79990001122\"",
    "\"+79990001122\\n\"",
    "\"tel:+79990001122\"",
    "\"0079990001122\"",
    "\"＋79990001122\"",
    "\"+٧٩٩٩٠٠٠١١٢٢\"",
    "\"+7999000112233445566\"",
    "\"+0\"",
    "\"guest@example.com\"",
];

const TEXTS: &[&str] = &[
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"\\ud83e\\udd67\"",
    "\"\u{202e}🥧\"",
    "\"'; DROP TABLE guest; --\"",
    "\"<script>alert(1)</script>\"",
    "\"../../etc/passwd\"",
    "\"null\"",
];

fn each_text(
    operation: &str,
    right: &Value,
    texts: impl Fn(&Field<'_>) -> &'static [&'static str],
) -> Vec<Wrong> {
    let mut fields = Vec::new();
    collect("", "", PLAZIUS.request_schema(operation), &mut fields);
    let mut found = Vec::new();
    for field in &fields {
        found.extend(texts(field).iter().map(|text| with_text(right, &field.at, text)));
    }
    found
}

fn collect<'a>(at: &str, name: &'a str, schema: &'a Value, found: &mut Vec<Field<'a>>) {
    let schema = PLAZIUS.resolved(schema);
    found.push(Field { at: at.to_owned(), name, schema });
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        collect(&format!("{at}/{name}"), name, field, found);
    }
    if schema["type"] == "array" {
        collect(&format!("{at}/0"), name, &schema["items"], found);
    }
}

/// Every field of every object, a second time with the same value.
pub(crate) fn repeated(right: &Value) -> Vec<Wrong> {
    let mut found = Vec::new();
    walk("", right, &mut |at, name, value| {
        let mut body = right.clone();
        let twin = format!("\u{1}{name}");
        body.pointer_mut(at).expect("an object")[&twin] = value.clone();
        let body = body.to_string().replace(&json!(twin).to_string(), &json!(name).to_string());
        found.push(Wrong {
            what: format!("{at}/{name} twice"),
            body,
            names: Some(name.to_owned()),
            code: "9004",
        });
    });
    found
}

fn walk(at: &str, value: &Value, see: &mut impl FnMut(&str, &str, &Value)) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                see(at, name, field);
                walk(&format!("{at}/{name}"), field, see);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(&format!("{at}/{index}"), item, see);
            }
        }
        _ => {}
    }
}
