//! As much of HTTP/1.1 as a client needs that trusts its server: one connection, one request after the other.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, ensure};

/// A connection that stays open.
pub(super) struct Connection {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Connection {
    pub(super) fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(Self { stream: BufReader::new(stream), body: Vec::new() })
    }

    /// Sends a request and reads the whole answer, which must be a success.
    pub(super) fn ask(&mut self, request: &[u8]) -> anyhow::Result<&str> {
        self.stream.get_mut().write_all(request)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.trim().to_owned();
        let mut length = 0;
        loop {
            line.clear();
            ensure!(self.stream.read_line(&mut line)? > 0, "the connection ended");
            let header = line.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().context("a length")?;
            }
        }
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body)?;
        let body = std::str::from_utf8(&self.body)?;
        ensure!(status.contains(" 200 "), "{status}: {body}");
        Ok(body)
    }
}

/// A request that posts JSON.
pub(super) fn post(path: &str, token: Option<&str>, body: &str) -> Vec<u8> {
    let authorization = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{authorization}\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// The text of a field of a JSON object, where it needs no unescaping.
pub(super) fn text_field<'a>(json: &'a str, name: &str) -> anyhow::Result<&'a str> {
    let (_, rest) = json.split_once(&format!("\"{name}\":\"")).with_context(|| format!("no `{name}`"))?;
    rest.split_once('"').map(|(value, _)| value).context("the text does not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_name() {
        let json = r#"{"id":"7","token":"abc","expires_in_s":1}"#;
        assert_eq!(text_field(json, "token").expect("there"), "abc");
        assert!(text_field(json, "expires_in_s").is_err());
    }
}
