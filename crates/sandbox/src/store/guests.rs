//! Guests and what they hold: who they are, their balance and their rank.

use contract::Money;
use loyalty::standing::Standing;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::StoreError;

/// A guest's data as the guest gave it. `sex` is 0 not specified, 1 male, 2 female.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) first_name: Option<String>,
    pub(crate) middle_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) birthday: Option<String>,
    pub(crate) sex: u8,
}

/// A guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GuestRow {
    pub(crate) id: i64,
    pub(crate) phone: String,
    pub(crate) person: Person,
    /// What may be spent.
    pub(crate) balance: Money,
    /// Where the guest stood among the ranks when that was last written; time may have moved it since.
    pub(crate) standing: Standing,
    /// Money paid for all orders closed so far, less what was refunded.
    pub(crate) paid_total: Money,
    pub(crate) closed_orders: u32,
}

/// The guest of a network with this phone.
pub(crate) fn find(
    tx: &Transaction<'_>,
    network_id: i64,
    phone: &str,
) -> Result<Option<GuestRow>, StoreError> {
    let found = tx
        .prepare_cached(
            "SELECT id, phone, first_name, middle_name, last_name, email, birthday, sex,
                    balance_minor, rank_index, rank_spent_minor, rank_since_ms, paid_total_minor,
                    closed_orders, rank_paid_minor, rank_counted_since_ms
             FROM guest WHERE network_id = ?1 AND phone = ?2",
        )?
        .query_row(params![network_id, phone], read)
        .optional()?;
    Ok(found)
}

/// The guest with this id.
pub(crate) fn by_id(tx: &Transaction<'_>, guest_id: i64) -> Result<GuestRow, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT id, phone, first_name, middle_name, last_name, email, birthday, sex,
                    balance_minor, rank_index, rank_spent_minor, rank_since_ms, paid_total_minor,
                    closed_orders, rank_paid_minor, rank_counted_since_ms
             FROM guest WHERE id = ?1",
        )?
        .query_row([guest_id], read)?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<GuestRow> {
    Ok(GuestRow {
        id: row.get(0)?,
        phone: row.get(1)?,
        person: Person {
            first_name: row.get(2)?,
            middle_name: row.get(3)?,
            last_name: row.get(4)?,
            email: row.get(5)?,
            birthday: row.get(6)?,
            sex: row.get(7)?,
        },
        balance: Money::from_minor(row.get(8)?),
        standing: Standing {
            rank_index: row.get(9)?,
            paid_total: Money::from_minor(row.get(14)?),
            paid_in_period: Money::from_minor(row.get(10)?),
            period_since_ms: row.get(11)?,
            counted_since_ms: row.get(15)?,
        },
        paid_total: Money::from_minor(row.get(12)?),
        closed_orders: row.get(13)?,
    })
}

/// Creates the guest, or replaces all of an existing guest's data, and returns the id.
pub(crate) fn save(
    tx: &Transaction<'_>,
    network_id: i64,
    phone: &str,
    person: &Person,
    now_ms: i64,
) -> Result<i64, StoreError> {
    Ok(tx
        .prepare_cached(
            "INSERT INTO guest (network_id, phone, first_name, middle_name, last_name, email, birthday, sex,
                                registered_at_ms, rank_since_ms, rank_counted_since_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?9)
             ON CONFLICT (network_id, phone) DO UPDATE SET
                 first_name = excluded.first_name, middle_name = excluded.middle_name,
                 last_name = excluded.last_name, email = excluded.email,
                 birthday = excluded.birthday, sex = excluded.sex
             RETURNING id",
        )?
        .query_row(
            params![
                network_id,
                phone,
                person.first_name,
                person.middle_name,
                person.last_name,
                person.email,
                person.birthday,
                person.sex,
                now_ms
            ],
            |row| row.get(0),
        )?)
}

/// The index of the highest rank a guest of the network holds; `None` where it has no guests.
pub(crate) fn highest_rank(tx: &Transaction<'_>, network_id: i64) -> Result<Option<usize>, StoreError> {
    Ok(tx.query_row("SELECT MAX(rank_index) FROM guest WHERE network_id = ?1", [network_id], |row| {
        row.get(0)
    })?)
}

/// Gives the guest a rank, of whose confirmation `spent` is done already.
pub(crate) fn set_rank(
    tx: &Transaction<'_>,
    guest_id: i64,
    rank_index: usize,
    spent: Money,
    since_ms: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE guest SET rank_index = ?2, rank_spent_minor = ?3, rank_since_ms = ?4 WHERE id = ?1",
        params![guest_id, rank_index, spent.minor(), since_ms],
    )?;
    Ok(())
}

/// Writes down where the guest stands among the ranks.
pub(crate) fn put_standing(
    tx: &Transaction<'_>,
    guest_id: i64,
    standing: &Standing,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE guest SET rank_index = ?2, rank_paid_minor = ?3, rank_spent_minor = ?4, rank_since_ms = ?5,
             rank_counted_since_ms = ?6
         WHERE id = ?1",
    )?
    .execute(params![
        guest_id,
        standing.rank_index,
        standing.paid_total.minor(),
        standing.paid_in_period.minor(),
        standing.period_since_ms,
        standing.counted_since_ms,
    ])?;
    Ok(())
}

/// Counts a closed order: one more, and the money paid for it.
pub(crate) fn count_purchase(tx: &Transaction<'_>, guest_id: i64, paid: Money) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE guest SET closed_orders = closed_orders + 1, paid_total_minor = paid_total_minor + ?2
         WHERE id = ?1",
    )?
    .execute(params![guest_id, paid.minor()])?;
    Ok(())
}

/// Takes refunded money out of what the guest has paid. The order stays one of those closed.
pub(crate) fn count_refund(tx: &Transaction<'_>, guest_id: i64, money: Money) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE guest SET paid_total_minor = paid_total_minor - ?2 WHERE id = ?1")?
        .execute(params![guest_id, money.minor()])?;
    Ok(())
}
