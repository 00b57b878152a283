//! An offline imitation of the loyalty systems, faithful to their documents.
//!
//! Owns what the upstream systems would do: who the guests are, what an order costs them, what is frozen, written off
//! and accrued. Must not know the proxy or the widget. The rules themselves are `loyalty`'s.
//!
//! In reading order: [`options`], [`programmes`] and [`seed`] are what a sandbox starts from; [`plazius`], [`rk_delivery`]
//! and [`basic_rest`] are the imitations, [`network`] is what every system does behind its API, [`store`] keeps the books,
//! [`books`] says whether they hold together, [`ledger`] shows what was done,
//! [`faults`] makes it fail on demand, [`control`] puts all that under `/sandbox`.

mod basic_rest;
mod books;
mod control;
mod faults;
mod guest_app;
mod json;
pub mod ledger;
mod network;
mod options;
mod payment_codes;
mod plazius;
mod programmes;
mod rk_delivery;
mod seed;
mod store;

pub use books::{CheckError, Report, check_folder};
pub use faults::{Fault, Faults};
pub use ledger::{Entry, Kind};
pub use options::{ControlAccess, OpenError, Options};
pub use payment_codes::PaymentCodes;
pub use programmes::ProgrammeFile;
pub use seed::{Progress, Seed, UnknownSeed};
pub use store::StoreError;
pub use store::folder::FolderError;

use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use basic_rest::BasicRest;
use clock::Clock;
use control::Control;
use jiff::SignedDuration;
use plazius::Plazius;
use programmes::Programmes;
use rk_delivery::RkDelivery;
use store::folder::Folder;
use store::{Store, settings};

/// What every answer names as its server.
const SERVER: HeaderValue = HeaderValue::from_static("loyalty-sandbox (not for production)");

/// Why the till does not take the money for an order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TillError(String);

/// A running imitation. Clones share the same books and faults.
#[derive(Clone)]
pub struct Sandbox {
    plazius: Plazius,
    rk_delivery: RkDelivery,
    basic_rest: BasicRest,
    control: Control,
}

impl Sandbox {
    /// Opens the books in the folder of `options`; where it has none, they are made and the seed is written into them.
    ///
    /// # Errors
    /// [`OpenError`] where the folder or the database cannot be used, or a network's programme is wrong.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let Options { data_dir, seed, programme, clock, payment_codes, control, on_progress } = options;
        let folder = Folder::claim(&data_dir)?;
        if folder.database().exists() {
            let store = Store::open(folder)?;
            if let Some(given) = &programme {
                store.transact(|tx| programmes::replace_first(tx, given))?;
            }
            return Self::over(store, clock, payment_codes, seed, control);
        }
        let site = folder.building_site()?;
        store::build(&site, |tx| seed.write(tx, programme.as_ref(), clock.now(), on_progress))?;
        folder.move_in(&site)?;
        Self::over(Store::open(folder)?, clock, payment_codes, seed, control)
    }

    fn over(
        store: Store,
        clock: Clock,
        payment_codes: PaymentCodes,
        seed: Seed,
        access: ControlAccess,
    ) -> Result<Self, OpenError> {
        let (programmes, shift_ms) = store.transact(|tx| {
            // Says so where there is none.
            programmes::first(tx)?;
            Ok::<_, OpenError>((Programmes::of(tx)?, settings::clock_shift_ms(tx)?))
        })?;
        if let Some(shifted_ms) = clock.shift_ms() {
            clock.advance(SignedDuration::from_millis(shift_ms.saturating_sub(shifted_ms)));
        }
        let control = Control {
            store: store.clone(),
            clock: clock.clone(),
            programmes: programmes.clone(),
            faults: Faults::default(),
            seed,
            access,
        };
        let rk_delivery =
            RkDelivery { store: store.clone(), clock: clock.clone(), programmes: programmes.clone() };
        let basic_rest =
            BasicRest { store: store.clone(), clock: clock.clone(), programmes: programmes.clone() };
        let plazius = Plazius { store, clock, payment_codes, programmes };
        Ok(Self { plazius, rk_delivery, basic_rest, control })
    }

    /// Everything the sandbox answers: Plazius under `/plazius`, r_k Delivery under `/delivery`, the basic REST API under
    /// `/basic`; and the control, which no fault strikes, under `/sandbox`.
    pub fn router(&self) -> axum::Router {
        let imitations = axum::Router::new()
            .nest("/plazius", plazius::router(self.plazius.clone()))
            .nest("/delivery", rk_delivery::router(self.rk_delivery.clone()))
            .nest("/basic", basic_rest::router(self.basic_rest.clone()));
        faults::layer(imitations, self.control.faults.clone())
            .nest("/sandbox", control::router(self.control.clone()))
            .layer(map_response(async |mut response: Response| {
                response.headers_mut().insert(header::SERVER, SERVER);
                response
            }))
    }

    /// The faults to come.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.control.faults
    }

    /// The accepted operations that changed something, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] where the books cannot be read.
    pub fn ledger(&self) -> Result<Vec<Entry>, StoreError> {
        self.plazius.store.read(store::ledger::all)
    }

    /// The restaurant's till takes the money for the order of r_k Delivery with this number, as `/sandbox/till/close` does.
    /// Answers whether that changed something. Blocks while the books are written.
    ///
    /// # Errors
    /// [`TillError`] where there is no such order, or none that could be paid.
    pub fn pay_at_the_till(&self, order_number: &str) -> Result<bool, TillError> {
        control::pay_at_the_till(&self.control, order_number).map_err(|error| TillError(error.to_string()))
    }

    /// Whether the books hold together: every balance the sum of what was booked, everything frozen belongs to a
    /// confirmed order or a hold, every order the sum of its lines, nothing negative.
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
