//! What only a PostgreSQL can do to its proxies: be away, be silent, be shared by proxies that start together, be newer.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use scratch_postgres::ScratchPostgres;

use super::orders::{find, insert, order};
use super::{Bed, Store, StoreError};
use crate::config::{PostgresConfig, Secret, StoreConfig};
use crate::store::sql::values;
use crate::store::{Scope, key_tries};

/// Within this time a call has failed where the store is gone.
const SOON: Duration = Duration::from_secs(2);

async fn fails_soon(store: &Store) {
    let calls = (0..20).map(|turn| async move {
        let asked = Instant::now();
        let scope = Scope::key_tries("pirogi");
        let result = match turn % 2 {
            0 => store.ping().await,
            _ => store.write(scope, |tx| key_tries::give_back(tx, "pirogi", 0)).await,
        };
        assert!(matches!(result, Err(StoreError::Unavailable(_))), "{result:?}");
        assert!(asked.elapsed() < SOON, "{:?}", asked.elapsed());
    });
    join_all(calls).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgresql_that_is_gone_or_silent_fails_every_call_soon_and_serves_again_when_it_is_back() {
    let mut server = ScratchPostgres::start();
    let bed = Bed::postgres(&server, "outage");
    let store = bed.open().await;
    insert(&store, &order(1)).await;
    join_all((0..20).map(|_| store.ping())).await;

    server.kill();
    fails_soon(&store).await;
    server.resume();
    // No call but the first of a connection could notice, and that one is repeated.
    assert_eq!(find(&store, order(1).order_id).await, Some(order(1)));
    insert(&store, &order(2)).await;

    server.freeze();
    fails_soon(&store).await;
    server.thaw();
    insert(&store, &order(3)).await;

    server.kill();
    server.resume();
    for number in 4..12 {
        insert(&store, &order(number)).await;
    }
    for number in 1..12 {
        assert!(find(&store, order(number).order_id).await.is_some(), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn proxies_that_start_together_make_the_tables_once_and_an_older_one_does_not_start() {
    let server = ScratchPostgres::start();
    let bed = Bed::postgres(&server, "start");
    let stores = join_all((0..6).map(|_| bed.open())).await;
    for store in &stores {
        store.ping().await.expect("answers");
    }
    let newer =
        stores[0].write(Scope::migration(), |tx| tx.execute("UPDATE store_version SET version = 99", &[]));
    assert_eq!(newer.await, Ok(1));
    let opened = Store::open(&bed.config, bed.dir.path()).await;
    assert!(matches!(opened.err(), Some(StoreError::TooNew { found: 99, .. })));
}

#[tokio::test]
async fn a_data_folder_is_one_proxys_at_a_time() {
    let bed = Bed::sqlite();
    let store = bed.open().await;
    let second = Store::open(&bed.config, bed.dir.path()).await;
    assert_eq!(second.err(), Some(StoreError::InUse));
    store.ping().await.expect("the first goes on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_must_be_encrypted_is_so_or_does_not_open() {
    let encrypted = ScratchPostgres::start_encrypted();
    let plain = Bed::postgres(&encrypted, "tls");
    let (url, ca_file) = encrypted.encrypted("tls");
    let open = |ca_file: Option<std::path::PathBuf>, url: String| {
        let config = PostgresConfig::new(&Secret::new(url), 2, ca_file.as_deref()).expect("a right address");
        let dir = plain.dir.path();
        async move { Store::open(&StoreConfig::Postgres(config), dir).await }
    };
    let store = open(Some(ca_file.clone()), url.clone()).await.expect("opened");
    let is_encrypted = store.read(|tx| {
        let sql = "SELECT count(*) FROM pg_stat_ssl WHERE ssl AND pid = pg_backend_pid()";
        tx.query_opt(sql, values![])?.ok_or(StoreError::Unreadable("ssl"))?.next::<i64>("ssl")
    });
    assert_eq!(is_encrypted.await, Ok(1));
    // Nobody whom the public authorities know vouches for this server, and the certificate names no other host.
    let elsewhere = url.replace("host=localhost", "host=db.example");
    for (ca_file, url) in [(None, url), (Some(ca_file), elsewhere)] {
        assert!(matches!(open(ca_file, url).await.err(), Some(StoreError::Unavailable(_))));
    }
}
