//! Remembers of what the present `dist/` was built, and that it is still as it was built.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::Context;

use super::inputs::hash_folder;

/// Whether `dist` is the unaltered result of a build of these inputs.
pub(super) fn is_current(stamp: &Path, inputs: u64, dist: &Path) -> bool {
    let (Ok(stamped), Ok(outputs)) = (fs::read_to_string(stamp), hash_of(dist)) else { return false };
    stamped == line(inputs, outputs)
}

/// Remembers `dist` as the result of a build of these inputs.
pub(super) fn write(stamp: &Path, inputs: u64, dist: &Path) -> anyhow::Result<()> {
    let outputs = hash_of(dist).with_context(|| format!("nothing was built into {}", dist.display()))?;
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(stamp, line(inputs, outputs)).with_context(|| format!("cannot write {}", stamp.display()))
}

fn hash_of(dist: &Path) -> std::io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    hash_folder(dist, &mut hasher)?;
    Ok(hasher.finish())
}

fn line(inputs: u64, outputs: u64) -> String {
    format!("{inputs:016x} {outputs:016x}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_inputs_and_an_unaltered_result_are_current() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let (stamp, dist) = (dir.path().join("deep/stamp"), dir.path().join("dist"));
        assert!(!is_current(&stamp, 1, &dist), "nothing was built yet");
        fs::create_dir(&dist).expect("made");
        fs::write(dist.join("widget.js"), "one").expect("written");
        write(&stamp, 1, &dist).expect("stamped");
        assert!(is_current(&stamp, 1, &dist));
        assert!(!is_current(&stamp, 2, &dist), "other inputs");
        fs::write(dist.join("widget.js"), "two").expect("written");
        assert!(!is_current(&stamp, 1, &dist), "somebody else built");
    }
}
