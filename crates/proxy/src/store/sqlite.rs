//! The store in one SQLite file of this process: one thread writes, a few read.
//!
//! Owns the rule that an answered write is on the disk, and its price: whatever waits to be written when the disk is free
//! goes there in one commit. A piece of work that fails takes back only what it wrote itself.

mod folder;
mod migrations;

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, params_from_iter};

use self::folder::Folder;
use super::StoreError;
use super::job::{Engine, Job, WriteJob};
use super::sql::{Query, Row, Tx, Value};

/// How many threads read.
const READERS: usize = 2;

/// How much work goes into one commit at most.
const GROUP: usize = 256;

/// How long another program's look into the file is waited for.
const BUSY: Duration = Duration::from_millis(1500);

/// The threads' doors. The threads end when this is dropped and their work is done.
pub(super) struct Sqlite {
    writes: Sender<Box<dyn Job>>,
    reads: Sender<Box<dyn Job>>,
}

impl Sqlite {
    /// Opens `proxy.sqlite` in a folder, which must exist and which no other proxy uses, and brings it to the newest
    /// version.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be opened, or is newer than this program.
    pub(super) fn open(data_dir: &Path) -> Result<Self, StoreError> {
        let folder = Folder::claim(data_dir)?;
        let path = data_dir.join("proxy.sqlite");
        let mut writer = connect(&path)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        // An intent must be on the disk before the loyalty system hears of it.
        writer.pragma_update(None, "synchronous", "FULL")?;
        writer.pragma_update(None, "foreign_keys", true)?;
        migrations::apply(&mut writer)?;
        // Nobody is at work on an order in a folder that nobody has used until now.
        writer.execute("DELETE FROM order_leases", [])?;

        let (reads, read_jobs) = channel();
        let read_jobs = Arc::new(Mutex::new(read_jobs));
        for _ in 0..READERS {
            let reader = connect(&path)?;
            reader.pragma_update(None, "query_only", true)?;
            let jobs = Arc::clone(&read_jobs);
            spawn("store-reader", move || read_all(&jobs, &reader))?;
        }
        let (writes, write_jobs) = channel();
        spawn("store-writer", move || {
            write_all(&write_jobs, &writer);
            drop(writer);
            // The folder is another proxy's only when the file is closed.
            drop(folder);
        })?;
        Ok(Self { writes, reads })
    }
}

impl Engine for Sqlite {
    fn write(&self, WriteJob { job, .. }: WriteJob) {
        hand_over(&self.writes, job);
    }

    fn read(&self, job: Box<dyn Job>) {
        hand_over(&self.reads, job);
    }

    fn limit(&self) -> Option<Duration> {
        None
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map(drop).map_err(|error| StoreError::Unavailable(error.to_string()))
}

fn hand_over(jobs: &Sender<Box<dyn Job>>, job: Box<dyn Job>) {
    if let Err(refused) = jobs.send(job) {
        refused.0.answer(Err(StoreError::BrokenOff));
    }
}

fn read_all(jobs: &Mutex<Receiver<Box<dyn Job>>>, connection: &Connection) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(mut job) = next else { return };
        if !job.is_abandoned() {
            job.run(&mut SqliteTx(connection));
            job.answer(Ok(()));
        }
    }
}

fn write_all(jobs: &Receiver<Box<dyn Job>>, connection: &Connection) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        group.extend(jobs.try_iter().take(GROUP - 1));
        group.retain(|job| !job.is_abandoned());
        if !group.is_empty() {
            write_group(group, connection);
        }
    }
}

/// Carries a group out and answers it, all after one commit.
fn write_group(mut group: Vec<Box<dyn Job>>, connection: &Connection) {
    let fate = connection.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from).and_then(|()| {
        for job in &mut group {
            write_one(job.as_mut(), connection)?;
        }
        Ok(connection.execute_batch("COMMIT")?)
    });
    if fate.is_err() && !connection.is_autocommit() {
        // An error here says only that the transaction is gone already.
        let _: rusqlite::Result<()> = connection.execute_batch("ROLLBACK");
    }
    for job in group {
        job.answer(fate.clone());
    }
}

/// Carries one piece of work out in the group's transaction.
///
/// # Errors
/// Where not only this work but the whole transaction is lost.
fn write_one(job: &mut dyn Job, connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("SAVEPOINT job")?;
    let keep = job.run(&mut SqliteTx(connection));
    if connection.is_autocommit() {
        // SQLite gives a transaction up by itself where the disk fails it.
        return Err(StoreError::Unavailable("the transaction was given up".to_owned()));
    }
    connection.execute_batch(if keep { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" })?;
    Ok(())
}

/// A connection as the table modules see it.
struct SqliteTx<'a>(&'a Connection);

impl Query for SqliteTx<'_> {
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut found = statement.query(params_from_iter(values))?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let values = (0..columns).map(|column| row.get_ref(column).map(read_value));
            rows.push(Row::new(values.collect::<Result<Result<_, _>, _>>()??));
        }
        Ok(rows)
    }
}

impl Tx for SqliteTx<'_> {
    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError> {
        let changed = self.0.prepare_cached(sql)?.execute(params_from_iter(values))?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn read_value(value: ValueRef<'_>) -> Result<Value, StoreError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(text) => {
            Value::Text(String::from_utf8(text.to_vec()).map_err(|_| StoreError::Unreadable("text"))?)
        }
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Real(_) => return Err(StoreError::Unreadable("number")),
    })
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let message = error.to_string();
        match error.sqlite_error_code() {
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied,
            ) => Self::Unavailable(message),
            _ => Self::Failed(message),
        }
    }
}
