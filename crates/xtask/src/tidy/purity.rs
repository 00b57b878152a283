//! What the rules of loyalty and the errors are made of: no floats, no clock, no I/O, no errors without a type.

use super::Finding;
use super::layers::is_below;
use super::scan::{is_name, names};
use super::tree::Tree;

/// No floating-point type and no literal of one in `crates/loyalty`, tests included.
pub(super) fn no_floats(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| file.path().starts_with("crates/loyalty/")) {
        for (number, line) in (1..).zip(file.lines()) {
            let float = names(&line.code).find(|name| {
                ["f32", "f64"].iter().any(|kind| name == kind || is_suffixed_number(name, kind))
            });
            if let Some(name) = float {
                found.push(file.finding(number, format!("`{name}` is floating-point")));
            } else if has_decimal_literal(&line.code) {
                found.push(file.finding(number, "a literal with a decimal point is floating-point"));
            }
        }
    }
    found
}

/// The time is asked for only in `crates/clock`, and in the widget only in `src/embed`.
pub(super) fn injected_time(tree: &Tree) -> Vec<Finding> {
    let clocks = [
        "SystemTime::now",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "Utc::now",
        "Date::now",
        "Date::new_0",
    ];
    let exempt = ["crates/clock", "crates/xtask", "src/embed"];
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| !exempt.iter().any(|folder| is_below(file, folder))) {
        // The runtime's instant serves deadlines, and a test that pauses the runtime moves it.
        let of_runtime = file
            .lines()
            .iter()
            .any(|line| line.code.contains("use tokio::time::") && line.code.contains("Instant"));
        for (number, line) in file.product_lines() {
            let asked = clocks.iter().find(|clock| line.code.contains(*clock));
            if let Some(clock) = asked.filter(|clock| !(of_runtime && **clock == "Instant::now")) {
                found.push(
                    file.finding(number, format!("`{clock}`: take the time from a clock that is handed in")),
                );
            }
        }
    }
    found
}

/// `anyhow` only in programs' `main.rs` and here.
pub(super) fn anyhow_at_the_edge(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| !is_below(file, "crates/xtask") && file.stem() != "main") {
        for (number, line) in file.product_lines() {
            if names(&line.code).any(|name| name == "anyhow") {
                found.push(file.finding(number, "return an error type of this boundary's own"));
            }
        }
    }
    found
}

/// `crates/loyalty` depends, however indirectly, on nothing that waits, stores, speaks or tells the time. Takes what
/// `cargo tree` prints.
pub(super) fn pure_rules(graph: &str) -> Vec<Finding> {
    let impure = [
        "tokio",
        "axum",
        "hyper",
        "rusqlite",
        "sqlx",
        "jiff",
        "chrono",
        "time",
        "clock",
        "rand",
        "getrandom",
    ];
    let mut found: Vec<&str> = graph
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| impure.contains(name))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
        .into_iter()
        .map(|name| Finding {
            path: "crates/loyalty/Cargo.toml".to_owned(),
            line: 1,
            message: format!("it depends on {name}"),
        })
        .collect()
}

fn is_suffixed_number(name: &str, kind: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_digit()) && name.ends_with(kind)
}

/// Digits, a point, a digit; neither the range `0..1` nor the field `pair.0.1`.
fn has_decimal_literal(code: &str) -> bool {
    let letters: Vec<char> = code.chars().collect();
    letters.windows(3).enumerate().any(|(at, part)| {
        let is_decimal = part[0].is_ascii_digit() && part[1] == '.' && part[2].is_ascii_digit();
        let before = letters[..at].iter().rev().find(|letter| !letter.is_ascii_digit() && **letter != '_');
        is_decimal && !before.is_some_and(|letter| *letter == '.' || is_name(*letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats_in(code: &str) -> usize {
        no_floats(&Tree::of(&[("crates/loyalty/src/a.rs", code)])).len()
    }

    #[test]
    fn floats_are_found_as_types_and_as_literals() {
        for code in ["fn f(x: f64) {}", "let x = 1_f32;", "let x = 0.5;", "let x = total as f64;"] {
            assert_eq!(floats_in(code), 1, "{code}");
        }
    }

    #[test]
    fn ranges_fields_and_words_are_no_floats() {
        for code in ["for x in 0..10 {}", "pair.0.1 + 2", "// 0.5", "let s = \"1.5\";", "let of64 = 1;"] {
            assert_eq!(floats_in(code), 0, "{code}");
        }
        assert_eq!(no_floats(&Tree::of(&[("src/ui/slider.rs", "let x = 0.5_f64;")])), []);
    }

    #[test]
    fn the_time_is_asked_for_in_one_place() {
        let text =
            "fn f() { Instant::now(); }\n#[cfg(test)]\nmod tests {\n    fn g() { Instant::now(); }\n}\n";
        let tree = Tree::of(&[("crates/proxy/src/a.rs", text), ("crates/clock/src/lib.rs", text)]);
        let found = injected_time(&tree);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].path.as_str(), found[0].line), ("crates/proxy/src/a.rs", 1));
    }

    #[test]
    fn the_runtimes_instant_is_no_clock_but_other_clocks_beside_it_are() {
        let text = "use tokio::time::{Instant, sleep};\nfn f() { Instant::now(); }\n";
        let path = "crates/upstream/src/retry.rs";
        assert_eq!(injected_time(&Tree::of(&[(path, text)])), []);
        let mixed = format!("{text}fn g() {{ SystemTime::now(); }}\n");
        assert_eq!(injected_time(&Tree::of(&[(path, &mixed)])).len(), 1);
    }

    #[test]
    fn untyped_errors_stay_at_the_edge() {
        let text = "fn f() -> anyhow::Result<()> {}\n";
        let tree = Tree::of(&[("crates/proxy/src/main.rs", text), ("crates/proxy/src/app.rs", text)]);
        let found = anyhow_at_the_edge(&tree);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].path, "crates/proxy/src/app.rs");
    }

    #[test]
    fn an_impure_dependency_is_found_however_deep() {
        assert_eq!(pure_rules("loyalty v0.1.0 (path)\nserde v1.0.1\ntimeless v1.0.0\n"), []);
        let found = pure_rules("loyalty v0.1.0 (path)\nserde v1.0.1\ntokio v1.40.0\ntokio v1.40.0 (*)\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("tokio"));
    }
}
