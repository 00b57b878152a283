//! The house rules and the architecture's invariants, as far as a program can check them. Owns the list of rules.
//!
//! A rule is a name, a reason and a function from the tree of sources to findings; it knows nothing of the others.

mod agreement;
mod files;
mod layers;
mod purity;
mod scan;
mod secrets;
mod tree;
mod words;

use std::process::Command;

use anyhow::bail;

use crate::process::capture;
use crate::progress;
use crate::workspace::Workspace;
use tree::Tree;

/// A place where a rule is broken.
#[derive(Debug, PartialEq)]
struct Finding {
    path: String,
    /// Counted from 1; 1 as well where the whole file is meant.
    line: usize,
    message: String,
}

struct Rule {
    name: &'static str,
    reason: &'static str,
    check: fn(&Tree) -> Vec<Finding>,
}

const RULES: [Rule; 20] = [
    Rule {
        name: "page-access",
        reason: "the page belongs to the host: one folder, src/embed, knows it",
        check: layers::page_access,
    },
    Rule {
        name: "http-access",
        reason: "timeouts, aborts and errors are decided in one place on each side",
        check: layers::http_access,
    },
    Rule {
        name: "wire-types-stay-home",
        reason: "an upstream's JSON must not shape anything but its own client",
        check: layers::wire_types,
    },
    Rule {
        name: "ui-knows-no-steps",
        reason: "a control serves every screen",
        check: layers::ui_knows_no_steps,
    },
    Rule {
        name: "steps-stand-apart",
        reason: "a screen can be changed or left out without reading another",
        check: layers::steps_stand_apart,
    },
    Rule { name: "no-floats", reason: "money is exact", check: purity::no_floats },
    Rule {
        name: "injected-time",
        reason: "a test must be able to move the time",
        check: purity::injected_time,
    },
    Rule {
        name: "words-in-i18n",
        reason: "what a guest reads must exist in every language",
        check: words::words_in_i18n,
    },
    Rule {
        name: "texts-in-every-language",
        reason: "a guest must not meet a gap in a language",
        check: words::texts_in_every_language,
    },
    Rule {
        name: "no-sides-in-style",
        reason: "right is left in Arabic: name the start and the end",
        check: words::no_sides_in_style,
    },
    Rule {
        name: "colours-in-tokens",
        reason: "a theme changes tokens.css and nothing else",
        check: words::colours_in_tokens,
    },
    Rule { name: "no-leftovers", reason: "finish it or open an issue", check: words::no_leftovers },
    Rule {
        name: "no-private-paths",
        reason: "a path of somebody's machine says nothing to a reader",
        check: words::no_private_paths,
    },
    Rule { name: "no-mod-rs", reason: "a file is found by its module's name", check: files::no_mod_rs },
    Rule {
        name: "no-grab-bags",
        reason: "a name that fits everything collects everything",
        check: files::no_grab_bags,
    },
    Rule {
        name: "module-header",
        reason: "a reader wants to know what a file owns before reading it",
        check: files::module_header,
    },
    Rule { name: "file-length", reason: "a file is read at one sitting", check: files::file_length },
    Rule { name: "function-length", reason: "a function fits one screen", check: files::function_length },
    Rule {
        name: "anyhow-at-the-edge",
        reason: "a caller must be able to tell errors apart",
        check: purity::anyhow_at_the_edge,
    },
    Rule {
        name: "versions-agree",
        reason: "wasm-bindgen's program and crate work together only in equal versions",
        check: agreement::versions_agree,
    },
];

/// Checks every rule on the work tree, and the built widget where there is one.
pub(crate) fn run(workspace: &Workspace) -> anyhow::Result<()> {
    let tree = Tree::read(workspace.root())?;
    let mut broken = 0;
    for rule in &RULES {
        broken += report(rule.name, rule.reason, &(rule.check)(&tree));
    }
    let graph = capture(
        Command::new("cargo")
            .args(["tree", "--package", "loyalty", "--edges", "normal,build", "--prefix", "none", "--locked"])
            .current_dir(workspace.root()),
    )?;
    broken += report(
        "pure-rules",
        "the rules decide money, and must do so the same way everywhere and at any time",
        &purity::pure_rules(&graph),
    );
    if broken > 0 {
        bail!("tidy found {broken} broken rules");
    }
    if workspace.dist().is_dir() {
        check_built_widget(workspace)?;
    } else {
        progress::note("tidy", "dist/ is not built, so `no-secrets-in-the-widget` was not checked");
    }
    progress::note("tidy", format_args!("{} files keep {} rules", tree.files().len(), RULES.len() + 1));
    Ok(())
}

/// Checks what only the built widget can tell: that it carries no key and no upstream's address.
pub(crate) fn check_built_widget(workspace: &Workspace) -> anyhow::Result<()> {
    let findings = secrets::no_secrets_in(&workspace.dist())?;
    let broken = report("no-secrets-in-the-widget", "what the browser gets, everybody can read", &findings);
    if broken > 0 {
        bail!("the built widget carries what only the proxy may know");
    }
    Ok(())
}

fn report(name: &str, reason: &str, findings: &[Finding]) -> usize {
    for Finding { path, line, message } in findings {
        println!("{path}:{line}: {name}: {message} ({reason})");
    }
    findings.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_documented_in_the_architecture_or_the_contributors_guide() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let read = |name| std::fs::read_to_string(root.join(name)).expect(name);
        let documents = read("ARCHITECTURE.md") + &read("CONTRIBUTING.md");
        let names = RULES.iter().map(|rule| rule.name).chain(["pure-rules", "no-secrets-in-the-widget"]);
        let missing: Vec<_> = names.filter(|name| !documents.contains(&format!("`{name}`"))).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
