//! The compressed forms of the built files, which the proxy sends as they are. Owns the parameters; a program that
//! compresses while somebody waits would choose weaker ones.

use std::io::Write;
use std::path::Path;
use std::{fs, io};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The endings of the compressed forms.
const ENDINGS: [&str; 2] = [".br", ".gz"];

/// Quality 11, a window of 4 MB.
pub(crate) fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &*content, &mut packed, &parameters)?;
    Ok(packed)
}

/// Level 9, without a time or a name, so that the same file gives the same bytes.
pub(crate) fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

/// Puts a `.br` and a `.gz` beside every file of the folder.
pub(super) fn folder(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            self::folder(&path)?;
        } else if !path.to_str().is_some_and(is_compressed) {
            let content = fs::read(&path)?;
            for (ending, packed) in ENDINGS.into_iter().zip([brotli(&content)?, gzip(&content)?]) {
                let mut beside = path.clone().into_os_string();
                beside.push(ending);
                fs::write(beside, packed)?;
            }
        }
    }
    Ok(())
}

/// Whether a built file is the compressed form of another.
pub(crate) fn is_compressed(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn each_file_gets_both_forms_once_and_they_can_be_restored() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let text = b"loyalty ".repeat(100);
        fs::create_dir(dir.path().join("snippets")).expect("made");
        fs::write(dir.path().join("snippets/a.js"), &text).expect("written");
        for _ in 0..2 {
            folder(dir.path()).expect("compressed");
        }
        let mut names: Vec<_> = fs::read_dir(dir.path().join("snippets"))
            .expect("listed")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["a.js", "a.js.br", "a.js.gz"]);
        let mut restored = Vec::new();
        let packed = fs::read(dir.path().join("snippets/a.js.br")).expect("there");
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut restored).expect("restored");
        assert_eq!(restored, text);
        restored.clear();
        let packed = fs::read(dir.path().join("snippets/a.js.gz")).expect("there");
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut restored).expect("restored");
        assert_eq!(restored, text);
    }
}
