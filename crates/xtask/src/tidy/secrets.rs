//! What the built widget must not carry: keys, and anything of an upstream system.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::Finding;

/// The demo's key stands for every key: if it does not get in, none does by that way.
const SECRETS: [&str; 6] = ["demo-plazius", "/b2b/v1", "plazius.ru", "ApiKey", "gentoken", "rkObjectId"];

/// Looks into every file of the folder, whatever it is.
pub(super) fn no_secrets_in(dist: &Path) -> anyhow::Result<Vec<Finding>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dist).with_context(|| dist.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(no_secrets_in(&path)?);
            continue;
        }
        let content = fs::read(&path).with_context(|| path.display().to_string())?;
        for secret in SECRETS.iter().filter(|secret| contains(&content, secret.as_bytes())) {
            found.push(Finding {
                path: path.display().to_string(),
                line: 1,
                message: format!("`{secret}` got into the build"),
            });
        }
    }
    Ok(found)
}

fn contains(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_among_bytes_that_are_no_text() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        fs::write(dir.path().join("a.wasm"), b"\0asm\xff/api/v1/previews\xfe").expect("written");
        assert_eq!(no_secrets_in(dir.path()).expect("readable"), []);
        fs::create_dir(dir.path().join("snippets")).expect("made");
        fs::write(dir.path().join("snippets/b.wasm"), b"\0asm\xffdemo-plazius\xfe").expect("written");
        let found = no_secrets_in(dir.path()).expect("readable");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].path.ends_with("snippets/b.wasm"));
    }
}
