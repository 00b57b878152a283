//! What confirmed orders promise to bring when they are closed.

use rusqlite::{Row, Transaction, params};

use super::StoreError;

/// What is promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Promised {
    /// So many stamps.
    Stamps(u32),
    /// A gift these stamps are expected to bring. Only shown: the stamps bring it, or others before them did.
    StampGift {
        /// The stamp, counted on its card.
        stamp_index: u32,
        /// The gift's terms as JSON.
        terms: String,
    },
    /// A gift.
    Gift(String),
    /// A gift to a guest whom another invited.
    ReferralGift(String),
    /// A gift to the one who invited the guest.
    ReferrerGift(String),
}

/// A promise of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PromiseRow {
    pub(crate) campaign_id: String,
    pub(crate) promised: Promised,
}

/// Writes what an order promises, which had promised nothing before.
pub(crate) fn promise(
    tx: &Transaction<'_>,
    order_id: &str,
    promises: &[PromiseRow],
) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO order_reward (order_id, position, campaign_id, kind, stamps, stamp_index, terms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, one) in promises.iter().enumerate() {
        let (kind, stamps, stamp_index, terms) = match &one.promised {
            Promised::Stamps(stamps) => ("stamps", Some(stamps), None, None),
            Promised::StampGift { stamp_index, terms } => {
                ("stamp_gift", None, Some(stamp_index), Some(terms))
            }
            Promised::Gift(terms) => ("gift", None, None, Some(terms)),
            Promised::ReferralGift(terms) => ("referral_gift", None, None, Some(terms)),
            Promised::ReferrerGift(terms) => ("referrer_gift", None, None, Some(terms)),
        };
        insert.execute(params![order_id, position, one.campaign_id, kind, stamps, stamp_index, terms])?;
    }
    Ok(())
}

/// Takes the promises of an order back.
pub(crate) fn withdraw(tx: &Transaction<'_>, order_id: &str) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM order_reward WHERE order_id = ?1")?.execute([order_id])?;
    Ok(())
}

/// What an order promises.
pub(crate) fn of_order(tx: &Transaction<'_>, order_id: &str) -> Result<Vec<PromiseRow>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT campaign_id, kind, stamps, stamp_index, terms FROM order_reward
         WHERE order_id = ?1 ORDER BY position",
    )?;
    let mut rows = statement.query([order_id])?;
    let mut promises = Vec::new();
    while let Some(row) = rows.next()? {
        promises.push(read(row)?);
    }
    Ok(promises)
}

/// What the confirmed orders of a guest, and of those the guest invited, promise this guest.
pub(crate) fn expected_by(tx: &Transaction<'_>, guest_id: i64) -> Result<Vec<PromiseRow>, StoreError> {
    let mut statement = tx.prepare_cached(
        "SELECT r.campaign_id, r.kind, r.stamps, r.stamp_index, r.terms
         FROM loyalty_order AS o JOIN order_reward AS r ON r.order_id = o.id
         WHERE o.guest_id = ?1 AND o.state = 'confirmed' AND r.kind <> 'referrer_gift'
         UNION ALL
         SELECT r.campaign_id, r.kind, r.stamps, r.stamp_index, r.terms
         FROM invitation AS i JOIN loyalty_order AS o ON o.guest_id = i.guest_id
             JOIN order_reward AS r ON r.order_id = o.id
         WHERE i.referrer_id = ?1 AND i.order_id IS NULL AND o.state = 'confirmed' AND r.kind = 'referrer_gift'",
    )?;
    let mut rows = statement.query([guest_id])?;
    let mut promises = Vec::new();
    while let Some(row) = rows.next()? {
        promises.push(read(row)?);
    }
    Ok(promises)
}

fn read(row: &Row<'_>) -> Result<PromiseRow, StoreError> {
    let terms = || row.get::<_, String>(4);
    let promised = match row.get::<_, String>(1)?.as_str() {
        "stamps" => Promised::Stamps(row.get(2)?),
        "stamp_gift" => Promised::StampGift { stamp_index: row.get(3)?, terms: terms()? },
        "gift" => Promised::Gift(terms()?),
        "referral_gift" => Promised::ReferralGift(terms()?),
        "referrer_gift" => Promised::ReferrerGift(terms()?),
        other => return Err(StoreError::Corrupt(format!("promise {other}"))),
    };
    Ok(PromiseRow { campaign_id: row.get(0)?, promised })
}
