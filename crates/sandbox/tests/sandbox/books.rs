//! The whole of a stand's books as text, to tell that nothing of them has changed.

use std::fmt::Write as _;

use rusqlite::Connection;

use crate::stand::Stand;

/// A reader of the books beside the sandbox.
pub(crate) struct Books(Connection);

impl Books {
    pub(crate) fn of(stand: &Stand) -> Self {
        Self(Connection::open(stand.database()).expect("the database opens beside the sandbox"))
    }

    /// Every row of every table.
    pub(crate) fn snapshot(&self) -> String {
        let mut text = String::new();
        for table in self.tables() {
            let mut statement = self.0.prepare(&format!("SELECT * FROM {table}")).expect("a table");
            let columns = statement.column_count();
            let mut rows = statement.query([]).expect("rows");
            while let Some(row) = rows.next().expect("a row") {
                write!(text, "{table}").expect("written");
                for column in 0..columns {
                    write!(text, "|{:?}", row.get_ref(column).expect("a value")).expect("written");
                }
                text.push('\n');
            }
        }
        text
    }

    /// Another number after every change that somebody else has committed.
    pub(crate) fn version(&self) -> i64 {
        self.0.pragma_query_value(None, "data_version", |row| row.get(0)).expect("a number")
    }

    fn tables(&self) -> Vec<String> {
        let query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let mut statement = self.0.prepare(query).expect("the schema");
        let names = statement.query_map([], |row| row.get(0)).expect("names");
        names.collect::<Result<_, _>>().expect("names")
    }
}

/// The lines that only one of two snapshots has.
pub(crate) fn difference(before: &str, after: &str) -> String {
    let only = |these: &str, those: &str, sign: char| {
        let others: std::collections::HashSet<&str> = those.lines().collect();
        let lines = these.lines().filter(|line| !others.contains(line));
        lines.map(|line| format!("{sign} {line}\n")).collect::<String>()
    };
    only(before, after, '-') + &only(after, before, '+')
}
