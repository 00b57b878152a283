//! The sandbox's SQLite database.
//!
//! Owns the connections and the transactions; must not know JSON or the rules. Every operation is one immediate
//! transaction on one connection, so operations happen one after another and each is there whole or not at all. Long
//! readings, as the check of all books, have a connection of their own that sees the latest whole operation and holds
//! none up.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use folder::Folder;

pub(crate) mod access;
pub(crate) mod app_codes;
pub(crate) mod bonus_entries;
pub(crate) mod campaign_uses;
pub(crate) mod cards;
pub(crate) mod check;
pub(crate) mod clients;
pub(crate) mod delivery;
pub(crate) mod folder;
pub(crate) mod gifts;
pub(crate) mod guests;
pub(crate) mod history;
pub(crate) mod holds;
pub(crate) mod ledger;
pub(crate) mod login_codes;
pub(crate) mod members;
pub(crate) mod orders;
pub(crate) mod payment_codes;
pub(crate) mod promo_codes;
#[cfg(test)]
mod query_plans;
pub(crate) mod refunds;
pub(crate) mod rewards;
pub(crate) mod settings;
pub(crate) mod stamps;
pub(crate) mod wallet;

/// How long a connection waits for another process that writes, as a backup may.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The schema's steps; the database's `user_version` says how many it has taken.
const MIGRATIONS: &[&str] = &[
    include_str!("store/schema_1.sql"),
    include_str!("store/schema_2.sql"),
    include_str!("store/schema_3.sql"),
    include_str!("store/schema_4.sql"),
    include_str!("store/schema_5.sql"),
    include_str!("store/schema_6.sql"),
    include_str!("store/schema_7.sql"),
];

/// Why the database failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite failed.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The database was written by a newer version of this program.
    #[error("the database has schema {found}, this program knows {known}")]
    Newer {
        /// The schema found.
        found: usize,
        /// The newest schema this program knows.
        known: usize,
    },
    /// A row holds what this program never writes.
    #[error("the database holds an impossible value: {0}")]
    Corrupt(String),
}

/// The database. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Store(Arc<Connections>);

/// The folder comes last: its lock is let go after the connections are closed.
#[derive(Debug)]
struct Connections {
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    _folder: Folder,
}

impl Store {
    /// Opens the database of the folder, which must have one, and brings its schema up to date.
    pub(crate) fn open(folder: Folder) -> Result<Self, StoreError> {
        let path = folder.database();
        let mut writer = Connection::open_with_flags(
            &path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        writer.busy_timeout(BUSY_TIMEOUT)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        // In WAL mode this keeps every committed transaction through a killed process.
        writer.pragma_update(None, "synchronous", "NORMAL")?;
        writer.pragma_update(None, "foreign_keys", true)?;
        writer.set_prepared_statement_cache_capacity(128);
        migrate(&mut writer)?;
        let reader = Connection::open_with_flags(
            &path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        reader.busy_timeout(BUSY_TIMEOUT)?;
        Ok(Self(Arc::new(Connections {
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
            _folder: folder,
        })))
    }

    /// Runs `work` in a transaction that is kept where it succeeds and undone where it fails.
    pub(crate) fn transact<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        within(&self.0.writer, TransactionBehavior::Immediate, work)
    }

    /// Runs `work` on the books as they stand, beside the operations. It must not write.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        within(&self.0.reader, TransactionBehavior::Deferred, work)
    }
}

fn within<T, E: From<StoreError>>(
    connection: &Mutex<Connection>,
    behavior: TransactionBehavior,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    // A panic inside `work` has undone its transaction, so the connection is sound.
    let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
    let tx = connection.transaction_with_behavior(behavior).map_err(StoreError::from)?;
    let result = work(&tx)?;
    tx.commit().map_err(StoreError::from)?;
    Ok(result)
}

/// Makes a database in a new file and lets `fill` write into it. Fast rather than safe: after a failure or an
/// interruption the file is good for nothing.
pub(crate) fn build<E: From<StoreError>>(
    path: &Path,
    fill: impl FnOnce(&Transaction<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut connection = open_building_site(path)?;
    let tx = connection.transaction().map_err(StoreError::from)?;
    fill(&tx)?;
    tx.commit().map_err(StoreError::from)?;
    connection.close().map_err(|(_, error)| StoreError::from(error))?;
    Ok(())
}

fn open_building_site(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", "OFF")?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    // Kibibytes: the ends of a million guests' indices stay in memory.
    connection.pragma_update(None, "cache_size", -256 * 1024)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(128);
    migrate(&mut connection)?;
    Ok(connection)
}

/// Empties every table.
pub(crate) fn clear(tx: &Transaction<'_>) -> Result<(), StoreError> {
    // For this transaction only: references are looked at when it ends, so the tables may be emptied in any order.
    tx.pragma_update(None, "defer_foreign_keys", true)?;
    let mut statement =
        tx.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")?;
    let tables = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    for table in tables {
        tx.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

/// The schema this program writes.
pub(crate) const SCHEMA: usize = MIGRATIONS.len();

/// The schema of a database.
pub(crate) fn schema_of(connection: &Connection) -> Result<usize, StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| StoreError::Corrupt(format!("schema {version}")))
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let taken = schema_of(connection)?;
    if taken > SCHEMA {
        return Err(StoreError::Newer { found: taken, known: SCHEMA });
    }
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(taken) {
        let tx = connection.transaction()?;
        tx.execute_batch(migration)?;
        tx.pragma_update(None, "user_version", index + 1)?;
        tx.commit()?;
    }
    Ok(())
}
