//! The texts of the widget's languages: the same names in the same order with the same gaps in every language, and in the
//! build only their words, by order. Knows the files' shape; judges no translation.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::marker::PhantomData;
use std::path::Path;

use anyhow::{Context, bail};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// Where the names are, and where the words.
pub(crate) const NAMES: &str = "src/i18n/text.rs";
pub(crate) const EARLY: &str = "src/i18n/early.json";
const KIOSK: &str = "src/i18n/kiosk.json";

/// A language, its plurals by CLDR, and those of them that mean one number only, so that they may leave it out.
struct Language {
    name: &'static str,
    plurals: &'static [&'static str],
    exact: &'static [&'static str],
}

const LANGUAGES: [Language; 4] = [
    Language { name: "ru", plurals: &["one", "few", "many", "other"], exact: &[] },
    Language { name: "en", plurals: &["one", "other"], exact: &["one"] },
    Language { name: "kk", plurals: &["one", "other"], exact: &["one"] },
    Language {
        name: "ar",
        plurals: &["zero", "one", "two", "few", "many", "other"],
        exact: &["zero", "one", "two"],
    },
];

/// The tags of all languages.
pub(crate) fn tags() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().map(|language| language.name)
}

/// Something wrong in one of the files.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) path: String,
    pub(crate) message: String,
}

/// An object in order, names repeated or not.
struct Entries<T = Value>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Entries<T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        from.deserialize_map(InOrder(PhantomData))
    }
}

/// All that is wrong; `read` gives a file's content by its path from the root.
pub(crate) fn faults(read: impl Fn(&str) -> Option<String>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |path: &str, message: String| faults.push(Fault { path: path.to_owned(), message });
    let names = names(&read(NAMES).unwrap_or_default());
    if names.is_empty() {
        fault(NAMES, "there are no names of texts".to_owned());
        return faults;
    }
    let mut model: Vec<(String, Value)> = Vec::new();
    let mut words = Vec::new();
    for language in &LANGUAGES {
        let path = file(language.name);
        let entries = match entries(&read(&path).unwrap_or_default()) {
            Ok(entries) => entries,
            Err(error) => {
                fault(&path, error.to_string());
                continue;
            }
        };
        let found: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        let misplaced = names.iter().zip(&found).find(|(wanted, found)| wanted != *found);
        if let Some((wanted, found)) = misplaced {
            fault(&path, format!("`{found}` stands where {NAMES} has `{wanted}`"));
        } else if names.len() != found.len() {
            let (first, whose) = match names.get(found.len()) {
                Some(missing) => (missing.as_str(), "is missing"),
                None => (found[names.len()], "is no name of a text"),
            };
            fault(&path, format!("`{first}` {whose}"));
        }
        // The first language is the one the others are held against.
        if model.is_empty() {
            model.clone_from(&entries);
        }
        for (name, text) in &entries {
            let ours = model.iter().find(|(known, _)| known == name).map_or(text, |(_, text)| text);
            if let Err(message) = check(language, ours, text) {
                fault(&path, format!("`{name}`: {message}"));
            }
        }
        words.push((language.name, entries));
    }
    for message in early_faults(&read(EARLY).unwrap_or_default(), &words) {
        fault(EARLY, message);
    }
    for message in kiosk_faults(&read(KIOSK).unwrap_or_default()) {
        fault(KIOSK, message);
    }
    faults
}

/// Writes the words of each language in `dist` by order, without their names and without those that are early, where
/// nothing is wrong in the sources.
pub(crate) fn strip(root: &Path, dist: &Path) -> anyhow::Result<()> {
    let faults = faults(|path| fs::read_to_string(root.join(path)).ok());
    if let Some(Fault { path, message }) = faults.first() {
        bail!("{path}: {message}");
    }
    let early = fs::read_to_string(root.join(EARLY)).context(EARLY)?;
    let first = early_entries(&early)?.first().map_or(0, |(_, words)| early_texts(&keys_of(words)));
    let languages = LANGUAGES.iter().map(|language| (language.name, first));
    for (name, known) in languages.chain([("keys", 0)]) {
        let file = dist.join(format!("{name}.json"));
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let words: Vec<Value> = entries(&text)?.into_iter().skip(known).map(|(_, words)| words).collect();
        fs::write(&file, serde_json::to_string(&words)?)?;
    }
    Ok(())
}

fn file(language: &str) -> String {
    format!("src/i18n/texts/{language}.json")
}

fn entries(json: &str) -> serde_json::Result<Vec<(String, Value)>> {
    serde_json::from_str::<Entries>(json).map(|entries| entries.0)
}

