//! Gifts: what campaigns gave a guest, and what became of it.
//!
//! Owns the rows of the gifts and their states; must not know which gift a campaign gives, nor move bonuses.

use std::collections::HashSet;

use rusqlite::{Transaction, params};

use super::StoreError;

mod row;

use row::read;
pub(crate) use row::{GiftRow, GiftState, Given, NewGift, Stamp};

/// Gives a gift: a privilege is there to be used, bonuses count as received.
pub(crate) fn give(tx: &Transaction<'_>, gift: &NewGift<'_>) -> Result<(), StoreError> {
    let (privilege, bonus, state) = match &gift.given {
        Given::Privilege { campaign_id } => (Some(campaign_id), None, GiftState::Active),
        Given::Bonus { amount } => (None, Some(amount.minor()), GiftState::Received),
    };
    tx.prepare_cached(
        "INSERT INTO gift (guest_id, campaign_id, terms, stamp_index, stamp_ordinal,
             privilege_campaign_id, bonus_minor, state, given_at_ms, expires_at_ms, source_order_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        gift.guest_id,
        gift.campaign_id,
        gift.terms,
        gift.stamp.map(|stamp| stamp.index),
        gift.stamp.map(|stamp| stamp.ordinal),
        privilege,
        bonus,
        state.text(),
        gift.given_at_ms,
        gift.expires_at_ms,
        gift.source_order_id,
    ])?;
    Ok(())
}

/// The ids of the campaigns the guest may use a gift of.
pub(crate) fn privileges(
    tx: &Transaction<'_>,
    guest_id: i64,
    now_ms: i64,
) -> Result<HashSet<String>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT DISTINCT privilege_campaign_id FROM gift
         WHERE guest_id = ?1 AND privilege_campaign_id IS NOT NULL AND state = 'active'
             AND (expires_at_ms IS NULL OR expires_at_ms > ?2)",
    )?;
    let rows = statement.query_map(params![guest_id, now_ms], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets a gift of this campaign aside for an order: of several the one that expires first.
pub(crate) fn freeze(
    tx: &Transaction<'_>,
    guest_id: i64,
    campaign_id: &str,
    order_id: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    let changed = tx
        .prepare_cached(
            "UPDATE gift SET state = 'frozen', order_id = ?3 WHERE id = (
                 SELECT id FROM gift
                 WHERE guest_id = ?1 AND privilege_campaign_id = ?2 AND state = 'active'
                     AND (expires_at_ms IS NULL OR expires_at_ms > ?4)
                 ORDER BY expires_at_ms IS NULL, expires_at_ms, id LIMIT 1)",
        )?
        .execute(params![guest_id, campaign_id, order_id, now_ms])?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Corrupt(format!("guest {guest_id} has no gift of campaign {campaign_id}")))
    }
}

/// Gives the guest the gifts back that are frozen for an order, or were used up by it.
pub(crate) fn give_back(tx: &Transaction<'_>, order_id: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE gift SET state = 'active', order_id = NULL WHERE order_id = ?1")?
        .execute([order_id])?;
    Ok(())
}

/// Uses the gifts up that are frozen for an order.
pub(crate) fn use_up(tx: &Transaction<'_>, order_id: &str) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE gift SET state = 'received' WHERE order_id = ?1")?.execute([order_id])?;
    Ok(())
}

/// Whether this stamp has brought the guest its gift already.
pub(crate) fn is_given_for(
    tx: &Transaction<'_>,
    guest_id: i64,
    campaign_id: &str,
    stamp_ordinal: u64,
) -> Result<bool, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT 1 FROM gift WHERE guest_id = ?1 AND campaign_id = ?2 AND stamp_ordinal = ?3
                 AND stamp_ordinal IS NOT NULL AND state <> 'withdrawn'",
        )?
        .exists(params![guest_id, campaign_id, stamp_ordinal])?)
}

/// Takes an unused gift back.
pub(crate) fn withdraw(tx: &Transaction<'_>, gift_id: i64) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE gift SET state = 'withdrawn' WHERE id = ?1")?.execute([gift_id])?;
    Ok(())
}

/// All gifts of a guest, the first given first.
pub(crate) fn of_guest(tx: &Transaction<'_>, guest_id: i64) -> Result<Vec<GiftRow>, StoreError> {
    list(tx, "WHERE guest_id = ?1 ORDER BY given_at_ms, id", guest_id)
}

/// The gifts the closing of an order brought, to whomever.
pub(crate) fn brought_by(tx: &Transaction<'_>, order_id: &str) -> Result<Vec<GiftRow>, StoreError> {
    list(tx, "WHERE source_order_id = ?1 ORDER BY id", order_id)
}

fn list(
    tx: &Transaction<'_>,
    condition: &str,
    key: impl rusqlite::ToSql,
) -> Result<Vec<GiftRow>, StoreError> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT id, guest_id, campaign_id, terms, stamp_index, privilege_campaign_id, bonus_minor,
             expires_at_ms, stamp_ordinal, state FROM gift {condition}"
    ))?;
    let rows = statement.query_map([key], |row| Ok((read(row)?, row.get::<_, String>(9)?)))?;
    let mut gifts = Vec::new();
    for row in rows {
        let (gift, state) = row?;
        let gift = gift.ok_or_else(|| StoreError::Corrupt("a gift of nothing".to_owned()))?;
        gifts.push(GiftRow { state: GiftState::of(&state)?, ..gift });
    }
    Ok(gifts)
}
