//! SQL as the table modules write it, once for both databases: values, rows, and who carries a statement out.
//!
//! Knows no database. Statements name their values `?1`, `?2`, …, and use no question mark for anything else.

use super::StoreError;

/// One value of a statement or a row. Truth values are the integers 0 and 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// The values of a statement, in the order of their numbers.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        &[$($crate::store::sql::Value::from($value)),*]
    };
}
pub(crate) use values;

macro_rules! value_from {
    ($($kind:ty => $variant:ident),* $(,)?) => {
        $(impl From<$kind> for Value {
            fn from(value: $kind) -> Self {
                Self::$variant(value.into())
            }
        })*
    };
}

value_from! {
    i64 => Integer, u32 => Integer, u16 => Integer, bool => Integer,
    &str => Text, &String => Text, String => Text,
    &[u8] => Bytes, Vec<u8> => Bytes,
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What a column may be read as.
pub(crate) trait Column: Sized {
    /// The value, where it is one of this kind.
    fn read(value: Value) -> Option<Self>;
}

impl Column for i64 {
    fn read(value: Value) -> Option<Self> {
        if let Value::Integer(number) = value { Some(number) } else { None }
    }
}

impl Column for u32 {
    fn read(value: Value) -> Option<Self> {
        i64::read(value)?.try_into().ok()
    }
}

impl Column for u16 {
    fn read(value: Value) -> Option<Self> {
        i64::read(value)?.try_into().ok()
    }
}

impl Column for bool {
    fn read(value: Value) -> Option<Self> {
        i64::read(value).map(|number| number != 0)
    }
}

impl Column for String {
    fn read(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(text) } else { None }
    }
}

impl Column for Vec<u8> {
    fn read(value: Value) -> Option<Self> {
        if let Value::Bytes(bytes) = value { Some(bytes) } else { None }
    }
}

impl<T: Column> Column for Option<T> {
    fn read(value: Value) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::read(value).map(Some) }
    }
}

/// A row, whose columns are taken one after the other, as the statement names them.
#[derive(Debug)]
pub(crate) struct Row(std::vec::IntoIter<Value>);

impl Row {
    pub(super) fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter())
    }

    /// The next column; `name` is for the error.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where it holds something else, or there is none.
    pub(crate) fn next<T: Column>(&mut self, name: &'static str) -> Result<T, StoreError> {
        self.0.next().and_then(T::read).ok_or(StoreError::Unreadable(name))
    }
}

/// A database that can be asked.
pub(crate) trait Query {
    /// The rows a statement answers.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    fn query(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError>;

    /// The first row a statement answers.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    fn query_opt(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, values)?.into_iter().next())
    }
}

/// A database that can be changed: all of a transaction, or nothing.
pub(crate) trait Tx: Query {
    /// Carries a statement out, and says how many rows it changed.
    ///
    /// # Errors
    /// [`StoreError`] where the database fails.
    fn execute(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_read_only_as_what_it_is() {
        let mut row =
            Row::new(vec![Value::Integer(70_000), Value::Null, Value::from("x"), Value::from(true)]);
        assert!(matches!(row.next::<u16>("port"), Err(StoreError::Unreadable("port"))));
        assert_eq!(row.next::<Option<String>>("name").expect("absent"), None);
        assert!(row.next::<Vec<u8>>("hash").is_err());
        assert!(row.next::<bool>("flag").expect("true"));
        assert!(row.next::<i64>("none").is_err());
    }
}
