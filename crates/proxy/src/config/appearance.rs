//! How a restaurant's widget is to speak and look: its languages, texts and theme.
//!
//! What the widget has is known here, so that a misspelt name is told when the proxy starts and not by a guest.

use std::collections::BTreeMap;

use contract::appearance::{AppearanceResponse, AppearanceText};

use super::ConfigError;

/// The widget's languages by their tags, and its texts in each.
const LANGUAGES: [(&str, &str); 4] = [
    ("ru", include_str!("../../../../src/i18n/texts/ru.json")),
    ("en", include_str!("../../../../src/i18n/texts/en.json")),
    ("kk", include_str!("../../../../src/i18n/texts/kk.json")),
    ("ar", include_str!("../../../../src/i18n/texts/ar.json")),
];

/// Where the widget's custom properties are read.
const TOKENS: &str = include_str!("../../../../style/tokens.css");

/// The longest value of a custom property and the longest text; both reach every guest.
const MAX_VALUE: usize = 200;
const MAX_TEXT: usize = 500;

type Texts = BTreeMap<String, AppearanceText>;

pub(super) fn check_appearance(
    appearance: AppearanceResponse,
    restaurant: &str,
) -> Result<AppearanceResponse, ConfigError> {
    for (index, tag) in appearance.languages.iter().enumerate() {
        let place = || format!("{restaurant}.languages[{index}]");
        texts_of(tag).ok_or_else(|| ConfigError::value(place(), no_language()))?;
        if appearance.languages[..index].contains(tag) {
            return Err(ConfigError::value(place(), "is there already"));
        }
    }
    for (name, value) in &appearance.theme {
        check_property(name, value)
            .map_err(|message| ConfigError::value(format!("{restaurant}.theme.{name}"), message))?;
    }
    for (tag, texts) in &appearance.texts {
        let place = format!("{restaurant}.texts.{tag}");
        let ours = texts_of(tag).ok_or_else(|| ConfigError::value(place.clone(), no_language()))?;
        for (name, text) in texts {
            check_text(ours.get(name), text)
                .map_err(|message| ConfigError::value(format!("{place}.{name}"), message))?;
        }
    }
    Ok(appearance)
}

fn texts_of(tag: &str) -> Option<Texts> {
    let (_, texts) = LANGUAGES.iter().find(|(known, _)| *known == tag)?;
    // A file of the project itself, which its build has read already.
    serde_json::from_str(texts).ok()
}

fn no_language() -> String {
    format!("the widget speaks {}", LANGUAGES.map(|(tag, _)| tag).join(", "))
}

fn check_property(name: &str, value: &str) -> Result<(), &'static str> {
    if !TOKENS.contains(&format!("var(--loyalty-{name},")) {
        return Err("the widget has no such property");
    }
    // What could end the rule it stands in, or fetch anything.
    let breaks = |letter: char| letter.is_control() || ";{}<>\\".contains(letter);
    let fetches = ["url(", "image(", "image-set(", "@import"];
    if value.trim().is_empty() || value.len() > MAX_VALUE || value.contains(breaks) {
        return Err("a value in CSS of up to 200 bytes, without ; { } < > and \\");
    }
    if fetches.iter().any(|word| value.to_ascii_lowercase().contains(word)) {
        return Err("may name no address");
    }
    Ok(())
}

/// The gaps must be those of our own text: what is filled in would be lost, or an empty gap would be read.
fn check_text(ours: Option<&AppearanceText>, theirs: &AppearanceText) -> Result<(), &'static str> {
    let ours = ours.ok_or("the widget has no such text")?;
    let wanted = general(ours).map_or(Vec::new(), |text| gaps(text));
    let forms: Vec<&String> = match (ours, theirs) {
        (_, AppearanceText::Plain(text)) => vec![text],
        (AppearanceText::Plain(_), AppearanceText::Plural(_)) => return Err("has no plurals"),
        (AppearanceText::Plural(_), AppearanceText::Plural(forms)) => forms.values().collect(),
    };
    let whole = general(theirs).ok_or("needs the form `other`")?;
    // A form for one number alone may leave the number out.
    if gaps(whole) != wanted || forms.iter().any(|form| !gaps(form).is_empty() && gaps(form) != wanted) {
        return Err("must have the gaps of the widget's own text");
    }
    if forms.iter().any(|form| form.trim().is_empty() || form.len() > MAX_TEXT) {
        return Err("a text of up to 500 bytes");
    }
    Ok(())
}

/// The text for any number.
fn general(text: &AppearanceText) -> Option<&String> {
    match text {
        AppearanceText::Plain(text) => Some(text),
        AppearanceText::Plural(forms) => forms.get("other"),
    }
}

/// The gaps of a text, in order of their numbers.
fn gaps(text: &str) -> Vec<u8> {
    let mut found: Vec<u8> = text
        .as_bytes()
        .windows(3)
        .filter(|three| three[0] == b'{' && three[1].is_ascii_digit() && three[2] == b'}')
        .map(|three| three[1])
        .collect();
    found.sort_unstable();
    found
}
