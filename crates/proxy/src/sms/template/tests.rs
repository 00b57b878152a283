//! Templates filled in, escaped for where they stand, and refused where they cannot be.

use contract::Phone;

use super::*;

fn message(text: &str) -> LoginMessage {
    LoginMessage {
        phone: Phone::parse("+79990001122").expect("E.164"),
        text: text.to_owned(),
        code: "012345".to_owned(),
        ttl_s: 300,
    }
}

fn filled(template: &str, escaping: Escaping, text: &str) -> String {
    let template = Template::parse(template, escaping, &["key"]).expect("a template");
    template.fill(&message(text), |_| "s&\"e")
}

#[test]
fn every_place_is_filled_in() {
    let all = "{phone} {phone_digits} {code} {text} {key}";
    assert_eq!(filled(all, Escaping::Url, "а b"), "%2B79990001122 79990001122 012345 %D0%B0%20b s%26%22e");
    assert_eq!(filled("Bearer {key}", Escaping::Header, ""), "Bearer s&\"e");
}

#[test]
fn a_value_never_ends_the_place_it_stands_in() {
    let text = "\"}, \\ «x» & y=z\n@host #1";
    let json = filled(r#"{"to": ["{phone}"], "text": "{text}"}"#, Escaping::Json, text);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["text"], text);
    let form = filled("to={phone}&msg={text}", Escaping::Form, text);
    assert_eq!(form.matches(['&', '=']).count(), 3, "{form}");
    assert!(form.is_ascii() && !form.contains([' ', '\n', '"']), "{form}");
}

#[test]
fn braces_that_name_nothing_are_braces() {
    assert_eq!(filled("{ {} {A} {1} {", Escaping::Url, ""), "{ {} {A} {1} {");
}

#[test]
fn what_cannot_be_filled_in_is_refused() {
    let error = |text, escaping, secrets: &[&str]| Template::parse(text, escaping, secrets).expect_err(text);
    assert_eq!(error("{cod}", Escaping::Url, &[]), TemplateError::Unknown("cod".to_owned()));
    assert_eq!(error("{key}", Escaping::Url, &[]), TemplateError::Unknown("key".to_owned()));
    assert_eq!(error("{text}", Escaping::Header, &[]), TemplateError::TextInHeader);
    assert_eq!(error("", Escaping::Url, &["code"]), TemplateError::Taken("code".to_owned()));
    assert_eq!(error(r#"{"text": {text}, }"#, Escaping::Json, &[]), TemplateError::NotJson);
    assert_eq!(error(r#"{"text": "{text}""#, Escaping::Json, &[]), TemplateError::NotJson);
}
