//! Words and colours: where they may stand, and which may stand nowhere.

use super::Finding;
use super::layers::is_below;
use super::tree::Tree;
use crate::languages;

/// No Cyrillic and no Arabic in the widget's literals outside `src/i18n`, nor anywhere in its scripts and its style.
pub(super) fn words_in_i18n(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let in_widget = |path: &str| path.starts_with("src/") || path.starts_with("style/");
    let scripts =
        tree.files().iter().filter(|file| in_widget(file.path()) && (file.is("js") || file.is("css")));
    for file in scripts.filter(|file| !is_below(file, "src/i18n")) {
        for (number, line) in numbered(file.text()).filter(|(_, line)| line.chars().any(is_of_a_language)) {
            found.push(file.finding(number, format!("«{}» belongs in src/i18n", line.trim())));
        }
    }
    for file in tree.rust().filter(|file| file.path().starts_with("src/") && !is_below(file, "src/i18n")) {
        for (number, line) in file.product_lines() {
            if line.strings.chars().any(is_of_a_language) {
                found.push(file.finding(number, format!("«{}» belongs in src/i18n", line.strings)));
            }
        }
    }
    found
}

/// Every text in every language, with the same gaps and the plurals of the language.
pub(super) fn texts_in_every_language(tree: &Tree) -> Vec<Finding> {
    let read = |path: &str| tree.file(path).map(|file| file.text().to_owned());
    // A tree without the widget has nothing to say.
    if tree.file(languages::NAMES).is_none() {
        return Vec::new();
    }
    let faults = languages::faults(read).into_iter();
    faults.map(|fault| Finding { path: fault.path, line: 1, message: fault.message }).collect()
}

/// No left and no right in `style/`: the same style serves languages written from right to left.
pub(super) fn no_sides_in_style(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files().iter().filter(|file| file.path().starts_with("style/") && file.is("css")) {
        for (number, line) in numbered(&without_comments(file.text())) {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric());
            if let Some(side) = words.find(|word| ["left", "right"].contains(word)) {
                found.push(file.finding(number, format!("`{side}`")));
            }
        }
    }
    found
}

/// No literal colour in `style/` outside `tokens.css`.
pub(super) fn colours_in_tokens(tree: &Tree) -> Vec<Finding> {
    let styles = tree.files().iter().filter(|file| file.path().starts_with("style/") && file.is("css"));
    let mut found = Vec::new();
    for file in styles.filter(|file| file.path() != "style/tokens.css") {
        for (number, line) in numbered(&without_comments(file.text())) {
            if let Some(colour) = literal_colour(line) {
                found.push(file.finding(number, format!("`{colour}` belongs in style/tokens.css")));
            }
        }
    }
    found
}

/// Nothing left for later, no ignored test, no lint silenced without `expect` and a reason.
pub(super) fn no_leftovers(tree: &Tree) -> Vec<Finding> {
    let notes = ["TODO", "FIXME", "XXX", "HACK"];
    let marks = [["#[", "ignore"].concat(), ["#[", "allow("].concat(), ["#![", "allow("].concat()];
    let mut found = Vec::new();
    for file in tree.files().iter().filter(|file| !file.is("md") && !file.is("rs")) {
        for (number, line) in numbered(file.text()) {
            found.extend(
                notes.iter().filter(|note| line.contains(*note)).map(|note| file.finding(number, *note)),
            );
        }
    }
    for file in tree.rust() {
        for (number, line) in (1..).zip(file.lines()) {
            let in_comment =
                notes.iter().filter(|note| line.comment.contains(*note)).map(|note| (*note).to_owned());
            let in_code = marks.iter().filter(|mark| line.code.contains(mark.as_str())).cloned();
            found.extend(in_comment.chain(in_code).map(|word| file.finding(number, format!("`{word}`"))));
        }
    }
    found
}

/// No path of the machine on which somebody works.
pub(super) fn no_private_paths(tree: &Tree) -> Vec<Finding> {
    // Put together here, so that this file does not break its own rule.
    let private =
        [["shared/", "spec"], ["shared/", "design"], ["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"]];
    let private = private.map(|parts| parts.concat());
    let mut found = Vec::new();
    for file in tree.files() {
        for (number, line) in numbered(file.text()) {
            for path in private.iter().filter(|path| has_path(line, path)) {
                found.push(file.finding(number, format!("`{path}`")));
            }
        }
    }
    found
}

/// Whether the line has the path, and not as the end of a longer name.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        !line[..at].ends_with(|before: char| before.is_alphanumeric() || ".-_/".contains(before))
            || path.starts_with("shared")
    })
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines())
}

/// Cyrillic, or a letter of Arabic.
fn is_of_a_language(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter) || ('\u{620}'..='\u{64a}').contains(&letter)
}

/// The same lines with the contents of `/* … */` left out.
fn without_comments(css: &str) -> String {
    let mut kept = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        let (inside, after) = comment.split_once("*/").unwrap_or((comment, ""));
        kept += before;
        kept.extend(inside.chars().filter(|letter| *letter == '\n'));
        rest = after;
    }
    kept + rest
}

