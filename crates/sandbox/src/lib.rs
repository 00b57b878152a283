//! An offline imitation of the loyalty systems, faithful to their documents.
//!
//! Owns what the upstream systems would do: who the guests are, what an order costs them, what is frozen, written off
//! and accrued. Must not know the proxy or the widget. The rules themselves are `loyalty`'s.
//!
//! In reading order: [`options`] and [`seed`] are what a sandbox starts from, [`plazius`] is the imitation of Plazius,
//! [`store`] keeps its books, [`ledger`] shows what was done, [`faults`] makes it fail on
//! demand.

mod faults;
pub mod ledger;
mod options;
mod payment_codes;
mod plazius;
mod seed;
mod store;

use std::collections::HashMap;
use std::sync::Arc;

pub use faults::{Fault, Faults};
pub use ledger::{Entry, Kind};
pub use options::{OpenError, Options};
pub use payment_codes::PaymentCodes;
pub use seed::{Seed, UnknownSeed};
pub use store::StoreError;

use loyalty::Programme;
use plazius::Plazius;
use store::{Store, access, check};

/// A running imitation. Clones share the same books and faults.
#[derive(Clone)]
pub struct Sandbox {
    plazius: Plazius,
    faults: Faults,
}

impl Sandbox {
    /// Opens the books in the folder of `options`, which is made where missing, and writes the seed into empty ones.
    ///
    /// # Errors
    /// [`OpenError`] where the folder or the database cannot be used, or a network's programme is wrong.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let Options { data_dir, seed, clock, payment_codes } = options;
        std::fs::create_dir_all(&data_dir)
            .map_err(|source| OpenError::Folder { path: data_dir.clone(), source })?;
        let store = Store::open(&data_dir)?;
        let programmes = store.transact(|tx| {
            if access::programmes(tx)?.is_empty() {
                seed.write(tx, clock.now())?;
            }
            read_programmes(access::programmes(tx)?)
        })?;
        let plazius = Plazius { store, clock, payment_codes, programmes: Arc::new(programmes) };
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
        self.plazius.store.transact(store::ledger::all)
    }

    /// Whether the books hold together: every balance the sum of what was booked, everything frozen belongs to a
    /// confirmed order, every order the sum of its lines, nothing negative.
    ///
    /// # Errors
    /// One sentence for each thing that is wrong, or for the failure to read the books.
    pub fn check(&self) -> Result<(), Vec<String>> {
        let violations: Result<_, StoreError> = self.plazius.store.transact(check::violations);
        match violations {
            Ok(found) if found.is_empty() => Ok(()),
            Ok(found) => Err(found),
            Err(error) => Err(vec![error.to_string()]),
        }
    }
}

fn read_programmes(rows: Vec<(i64, String)>) -> Result<HashMap<i64, Programme>, OpenError> {
    rows.into_iter().map(|(network_id, json)| Ok((network_id, Programme::from_json(&json)?))).collect()
}
