//! The list of accepted operations: what a test or a curious developer compares with what was asked.

use contract::Money;
use rusqlite::{Transaction, params};

use super::StoreError;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// A guest was created or replaced.
    SaveGuest,
    /// A payment code was issued.
    GenerateCode,
    /// An order was confirmed.
    Confirm,
    /// An order was reset.
    Reset,
    /// An order was aborted.
    Abort,
    /// An order was closed.
    Close,
}

/// An operation that changed something. A repetition that changed nothing is not one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// What was done.
    pub kind: OperationKind,
    /// The order, where there is one.
    pub order_id: Option<String>,
    /// Bonuses frozen, returned or written off.
    pub payment: Money,
    /// Bonuses that are to be accrued, or were.
    pub accrual: Money,
    /// The discounts given or taken back.
    pub discount: Money,
}

impl OperationKind {
    const ALL: [Self; 6] =
        [Self::SaveGuest, Self::GenerateCode, Self::Confirm, Self::Reset, Self::Abort, Self::Close];

    const fn text(self) -> &'static str {
        match self {
            Self::SaveGuest => "save_guest",
            Self::GenerateCode => "generate_code",
            Self::Confirm => "confirm",
            Self::Reset => "reset",
            Self::Abort => "abort",
            Self::Close => "close",
        }
    }
}

/// Adds an operation to the list.
pub(crate) fn add(
    tx: &Transaction<'_>,
    operation: &Operation,
    guest_id: Option<i64>,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO operation (at_ms, kind, order_id, guest_id, payment_minor, accrual_minor, discount_minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        operation.at_ms,
        operation.kind.text(),
        operation.order_id,
        guest_id,
        operation.payment.minor(),
        operation.accrual.minor(),
        operation.discount.minor(),
    ])?;
    Ok(())
}

/// All operations, oldest first.
pub(crate) fn all(tx: &Transaction<'_>) -> Result<Vec<Operation>, StoreError> {
    let mut statement = tx.prepare(
        "SELECT at_ms, kind, order_id, payment_minor, accrual_minor, discount_minor FROM operation ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut operations = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(1)?;
        let kind = OperationKind::ALL
            .into_iter()
            .find(|kind| kind.text() == text)
            .ok_or_else(|| StoreError::Corrupt(format!("operation {text}")))?;
        operations.push(Operation {
            at_ms: row.get(0)?,
            kind,
            order_id: row.get(2)?,
            payment: Money::from_minor(row.get(3)?),
            accrual: Money::from_minor(row.get(4)?),
            discount: Money::from_minor(row.get(5)?),
        });
    }
    Ok(operations)
}
