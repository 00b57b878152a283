//! The rows of the ledger.

use contract::Money;
use rusqlite::{Row, ToSql, Transaction, params};

use super::StoreError;
use crate::ledger::{Entry, Kind};

/// Adds an entry.
pub(crate) fn add(tx: &Transaction<'_>, entry: &Entry, guest_id: Option<i64>) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO ledger (at_ms, kind, order_id, guest_id, payment_minor, accrual_minor, discount_minor,
             shortfall_minor)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        entry.at_ms,
        entry.kind.as_str(),
        entry.order_id,
        guest_id,
        entry.payment.minor(),
        entry.accrual.minor(),
        entry.discount.minor(),
        entry.shortfall.minor(),
    ])?;
    Ok(())
}

/// All entries, oldest first.
pub(crate) fn all(tx: &Transaction<'_>) -> Result<Vec<Entry>, StoreError> {
    let everything = Wanted { after: 0, order_id: None, phone: None, limit: u32::MAX };
    Ok(page(tx, &everything)?.into_iter().map(|listed| listed.entry).collect())
}

/// Which entries are wanted.
pub(crate) struct Wanted<'a> {
    /// Only those with a larger `seq`.
    pub(crate) after: i64,
    /// Only those of this order.
    pub(crate) order_id: Option<&'a str>,
    /// Only those of the guests with this phone, in whatever network.
    pub(crate) phone: Option<&'a str>,
    /// At most so many.
    pub(crate) limit: u32,
}

/// An entry, its place in the ledger and whose it is.
pub(crate) struct Listed {
    pub(crate) seq: i64,
    pub(crate) phone: Option<String>,
    pub(crate) entry: Entry,
}

/// The wanted entries, oldest first.
pub(crate) fn page(tx: &Transaction<'_>, wanted: &Wanted<'_>) -> Result<Vec<Listed>, StoreError> {
    let mut query = "SELECT l.at_ms, l.kind, l.order_id, l.payment_minor, l.accrual_minor, l.discount_minor,
            l.shortfall_minor, l.seq, g.phone
        FROM ledger AS l LEFT JOIN guest AS g ON g.id = l.guest_id WHERE l.seq > :after"
        .to_owned();
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":after", &wanted.after), (":limit", &wanted.limit)];
    if let Some(order_id) = &wanted.order_id {
        query.push_str(" AND l.order_id = :order_id");
        values.push((":order_id", order_id));
    }
    if let Some(phone) = &wanted.phone {
        // By the networks, because guests are found by network and phone.
        query.push_str(
            " AND l.guest_id IN (SELECT id FROM guest
                WHERE network_id IN (SELECT id FROM network) AND phone = :phone)",
        );
        values.push((":phone", phone));
    }
    query.push_str(" ORDER BY l.seq LIMIT :limit");
    let mut statement = tx.prepare(&query)?;
    let mut rows = statement.query(values.as_slice())?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Listed { seq: row.get(7)?, phone: row.get(8)?, entry: read(row)? });
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Entry, StoreError> {
    let text: String = row.get(1)?;
    let kind = Kind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .ok_or_else(|| StoreError::Corrupt(format!("operation {text}")))?;
    Ok(Entry {
        at_ms: row.get(0)?,
        kind,
        order_id: row.get(2)?,
        payment: Money::from_minor(row.get(3)?),
        accrual: Money::from_minor(row.get(4)?),
        discount: Money::from_minor(row.get(5)?),
        shortfall: Money::from_minor(row.get(6)?),
    })
}
