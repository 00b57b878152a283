//! Bytes as they are and as they travel. Reads files; knows no limits.

use std::iter::Sum;
use std::path::Path;
use std::{fs, io};

use crate::build::compress;

/// A file's bytes, raw and compressed as a server would ahead of time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Weight {
    pub(super) raw: usize,
    /// Level 9.
    pub(super) gzip: usize,
    /// Quality 11, a window of 4 MB.
    pub(super) brotli: usize,
}

impl Weight {
    pub(super) fn of(content: &[u8]) -> io::Result<Self> {
        Ok(Self {
            raw: content.len(),
            gzip: compress::gzip(content)?.len(),
            brotli: compress::brotli(content)?.len(),
        })
    }
}

impl Sum for Weight {
    fn sum<I: Iterator<Item = Self>>(weights: I) -> Self {
        weights.fold(Self::default(), |sum, next| Self {
            raw: sum.raw + next.raw,
            gzip: sum.gzip + next.gzip,
            brotli: sum.brotli + next.brotli,
        })
    }
}

/// Every file below the folder, as a path relative to it, sorted; without the compressed forms, which travel instead of
/// theirs and are weighed as such.
pub(super) fn list(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            found.extend(list(&entry.path())?.into_iter().map(|below| format!("{name}/{below}")));
        } else if !compress::is_compressed(&name) {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_weighs_little_once_compressed() {
        let weight = Weight::of(&b"loyalty ".repeat(1000)).expect("compressed");
        assert_eq!(weight.raw, 8000);
        assert!(weight.gzip < 100 && weight.brotli < 60, "{weight:?}");
    }

    #[test]
    fn files_in_folders_are_listed_too() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        fs::create_dir(dir.path().join("snippets")).expect("made");
        fs::write(dir.path().join("snippets/inline.js"), "").expect("written");
        for name in ["a.css", "a.css.br", "a.css.gz"] {
            fs::write(dir.path().join(name), "").expect("written");
        }
        assert_eq!(list(dir.path()).expect("listed"), ["a.css", "snippets/inline.js"]);
    }
}
