//! Where things lie. Owns the paths of the project; reads and writes nothing.

use std::path::{Path, PathBuf};

use anyhow::Context;

/// The project's work tree.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// The work tree this program was started for.
    ///
    /// # Errors
    /// Not started through cargo.
    pub(crate) fn locate() -> anyhow::Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").context("start it as `cargo xtask`")?;
        let root = Path::new(&manifest).ancestors().nth(2).context("crates/xtask is not in a workspace")?;
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root: root.to_owned(), target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where cargo builds.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// What Trunk writes and a host page loads.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }
}
