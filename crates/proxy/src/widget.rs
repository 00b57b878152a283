//! The built widget's files: which file a path means, its type, and the form the browser takes it in.
//!
//! Serves one folder and nothing beside it. Builds nothing and compresses nothing: a `.br` or `.gz` that the build left
//! beside a file is sent where the browser takes it.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// The folder of the built widget.
#[derive(Clone, Debug)]
pub(crate) struct WidgetFiles(PathBuf);

impl WidgetFiles {
    /// The files in `dir`.
    pub(crate) const fn new(dir: PathBuf) -> Self {
        Self(dir)
    }

    /// The file at `path`, or `None` where there is none.
    pub(crate) async fn serve(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        let content_type = content_type(path)?;
        let plain = self.0.join(checked(path)?);
        let encodings = accepted_encodings(request);
        let read = tokio::task::spawn_blocking(move || read_best(&plain, &encodings));
        let (bytes, encoding, tag) = read.await.ok()??;
        let unchanged = request.get(header::IF_NONE_MATCH).is_some_and(|known| known == tag.as_str());
        let mut response = Response::new(if unchanged { Body::empty() } else { Body::from(bytes) });
        if unchanged {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        // The names are stable, so a browser must ask whether they still mean the same.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        Some(response)
    }
}

/// The path, if each part of it is a plain name: no way leads out of the folder, and no hidden file is served.
fn checked(path: &str) -> Option<&Path> {
    let plain = |part: &str| {
        !part.starts_with('.')
            && !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    path.split('/').all(plain).then(|| Path::new(path))
}

/// The type of what a widget may consist of; nothing else is served.
fn content_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    Some(match ending {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// Which compressed forms the browser takes, best first: the file's ending and HTTP's name for it.
fn accepted_encodings(request: &HeaderMap) -> Vec<(&'static str, &'static str)> {
    let text = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |name: &str| {
        text.split(',').any(|part| {
            let mut pieces = part.split(';').map(str::trim);
            pieces.next() == Some(name) && !pieces.any(|piece| matches!(piece, "q=0" | "q=0.0"))
        })
    };
    [(".br", "br"), (".gz", "gzip")].into_iter().filter(|(_, name)| accepts(name)).collect()
}

/// The bytes of the first form there is, its encoding, and a tag that changes with the file.
fn read_best(
    plain: &Path,
    encodings: &[(&'static str, &'static str)],
) -> Option<(Vec<u8>, Option<&'static str>, String)> {
    let changed_ms = |path: &Path| {
        let time = std::fs::metadata(path).and_then(|meta| meta.modified()).ok()?;
        Some(time.duration_since(UNIX_EPOCH).ok()?.as_millis())
    };
    let plain_ms = changed_ms(plain)?;
    for (ending, name) in encodings {
        let mut compressed = plain.as_os_str().to_owned();
        compressed.push(ending);
        let compressed = Path::new(&compressed);
        // A compressed form older than its file was left by an earlier build.
        if changed_ms(compressed).is_some_and(|at_ms| at_ms >= plain_ms)
            && let Ok(bytes) = std::fs::read(compressed)
        {
            let tag = format!("\"{plain_ms:x}-{:x}-{name}\"", bytes.len());
            return Some((bytes, Some(name), tag));
        }
    }
    let bytes = std::fs::read(plain).ok()?;
    let tag = format!("\"{plain_ms:x}-{:x}\"", bytes.len());
    Some((bytes, None, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for wrong in ["../secret.json", "a/../../b.js", "/etc/x.css", "", "a//b.js", ".stage/a.js", "a\\b.js"]
        {
            assert_eq!(checked(wrong), None, "{wrong}");
        }
        assert_eq!(checked("snippets/a-1/b.js"), Some(Path::new("snippets/a-1/b.js")));
    }
}
