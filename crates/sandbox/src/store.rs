//! The sandbox's SQLite database.
//!
//! Owns the connection and the transactions; must not know JSON or the rules. Every operation is one immediate
//! transaction on one connection, so operations happen one after another and each is there whole or not at all.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub(crate) mod access;
pub(crate) mod bonus_entries;
pub(crate) mod cards;
pub(crate) mod check;
pub(crate) mod gifts;
pub(crate) mod guests;
pub(crate) mod history;
pub(crate) mod ledger;
pub(crate) mod orders;
pub(crate) mod payment_codes;
pub(crate) mod wallet;

/// The file's name inside the data directory.
const FILE: &str = "sandbox.sqlite3";

/// The schema's steps; the database's `user_version` says how many it has taken.
const MIGRATIONS: &[&str] = &[
    include_str!("store/schema_1.sql"),
    include_str!("store/schema_2.sql"),
    include_str!("store/schema_3.sql"),
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
pub(crate) struct Store(Arc<Mutex<Connection>>);

impl Store {
    /// Opens the database in `data_dir`, which must exist, and brings its schema up to date.
    pub(crate) fn open(data_dir: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(data_dir.join(FILE))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // In WAL mode this keeps every committed transaction through a killed process.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        migrate(&mut connection)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Runs `work` in a transaction that is kept where it succeeds and undone where it fails.
    pub(crate) fn transact<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic inside `work` has undone its transaction, so the connection is sound.
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tx =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let result = work(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        Ok(result)
    }
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let taken = usize::try_from(version).map_err(|_| StoreError::Corrupt(format!("schema {version}")))?;
    if taken > MIGRATIONS.len() {
        return Err(StoreError::Newer { found: taken, known: MIGRATIONS.len() });
    }
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(taken) {
        let tx = connection.transaction()?;
        tx.execute_batch(migration)?;
        tx.pragma_update(None, "user_version", index + 1)?;
        tx.commit()?;
    }
    Ok(())
}
