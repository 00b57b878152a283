//! Whether the books of a folder hold together, looked at from outside: beside a running sandbox or without one.
//!
//! Must not write, not even an empty file.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Transaction};

use crate::StoreError;
use crate::store::folder::{Occupancy, database_in, occupancy};
use crate::store::{SCHEMA, check, schema_of};

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many guests there are.
    pub guests: u64,
    /// How many orders there are.
    pub orders: u64,
    /// How many times a balance has changed.
    pub bonus_entries: u64,
    /// A sentence for each thing that does not hold; empty where the books are sound.
    pub violations: Vec<String>,
}

/// Why books cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The folder has no database.
    #[error("there is no database in {}", .0.display())]
    Missing(PathBuf),
    /// The database is of another version of this program.
    #[error("the database has schema {found}, this program knows {known}: start it there once, or update it")]
    OtherSchema {
        /// The schema found.
        found: usize,
        /// The schema this program knows.
        known: usize,
    },
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Report {
    pub(crate) fn of(tx: &Transaction<'_>) -> Result<Self, StoreError> {
        let count = |table| tx.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0));
        Ok(Self {
            guests: count("guest")?,
            orders: count("loyalty_order")?,
            bonus_entries: count("bonus_entry")?,
            violations: check::violations(tx)?,
        })
    }
}

/// Checks the books in `data_dir`, whether or not a sandbox is at work in them, as they stand at one moment.
///
/// # Errors
/// [`CheckError`] where they cannot be read.
pub fn check_folder(data_dir: &Path) -> Result<Report, CheckError> {
    let path = database_in(data_dir);
    if !path.exists() {
        return Err(CheckError::Missing(data_dir.to_owned()));
    }
    let occupancy = occupancy(data_dir);
    let mut connection = open(&path, &occupancy).map_err(StoreError::from)?;
    // Every page is read, many of them often: without copying where the system allows it.
    connection.pragma_update(None, "mmap_size", i64::from(i32::MAX)).map_err(StoreError::from)?;
    let tx = connection.transaction().map_err(StoreError::from)?;
    let found = schema_of(&tx)?;
    if found != SCHEMA {
        return Err(CheckError::OtherSchema { found, known: SCHEMA });
    }
    let report = Report::of(&tx)?;
    // Until here, books at rest stay so.
    drop(occupancy);
    Ok(report)
}

/// SQLite makes a log and its index beside a database in WAL mode, even to read it. Where a sandbox has ended politely
/// there is no log, and nothing that it would be needed for.
fn open(path: &Path, occupancy: &Occupancy) -> rusqlite::Result<Connection> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if matches!(occupancy, Occupancy::InUse) || Path::new(&log).exists() {
        return Connection::open_with_flags(path, flags);
    }
    let uri = format!("file:{}?immutable=1", percent_encoded(path));
    Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
}

/// The path as a URI may hold it.
fn percent_encoded(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes().iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"/.-_".contains(byte) {
            text.push(char::from(*byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}
