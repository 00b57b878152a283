//! The makers' description of the interface, and a validator for each request and each answer of it.
//!
//! Owns the corrections of what the description contradicts itself in; must not know the sandbox.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde::Deserialize;
use serde_json::{Value, json};

const DESCRIPTION: &str = include_str!("plazius.openapi.json");
const CORRECTIONS: &str = include_str!("plazius.corrections.json");
const PREFIX: &str = "/b2b/v1/loyalty/";

/// A place where the makers' description cannot be followed by the letter, and what is taken instead.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    at: String,
    becomes: Value,
    because: String,
}

/// An operation as described.
struct Operation {
    request: Validator,
    /// By status; none where the answer has no body.
    answers: BTreeMap<u16, Option<Validator>>,
}

/// The description, corrected.
pub(crate) struct Description {
    document: Value,
    operations: BTreeMap<String, Operation>,
}

/// The one description, read when it is first asked for.
pub(crate) static PLAZIUS: LazyLock<Description> = LazyLock::new(Description::read);

impl Description {
    fn read() -> Self {
        let document = corrected();
        let mut schemas = document["components"]["schemas"].clone();
        to_json_schema(&mut schemas);
        let paths = document["paths"].as_object().expect("paths");
        let operations = paths.iter().map(|(path, item)| {
            let name = path.strip_prefix(PREFIX).expect("every path has the same beginning");
            (name.to_owned(), Operation::read(&item["post"], &schemas))
        });
        let operations = operations.collect();
        Self { document, operations }
    }

    /// Every operation, as in `guests/get`.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }

    /// Whether there is such an operation.
    pub(crate) fn knows(&self, operation: &str) -> bool {
        self.operations.contains_key(operation)
    }

    /// The schema of an operation's request, its references resolved by [`Self::resolved`].
    pub(crate) fn request_schema(&self, operation: &str) -> &Value {
        let post = &self.document["paths"][format!("{PREFIX}{operation}")]["post"];
        self.resolved(&post["requestBody"]["content"]["application/json"]["schema"])
    }

    /// The name of the schema that this one refers to.
    pub(crate) fn name_of<'a>(&self, schema: &'a Value) -> Option<&'a str> {
        reference(schema).and_then(|pointer| pointer.rsplit('/').next())
    }

    /// The schema itself, or the one it refers to.
    pub(crate) fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match reference(schema) {
            Some(name) => self.document.pointer(name.trim_start_matches('#')).expect("a described schema"),
            None => schema,
        }
    }

    /// What is wrong with the request of an operation.
    pub(crate) fn request_faults(&self, operation: &str, body: &Value) -> Vec<String> {
        faults(&self.operations[operation].request, body)
    }

    /// What is wrong with an answer: its status is not described, its body is none where there should be one or the
    /// other way round, or it does not fit the schema.
    pub(crate) fn answer_faults(&self, operation: &str, status: u16, text: &str) -> Vec<String> {
        let Some(validator) = self.operations[operation].answers.get(&status) else {
            return vec![format!("the status {status} is not described")];
        };
        match (validator, serde_json::from_str(text)) {
            (None, _) if text.is_empty() => Vec::new(),
            (None, _) => vec!["a body where none is described".to_owned()],
            (Some(_), Err(error)) => vec![format!("the body is not JSON: {error}")],
            (Some(validator), Ok(body)) => faults(validator, &body),
        }
    }
}

impl Operation {
    fn read(post: &Value, schemas: &Value) -> Self {
        let content = |holder: &Value| {
            let schema = &holder["content"]["application/json"]["schema"];
            schema.is_object().then(|| validator(schema, schemas))
        };
        let responses = post["responses"].as_object().expect("responses");
        Self {
            request: content(&post["requestBody"]).expect("every operation has a request"),
            answers: responses
                .iter()
                .map(|(status, response)| (status.parse().expect("a status"), content(response)))
                .collect(),
        }
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str().or_else(|| schema["allOf"][0]["$ref"].as_str())
}

fn corrected() -> Value {
    let mut document: Value = serde_json::from_str(DESCRIPTION).expect("the description is JSON");
    let corrections: Vec<Correction> = serde_json::from_str(CORRECTIONS).expect("a list of corrections");
    for Correction { at, becomes, because } in corrections {
        assert!(!because.is_empty(), "{at}: a correction says why");
        let (parent, name) = at.rsplit_once('/').expect("a pointer");
        let holder =
            document.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object to correct");
        holder.insert(name.to_owned(), becomes);
    }
    document
}

fn validator(schema: &Value, schemas: &Value) -> Validator {
    let document = json!({ "$ref": schema["$ref"], "components": { "schemas": schemas } });
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&document)
        .expect("a schema that can be used")
}

fn faults(validator: &Validator, body: &Value) -> Vec<String> {
    validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Turns schemas of OpenAPI 3.0 into JSON Schema: `nullable` becomes a type, the formats of numbers become bounds.
fn to_json_schema(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(to_json_schema);
            let bounds = match fields.get("format").and_then(Value::as_str) {
                Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
                Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
                _ => None,
            };
            if let Some((least, most)) = bounds {
                fields.insert("minimum".to_owned(), least);
                fields.insert("maximum".to_owned(), most);
            }
            if fields.get("nullable") == Some(&Value::Bool(true)) {
                fields.remove("nullable");
                let itself = std::mem::take(fields);
                fields.insert("anyOf".to_owned(), json!([{ "type": "null" }, itself]));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(to_json_schema),
        _ => {}
    }
}
