//! One build of the widget, read whole: its files, their digests, and the version that follows from them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

use axum::body::Bytes;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// How many digits of its digest name a version.
const VERSION_DIGITS: usize = 16;

/// A folder or a file that cannot be read.
#[derive(Debug)]
pub(crate) struct ReadError {
    pub(crate) path: PathBuf,
    pub(crate) source: io::Error,
}

/// A file in every form in which it is there.
pub(super) struct File {
    pub(super) content_type: &'static str,
    /// The SHA-384 of the plain form, in Base64.
    pub(super) digest: String,
    pub(super) plain: Bytes,
    pub(super) brotli: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
}

/// A build.
pub(super) struct Build {
    /// The same for the same files, and for no others.
    pub(super) version: String,
    /// By their path in the folder.
    pub(super) files: BTreeMap<String, File>,
}

impl Build {
    pub(super) fn read(dir: &Path) -> Result<Self, ReadError> {
        let mut files = BTreeMap::new();
        read_folder(dir, "", &mut files)?;
        let mut hasher = Sha256::new();
        for (name, file) in &files {
            // A name holds no line break, see `is_plain`, so that no two lists run together into the same text.
            hasher.update(format!("{name}\n{}\n", file.digest));
        }
        let mut version: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        version.truncate(VERSION_DIGITS);
        Ok(Self { version, files })
    }
}

/// Reads the files of a widget; what is of no such type, or has no plain name, is not served and not read.
fn read_folder(dir: &Path, prefix: &str, files: &mut BTreeMap<String, File>) -> Result<(), ReadError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        |source| ReadError { path, source }
    };
    for entry in fs::read_dir(dir).map_err(failed(dir))? {
        let entry = entry.map_err(failed(dir))?;
        let (path, name) = (entry.path(), entry.file_name());
        let Some(name) = name.to_str().filter(|name| is_plain(name)) else { continue };
        let full_name = format!("{prefix}{name}");
        if entry.file_type().map_err(failed(&path))?.is_dir() {
            read_folder(&path, &format!("{full_name}/"), files)?;
        } else if let Some(content_type) = content_type(name) {
            let plain = fs::read(&path).map_err(failed(&path))?;
            let file = File {
                content_type,
                digest: STANDARD.encode(Sha384::digest(&plain)),
                plain: plain.into(),
                brotli: compressed(&path, ".br"),
                gzip: compressed(&path, ".gz"),
            };
            files.insert(full_name, file);
        }
    }
    Ok(())
}

/// Whether no way leads out of the folder by this name; a hidden file has none that is served.
fn is_plain(name: &str) -> bool {
    !name.starts_with('.') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// The type of what a widget may consist of.
fn content_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// The compressed form beside a file. One that is older than its file was left by an earlier build, or copied without its
/// time: it is not trusted, and the log says so.
fn compressed(plain: &Path, ending: &str) -> Option<Bytes> {
    let mut path = plain.as_os_str().to_owned();
    path.push(ending);
    let changed = |path: &Path| -> Option<SystemTime> { fs::metadata(path).ok()?.modified().ok() };
    if changed(Path::new(&path))? < changed(plain)? {
        tracing::warn!(?path, "a compressed form is older than its file and is not served");
        return None;
    }
    fs::read(&path).ok().map(Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(files: &[(&str, &str)]) -> Build {
        let dir = tempfile::tempdir().expect("a scratch folder");
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        Build::read(dir.path()).expect("readable")
    }

    #[test]
    fn only_files_of_a_widget_with_plain_names_are_read() {
        let build = build(&[
            ("a.js", "a"),
            ("snippets/b.js", "b"),
            (".stage/c.js", "c"),
            (".hidden.js", "d"),
            ("notes.txt", "e"),
            ("a.js.br", "f"),
            ("two words.js", "g"),
        ]);
        assert_eq!(build.files.keys().collect::<Vec<_>>(), ["a.js", "snippets/b.js"]);
        assert_eq!(build.files["a.js"].brotli.as_deref(), Some(&b"f"[..]));
    }

    #[test]
    fn a_version_is_that_of_its_files_and_of_no_others() {
        let one = build(&[("a.js", "a"), ("b.js", "b")]).version;
        assert_eq!(one.len(), VERSION_DIGITS);
        assert_eq!(build(&[("b.js", "b"), ("a.js", "a"), ("a.js.gz", "z")]).version, one);
        for other in [&[("a.js", "b"), ("b.js", "a")][..], &[("a.js", "a")], &[("c.js", "a"), ("b.js", "b")]]
        {
            assert_ne!(build(other).version, one);
        }
    }

    #[test]
    fn the_digest_is_the_one_that_a_browser_computes() {
        let digest = &build(&[("empty.js", "")]).files["empty.js"].digest;
        assert_eq!(digest, "OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }
}
