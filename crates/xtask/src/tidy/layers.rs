//! Who may know whom: the rules on the architecture's borders.

use std::collections::BTreeMap;

use super::Finding;
use super::scan::names;
use super::tree::{SourceFile, Tree};

/// What the steps share; no step itself.
const SHARED_BY_STEPS: [&str; 1] = ["messages"];

/// Only `src/embed` touches window, document and messages between windows.
pub(super) fn page_access(tree: &Tree) -> Vec<Finding> {
    let widget = tree.rust().filter(|file| file.path().starts_with("src/") && !is_below(file, "src/embed"));
    let page = ["window", "document", "Window", "Document", "post_message", "postMessage", "local_storage"];
    find_names(widget, &page, "belongs in src/embed")
}

/// Only `src/api` speaks HTTP in the browser, only `crates/upstream` as a client on the server.
pub(super) fn http_access(tree: &Tree) -> Vec<Finding> {
    let product = || tree.rust().filter(|file| !is_below(file, "crates/xtask"));
    let browser = product().filter(|file| !is_below(file, "src/api"));
    let mut found =
        find_names(browser, &["gloo_net", "XmlHttpRequest", "fetch_with_str"], "belongs in src/api");
    for file in product().filter(|file| !is_below(file, "crates/upstream")) {
        for (number, line) in file.product_lines() {
            let is_client = ["hyper_util::client", "hyper::client", "reqwest::", "ureq::"];
            if is_client.iter().any(|path| line.code.contains(path)) {
                found.push(file.finding(number, "an HTTP client belongs in crates/upstream"));
            }
        }
    }
    found
}

/// A type named `…Wire` is used only in the folder of the system whose JSON it is.
pub(super) fn wire_types(tree: &Tree) -> Vec<Finding> {
    let mut homes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for file in tree.rust() {
        for line in file.lines() {
            let mut words = names(&line.code).peekable();
            while let Some(word) = words.next() {
                if ["struct", "enum", "type"].contains(&word)
                    && let Some(name) = words.next_if(|name| is_wire(name))
                {
                    homes.entry(name).or_default().push(home(file.path()));
                }
            }
        }
    }
    let mut found = Vec::new();
    for file in tree.rust() {
        for (number, line) in (1..).zip(file.lines()) {
            for name in names(&line.code).filter(|name| is_wire(name)) {
                let at_home =
                    homes.get(name).is_some_and(|homes| homes.iter().any(|home| is_below(file, home)));
                if !at_home {
                    found.push(file.finding(number, format!("`{name}` is used outside its folder")));
                }
            }
        }
    }
    found
}

/// `src/ui` names nothing of `src/steps`.
pub(super) fn ui_knows_no_steps(tree: &Tree) -> Vec<Finding> {
    find_names(
        tree.rust().filter(|file| is_below(file, "src/ui")),
        &["steps"],
        "a control must not know a screen",
    )
}

/// No step names another.
pub(super) fn steps_stand_apart(tree: &Tree) -> Vec<Finding> {
    let step_of = |file: &SourceFile| {
        let inside = file.path().strip_prefix("src/steps/")?;
        inside.split(['/', '.']).next().map(str::to_owned)
    };
    let steps: Vec<String> = tree.rust().filter_map(step_of).collect();
    let mut found = Vec::new();
    for file in tree.rust() {
        let Some(own) = step_of(file) else { continue };
        let depth = file.path().matches('/').count() - 1;
        for (number, line) in (1..).zip(file.lines()) {
            for other in &steps {
                let siblings = format!("{}{other}::", "super::".repeat(depth));
                let absolute = format!("steps::{other}");
                let is_path = line.code.contains(&absolute)
                    || line
                        .code
                        .match_indices(&siblings)
                        .any(|(at, _)| !line.code[..at].ends_with("super::"));
                if *other != own && !SHARED_BY_STEPS.contains(&other.as_str()) && is_path {
                    found.push(file.finding(number, format!("the step `{own}` uses the step `{other}`")));
                    break;
                }
            }
        }
    }
    found
}

