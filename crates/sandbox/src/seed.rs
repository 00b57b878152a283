//! What a new sandbox holds.
//!
//! Owns the choice and the moment; must not touch books that hold anything.

use jiff::Timestamp;
use rusqlite::Transaction;

use crate::store::settings;
use crate::{OpenError, ProgrammeFile};

mod chashka;
mod demo;
mod lapsha;
mod large;
mod zerno;

/// What a new sandbox holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seed {
    /// Four networks; every key of Plazius has the password `demo`, every client of r_k Delivery the secret `demo`.
    ///
    /// - «Пироги да Фрукты»: restaurants `4174244` and `4174310`; key `demo-plazius` sees both, key `demo-rechnaya` the
    ///   second alone; guests `+79990001122` and `+79990002233`, the makers' two examples.
    ///   The key `demo-plazius-site` is the site's, `https://pirogi.example`.
    /// - «Зерно»: coffee house `5280011`; key `demo-zerno`; the first of those guests, with an empty wallet.
    /// - «Лапша», on r_k Delivery: restaurants `18f550d8-7fbe-45fa-8c83-35f531380f65` and
    ///   `9b1f6a2e-4c7d-4e50-a3f8-6d2c0e5b7f14`; client `demo-delivery` sees both, client `demo-sadovaya` the second
    ///   alone; guests `+79990003344` and `+79990004455`.
    /// - «Чашка», of the basic REST API: points `62a1f0c27be94d3a15e8b7f4` and `62a1f0c27be94d3a15e8b7f5`; key `demo-basic`
    ///   sees both, key `demo-basic-sadovaya` the second alone; guests `+79990005566` with the makers' wallet and
    ///   `+79990006677` with a discount.
    #[default]
    Demo,
    /// The same networks, restaurants and keys without guests.
    Empty,
    /// The same networks, restaurants and keys; «Пироги да Фрукты» has so many guests, at most ten million, from
    /// `+79000000000` on, with two closed orders and five changes of the balance each. The same at the same time of the
    /// clock.
    Large {
        /// How many guests.
        guests: u32,
    },
}

/// How far the writing of a seed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Guests written.
    pub done: u32,
    /// Guests in all.
    pub total: u32,
}

/// A seed's name is not one of the known ones.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no seed {0:?}: it must be demo, empty or large")]
pub struct UnknownSeed(String);

impl std::str::FromStr for Seed {
    type Err = UnknownSeed;

    fn from_str(name: &str) -> Result<Self, UnknownSeed> {
        match name {
            "demo" => Ok(Self::Demo),
            "empty" => Ok(Self::Empty),
            "large" => Ok(Self::LARGE),
            other => Err(UnknownSeed(other.to_owned())),
        }
    }
}

impl Seed {
    /// A million guests and five million changes of balances.
    pub const LARGE: Self = Self::Large { guests: 1_000_000 };

    /// The name under which the books remember it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Empty => "empty",
            Self::Large { .. } => "large",
        }
    }

    /// Writes the seed into empty books. `programme` takes the place of the seed's own.
    pub(crate) fn write(
        self,
        tx: &Transaction<'_>,
        programme: Option<&ProgrammeFile>,
        now: Timestamp,
        on_progress: fn(Progress),
    ) -> Result<(), OpenError> {
        settings::set_seed(tx, self.name())?;
        let programme = match programme {
            Some(given) => given.clone(),
            None => demo::programme()?,
        };
        let network_id = demo::network(tx, &programme)?;
        let zerno_id = zerno::network(tx)?;
        let lapsha_id = lapsha::network(tx)?;
        let chashka_id = chashka::network(tx)?;
        match self {
            Self::Demo => {
                demo::guests(tx, network_id, &programme, now.as_millisecond())?;
                zerno::guests(tx, zerno_id, now.as_millisecond())?;
                lapsha::guests(tx, lapsha_id, now.as_millisecond())?;
                chashka::guests(tx, chashka_id, now.as_millisecond())
            }
            Self::Empty => Ok(()),
            Self::Large { guests } => {
                let ranks = &programme.programme().ranks;
                large::guests(tx, network_id, ranks, guests, now.as_millisecond(), on_progress)
            }
        }
    }
}
