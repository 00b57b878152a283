//! The campaigns guests joined, and who invited whom.

use std::collections::HashSet;

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::StoreError;

/// How a guest joined a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Membership {
    /// Activated in the guest's app.
    Activated,
    /// Bought in the guest's app.
    Bought,
    /// Saved in the guest's app to be found again.
    Saved,
}

/// That a guest was invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InvitationRow {
    /// The referral campaign.
    pub(crate) campaign_id: String,
    /// Who invited the guest.
    pub(crate) referrer_id: i64,
    /// Whether an order has rewarded both.
    pub(crate) is_rewarded: bool,
}

impl Membership {
    const fn text(self) -> &'static str {
        match self {
            Self::Activated => "activated",
            Self::Bought => "bought",
            Self::Saved => "saved",
        }
    }
}

/// Lets the guest join a campaign; `false` where the guest had joined it so before.
pub(crate) fn join(
    tx: &Transaction<'_>,
    guest_id: i64,
    campaign_id: &str,
    membership: Membership,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let added = tx
        .prepare_cached(
            "INSERT INTO membership (guest_id, campaign_id, kind, since_ms) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![guest_id, campaign_id, membership.text(), now_ms])?;
    Ok(added == 1)
}

/// The ids of the campaigns the guest joined so.
pub(crate) fn campaigns(
    tx: &Transaction<'_>,
    guest_id: i64,
    membership: Membership,
) -> Result<HashSet<String>, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT campaign_id FROM membership WHERE guest_id = ?1 AND kind = ?2")?;
    let rows = statement.query_map(params![guest_id, membership.text()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes down who invited a guest whom nobody had invited before.
pub(crate) fn invite(
    tx: &Transaction<'_>,
    guest_id: i64,
    referrer_id: i64,
    campaign_id: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO invitation (guest_id, campaign_id, referrer_id, invited_at_ms) VALUES (?1, ?2, ?3, ?4)",
        params![guest_id, campaign_id, referrer_id, now_ms],
    )?;
    Ok(())
}

/// Who invited the guest, where somebody did.
pub(crate) fn invitation(tx: &Transaction<'_>, guest_id: i64) -> Result<Option<InvitationRow>, StoreError> {
    Ok(tx
        .prepare_cached(
            "SELECT campaign_id, referrer_id, order_id IS NOT NULL FROM invitation WHERE guest_id = ?1",
        )?
        .query_row([guest_id], |row| {
            let (campaign_id, referrer_id, is_rewarded) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(InvitationRow { campaign_id, referrer_id, is_rewarded })
        })
        .optional()?)
}

/// Notes the order that rewarded the guest and the one who invited.
pub(crate) fn reward_invitation(
    tx: &Transaction<'_>,
    guest_id: i64,
    order_id: &str,
) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE invitation SET order_id = ?2 WHERE guest_id = ?1")?
        .execute(params![guest_id, order_id])?;
    Ok(())
}

/// The referral campaigns in which the guest has invited somebody.
pub(crate) fn referrals(tx: &Transaction<'_>, guest_id: i64) -> Result<HashSet<String>, StoreError> {
    let mut statement =
        tx.prepare_cached("SELECT DISTINCT campaign_id FROM invitation WHERE referrer_id = ?1")?;
    let rows = statement.query_map([guest_id], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
