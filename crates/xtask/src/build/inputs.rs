//! What the widget is made of, as one number. Reads the work tree; decides nothing.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::Context;
use toml::Table;

const FILES: [&str; 5] = ["Cargo.toml", "Cargo.lock", "Trunk.toml", "index.html", "rust-toolchain.toml"];
const FOLDERS: [&str; 3] = ["src", "style", "vendor"];

/// Changes when the widget's sources, its crates of this workspace, its settings, its tools or `settings` change.
pub(super) fn hash(root: &Path, settings: &[(&str, &str)]) -> anyhow::Result<u64> {
    let mut hasher = DefaultHasher::new();
    settings.hash(&mut hasher);
    for tool in [
        crate::setup::versions::TRUNK,
        crate::setup::versions::WASM_BINDGEN,
        crate::setup::versions::WASM_OPT,
        crate::setup::versions::ESBUILD,
    ] {
        (tool.name, tool.version).hash(&mut hasher);
    }
    for file in FILES {
        (file, fs::read(root.join(file)).with_context(|| file.to_owned())?).hash(&mut hasher);
    }
    let folders = FOLDERS.iter().map(|folder| root.join(folder));
    for folder in folders.chain(crates_of_workspace(root)?) {
        hash_folder(&folder, &mut hasher).with_context(|| folder.display().to_string())?;
    }
    Ok(hasher.finish())
}

/// Feeds every file below the folder, by name and content.
pub(super) fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    paths.sort();
    for path in paths {
        path.file_name().hash(hasher);
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}

/// The folders of the workspace's crates the root package is built of, whether directly or through one another.
fn crates_of_workspace(root: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    let manifest = read_manifest(root)?;
    let shared = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(|value| value.as_table())
        .context("Cargo.toml has no [workspace.dependencies]")?;
    let mut found = BTreeSet::new();
    let mut queue = vec![(root.to_owned(), manifest.clone())];
    while let Some((dir, manifest)) = queue.pop() {
        let dependencies =
            manifest.get("dependencies").and_then(|value| value.as_table()).into_iter().flatten();
        for (name, wanted) in dependencies {
            let inherited = wanted.get("workspace").is_some().then(|| shared.get(name)).flatten();
            let path = match (wanted.get("path"), inherited.and_then(|entry| entry.get("path"))) {
                (Some(path), _) => path.as_str().map(|path| dir.join(path)),
                (None, Some(path)) => path.as_str().map(|path| root.join(path)),
                (None, None) => None,
            };
            if let Some(path) = path
                && found.insert(path.clone())
            {
                queue.push((path.clone(), read_manifest(&path)?));
            }
        }
    }
    Ok(found)
}

fn read_manifest(dir: &Path) -> anyhow::Result<Table> {
    let file = dir.join("Cargo.toml");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    text.parse::<Table>().with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("has a folder")).expect("made");
        fs::write(file, text).expect("written");
    }

    fn sample() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let root = dir.path();
        write(
            root,
            "Cargo.toml",
            "[workspace.dependencies]\nnear = { path = \"crates/near\" }\nserde = \"1\"\n\
             [dependencies]\nnear.workspace = true\nserde.workspace = true\n",
        );
        write(root, "crates/near/Cargo.toml", "[dependencies]\nfar = { path = \"../far\" }\n");
        write(root, "crates/far/Cargo.toml", "[package]\nname = \"far\"\n");
        write(root, "crates/far/src/lib.rs", "//! Far.\n");
        write(root, "crates/unused/src/lib.rs", "//! Unused.\n");
        for file in &FILES[1..] {
            write(root, file, "");
        }
        write(root, "src/lib.rs", "//! Widget.\n");
        write(root, "style/base.css", "");
        write(root, "vendor/there/src/lib.rs", "//! Vendored.\n");
        dir
    }

    #[test]
    fn a_change_in_a_crate_behind_a_crate_counts() {
        let dir = sample();
        let before = hash(dir.path(), &[]).expect("readable");
        assert_eq!(hash(dir.path(), &[]).expect("readable"), before);
        write(dir.path(), "crates/far/src/lib.rs", "//! Farther.\n");
        assert_ne!(hash(dir.path(), &[]).expect("readable"), before);
    }

    #[test]
    fn a_change_in_a_crate_the_widget_does_not_use_does_not_count() {
        let dir = sample();
        let before = hash(dir.path(), &[]).expect("readable");
        write(dir.path(), "crates/unused/src/lib.rs", "//! Still unused.\n");
        assert_eq!(hash(dir.path(), &[]).expect("readable"), before);
    }

    #[test]
    fn a_renamed_file_and_other_flags_count() {
        let dir = sample();
        let before = hash(dir.path(), &[]).expect("readable");
        assert_ne!(hash(dir.path(), &[("FLAG", "1")]).expect("readable"), before);
        fs::rename(dir.path().join("src/lib.rs"), dir.path().join("src/main.rs")).expect("renamed");
        assert_ne!(hash(dir.path(), &[]).expect("readable"), before);
    }
}
