//! A guest's gifts by campaign: those given, and those that confirmed orders promise.

use std::collections::HashMap;

use loyalty::programme::GiftTerms;

use crate::network::gift::{expires_at_ms, read_terms};
use crate::plazius::call::Call;
use crate::plazius::error::Refusal;
use crate::plazius::wire::booked_order::time;
use crate::plazius::wire::campaign::{ExpirationWire, GiftStatusWire, GiftWire};
use crate::store::gifts::{self, GiftRow, GiftState};
use crate::store::rewards::{self, PromiseRow, Promised};

/// The gifts of all time, the oldest first, then those expected. One that was taken back is not shown.
pub(super) fn by_campaign(call: &Call<'_>, guest_id: i64) -> Result<HashMap<String, Vec<GiftWire>>, Refusal> {
    let mut by_campaign: HashMap<String, Vec<GiftWire>> = HashMap::new();
    for row in gifts::of_guest(call.tx, guest_id)? {
        if let Some(status) = status(&row, call.now_ms()) {
            by_campaign.entry(row.campaign_id.clone()).or_default().push(given(row, status)?);
        }
    }
    for row in rewards::expected_by(call.tx, guest_id)? {
        if let Some(gift) = promised(call, &row)? {
            by_campaign.entry(row.campaign_id).or_default().push(gift);
        }
    }
    Ok(by_campaign)
}

fn status(row: &GiftRow, now_ms: i64) -> Option<GiftStatusWire> {
    match row.state {
        GiftState::Active if row.expires_at_ms.is_some_and(|end_ms| end_ms <= now_ms) => {
            Some(GiftStatusWire::Expired)
        }
        GiftState::Active | GiftState::Frozen => Some(GiftStatusWire::Active),
        GiftState::Received => Some(GiftStatusWire::Received),
        GiftState::Withdrawn => None,
    }
}

fn given(row: GiftRow, status: GiftStatusWire) -> Result<GiftWire, Refusal> {
    let terms = read_terms(&row.terms)?;
    Ok(GiftWire {
        settings_id: terms.settings_id.clone(),
        campaign_id: row.campaign_id,
        chosen_gift: (&terms).into(),
        expiration_date: ExpirationWire(row.expires_at_ms.map(time).transpose()?),
        status,
        stamp_index: row.stamp.map(|stamp| stamp.index),
    })
}

/// It expires as if the order were closed now.
fn promised(call: &Call<'_>, row: &PromiseRow) -> Result<Option<GiftWire>, Refusal> {
    let (json, stamp_index) = match &row.promised {
        Promised::Stamps(_) => return Ok(None),
        Promised::StampGift { stamp_index, terms } => (terms, Some(*stamp_index)),
        Promised::Gift(terms) | Promised::ReferralGift(terms) | Promised::ReferrerGift(terms) => {
            (terms, None)
        }
    };
    let terms: GiftTerms = read_terms(json)?;
    Ok(Some(GiftWire {
        settings_id: terms.settings_id.clone(),
        campaign_id: row.campaign_id.clone(),
        chosen_gift: (&terms).into(),
        expiration_date: ExpirationWire(Some(time(expires_at_ms(&terms, call.now_ms()))?)),
        status: GiftStatusWire::Precalculated,
        stamp_index,
    }))
}
