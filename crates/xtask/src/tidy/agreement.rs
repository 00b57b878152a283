//! Versions that are written in more than one file, because several programs read them.

use toml::{Table, Value};

use super::Finding;
use super::tree::Tree;
use crate::setup::versions::{WASM_BINDGEN, WASM_OPT};

/// `Cargo.toml`, `Trunk.toml` and the set-up name the same wasm-bindgen and wasm-opt, and the toolchain file the same
/// Rust. The lock file follows `Cargo.toml`, whose pin is exact.
pub(super) fn versions_agree(tree: &Tree) -> Vec<Finding> {
    let pin = format!("={}", WASM_BINDGEN.version);
    let mut found = Vec::new();
    let mut expect = |path: &str, keys: &[&str], wanted: &str| {
        let value = tree
            .file(path)
            .and_then(|file| file.text().parse::<Table>().ok())
            .and_then(|table| get(&table, keys));
        if value.as_deref() != Some(wanted) {
            let message = format!("{} should be \"{wanted}\" and is {value:?}", keys.join("."));
            found.push(Finding { path: path.to_owned(), line: 1, message });
        }
    };
    expect("Cargo.toml", &["dependencies", "wasm-bindgen"], &pin);
    expect("Trunk.toml", &["tools", "wasm_bindgen"], WASM_BINDGEN.version);
    expect("Trunk.toml", &["tools", "wasm_opt"], WASM_OPT.version);
    let channel = tree
        .file("rust-toolchain.toml")
        .and_then(|file| file.text().parse::<Table>().ok())
        .and_then(|table| get(&table, &["toolchain", "channel"]));
    if let Some(channel) = channel {
        let least = channel.rsplit_once('.').map_or(channel.as_str(), |(minor, _)| minor);
        expect("Cargo.toml", &["workspace", "package", "rust-version"], least);
    }
    found
}

fn get(table: &Table, keys: &[&str]) -> Option<String> {
    let (last, folders) = keys.split_last()?;
    let table = folders.iter().try_fold(table, |table, key| table.get(*key).and_then(Value::as_table))?;
    let value = table.get(*last)?;
    value.as_str().or_else(|| value.get("version").and_then(Value::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(wasm_bindgen: &str, rust: &str) -> usize {
        let cargo = format!(
            "[workspace.package]\nrust-version = \"{rust}\"\n[dependencies]\nwasm-bindgen = {{ version = \"={wasm_bindgen}\" }}\n"
        );
        let trunk = format!(
            "[tools]\nwasm_bindgen = \"{}\"\nwasm_opt = \"{}\"\n",
            WASM_BINDGEN.version, WASM_OPT.version
        );
        let toolchain = "[toolchain]\nchannel = \"1.95.0\"\n";
        let files =
            [("Cargo.toml", cargo.as_str()), ("Trunk.toml", &trunk), ("rust-toolchain.toml", toolchain)];
        versions_agree(&Tree::of(&files)).len()
    }

    #[test]
    fn equal_versions_agree_and_others_do_not() {
        assert_eq!(count(WASM_BINDGEN.version, "1.95"), 0);
        assert_eq!(count("0.2.1", "1.95"), 1);
        assert_eq!(count(WASM_BINDGEN.version, "1.94"), 1);
    }

    #[test]
    fn a_file_that_is_not_there_does_not_agree() {
        assert_eq!(versions_agree(&Tree::of(&[])).len(), 3);
    }
}
