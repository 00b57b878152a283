//! The section `[edge]`: what the proxy lets the internet and a loyalty system that is down cost it.

use serde::Deserialize;

use super::ConfigError;

/// Bounds of what is done at once, and for how long anybody is waited for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Edge {
    /// How many requests are worked on at once; more are asked to come back.
    pub max_requests: u32,
    /// How many connections are open at once; more wait until one ends.
    pub max_connections: u32,
    /// Milliseconds within which a request's body must have come.
    pub body_timeout_ms: u32,
    /// Milliseconds for which whoever asked may take nothing of the answer.
    pub write_timeout_ms: u32,
    /// After so many failures in a row a loyalty system is left alone.
    pub breaker_failures: u32,
    /// Seconds for which it is left alone.
    pub breaker_open_s: u32,
    /// Seconds for which requests and steps under way may take to finish after the proxy was told to stop.
    pub shutdown_s: u32,
}

impl Default for Edge {
    fn default() -> Self {
        Self {
            max_requests: 512,
            max_connections: 2048,
            body_timeout_ms: 8_000,
            write_timeout_ms: 15_000,
            breaker_failures: 5,
            breaker_open_s: 10,
            shutdown_s: 20,
        }
    }
}

impl Edge {
    /// Refuses what cannot be.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let bounds = [
            ("max_requests", self.max_requests, 100_000),
            ("max_connections", self.max_connections, 1_000_000),
            ("body_timeout_ms", self.body_timeout_ms, 600_000),
            ("write_timeout_ms", self.write_timeout_ms, 600_000),
            ("breaker_failures", self.breaker_failures, 10_000),
            ("breaker_open_s", self.breaker_open_s, 3_600),
            ("shutdown_s", self.shutdown_s, 600),
        ];
        for (name, value, most) in bounds {
            if !(1..=most).contains(&value) {
                return Err(ConfigError::value(format!("edge.{name}"), format!("from 1 to {most}")));
            }
        }
        Ok(())
    }
}
