//! The store in a PostgreSQL, which several proxies share: a pool of threads, each with a connection of its own.
//!
//! Owns the rule that nobody waits for a database that does not answer: work has a deadline, and after it the connection is
//! given up. The next work makes a new one, so that nothing need be done when the database is back.

mod migrations;
mod session;

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout_at};

use self::session::{Session, SessionTx};
use super::job::{Engine, Job, WriteJob};
use super::{Scopes, StoreError};
use crate::config::PostgresConfig;

/// How long work may take, from the moment it is handed over; then it is given up.
const DEADLINE: Duration = Duration::from_millis(1500);

/// How long whoever waits for work waits at most: a little longer, for the reason.
const LIMIT: Duration = Duration::from_millis(1800);

/// How long the first connection and the making of the tables may take.
const OPENING: Duration = Duration::from_secs(60);

/// Work on its way to a thread.
struct Task {
    /// What the work is about; nothing where it only reads.
    scopes: Option<Scopes>,
    job: Box<dyn Job>,
    deadline: Instant,
}

/// The threads' door. The threads end when this is dropped and their work is done.
pub(super) struct Postgres {
    tasks: Sender<Task>,
}

impl Postgres {
    /// Connects, brings the tables to the newest version, and starts the threads. Blocks.
    ///
    /// # Errors
    /// [`StoreError`] where the database cannot be reached, or its tables are newer than this program.
    pub(super) fn open(config: &PostgresConfig) -> Result<Self, StoreError> {
        let mut first = Worker::new(config)?;
        first.migrate(Instant::now() + OPENING)?;
        let (tasks, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let mut workers = vec![first];
        for _ in 1..config.pool {
            workers.push(Worker::new(config)?);
        }
        for worker in workers {
            let waiting = Arc::clone(&waiting);
            let thread = std::thread::Builder::new().name("store".to_owned());
            thread.spawn(move || worker.run(&waiting)).map_err(broken)?;
        }
        Ok(Self { tasks })
    }

    fn hand_over(&self, scopes: Option<Scopes>, job: Box<dyn Job>) {
        let task = Task { scopes, job, deadline: Instant::now() + DEADLINE };
        if let Err(refused) = self.tasks.send(task) {
            refused.0.job.answer(Err(StoreError::BrokenOff));
        }
    }
}

impl Engine for Postgres {
    fn write(&self, WriteJob { scopes, job }: WriteJob) {
        self.hand_over(Some(scopes), job);
    }

    fn read(&self, job: Box<dyn Job>) {
        self.hand_over(None, job);
    }

    fn limit(&self) -> Option<Duration> {
        Some(LIMIT)
    }
}

/// A thread's own: its connection, where it has one, and what drives it.
struct Worker {
    config: PostgresConfig,
    runtime: Runtime,
    session: Option<Session>,
}

impl Worker {
    fn new(config: &PostgresConfig) -> Result<Self, StoreError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(broken)?;
        Ok(Self { config: config.clone(), runtime, session: None })
    }

    fn run(mut self, waiting: &Mutex<Receiver<Task>>) {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Task { scopes, mut job, deadline }) = next else { return };
            if job.is_abandoned() {
                continue;
            }
            let fate = match scopes {
                _ if deadline <= Instant::now() => Err(late()),
                Some(scopes) => self.write(job.as_mut(), &scopes, deadline),
                None => self.read(job.as_mut(), deadline),
            };
            job.answer(fate);
        }
    }

    /// Work that reads. Where the connection was lost since it was last used, the work is done on a new one.
    fn read(&mut self, job: &mut dyn Job, deadline: Instant) -> Result<(), StoreError> {
        let was_open = self.session.is_some();
        let is_lost = self.on_session(deadline, |tx| {
            job.run(tx);
            Ok(())
        });
        match is_lost {
            Ok(true) if was_open => self.on_session(deadline, |tx| {
                job.run(tx);
                Ok(())
            }),
            other => other,
        }
        .map(drop)
    }

    /// Work that writes, as one transaction that begins by waiting for all others about the same things.
    fn write(&mut self, job: &mut dyn Job, scopes: &Scopes, deadline: Instant) -> Result<(), StoreError> {
        let mut begin = "BEGIN READ WRITE".to_owned();
        for number in scopes.numbers() {
            begin += &format!("; SELECT pg_advisory_xact_lock({number})");
        }
        let was_open = self.session.is_some();
        match self.on_session(deadline, |tx| tx.batch(&begin)) {
            // The connection was lost since it was last used; nothing has been asked for yet.
            Err(_) if was_open => self.on_session(deadline, |tx| tx.batch(&begin))?,
            begun => begun?,
        };
        let ended = self.on_session(deadline, |tx| {
            let keep = job.run(tx);
            tx.batch(if keep { "COMMIT" } else { "ROLLBACK" })
        });
        ended.map(drop)
    }

    fn migrate(&mut self, deadline: Instant) -> Result<(), StoreError> {
        self.on_session(deadline, migrations::apply).map(drop)
    }

    /// Does something on the connection, which is made where there is none. Says whether the connection was lost by it.
    fn on_session(
        &mut self,
        deadline: Instant,
        work: impl FnOnce(&mut SessionTx<'_>) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        if self.session.is_none() {
            let connecting = async {
                timeout_at(deadline, Session::connect(&self.config)).await.unwrap_or_else(|_| Err(late()))
            };
            self.session = Some(self.runtime.block_on(connecting)?);
        }
        let Some(session) = &mut self.session else { return Err(late()) };
        let mut tx = SessionTx::new(&self.runtime, session, deadline);
        let result = work(&mut tx);
        let is_lost = tx.is_lost();
        if is_lost || result.is_err() {
            // A transaction that was not ended must not swallow the next.
            self.session = None;
        }
        result.map(|()| is_lost)
    }
}

fn late() -> StoreError {
    StoreError::Unavailable("the database did not answer in time".to_owned())
}

fn broken(error: std::io::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}
