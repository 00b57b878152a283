//! The programmes in force: one for each network, as the books hold them.
//!
//! Owns reading them and putting another in their place; must not apply them.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use loyalty::{Programme, ProgrammeError};
use rusqlite::Transaction;

use crate::OpenError;
use crate::store::{access, guests};

/// A programme and the text it was read from, which the books keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeFile {
    json: String,
    programme: Programme,
}

impl ProgrammeFile {
    /// Reads a programme file.
    ///
    /// # Errors
    /// Names the first wrong field by its path.
    pub fn read(json: &str) -> Result<Self, ProgrammeError> {
        Ok(Self { programme: Programme::from_json(json)?, json: json.to_owned() })
    }

    /// What the file says.
    #[must_use]
    pub const fn programme(&self) -> &Programme {
        &self.programme
    }

    pub(crate) fn json(&self) -> &str {
        &self.json
    }
}

/// The programme of each network. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Programmes(Arc<RwLock<HashMap<i64, Arc<Programme>>>>);

impl Programmes {
    /// Reads them from the books.
    pub(crate) fn of(tx: &Transaction<'_>) -> Result<Self, OpenError> {
        Ok(Self(Arc::new(RwLock::new(read(tx)?))))
    }

    /// Reads them again, after the books were replaced.
    pub(crate) fn reload(&self, tx: &Transaction<'_>) -> Result<(), OpenError> {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = read(tx)?;
        Ok(())
    }

    /// A network's programme.
    pub(crate) fn get(&self, network_id: i64) -> Option<Arc<Programme>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&network_id).map(Arc::clone)
    }
}

fn read(tx: &Transaction<'_>) -> Result<HashMap<i64, Arc<Programme>>, OpenError> {
    let rows = access::programmes(tx)?;
    rows.into_iter()
        .map(|(network_id, json)| Ok((network_id, Arc::new(Programme::from_json(&json)?))))
        .collect()
}

/// Puts `given` in the place of the first network's programme. The ranks that its guests hold must be there.
pub(crate) fn replace_first(tx: &Transaction<'_>, given: &ProgrammeFile) -> Result<(), OpenError> {
    let (network_id, _) = access::programmes(tx)?.into_iter().next().ok_or(OpenError::Unseeded)?;
    let ranks = given.programme.ranks.len();
    match guests::highest_rank(tx, network_id)? {
        Some(held) if held >= ranks => Err(OpenError::RankMissing { ranks, held }),
        _ => Ok(access::set_programme(tx, network_id, &given.json)?),
    }
}

/// The text of the first network's programme.
pub(crate) fn first(tx: &Transaction<'_>) -> Result<ProgrammeFile, OpenError> {
    let (_, json) = access::programmes(tx)?.into_iter().next().ok_or(OpenError::Unseeded)?;
    ProgrammeFile::read(&json).map_err(OpenError::from)
}
