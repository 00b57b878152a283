//! One connection to PostgreSQL, driven by the thread that has it, and its reading of values and failures.

use std::collections::HashMap;

use tokio::runtime::Runtime;
use tokio::time::{Instant, timeout_at};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use tokio_postgres::{Client, Error, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::late;
use crate::config::PostgresConfig;
use crate::store::StoreError;
use crate::store::sql::{Query, Row, Tx, Value};

/// What every connection begins with. The server gives up what its proxy has given up, and an answered write is on its
/// disk whatever its own settings say. Only a transaction that says so writes.
const SETTINGS: &str = "
    SET statement_timeout = 1400;
    SET lock_timeout = 1400;
    SET idle_in_transaction_session_timeout = 5000;
    SET default_transaction_isolation = 'read committed';
    SET default_transaction_read_only = on;
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
";

/// A connection and the statements it has prepared.
pub(super) struct Session {
    client: Client,
    statements: HashMap<&'static str, Statement>,
}

impl Session {
    /// Connects as configured. Must be called on the runtime that the connection is then used on.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] says why not.
    pub(super) async fn connect(config: &PostgresConfig) -> Result<Self, StoreError> {
        let client = match &config.tls {
            None => {
                let (client, connection) =
                    config.address.connect(NoTls).await.map_err(|error| told(&error).0)?;
                tokio::spawn(connection);
                client
            }
            Some(tls) => {
                let tls = MakeRustlsConnect::new(tls.as_ref().clone());
                let (client, connection) =
                    config.address.connect(tls).await.map_err(|error| told(&error).0)?;
                tokio::spawn(connection);
                client
            }
        };
        client.batch_execute(SETTINGS).await.map_err(|error| told(&error).0)?;
        Ok(Self { client, statements: HashMap::new() })
    }

    async fn prepare(&mut self, sql: &'static str) -> Result<Statement, Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&sql.replace('?', "$")).await?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

/// A connection at work, until a deadline.
pub(super) struct SessionTx<'a> {
    runtime: &'a Runtime,
    session: &'a mut Session,
    deadline: Instant,
    is_lost: bool,
}

impl<'a> SessionTx<'a> {
    pub(super) const fn new(runtime: &'a Runtime, session: &'a mut Session, deadline: Instant) -> Self {
        Self { runtime, session, deadline, is_lost: false }
    }

    /// Whether the connection is of no more use.
    pub(super) const fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Sends statements without values, and passes over what they answer.
    ///
    /// # Errors
    /// [`StoreError`] where one fails.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        let done = self.runtime.block_on(async {
            timeout_at(self.deadline, self.session.client.batch_execute(sql)).await.map_err(|_| ())
        });
        self.judge(done)
    }

    fn judge<T>(&mut self, done: Result<Result<T, Error>, ()>) -> Result<T, StoreError> {
        let (error, is_lost) = match done {
            Ok(Ok(result)) => return Ok(result),
            Ok(Err(error)) => told(&error),
            Err(()) => (late(), true),
        };
        self.is_lost |= is_lost;
        Err(error)
    }
}

impl Query for SessionTx<'_> {
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let done = self.runtime.block_on(async {
            let work = async {
                let statement = self.session.prepare(sql).await?;
                self.session.client.query(&statement, &values).await
            };
            timeout_at(self.deadline, work).await.map_err(|_| ())
        });
        self.judge(done)?.iter().map(read_row).collect()
    }
}

impl Tx for SessionTx<'_> {
    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError> {
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let done = self.runtime.block_on(async {
            let work = async {
                let statement = self.session.prepare(sql).await?;
                self.session.client.execute(&statement, &values).await
            };
            timeout_at(self.deadline, work).await.map_err(|_| ())
        });
        self.judge(done)
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Integer(number), &Type::INT8) => number.to_sql(kind, out),
            (Self::Text(text), &Type::TEXT) => text.to_sql(kind, out),
            (Self::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(kind, out),
            _ => Err(format!("a value that is no {kind}").into()),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}

fn read_row(row: &tokio_postgres::Row) -> Result<Row, StoreError> {
    let read = |index: usize, kind: &Type| {
        Ok(match *kind {
            Type::INT8 => row.try_get::<_, Option<i64>>(index)?.into(),
            Type::TEXT => row.try_get::<_, Option<String>>(index)?.into(),
            _ => row.try_get::<_, Option<Vec<u8>>>(index)?.into(),
        })
    };
    let values = row.columns().iter().enumerate().map(|(index, column)| read(index, column.type_()));
    values.collect::<Result<_, _>>().map(Row::new).map_err(|error: Error| told(&error).0)
}

/// What a failure means, and whether the connection is of no more use after it. The server's own details stay out of it:
/// they hold values.
fn told(error: &Error) -> (StoreError, bool) {
    let Some(server) = error.as_db_error() else {
        let is_io = std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>());
        let kind = if is_io || error.is_closed() { StoreError::Unavailable } else { StoreError::Failed };
        return (kind(error.to_string()), true);
    };
    let message = format!("{} ({})", server.message(), server.code().code());
    match server.code().code().get(..2) {
        // Broken off for the sake of others, or after too long a wait.
        Some("40" | "55") => (StoreError::Unavailable(message), false),
        Some("57") if server.code().code() == "57014" => (StoreError::Unavailable(message), false),
        // Shut down, overloaded, without room, or the wrong server of several.
        Some("08" | "25" | "53" | "57" | "58") => (StoreError::Unavailable(message), true),
        _ => (StoreError::Failed(message), false),
    }
}
