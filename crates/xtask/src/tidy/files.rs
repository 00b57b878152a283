//! Files and functions: their names, their first line, their length.

use super::Finding;
use super::scan::{end_of_item, names};
use super::tree::Tree;

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 80;

pub(super) fn no_mod_rs(tree: &Tree) -> Vec<Finding> {
    let named = tree.rust().filter(|file| file.stem() == "mod");
    named.map(|file| file.finding(1, "name it after its folder, beside it")).collect()
}

pub(super) fn no_grab_bags(tree: &Tree) -> Vec<Finding> {
    let vague = ["util", "utils", "helper", "helpers", "common", "misc", "manager"];
    let mut found = Vec::new();
    for file in tree.files() {
        let mut parts = file.path().split(['/', '.']);
        if let Some(name) = parts.find(|part| vague.contains(part)) {
            found.push(file.finding(1, format!("`{name}` says nothing of what is in it")));
        }
    }
    found
}

pub(super) fn module_header(tree: &Tree) -> Vec<Finding> {
    let bare = tree.rust().filter(|file| !file.text().starts_with("//! "));
    bare.map(|file| file.finding(1, "begin with `//!` and what the file owns")).collect()
}

pub(super) fn file_length(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.rust() {
        let lines = file.lines().len();
        if lines > FILE_LINES_MAX {
            found.push(
                file.finding(1, format!("{lines} lines, over {FILE_LINES_MAX}: find what can stand alone")),
            );
        }
    }
    found
}

pub(super) fn function_length(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.rust() {
        for (start, line) in file.lines().iter().enumerate() {
            let Some(name) = names(&line.code).skip_while(|name| *name != "fn").nth(1) else { continue };
            // A function's type, such as `fn(u8) -> u8`, has no name behind the word.
            if !line.code.contains(&format!("fn {name}")) {
                continue;
            }
            let lines = end_of_item(file.lines(), start) - start + 1;
            if lines > FUNCTION_LINES_MAX {
                found.push(
                    file.finding(start + 1, format!("`{name}` has {lines} lines, over {FUNCTION_LINES_MAX}")),
                );
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(check: fn(&Tree) -> Vec<Finding>, path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn names_that_say_nothing_are_found() {
        assert_eq!(count(no_mod_rs, "src/api/mod.rs", ""), 1);
        assert_eq!(count(no_mod_rs, "src/model.rs", ""), 0);
        assert_eq!(count(no_grab_bags, "src/utils/text.rs", ""), 1);
        assert_eq!(count(no_grab_bags, "style/common.css", ""), 1);
        assert_eq!(count(no_grab_bags, "src/commonwealth.rs", ""), 0);
    }

    #[test]
    fn a_file_without_its_sentence_is_found() {
        assert_eq!(count(module_header, "src/a.rs", "use std::fs;\n"), 1);
        assert_eq!(count(module_header, "src/a.rs", "//! What a is.\n"), 0);
    }

    #[test]
    fn a_long_file_is_found() {
        assert_eq!(count(file_length, "src/a.rs", &"//\n".repeat(400)), 0);
        assert_eq!(count(file_length, "src/a.rs", &"//\n".repeat(401)), 1);
    }

    #[test]
    fn a_long_function_is_found_by_its_own_lines() {
        let function =
            |lines: usize| format!("pub fn f(a: [u8; 2]) {{\n{}}}\n", "    g();\n".repeat(lines - 2));
        assert_eq!(count(function_length, "src/a.rs", &function(81)), 1);
        assert_eq!(count(function_length, "src/a.rs", &function(80).repeat(2)), 0);
        let declared = format!("fn f(g: fn(u8) -> u8);\n{}", "//\n".repeat(90));
        assert_eq!(count(function_length, "src/a.rs", &declared), 0);
    }
}
