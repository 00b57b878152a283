//! The log: where it goes, in which form, and from which level on.
//!
//! A line within a request carries the request's name, method and route. No line carries a phone, a code, a token, a key
//! or a body; a panic is logged by its place, and by its words only where they are the program's own.

use std::panic::PanicHookInfo;

use thiserror::Error;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{LogConfig, LogFormat};
use crate::otel::Listener;

/// The log was started before.
#[derive(Clone, Copy, Debug, Error)]
#[error("the log was started before")]
pub struct LogError;

/// Starts the log on the standard error, so that the standard output says only what was asked, and lets `listener` hear
/// the same. `RUST_LOG` goes before the configured level.
///
/// # Errors
/// [`LogError`] where there is a log already.
pub fn start(config: &LogConfig, listener: Option<Listener>) -> Result<(), LogError> {
    subscriber(config, std::io::stderr, listener).try_init().map_err(|_| LogError)?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// What turns events into lines.
fn subscriber<W>(
    config: &LogConfig,
    writer: W,
    listener: Option<Listener>,
) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    // The level was checked with the configuration.
    let filter = EnvFilter::try_from_default_env()
        .or_else(|_| EnvFilter::try_new(&config.level))
        .unwrap_or_else(|_| EnvFilter::new("warn"));
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = match config.format {
        LogFormat::Text => lines.with_filter(filter).boxed(),
        LogFormat::Json => {
            let json = lines.json().flatten_event(true).with_current_span(true).with_span_list(false);
            json.with_filter(filter).boxed()
        }
    };
    let mut layers = vec![lines];
    layers.extend(listener);
    tracing_subscriber::registry().with(layers)
}

/// Logs a panic. Words that were put together at run time may hold anything, so they are left out.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let words = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("with words of its own");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(words, place, "the program panicked");
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("not poisoned").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_of_the_json_log_is_one_object_with_its_request() {
        let lines = Lines::default();
        let config = LogConfig { format: LogFormat::Json, level: "info".to_owned() };
        let writer = lines.clone();
        tracing::subscriber::with_default(subscriber(&config, move || writer.clone(), None), || {
            let _span = tracing::info_span!("request", id = "r-1", route = "/healthz").entered();
            tracing::info!(status = 200, "answered");
            tracing::debug!("too much");
        });
        let text = String::from_utf8(lines.0.lock().expect("not poisoned").clone()).expect("text");
        let line: serde_json::Value = serde_json::from_str(&text).expect("one line, one object");
        assert_eq!(
            (&line["message"], &line["status"], &line["level"]),
            (&"answered".into(), &200.into(), &"INFO".into())
        );
        assert_eq!((&line["span"]["id"], &line["span"]["route"]), (&"r-1".into(), &"/healthz".into()));
    }

    #[test]
    fn a_panic_is_logged_by_its_place_and_never_by_words_that_were_put_together() {
        let lines = Lines::default();
        let config = LogConfig { format: LogFormat::Text, level: "info".to_owned() };
        let writer = lines.clone();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(log_panic));
        tracing::subscriber::with_default(subscriber(&config, move || writer.clone(), None), || {
            let phone = String::from("+79995550142");
            std::panic::catch_unwind(|| panic!("no guest {phone}")).expect_err("it panics");
            std::panic::catch_unwind(|| panic!("a fixed sentence")).expect_err("it panics");
        });
        std::panic::set_hook(before);
        let text = String::from_utf8(lines.0.lock().expect("not poisoned").clone()).expect("text");
        assert!(text.contains("log.rs:") && text.contains("a fixed sentence"), "{text}");
        assert!(!text.contains("79995550142"), "{text}");
    }
}
