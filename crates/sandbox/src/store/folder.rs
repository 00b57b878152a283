//! The data folder: the names of its files, and the lock that keeps it to one sandbox.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The database's file.
const DATABASE: &str = "sandbox.sqlite3";
/// The file under which a new database is made.
const BUILDING: &str = "sandbox.sqlite3.building";
/// The file whose lock says that the folder is in use. It stays; the lock goes with the process that holds it.
const LOCK: &str = "sandbox.lock";

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder or a file in it cannot be made, locked or renamed.
    #[error("cannot use the folder {}: {source}", path.display())]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Another sandbox uses it.
    #[error("another sandbox uses the folder {}", .0.display())]
    InUse(PathBuf),
}

/// A data folder that nobody else uses while this value lives.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Held open: the lock ends with it, also where the process is killed.
    _lock: File,
}

impl Folder {
    /// Makes the folder where it is missing, and takes it.
    pub(crate) fn claim(path: &Path) -> Result<Self, FolderError> {
        let unusable = |source| FolderError::Unusable { path: path.to_owned(), source };
        std::fs::create_dir_all(path).map_err(unusable)?;
        let lock = File::create(path.join(LOCK)).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        database_in(&self.path)
    }

    /// An empty place for a new database; what an interrupted attempt left there is removed.
    pub(crate) fn building_site(&self) -> Result<PathBuf, FolderError> {
        let site = self.path.join(BUILDING);
        match std::fs::remove_file(&site) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(self.unusable(source)),
            Ok(()) | Err(_) => Ok(site),
        }
    }

    /// Gives a new database, written to the last byte, its name.
    pub(crate) fn move_in(&self, site: &Path) -> Result<(), FolderError> {
        let moved = || {
            File::open(site)?.sync_all()?;
            std::fs::rename(site, self.database())?;
            File::open(&self.path)?.sync_all()
        };
        moved().map_err(|source| self.unusable(source))
    }

    fn unusable(&self, source: std::io::Error) -> FolderError {
        FolderError::Unusable { path: self.path.clone(), source }
    }
}

/// Where a folder's database is.
pub(crate) fn database_in(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

/// Whether a sandbox is at work in a folder.
#[derive(Debug)]
pub(crate) enum Occupancy {
    /// One is.
    InUse,
    /// None is, and none starts while this value lives; without a lock where none ever ran here.
    Idle { _lock: Option<File> },
}

/// Looks whether a sandbox is at work in a folder. Makes nothing.
pub(crate) fn occupancy(folder: &Path) -> Occupancy {
    match File::open(folder.join(LOCK)) {
        Ok(lock) if lock.try_lock_shared().is_ok() => Occupancy::Idle { _lock: Some(lock) },
        Ok(_) => Occupancy::InUse,
        Err(_) => Occupancy::Idle { _lock: None },
    }
}