/// Whether the file is `folder.rs` or lies in `folder/`.
pub(super) fn is_below(file: &SourceFile, folder: &str) -> bool {
    file.path().strip_prefix(folder).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

fn is_wire(name: &str) -> bool {
    name.len() > "Wire".len() && name.ends_with("Wire")
}

/// The folder a file of wire types speaks for; `wire/` is not a folder of its own.
fn home(path: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.strip_suffix("/wire").unwrap_or(folder).to_owned()
}

fn find_names<'a>(
    files: impl Iterator<Item = &'a SourceFile>,
    banned: &[&str],
    message: &str,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files {
        for (number, line) in file.product_lines() {
            if let Some(name) = names(&line.code).find(|name| banned.contains(name)) {
                found.push(file.finding(number, format!("`{name}` {message}")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(found: &[Finding]) -> Vec<(&str, usize)> {
        found.iter().map(|finding| (finding.path.as_str(), finding.line)).collect()
    }

    #[test]
    fn the_page_is_touched_only_in_embed() {
        let text = "//! X.\nfn f() { web_sys::window(); }\n";
        let tree = Tree::of(&[("src/embed/page.rs", text), ("src/embed.rs", text), ("src/api.rs", text)]);
        assert_eq!(lines(&page_access(&tree)), [("src/api.rs", 2)]);
        assert_eq!(page_access(&Tree::of(&[("src/api.rs", "// window\nfn f() { g(\"document\"); }\n")])), []);
    }

    #[test]
    fn http_is_spoken_only_at_its_two_places() {
        let widget = "use gloo_net::http::Request;\n";
        let server = "use hyper_util::client::legacy::Client;\n";
        let right = Tree::of(&[("src/api/client.rs", widget), ("crates/upstream/src/http.rs", server)]);
        assert_eq!(http_access(&right), []);
        let wrong = Tree::of(&[("src/state.rs", widget), ("crates/proxy/src/sms.rs", server)]);
        assert_eq!(lines(&http_access(&wrong)), [("src/state.rs", 1), ("crates/proxy/src/sms.rs", 1)]);
    }

    #[test]
    fn a_wire_type_is_used_only_beside_its_definition() {
        let wire = ("crates/upstream/src/plazius/wire/guest.rs", "struct GuestWire;\n");
        let near = ("crates/upstream/src/plazius/client.rs", "fn f(guest: GuestWire) {}\n");
        let far = ("crates/upstream/src/program.rs", "//! P.\nfn f(guest: GuestWire) {}\n");
        assert_eq!(wire_types(&Tree::of(&[wire, near])), []);
        assert_eq!(lines(&wire_types(&Tree::of(&[wire, near, far]))), [(far.0, 2)]);
    }

    #[test]
    fn a_control_may_not_name_a_screen() {
        let tree = Tree::of(&[("src/ui/button.rs", "use crate::steps::phone;\n")]);
        assert_eq!(lines(&ui_knows_no_steps(&tree)), [("src/ui/button.rs", 1)]);
        let tree = Tree::of(&[("src/ui/slider.rs", "let step = 1; // between two steps\n")]);
        assert_eq!(ui_knows_no_steps(&tree), []);
    }

    #[test]
    fn a_step_may_use_its_own_parts_and_what_all_share_but_no_sibling() {
        let code = ("src/steps/code.rs", "//! Code.\n");
        let own =
            ("src/steps/preview/spend.rs", "use super::sums::line;\nuse super::super::messages::words;\n");
        let part = ("src/steps/preview/sums.rs", "use super::code::odd;\n");
        let shared = ("src/steps/messages.rs", "//! Messages.\n");
        assert_eq!(steps_stand_apart(&Tree::of(&[code, own, part, shared])), []);
        let beside = ("src/steps/phone.rs", "use super::code::code;\n");
        let deep = ("src/steps/preview/promo.rs", "use super::super::code::code;\n");
        let absolute = ("src/steps/preview.rs", "use crate::steps::code::code;\n");
        let found = steps_stand_apart(&Tree::of(&[code, beside, deep, absolute]));
        assert_eq!(lines(&found), [(beside.0, 1), (deep.0, 1), (absolute.0, 1)]);
    }
}
