//! The configuration's `store`: which database, and that nothing goes to another machine in plain text.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde::Deserialize;
use tokio_postgres::config::{Host, SslMode};

use super::ConfigError;
use super::secret::{Environment, Secret, SecretSource};

/// How many connections a PostgreSQL is asked over, where the file does not say.
const POOL: usize = 8;

/// Where the proxy keeps what it must not forget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreConfig {
    /// In an SQLite file in the data folder.
    Sqlite,
    /// In a PostgreSQL that several proxies may share.
    Postgres(PostgresConfig),
}

/// How a PostgreSQL is reached.
#[derive(Clone, Debug)]
pub struct PostgresConfig {
    /// The server, the database and the user.
    pub(crate) address: Box<tokio_postgres::Config>,
    /// Whom to believe to be the server; nothing where the connection does not leave this machine and is not encrypted.
    pub(crate) tls: Option<Arc<ClientConfig>>,
    /// How many connections, at least one.
    pub(crate) pool: usize,
    /// The certificates that `tls` believes, where they are not the public ones.
    ca_file: Option<PathBuf>,
}

impl PartialEq for PostgresConfig {
    /// Whom to believe follows from the other fields.
    fn eq(&self, other: &Self) -> bool {
        self.address == other.address && self.pool == other.pool && self.ca_file == other.ca_file
    }
}

impl Eq for PostgresConfig {}

/// The `[store]` of the file: the fields of both kinds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StoreFile {
    kind: Kind,
    url: Option<SecretSource>,
    pool: Option<usize>,
    ca_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    #[default]
    Sqlite,
    Postgres,
}

pub(super) fn check_store(
    file: &StoreFile,
    environment: &Environment<'_>,
) -> Result<StoreConfig, ConfigError> {
    if file.kind == Kind::Sqlite {
        let fields =
            [("url", file.url.is_some()), ("pool", file.pool.is_some()), ("ca_file", file.ca_file.is_some())];
        return match fields.into_iter().find(|(_, is_there)| *is_there) {
            Some((name, _)) => {
                Err(ConfigError::value(format!("store.{name}"), "does not go with kind = \"sqlite\""))
            }
            None => Ok(StoreConfig::Sqlite),
        };
    }
    let url = file.url.as_ref().ok_or_else(|| ConfigError::value("store.url", "is missing"))?;
    let pool = file.pool.unwrap_or(POOL);
    if !(1..=64).contains(&pool) {
        return Err(ConfigError::value("store.pool", "from 1 to 64"));
    }
    let url = url.fetch("store.url", environment)?;
    PostgresConfig::new(&url, pool, file.ca_file.as_deref()).map(StoreConfig::Postgres)
}

impl PostgresConfig {
    /// Judges an address. Without a `ca_file` the server is believed to be itself where a public authority says so.
    ///
    /// # Errors
    /// [`ConfigError`] names the field of `[store]`.
    pub fn new(url: &Secret, pool: usize, ca_file: Option<&Path>) -> Result<Self, ConfigError> {
        let wrong = |message: &str| ConfigError::value("store.url", message);
        // The parser's own words may hold a part of the password.
        let mut address: tokio_postgres::Config = url.reveal().parse().map_err(|_| {
            wrong("an address such as postgres://user:password@host/database?sslmode=require (or disable)")
        })?;
        if address.get_hosts().is_empty() && address.get_hostaddrs().is_empty() {
            return Err(wrong("names no host"));
        }
        let tls = if address.get_ssl_mode() == SslMode::Require {
            if address.get_hosts().iter().any(|host| matches!(host, Host::Unix(_))) {
                return Err(wrong("a socket of this machine takes no sslmode=require"));
            }
            Some(Arc::new(tls(ca_file)?))
        } else if !is_on_this_machine(&address) {
            return Err(wrong("must say sslmode=require where the database is on another machine"));
        } else if ca_file.is_some() {
            return Err(ConfigError::value("store.ca_file", "goes only with sslmode=require"));
        } else {
            address.ssl_mode(SslMode::Disable);
            None
        };
        Ok(Self { address: Box::new(address), tls, pool, ca_file: ca_file.map(Path::to_owned) })
    }
}

fn is_on_this_machine(address: &tokio_postgres::Config) -> bool {
    let hosts = address.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1" | "[::1]"),
        Host::Unix(_) => true,
    });
    hosts && address.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback)
}

fn tls(ca_file: Option<&Path>) -> Result<ClientConfig, ConfigError> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            let wrong = |error: String| ConfigError::value("store.ca_file", error);
            let certificates =
                CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
                roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
            }
            if roots.is_empty() {
                return Err(wrong("holds no certificate".to_owned()));
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ConfigError::value("store.url", error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(url: &str) -> Result<PostgresConfig, ConfigError> {
        PostgresConfig::new(&Secret::new(url), POOL, None)
    }

    #[test]
    fn a_database_on_another_machine_is_reached_encrypted_or_not_at_all() {
        for url in [
            "postgres://u:hunter2@db.example/proxy",
            "postgres://u:hunter2@db.example/proxy?sslmode=prefer",
            "postgres://u:hunter2@db.example/proxy?sslmode=disable",
            "host=127.0.0.1,db.example user=u password=hunter2",
            "host=localhost hostaddr=192.0.2.1 user=u password=hunter2",
            "host=/run/postgresql sslmode=require user=u password=hunter2",
            "postgres://u:hunter2@db.example/proxy?sslmode=verify-full",
            "postgres://u:hunter2@/proxy?sslmode=require",
            "hunter2",
        ] {
            let error = judged(url).expect_err(url).to_string();
            assert!(error.starts_with("`store.url`: ") && !error.contains("hunter2"), "{error}");
        }
        let judged = judged("postgres://u:hunter2@db.example/proxy?sslmode=require").expect("encrypted");
        assert!(judged.tls.is_some());
        assert!(!format!("{judged:?}").contains("hunter2"));
    }

    #[test]
    fn a_database_on_this_machine_needs_no_encryption() {
        for url in [
            "postgres://u@localhost/proxy",
            "postgres://u@127.0.0.1:5433/proxy?sslmode=prefer",
            "host=/run/postgresql user=u",
        ] {
            let judged = judged(url).expect(url);
            assert!(judged.tls.is_none());
            assert_eq!(judged.address.get_ssl_mode(), SslMode::Disable);
        }
    }
}
