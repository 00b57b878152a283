//! What the proxy keeps on disk: logins, sessions, orders, idempotency keys, in one SQLite file.
//!
//! Owns every SQL statement (in the folder beside it, one file per table) and the rule that an answered write is on the
//! disk. Decides nothing about guests or money.

pub(crate) mod challenges;
pub(crate) mod guest_key;
pub(crate) mod idempotency;
pub(crate) mod key_tries;
mod migrations;
pub(crate) mod orders;
pub(crate) mod rates;
pub(crate) mod sessions;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use thiserror::Error;

/// Why the store did not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// SQLite failed.
    #[error("the store failed: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by a newer version of this program.
    #[error("the store has version {found}, this program knows {known}")]
    TooNew {
        /// The file's version.
        found: usize,
        /// The newest version known here.
        known: usize,
    },
    /// A row holds what no version of this program writes.
    #[error("the store holds an unreadable `{0}`")]
    Unreadable(&'static str),
    /// The work did not run to its end.
    #[error("the store's work was broken off")]
    BrokenOff,
}

/// The open store. Clones share the same file.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    connection: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens the store `proxy.sqlite` in `data_dir`, which must exist, and brings it to the newest version.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be opened or is newer than this program.
    pub(crate) fn open(data_dir: &Path) -> Result<Self, StoreError> {
        let mut connection = Connection::open(data_dir.join("proxy.sqlite"))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // An intent must be on the disk before the loyalty system hears of it.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        migrations::apply(&mut connection)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)) })
    }

    /// Runs `work` as one transaction on a thread that may block; an error rolls it back.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let connection = Arc::clone(&self.connection);
        let task = tokio::task::spawn_blocking(move || {
            // A panic rolls its transaction back, so the connection is sound after one.
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        });
        task.await.unwrap_or(Err(StoreError::BrokenOff))
    }
}
