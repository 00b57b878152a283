//! What a sandbox is opened with, and why it may refuse.

use std::path::PathBuf;

use clock::Clock;

use crate::{FolderError, PaymentCodes, ProgrammeFile, Progress, Seed, StoreError};

/// What a sandbox is opened with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of its database; made where missing. A second sandbox in the same folder is refused.
    pub data_dir: PathBuf,
    /// What a new database begins with; an existing one is left as it is.
    pub seed: Seed,
    /// The first network's programme from now on, in a new database and in an existing one; without it, the seed's or
    /// the one the database holds.
    pub programme: Option<ProgrammeFile>,
    /// Where the time comes from. A shifted clock goes on with the shift the database holds.
    pub clock: Clock,
    /// Where payment codes come from.
    pub payment_codes: PaymentCodes,
    /// Who may do what under `/sandbox`.
    pub control: ControlAccess,
    /// Told now and then how far the writing of a large seed is.
    pub on_progress: fn(Progress),
}

/// Who may do what under `/sandbox`, where a test or a person at the keyboard moves the clock, injects faults and resets
/// the books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ControlAccess {
    /// Only `GET` is answered.
    pub is_read_only: bool,
    /// Requests may name any host. Otherwise only this machine's own names, so that no page in a browser reaches the
    /// control under a name of its own that leads here.
    pub is_remote_allowed: bool,
}

impl Options {
    /// The demo's seed in a folder, by the machine's clock, with random payment codes.
    #[must_use]
    pub const fn new(data_dir: PathBuf) -> Self {
        Self {
            data_dir,
            seed: Seed::Demo,
            programme: None,
            clock: Clock::system(),
            payment_codes: PaymentCodes::random(),
            control: ControlAccess { is_read_only: false, is_remote_allowed: false },
            on_progress: |_| (),
        }
    }
}

/// Why a sandbox does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be used, or is in use.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The database cannot be used.
    #[error("cannot open the books: {0}")]
    Store(#[from] StoreError),
    /// A network's programme is wrong.
    #[error("a network's programme is wrong: {0}")]
    Programme(#[from] loyalty::ProgrammeError),
    /// The database holds no network: it was never whole.
    #[error("the database holds no network: its making was interrupted; remove it")]
    Unseeded,
    /// The programme has too few ranks for the guests there are.
    #[error("a guest holds the rank with index {held}, which a programme of {ranks} does not have")]
    RankMissing {
        /// How many ranks the programme has.
        ranks: usize,
        /// The index of the highest rank that a guest holds.
        held: usize,
    },
}
