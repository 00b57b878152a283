//! The server's certificate, made by OpenSSL, which Debian's package brings along; good for two days and for `localhost`.

use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;
use std::process::Command;

/// Makes `server.pem`, `server.key` and, of who vouches for them, `ca.pem`, all in a folder and its owner's.
pub(crate) fn make(dir: &Path) {
    std::fs::write(dir.join("names"), "subjectAltName=DNS:localhost\n").expect("written");
    for arguments in [
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=scratch -keyout ca.key -out ca.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem",
    ] {
        let made = Command::new("openssl").args(arguments.split(' ')).current_dir(dir).output();
        let made = made.expect("openssl runs");
        assert!(made.status.success(), "openssl: {}", String::from_utf8_lossy(&made.stderr));
    }
    let owner = std::fs::metadata(dir).expect("there");
    for file in ["server.key", "server.pem"] {
        chown(dir.join(file), Some(owner.uid()), Some(owner.gid())).expect("given to the server's user");
    }
}
