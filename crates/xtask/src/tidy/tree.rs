//! The project's text files as the rules see them. Owns the walk; judges nothing.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::Finding;
use super::scan::{Line, scan};

/// Folders whose contents are not the project's own text.
const SKIPPED: [&str; 8] =
    [".git", "target", "dist", "node_modules", ".install", ".tools", "screenshots", "fixtures"];
/// The kinds of files that people write here.
const KINDS: [&str; 12] = ["rs", "toml", "css", "js", "ts", "tsx", "vue", "html", "md", "json", "sh", "yml"];

/// All files, sorted by path.
pub(super) struct Tree {
    files: Vec<SourceFile>,
}

/// A file with its path from the root, parts separated by `/`.
pub(super) struct SourceFile {
    path: String,
    text: String,
    lines: Vec<Line>,
}

impl Tree {
    /// Reads the work tree below `root`.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        collect(root, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// A tree for a test.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| SourceFile::new((*path).to_owned(), (*text).to_owned()));
        Self { files: files.collect() }
    }

    pub(super) fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The Rust files.
    pub(super) fn rust(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().filter(|file| file.is("rs"))
    }

    pub(super) fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }
}

impl SourceFile {
    fn new(path: String, text: String) -> Self {
        let lines = if path.ends_with(".rs") { scan(&text) } else { Vec::new() };
        Self { path, text, lines }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The scanned lines of a Rust file.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Those lines that are part of the product, with their numbers from 1.
    pub(super) fn product_lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        let product = !self.is_test();
        (1..).zip(&self.lines).filter(move |(_, line)| product && !line.test)
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == kind)
    }

    /// The name without folders and kind.
    pub(super) fn stem(&self) -> &str {
        let name = self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name);
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Whether the whole file is a test.
    fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests" || part == "benches") || self.stem() == "tests"
    }

    pub(super) fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, message: message.into() }
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                collect(&entry.path(), &format!("{path}/"), files)?;
            }
        } else if name.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind)) || prefix == ".ci/" {
            let text = fs::read_to_string(entry.path()).with_context(|| path.clone())?;
            files.push(SourceFile::new(path, text));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_finds_sources_and_leaves_out_what_is_built() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        for (path, text) in [("src/app.rs", "//! App."), ("dist/app.js", ""), ("logo.png", "\u{1}")] {
            let file = dir.path().join(path);
            fs::create_dir_all(file.parent().expect("has a folder")).expect("made");
            fs::write(file, text).expect("written");
        }
        let tree = Tree::read(dir.path()).expect("readable");
        assert_eq!(tree.files().iter().map(SourceFile::path).collect::<Vec<_>>(), ["src/app.rs"]);
    }

    #[test]
    fn test_files_and_test_modules_are_no_product() {
        let text = "fn product() {}\n#[cfg(test)]\nmod tests {\n    fn test() {}\n}\n";
        let tree =
            Tree::of(&[("src/a.rs", text), ("src/state/tests.rs", text), ("crates/a/tests/it.rs", text)]);
        let counts = tree.rust().map(|file| file.product_lines().count()).collect::<Vec<_>>();
        assert_eq!(counts, [1, 0, 0]);
    }
}
