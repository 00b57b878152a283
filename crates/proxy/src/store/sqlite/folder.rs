//! The data folder, which is one proxy's at a time: the file in it has one writer.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use crate::store::StoreError;

/// The file whose lock says that the folder is in use. It stays; the lock goes with the process that holds it.
const LOCK: &str = "proxy.lock";

/// How often and how long a proxy that is just ending is waited for.
const ATTEMPTS: u32 = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// A folder that no other proxy uses while this value lives.
#[derive(Debug)]
pub(super) struct Folder {
    /// Held open: the lock ends with it, also where the process is killed.
    _lock: File,
}

impl Folder {
    /// Takes the folder. Blocks for a while where another proxy has it.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where it goes on using it.
    pub(super) fn claim(path: &Path) -> Result<Self, StoreError> {
        let unusable = |error: std::io::Error| StoreError::Unavailable(error.to_string());
        let lock = File::create(path.join(LOCK)).map_err(unusable)?;
        for _ in 0..ATTEMPTS {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { _lock: lock }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(unusable(error)),
            }
        }
        Err(StoreError::InUse)
    }
}