/// The first colour a line spells out in a value.
fn literal_colour(line: &str) -> Option<&str> {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];
    let named =
        ["white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow", "silver", "purple"];
    let value = match line.split_once(':') {
        Some((property, value)) if !property.contains(['{', '#']) && !value.contains('{') => value,
        // A selector, or a rule on one line: what counts there is what the braces hold.
        _ => line.split_once('{')?.1,
    };
    let words = value.split(|letter: char| letter.is_whitespace() || ",;)}:".contains(letter));
    words.into_iter().find(|word| {
        // `color-mix(in srgb` mixes what tokens name; `var(--white)` names a token.
        let word = word.rsplit_once('(').map_or(*word, |(function, inner)| {
            let call = &word[..=function.len()];
            if functions.contains(&call) { call } else { inner }
        });
        is_hex_colour(word) || functions.contains(&word) || named.contains(&word)
    })
}

fn is_hex_colour(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|digits| {
        [3, 4, 6, 8].contains(&digits.len()) && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(check: fn(&Tree) -> Vec<Finding>, path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn visible_words_stand_only_in_i18n() {
        let text = "let label = \"Телефон\"; // подпись\n";
        assert_eq!(count(words_in_i18n, "src/steps/phone.rs", text), 1);
        assert_eq!(count(words_in_i18n, "src/i18n/sentence.rs", text), 0);
        assert_eq!(count(words_in_i18n, "src/steps/phone.rs", "let label = \"الهاتف\";\n"), 1);
        assert_eq!(count(words_in_i18n, "src/embed/element.js", "const retry = \"Повторить\";\n"), 1);
        assert_eq!(count(words_in_i18n, "demo/checkout.js", "const title = \"Корзина\";\n"), 0);
        assert_eq!(count(words_in_i18n, "src/steps/phone.rs", "let label = \"tel\"; // подпись\n"), 0);
        assert_eq!(count(words_in_i18n, "crates/sandbox/src/seed.rs", text), 0);
    }

    #[test]
    fn a_text_that_a_language_lacks_is_found() {
        let names = (languages::NAMES, "texts! {\n    Hello,\n}\n");
        let found = texts_in_every_language(&Tree::of(&[names]));
        assert!(found.iter().any(|finding| finding.path == "src/i18n/texts/ar.json"), "{found:?}");
        assert_eq!(texts_in_every_language(&Tree::of(&[])), []);
    }

    #[test]
    fn sides_are_named_by_their_start_and_end() {
        for css in ["  margin-left: 0;", "  text-align: right;", "  inset: auto; left: 0;"] {
            assert_eq!(count(no_sides_in_style, "style/blocks/a.css", css), 1, "{css}");
        }
        assert_eq!(count(no_sides_in_style, "style/a.css", "  text-align: end; /* not left */"), 0);
        assert_eq!(count(no_sides_in_style, "demo/cart.css", "  text-align: right;"), 0);
    }

    #[test]
    fn colours_are_spelled_out_only_in_the_tokens() {
        for css in [
            "a { color: #fff; }",
            "  color: rgb(0 0 0 / 50%);",
            "  background: linear-gradient(#12345678, var(--b));",
            "  border: 1px solid red;",
        ] {
            assert_eq!(count(colours_in_tokens, "style/blocks/a.css", css), 1, "{css}");
            assert_eq!(count(colours_in_tokens, "style/tokens.css", css), 0, "{css}");
        }
    }

    #[test]
    fn selectors_tokens_and_keywords_are_no_colours() {
        for css in [
            "#fade { margin: 0; }",
            "  color: var(--red);",
            "  color: transparent;",
            "  color: color-mix(in srgb, var(--ink) 50%, transparent);",
            "  white-space: nowrap;",
            "a:hover { color: currentColor; }",
            "/* not\n #fff; */",
        ] {
            assert_eq!(count(colours_in_tokens, "style/blocks/a.css", css), 0, "{css}");
        }
    }

    #[test]
    fn what_was_left_for_later_is_found() {
        let (todo, ignore) = (["TO", "DO"].concat(), ["#[", "ignore]"].concat());
        assert_eq!(count(no_leftovers, "src/a.rs", &format!("// {todo}: soon\n")), 1);
        assert_eq!(count(no_leftovers, "src/a.rs", &format!("{ignore}\nfn f() {{}}\n")), 1);
        assert_eq!(count(no_leftovers, "style/a.css", &format!("/* {todo} */\n")), 1);
        assert_eq!(count(no_leftovers, "src/a.rs", &format!("let s = \"{todo}\";\n")), 0);
    }

    #[test]
    fn paths_of_a_machine_are_found_and_addresses_are_not() {
        let path = ["see /ho", "me/me/notes"].concat();
        assert_eq!(count(no_private_paths, "README.md", &path), 1);
        assert_eq!(count(no_private_paths, "README.md", &["https://example.org/ho", "me/"].concat()), 0);
        assert_eq!(count(no_private_paths, "README.md", &["../shared/", "spec/README.md"].concat()), 1);
    }

    #[test]
    fn comments_leave_their_lines_behind() {
        assert_eq!(without_comments("a/* 1\n2 */b\nc"), "a\nb\nc");
    }
}
