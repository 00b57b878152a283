//! What is found wrong in the languages' files, and what is left of them in the build.

use super::*;

const RUST: &str =
    "texts! {\n    /// Says hello; gap: the name.\n    Hello,\n\n    /// So many.\n    Many,\n}\n";
const EARLY_WORDS: &str = r#"{"ru":{"Hello":"а {0}","none":"н"},"en":{"Hello":"a {0}","none":"n"},"kk":{"Hello":"ә {0}","none":"к"},"ar":{"Hello":"ا {0}","none":"ع"}}"#;

const KIOSK_WORDS: &str =
    r#"{"ru":{"Left":"а {0}"},"en":{"Left":"a {0}"},"kk":{"Left":"ә {0}"},"ar":{"Left":"ا {0}"}}"#;

fn sample(language: &str) -> String {
    let (hello, many) = match language {
        "ru" => ("а {0}", r#"{"one":"{0} а","few":"{0} б","many":"{0} в","other":"{0} г"}"#),
        "en" => ("a {0}", r#"{"one":"a","other":"{0} b"}"#),
        "kk" => ("ә {0}", r#"{"one":"{0} ә","other":"{0} ә"}"#),
        _ => {
            ("ا {0}", r#"{"zero":"{0} ا","one":"ا","two":"ا","few":"{0} ا","many":"{0} ا","other":"{0} ا"}"#)
        }
    };
    format!(r#"{{"Hello":"{hello}","Many":{many}}}"#)
}

/// The faults where one file is changed.
fn faults_with(path: &str, change: impl Fn(String) -> String) -> Vec<Fault> {
    faults(|read| {
        let text = match read {
            NAMES => RUST.to_owned(),
            EARLY => EARLY_WORDS.to_owned(),
            KIOSK => KIOSK_WORDS.to_owned(),
            _ => sample(read.trim_start_matches("src/i18n/texts/").trim_end_matches(".json")),
        };
        Some(if read == path { change(text) } else { text })
    })
}

#[test]
fn languages_that_agree_have_no_faults() {
    assert_eq!(faults_with("", |text| text), []);
}

#[test]
fn a_name_too_many_too_few_or_elsewhere_is_found() {
    let path = "src/i18n/texts/kk.json";
    for (from, to) in [
        (r#""Hello":"#, r#""Hallo":"#),
        (r#","Many""#, r#","Many":"x","Many""#),
        (r#""Hello":"ә {0}","#, ""),
        ("}}", r#"},"More":"x"}"#),
        (r#"{"Hello""#, "{"),
    ] {
        let found = faults_with(path, |text| text.replace(from, to));
        assert!(!found.is_empty() && found.iter().any(|fault| fault.path == path), "{from} {found:?}");
    }
}

#[test]
fn the_kiosks_words_are_there_in_every_language_with_the_same_gaps() {
    for (from, to) in [
        (r#","ar":{"Left":"ا {0}"}"#, ""),
        (r#""kk":{"Left""#, r#""kk":{"Light""#),
        ("a {0}", "a {1}"),
        ("a {0}", " "),
    ] {
        let found = faults_with(KIOSK, |text| text.replace(from, to));
        assert!(found.len() == 1 && found[0].path == KIOSK, "{from} {found:?}");
    }
}

#[test]
fn another_gap_an_empty_text_and_a_missing_plural_are_found() {
    for (language, from, to) in [
        ("en", "a {0}", "a {1}"),
        ("en", "a {0}", "a {0"),
        ("en", "a {0}", "a"),
        ("ar", "ا {0}", " "),
        ("ru", r#""one":"{0} а""#, r#""one":"а""#),
        ("ru", r#","few":"{0} б""#, ""),
        ("kk", r#""one":"#, r#""few":"#),
        ("en", r#"{"one":"a","other":"{0} b"}"#, r#""{0}""#),
    ] {
        let path = file(language);
        let found = faults_with(&path, |text| text.replacen(from, to, 1));
        assert!(found.iter().any(|fault| fault.path == path), "{language} {from} {found:?}");
    }
}

#[test]
fn early_words_are_there_in_every_language_and_say_what_the_texts_say() {
    for (from, to) in [
        (r#","none":"n""#, ""),
        (r#""en":"#, r#""de":"#),
        ("a {0}", "b {0}"),
        (r#""Hello""#, r#""Hallo""#),
        ("}}", "}"),
    ] {
        let found = faults_with(EARLY, |text| text.replace(from, to));
        assert!(found.iter().any(|fault| fault.path == EARLY), "{from} {found:?}");
    }
}

#[test]
fn the_build_keeps_the_words_in_order_and_refuses_what_is_wrong() {
    let dir = tempfile::tempdir().expect("a scratch folder");
    let (root, dist) = (dir.path(), dir.path().join("dist"));
    fs::create_dir_all(root.join("src/i18n/texts")).expect("made");
    fs::create_dir_all(&dist).expect("made");
    fs::write(root.join(NAMES), RUST).expect("written");
    fs::write(root.join(EARLY), EARLY_WORDS).expect("written");
    fs::write(root.join(KIOSK), KIOSK_WORDS).expect("written");
    for language in &LANGUAGES {
        fs::write(root.join(file(language.name)), sample(language.name)).expect("written");
        fs::write(dist.join(format!("{}.json", language.name)), sample(language.name)).expect("written");
    }
    fs::write(dist.join("keys.json"), r#"{"Hello":"Hello","Many":"Many"}"#).expect("written");
    strip(root, &dist).expect("nothing is wrong");
    let read = |name| fs::read_to_string(dist.join(name)).expect("there");
    assert_eq!(read("en.json"), r#"[{"one":"a","other":"{0} b"}]"#, "the first is early");
    assert_eq!(read("keys.json"), r#"["Hello","Many"]"#);
    fs::write(root.join(file("en")), "{}").expect("written");
    assert!(strip(root, &dist).is_err());
}
