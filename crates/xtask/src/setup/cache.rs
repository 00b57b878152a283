//! The user's tool cache: whole tools or none. Owns its folders and its lock; does not know where a tool comes from.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::versions::Tool;
use crate::progress;

/// The folder in which each version of each tool has a folder of its own, shared by all clones of the project.
pub(crate) struct Cache {
    dir: PathBuf,
}

impl Cache {
    /// The cache of this user: `$XDG_CACHE_HOME/loyalty-checkout/tools`, by default below `~/.cache`.
    pub(crate) fn of_user() -> anyhow::Result<Self> {
        let base = match std::env::var_os("XDG_CACHE_HOME").filter(|dir| Path::new(dir).is_absolute()) {
            Some(dir) => PathBuf::from(dir),
            None => std::env::home_dir().context("no home directory for the tool cache")?.join(".cache"),
        };
        Ok(Self { dir: base.join("loyalty-checkout").join("tools") })
    }

    #[cfg(test)]
    pub(crate) fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// The folder of the tool's programs, if the tool is there.
    pub(crate) fn find(&self, tool: &Tool) -> Option<PathBuf> {
        let bin = self.folder(tool).join("bin");
        tool.binaries.iter().all(|name| bin.join(name).is_file()).then_some(bin)
    }

    /// Lets nobody else install until the result is dropped; waits for whoever is at it.
    pub(crate) fn lock(&self) -> anyhow::Result<File> {
        fs::create_dir_all(&self.dir).with_context(|| format!("cannot make {}", self.dir.display()))?;
        let path = self.dir.join(".lock");
        let file = File::create(&path).with_context(|| format!("cannot open {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                progress::note("setup", "another set-up is running; waiting for it");
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(file)
    }

    /// Lets `fill` put the tool into a folder beside its own, and gives the folder its name only when all is there and
    /// `verify` agrees; so an interruption leaves no half of a tool. The cache must be locked.
    pub(crate) fn install(
        &self,
        tool: &Tool,
        fill: impl FnOnce(&Path) -> anyhow::Result<()>,
        verify: impl FnOnce(&Path) -> anyhow::Result<()>,
    ) -> anyhow::Result<PathBuf> {
        let folder = self.folder(tool);
        let partial = folder.with_file_name(format!("{}-{}.partial", tool.name, tool.version));
        // What is there was left by an interruption: we hold the lock.
        for leftover in [&partial, &folder] {
            if leftover.exists() {
                fs::remove_dir_all(leftover)
                    .with_context(|| format!("cannot clear {}", leftover.display()))?;
            }
        }
        fs::create_dir_all(partial.join("bin"))?;
        fill(&partial)?;
        for name in tool.binaries {
            if !partial.join("bin").join(name).is_file() {
                bail!("the installed {} has no `{name}`", tool.name);
            }
        }
        verify(&partial.join("bin"))?;
        fs::rename(&partial, &folder)?;
        Ok(folder.join("bin"))
    }

    fn folder(&self, tool: &Tool) -> PathBuf {
        self.dir.join(format!("{}-{}", tool.name, tool.version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::versions::TRUNK;

    fn fill_whole(dir: &Path) -> anyhow::Result<()> {
        Ok(fs::write(dir.join("bin/trunk"), "program")?)
    }

    #[test]
    fn an_installed_tool_is_found() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let cache = Cache::at(dir.path());
        assert_eq!(cache.find(&TRUNK), None);
        let bin = cache.install(&TRUNK, fill_whole, |_| Ok(())).expect("installs");
        assert_eq!(cache.find(&TRUNK), Some(bin));
    }

    #[test]
    fn a_tool_that_was_interrupted_is_not_found_and_is_installed_afresh() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let cache = Cache::at(dir.path());
        let interrupted = cache.install(
            &TRUNK,
            |dir| {
                fs::write(dir.join("bin/stale"), "")?;
                bail!("the line went dead")
            },
            |_| Ok(()),
        );
        assert!(interrupted.is_err() && cache.find(&TRUNK).is_none());
        let bin = cache.install(&TRUNK, fill_whole, |_| Ok(())).expect("installs");
        assert!(!bin.join("stale").exists());
    }

    #[test]
    fn a_tool_of_the_wrong_version_or_without_its_program_is_not_installed() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let cache = Cache::at(dir.path());
        assert!(cache.install(&TRUNK, fill_whole, |_| bail!("it is 0.20")).is_err());
        assert!(cache.install(&TRUNK, |_| Ok(()), |_| Ok(())).is_err());
        assert_eq!(cache.find(&TRUNK), None);
    }
}
