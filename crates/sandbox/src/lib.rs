//! An offline imitation of the loyalty systems, faithful to their documents.
//!
//! Owns what the upstream systems would do: who the guests are, what an order costs them, what is frozen, written off
//! and accrued. Must not know the proxy or the widget. The rules themselves are `loyalty`'s.
//!
//! In reading order: [`options`], [`programmes`] and [`seed`] are what a sandbox starts from, [`plazius`] is the imitation
//! of Plazius, [`store`] keeps its books, [`books`] says whether they hold together, [`ledger`] shows what was done,
//! [`faults`] makes it fail on demand.

mod books;
mod faults;
pub mod ledger;
mod options;
mod payment_codes;
mod plazius;
mod programmes;
mod seed;
mod store;

pub use books::{CheckError, Report, check_folder};
pub use faults::{Fault, Faults};
pub use ledger::{Entry, Kind};
pub use options::{ControlAccess, OpenError, Options};
pub use payment_codes::PaymentCodes;
pub use programmes::ProgrammeFile;
pub use seed::{Seed, UnknownSeed};
pub use store::StoreError;
pub use store::folder::FolderError;

use clock::Clock;
use jiff::SignedDuration;
use plazius::Plazius;
use programmes::Programmes;
use store::folder::Folder;
use store::{Store, settings};

/// A running imitation. Clones share the same books and faults.
#[derive(Clone)]
pub struct Sandbox {
    plazius: Plazius,
    faults: Faults,
}

impl Sandbox {
    /// Opens the books in the folder of `options`; where it has none, they are made and the seed is written into them.
    ///
    /// # Errors
    /// [`OpenError`] where the folder or the database cannot be used, or a network's programme is wrong.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let Options { data_dir, seed, programme, clock, payment_codes, control: _ } = options;
        let folder = Folder::claim(&data_dir)?;
        if folder.database().exists() {
            let store = Store::open(folder)?;
            if let Some(given) = &programme {
                store.transact(|tx| programmes::replace_first(tx, given))?;
            }
            return Self::over(store, clock, payment_codes);
        }
        let site = folder.building_site()?;
        store::build(&site, |tx| seed.write(tx, programme.as_ref(), clock.now()))?;
        folder.move_in(&site)?;
        Self::over(Store::open(folder)?, clock, payment_codes)
    }

    fn over(store: Store, clock: Clock, payment_codes: PaymentCodes) -> Result<Self, OpenError> {
        let (programmes, shift_ms) = store.transact(|tx| {
            // Says so where there is none.
            programmes::first(tx)?;
            Ok::<_, OpenError>((Programmes::of(tx)?, settings::clock_shift_ms(tx)?))
        })?;
        if let Some(shifted_ms) = clock.shift_ms() {
            clock.advance(SignedDuration::from_millis(shift_ms.saturating_sub(shifted_ms)));
        }
        let plazius = Plazius { store, clock, payment_codes, programmes };
        Ok(Self { plazius, faults: Faults::default() })
    }

    /// Everything the sandbox answers: Plazius under `/plazius`.
    pub fn router(&self) -> axum::Router {
        let router = axum::Router::new().nest("/plazius", plazius::router(self.plazius.clone()));
        faults::layer(router, self.faults.clone())
    }

    /// The faults to come.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The accepted operations that changed something, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] where the books cannot be read.
    pub fn ledger(&self) -> Result<Vec<Entry>, StoreError> {
        self.plazius.store.read(store::ledger::all)
    }

    /// Whether the books hold together: every balance the sum of what was booked, everything frozen belongs to a
    /// confirmed order, every order the sum of its lines, nothing negative.
    ///
    /// # Errors
    /// One sentence for each thing that is wrong, or for the failure to read the books.
    pub fn check(&self) -> Result<(), Vec<String>> {
        let violations: Result<_, StoreError> = self.plazius.store.read(store::check::violations);
        match violations {
            Ok(found) if found.is_empty() => Ok(()),
            Ok(found) => Err(found),
            Err(error) => Err(vec![error.to_string()]),
        }
    }
}
