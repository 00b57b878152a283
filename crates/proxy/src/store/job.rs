//! Work on its way to a database's thread, and its answer on the way back. Knows no database.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::StoreError;
use super::sql::{Query, Row, Tx, Value};

/// Work whose result nobody knows but the one who waits for it.
pub(super) trait Job: Send {
    /// Whether nobody waits for the answer any more; such work need not begin.
    fn is_abandoned(&self) -> bool;

    /// Does the work, a panic included; says whether what it wrote is to be kept. May be called again where nothing of the
    /// first time is left.
    fn run(&mut self, tx: &mut dyn Tx) -> bool;

    /// Answers, once it is known what became of what was written. Work that did not run, or whose writing was not kept, is
    /// answered with the failure.
    fn answer(self: Box<Self>, fate: Result<(), StoreError>);
}

/// A database with threads of its own.
pub(super) trait Engine: Send + Sync {
    /// Carries out work that may write, as one transaction.
    fn write(&self, job: WriteJob);

    /// Carries out work that only reads.
    fn read(&self, job: Box<dyn Job>);

    /// How long an answer may take, where the database can be out of reach without saying so.
    fn limit(&self) -> Option<std::time::Duration>;
}

/// Work that writes, and what it is about.
pub(super) struct WriteJob {
    /// What the work is about.
    pub(super) scopes: super::Scopes,
    /// The work.
    pub(super) job: Box<dyn Job>,
}

type Answer<T> = Result<T, StoreError>;

/// A closure as a [`Job`].
pub(super) struct Work<T, F> {
    work: F,
    result: Option<Answer<T>>,
    listener: Option<oneshot::Sender<Answer<T>>>,
}

impl<T, F> Work<T, F>
where
    T: Send + 'static,
    F: Fn(&mut dyn Tx) -> Answer<T> + Send + 'static,
{
    /// Work, and where its answer will be.
    pub(super) fn heard(work: F) -> (Box<dyn Job>, oneshot::Receiver<Answer<T>>) {
        let (listener, answer) = oneshot::channel();
        (Box::new(Self { work, result: None, listener: Some(listener) }), answer)
    }

    /// Work that is done though nobody waits for it.
    pub(super) fn unheard(work: F) -> Box<dyn Job> {
        Box::new(Self { work, result: None, listener: None })
    }
}

impl<T, F> Job for Work<T, F>
where
    T: Send + 'static,
    F: Fn(&mut dyn Tx) -> Answer<T> + Send + 'static,
{
    fn is_abandoned(&self) -> bool {
        self.listener.as_ref().is_some_and(oneshot::Sender::is_closed)
    }

    fn run(&mut self, tx: &mut dyn Tx) -> bool {
        // What a panic leaves half done is rolled back by the caller.
        let mut tx = Watched { tx, failure: None };
        let result =
            catch_unwind(AssertUnwindSafe(|| (self.work)(&mut tx))).unwrap_or(Err(StoreError::BrokenOff));
        let result = result.and_then(|result| tx.failure.map_or(Ok(result), Err));
        self.result.insert(result).is_ok()
    }

    fn answer(self: Box<Self>, fate: Result<(), StoreError>) {
        let answer = match (self.result, fate) {
            (Some(Err(error)), _) | (_, Err(error)) => Err(error),
            (Some(Ok(result)), Ok(())) => Ok(result),
            (None, Ok(())) => Err(StoreError::BrokenOff),
        };
        if let Some(listener) = self.listener {
            // Whoever has gone does not want to know.
            let _: Result<(), _> = listener.send(answer);
        } else if let Err(error) = answer {
            tracing::warn!(%error, "the store did not do what nobody waited for");
        }
    }
}

/// A database that remembers its first failure: work that passes over one has failed as well.
struct Watched<'a> {
    tx: &'a mut dyn Tx,
    failure: Option<StoreError>,
}

impl Watched<'_> {
    fn note<T>(&mut self, result: Answer<T>) -> Answer<T> {
        if let (None, Err(error)) = (&self.failure, &result) {
            self.failure = Some(error.clone());
        }
        result
    }
}

impl Query for Watched<'_> {
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Answer<Vec<Row>> {
        let result = self.tx.query(sql, values);
        self.note(result)
    }
}

impl Tx for Watched<'_> {
    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Answer<u64> {
        let result = self.tx.execute(sql, values);
        self.note(result)
    }
}
