//! One client: a connection that stays open, and the requests it sends one after another.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};

/// A connection to a sandbox, with a token for it.
pub(crate) struct Client {
    connection: BufReader<TcpStream>,
    head: String,
    answer: Vec<u8>,
}

impl Client {
    /// Connects and lets itself be authorised.
    pub(crate) fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the sandbox listens");
        stream.set_nodelay(true).expect("a TCP connection");
        let mut client = Self {
            connection: BufReader::new(stream),
            head: "ApiKey: demo-plazius".to_owned(),
            answer: Vec::new(),
        };
        client.send("auth/gentoken", &json!({ "password": "demo" }).to_string());
        let answer: Value = serde_json::from_slice(&client.answer).expect("JSON");
        client.head = format!("Authorization: {}", answer["token"].as_str().expect("a token"));
        client
    }

    /// Sends an operation and reads all of its answer, which must be a success.
    pub(crate) fn call(&mut self, operation: &str, body: &str) -> &[u8] {
        self.send(&format!("loyalty/{operation}"), body);
        &self.answer
    }

    fn send(&mut self, path: &str, body: &str) {
        let request = format!(
            "POST /plazius/b2b/v1/{path} HTTP/1.1\r\nHost: localhost\r\n{}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.head,
            body.len()
        );
        self.connection.get_mut().write_all(request.as_bytes()).expect("sent");
        let (mut line, mut length, mut status) = (String::new(), 0, String::new());
        loop {
            line.clear();
            self.connection.read_line(&mut line).expect("a head");
            if status.is_empty() {
                status.clone_from(&line);
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().expect("a length");
            }
            if line == "\r\n" {
                break;
            }
        }
        self.answer.resize(length, 0);
        self.connection.read_exact(&mut self.answer).expect("a body");
        assert!(
            status.starts_with("HTTP/1.1 200"),
            "{path}: {status}{}",
            String::from_utf8_lossy(&self.answer)
        );
    }
}