/// The names declared in the macro's list, one a line.
fn names(rust: &str) -> Vec<String> {
    let list = rust.lines().skip_while(|line| *line != "texts! {").skip(1).take_while(|line| *line != "}");
    list.filter_map(|line| line.trim().strip_suffix(','))
        .filter(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

/// A text is as ours where it is of the same kind, says something, and has the same gaps.
fn check(language: &Language, ours: &Value, text: &Value) -> Result<(), String> {
    match (ours, text) {
        (Value::String(ours), Value::String(text)) => same_gaps(&gaps(ours), text),
        (Value::Object(ours), Value::Object(forms)) => {
            let found: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
            let wanted: BTreeSet<&str> = language.plurals.iter().copied().collect();
            if found != wanted {
                return Err(format!("has the plurals {found:?}, not {wanted:?}"));
            }
            let wanted = gaps(ours.get("other").and_then(Value::as_str).unwrap_or_default());
            for (plural, form) in forms {
                let form = form.as_str().ok_or("a plural is no text")?;
                let leaves_out = language.exact.contains(&plural.as_str()) && gaps(form).is_empty();
                if !leaves_out {
                    same_gaps(&wanted, form).map_err(|message| format!("`{plural}` {message}"))?;
                }
            }
            Ok(())
        }
        _ => Err("is no text of this kind".to_owned()),
    }
}

fn same_gaps(wanted: &BTreeSet<String>, text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("says nothing".to_owned());
    }
    let found = gaps(text);
    if found == *wanted { Ok(()) } else { Err(format!("has the gaps {found:?}, not {wanted:?}")) }
}

/// What stands in braces; a brace without its fellow counts as a gap that nobody has.
fn gaps(text: &str) -> BTreeSet<String> {
    let mut gaps: BTreeSet<String> =
        text.split('{').skip(1).map(|part| part.split('}').next().unwrap_or_default().to_owned()).collect();
    if text.matches('{').count() != text.matches('}').count() {
        gaps.insert("{".to_owned());
    }
    gaps
}

fn early_entries(json: &str) -> serde_json::Result<Vec<(String, Entries)>> {
    serde_json::from_str::<Entries<Entries>>(json).map(|entries| entries.0)
}

fn keys_of(words: &Entries) -> Vec<String> {
    words.0.iter().map(|(name, _)| name.clone()).collect()
}

/// How many of the early words are texts too: all but the last.
const fn early_texts(words: &[String]) -> usize {
    words.len().saturating_sub(1)
}

/// The early words are there in every language, and those that are texts too say the same.
fn early_faults(json: &str, languages: &[(&str, Vec<(String, Value)>)]) -> Vec<String> {
    let early = match early_entries(json) {
        Ok(early) => early,
        Err(error) => return vec![error.to_string()],
    };
    let mut faults = Vec::new();
    let wanted = early.first().map(|(_, words)| keys_of(words)).unwrap_or_default();
    let texts = languages.first().map_or(&[][..], |(_, texts)| texts);
    // `src/embed/languages.js` puts the two together by their places.
    let is_first = |(at, word): (usize, &String)| texts.get(at).is_some_and(|(name, _)| name == word);
    if !wanted.iter().take(early_texts(&wanted)).enumerate().all(is_first) {
        faults.push(format!("must begin with the first names of {NAMES}, and end with what is none"));
    }
    for (language, texts) in languages {
        let Some((_, words)) = early.iter().find(|(name, _)| name == language) else {
            faults.push(format!("`{language}` is missing"));
            continue;
        };
        if keys_of(words) != wanted {
            faults.push(format!("`{language}` has not the same words as the first language"));
        }
        for (name, text) in texts {
            if words.0.iter().any(|(word, early)| word == name && early != text) {
                faults.push(format!("`{name}` of `{language}` says something else than {}", file(language)));
            }
        }
    }
    faults
}

/// The kiosk has the same words in every language, with the same gaps.
fn kiosk_faults(json: &str) -> Vec<String> {
    let table = match early_entries(json) {
        Ok(table) => table,
        Err(error) => return vec![error.to_string()],
    };
    let mut faults = Vec::new();
    for language in &LANGUAGES {
        let of = |name: &str| table.iter().find(|(known, _)| known == name).map(|(_, words)| words);
        let (Some(ours), Some(words)) = (of(LANGUAGES[0].name), of(language.name)) else {
            faults.push(format!("`{}` is missing", language.name));
            continue;
        };
        if keys_of(words) != keys_of(ours) {
            faults.push(format!("`{}` has not the same words as the first language", language.name));
        }
        for ((name, ours), (_, text)) in ours.0.iter().zip(&words.0) {
            if let Err(message) = check(language, ours, text) {
                faults.push(format!("`{name}` of `{}`: {message}", language.name));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests;
