//! What every store promises. Each promise is written once and kept by SQLite and by PostgreSQL.

mod leases;
mod logins;
mod merchant;
mod orders;
mod outage;
mod retention;
mod transactions;

use scratch_postgres::ScratchPostgres;
use tempfile::TempDir;

use super::*;
use crate::config::{PostgresConfig, Secret};

/// Where stores are opened: each time over the same rows.
struct Bed {
    dir: TempDir,
    config: StoreConfig,
}

impl Bed {
    fn sqlite() -> Self {
        Self { dir: tempfile::tempdir().expect("a scratch folder"), config: StoreConfig::Sqlite }
    }

    /// An empty database of a server.
    fn postgres(server: &ScratchPostgres, name: &str) -> Self {
        let url = Secret::new(server.database(name));
        let config = PostgresConfig::new(&url, 4, None).expect("a right address");
        Self { config: StoreConfig::Postgres(config), ..Self::sqlite() }
    }

    async fn open(&self) -> Store {
        Store::open(&self.config, self.dir.path()).await.expect("opened")
    }

    /// The stores of two proxies where two may share one, else the same store twice.
    async fn open_two(&self) -> (Store, Store) {
        match self.config {
            StoreConfig::Sqlite => {
                let store = self.open().await;
                (store.clone(), store)
            }
            StoreConfig::Postgres(_) => {
                let (one, other) = tokio::join!(self.open(), self.open());
                (one, other)
            }
        }
    }
}

/// Makes a test of each promise on SQLite, and one of all of them on PostgreSQL, whose server takes a second to make.
macro_rules! promises {
    ($($module:ident::$promise:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                super::$module::$promise(super::Bed::sqlite()).await;
            })*
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn postgresql_keeps_every_promise() {
            let server = ScratchPostgres::start();
            $({
                println!(stringify!($promise));
                $module::$promise(Bed::postgres(&server, stringify!($promise))).await;
            })*
        }
    };
}

promises! {
    orders::an_order_is_read_as_it_was_written_also_after_reopening,
    orders::a_preview_asked_for_earlier_does_not_replace_a_later_one,
    orders::a_preview_does_not_replace_what_is_being_confirmed,
    orders::a_guests_other_orders_with_something_held_are_found,
    orders::a_key_is_new_again_when_it_is_forgotten,
    transactions::work_that_fails_leaves_nothing_behind_and_takes_nothing_along,
    transactions::work_that_panics_leaves_nothing_behind_and_takes_nothing_along,
    transactions::a_failure_that_is_passed_over_keeps_nothing,
    transactions::reading_writes_nothing,
    transactions::work_about_one_thing_is_done_one_after_the_other,
    transactions::work_about_different_things_does_not_lose_rows,
    merchant::an_order_is_registered_once_and_found_by_its_names,
    merchant::contents_are_replaced_by_the_one_who_knew_the_former_ones,
    merchant::an_order_goes_to_one_guest_or_is_cancelled,
    merchant::an_order_for_one_phone_goes_to_no_other,
    merchant::a_refund_is_kept_once,
    merchant::an_attempt_to_tell_is_begun_by_one_proxy,
    merchant::what_could_not_be_told_is_kept_apart,
    merchant::untouched_orders_are_found_by_their_age,
    leases::an_order_has_one_holder_at_a_time,
    leases::a_lease_ends_by_itself_and_then_is_not_extended,
    logins::a_code_has_no_more_tries_than_it_was_given,
    logins::a_new_code_replaces_the_phones_former_one,
    logins::no_more_keys_are_tried_in_a_window_than_allowed,
    logins::what_is_counted_slot_by_slot_counts_for_all_until_it_is_over,
    logins::writes_about_several_things_wait_for_each_other_where_they_share_one,
    logins::what_has_expired_is_removed_and_nothing_else,
    retention::orders_that_are_over_go_with_all_that_was_kept_of_them,
    retention::what_only_a_page_has_described_goes_sooner,
    retention::what_is_held_unknown_untold_or_in_use_stays,
    retention::what_a_till_has_is_forgotten_only_for_its_restaurant,
}
