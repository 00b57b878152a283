//! What a sandbox is opened with, and why it may refuse.

use std::path::PathBuf;

use clock::Clock;

use crate::{PaymentCodes, Seed, StoreError};

/// What a sandbox is opened with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of its database; made where missing. Only one sandbox at a time may use it.
    pub data_dir: PathBuf,
    /// What a new database begins with; an existing one is left as it is.
    pub seed: Seed,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where payment codes come from.
    pub payment_codes: PaymentCodes,
}

/// Why a sandbox does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made.
    #[error("cannot make the folder {}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The database cannot be used.
    #[error("cannot open the books")]
    Store(#[from] StoreError),
    /// A network's programme is wrong.
    #[error("a network's programme is wrong")]
    Programme(#[from] loyalty::ProgrammeError),
}
