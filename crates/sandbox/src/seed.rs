//! What a new sandbox holds.
//!
//! Owns the choice and the moment; must not touch books that hold anything.

use jiff::Timestamp;
use rusqlite::Transaction;

use crate::store::settings;
use crate::{OpenError, ProgrammeFile};

mod demo;
mod zerno;

/// What a new sandbox holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seed {
    /// Two networks; every key has the password `demo`.
    ///
    /// - «Пироги да Фрукты»: restaurants `4174244` and `4174310`; key `demo-plazius` sees both, key `demo-rechnaya` the
    ///   second alone; guests `+79990001122` and `+79990002233`, the makers' two examples.
    /// - «Зерно»: coffee house `5280011`; key `demo-zerno`; the first of those guests, with an empty wallet.
    #[default]
    Demo,
    /// The same networks, restaurants and keys without guests.
    Empty,
}

/// A seed's name is not one of the known ones.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no seed {0:?}: it must be demo or empty")]
pub struct UnknownSeed(String);

impl std::str::FromStr for Seed {
    type Err = UnknownSeed;

    fn from_str(name: &str) -> Result<Self, UnknownSeed> {
        match name {
            "demo" => Ok(Self::Demo),
            "empty" => Ok(Self::Empty),
            other => Err(UnknownSeed(other.to_owned())),
        }
    }
}

impl Seed {
    /// The name under which the books remember it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Empty => "empty",
        }
    }

    /// Writes the seed into empty books. `programme` takes the place of the seed's own.
    pub(crate) fn write(
        self,
        tx: &Transaction<'_>,
        programme: Option<&ProgrammeFile>,
        now: Timestamp,
    ) -> Result<(), OpenError> {
        settings::set_seed(tx, self.name())?;
        let programme = match programme {
            Some(given) => given.clone(),
            None => demo::programme()?,
        };
        let network_id = demo::network(tx, &programme)?;
        let zerno_id = zerno::network(tx)?;
        match self {
            Self::Demo => {
                demo::guests(tx, network_id, &programme, now.as_millisecond())?;
                zerno::guests(tx, zerno_id, now.as_millisecond())
            }
            Self::Empty => Ok(()),
        }
    }
}
