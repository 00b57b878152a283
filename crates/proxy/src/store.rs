//! What the proxy keeps: logins, sessions, orders, idempotency keys, in an SQLite file of its own or in a PostgreSQL that
//! it shares with other proxies.
//!
//! Owns every SQL statement (in the folder beside it, one file per table, written once for both databases) and the rule that
//! an answered write is on the disk. Decides nothing about guests or money.

pub(crate) mod challenges;
pub(crate) mod guest_key;
pub(crate) mod idempotency;
mod job;
pub(crate) mod key_tries;
pub(crate) mod leases;
pub(crate) mod orders;
mod postgres;
pub(crate) mod rates;
pub(crate) mod refunds;
pub(crate) mod registrations;
pub(crate) mod retention;
mod scope;
pub(crate) mod sessions;
pub(crate) mod sql;
mod sqlite;
pub(crate) mod sweep;
pub(crate) mod webhooks;

use std::path::Path;
use std::sync::Arc;

use thiserror::Error;
use tokio::sync::oneshot;

use self::job::{Engine, Work, WriteJob};
pub(crate) use self::scope::{Scope, Scopes};
use self::sql::{Query, Tx, values};
use crate::config::StoreConfig;

/// Why the store did not do what it was asked. No message holds a value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The database is out of reach or does not work now; the same may succeed later. Whether a write was kept is unknown.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// The database refused what this program asked.
    #[error("the store failed: {0}")]
    Failed(String),
    /// Another proxy has the folder.
    #[error("another proxy uses the data folder")]
    InUse,
    /// The tables were made by a newer version of this program.
    #[error("the store has version {found}, this program knows {known}")]
    TooNew {
        /// The tables' version.
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

/// The open store. Clones share the same database.
#[derive(Clone)]
pub(crate) struct Store {
    engine: Arc<dyn Engine>,
}

impl Store {
    /// Opens the configured store and brings it to the newest version. An SQLite file lives in `data_dir`, which must exist.
    ///
    /// # Errors
    /// [`StoreError`] where the store cannot be reached or is newer than this program.
    pub(crate) async fn open(config: &StoreConfig, data_dir: &Path) -> Result<Self, StoreError> {
        let (config, data_dir) = (config.clone(), data_dir.to_owned());
        let opening = tokio::task::spawn_blocking(move || -> Result<Arc<dyn Engine>, StoreError> {
            Ok(match config {
                StoreConfig::Sqlite => Arc::new(sqlite::Sqlite::open(&data_dir)?),
                StoreConfig::Postgres(config) => Arc::new(postgres::Postgres::open(&config)?),
            })
        });
        Ok(Self { engine: opening.await.unwrap_or(Err(StoreError::BrokenOff))? })
    }

    /// Runs `work`, which only reads.
    ///
    /// # Errors
    /// [`StoreError`] where the work or the database fails.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Fn(&mut dyn Query) -> Result<T, StoreError> + Send + 'static,
    {
        let (job, answer) = Work::heard(move |tx: &mut dyn Tx| work(tx));
        self.engine.read(job);
        self.wait_for(answer).await
    }

    /// Runs `work` as one transaction, after and before all others about the same things; an error rolls it back. It is
    /// answered when what it wrote is on the disk.
    ///
    /// # Errors
    /// [`StoreError`] where the work or the database fails.
    pub(crate) async fn write<T, F>(&self, scopes: impl Into<Scopes>, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Fn(&mut dyn Tx) -> Result<T, StoreError> + Send + 'static,
    {
        let (job, answer) = Work::heard(work);
        self.engine.write(WriteJob { scopes: scopes.into(), job });
        self.wait_for(answer).await
    }

    /// Runs `work` as [`Self::write`] does, for nobody who could wait for it.
    pub(crate) fn write_unheard<F>(&self, scopes: impl Into<Scopes>, work: F)
    where
        F: Fn(&mut dyn Tx) -> Result<(), StoreError> + Send + 'static,
    {
        self.engine.write(WriteJob { scopes: scopes.into(), job: Work::unheard(work) });
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// [`StoreError`] where it does not.
    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        self.read(|tx| tx.query("SELECT count FROM key_tries WHERE restaurant = ?1", values![""]).map(drop))
            .await
    }

    async fn wait_for<T>(&self, answer: oneshot::Receiver<Result<T, StoreError>>) -> Result<T, StoreError> {
        let answer = match self.engine.limit() {
            Some(limit) => tokio::time::timeout(limit, answer)
                .await
                .map_err(|_| StoreError::Unavailable("no answer in time".to_owned()))?,
            None => answer.await,
        };
        answer.unwrap_or(Err(StoreError::BrokenOff))
    }
}

#[cfg(test)]
mod tests;
