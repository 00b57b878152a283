//! The built widget as it is served: its files under stable names, which a browser asks about each time, and under
//! versioned ones, which it keeps; and the list of their digests, by which a page pins what it loads.
//!
//! Everything is read once and kept, so that all files of a version are of one build, whatever becomes of the folder.
//! Builds nothing and compresses nothing: the build leaves a `.br` and a `.gz` beside each file.

mod build;
mod encoding;
mod first;

use std::path::{Path, PathBuf};

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde_json::json;

pub(crate) use self::build::ReadError;
use self::build::{Build, File};
use self::encoding::{Form, best_form};
use self::first::{first_screen, preferred};
use crate::config::RestaurantConfig;
use crate::edge::framing::page_policy;

/// Where a file under a versioned name never changes.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Where a name is stable, a browser must ask whether it still means the same.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The tag of the element in the pages `/embed` and `/kiosk`.
const ELEMENT: &str = "<loyalty-checkout";

/// The page of the kiosk in a build.
const KIOSK: &str = "kiosk/kiosk.html";

/// What a policy calls the pages of the proxy's own origin.
const OWN_PAGES: &str = "'self'";

/// What a guest has seen must not be seen again.
const KEEP_NOTHING: HeaderValue = HeaderValue::from_static("no-store");

/// The widget, and earlier builds of it.
pub(crate) struct Widget {
    current: Build,
    older: Vec<Build>,
}

impl Widget {
    /// Reads the build in `dir` and those in `older`.
    ///
    /// # Errors
    /// Where a folder or a file cannot be read.
    pub(crate) fn read(dir: &Path, older: &[PathBuf]) -> Result<Self, ReadError> {
        let older = older.iter().map(|dir| Build::read(dir)).collect::<Result<_, _>>()?;
        Ok(Self { current: Build::read(dir)?, older })
    }

    /// What is at `path` below `/widget/`, or `None` where nothing is.
    pub(crate) fn serve(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        if path == "integrity.json" {
            let list = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
            return Some((list, self.integrity()).into_response());
        }
        if let Some((version, name)) = path.strip_prefix("v/").and_then(|rest| rest.split_once('/')) {
            let mut builds = std::iter::once(&self.current).chain(&self.older);
            let file = builds.find(|build| build.version == version)?.files.get(name)?;
            return Some(answer(file, request, FOR_A_YEAR));
        }
        Some(answer(self.current.files.get(path)?, request, ASK_AGAIN))
    }

    /// The page `/embed` for a restaurant, in frames of its own pages, or as it was built and in none. `asked` are the
    /// languages that the address names.
    pub(crate) fn page(
        &self,
        restaurant: Option<&RestaurantConfig>,
        asked: &[&str],
        request: &HeaderMap,
    ) -> Response {
        let Some(index) = self.current.files.get("index.html") else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let framed_by = restaurant.map_or(&[][..], |restaurant| &restaurant.allowed_origins);
        let filled =
            restaurant.and_then(|restaurant| self.fill(&index.plain, restaurant, "", asked, request));
        page_of(filled.unwrap_or_else(|| index.plain.clone()), ASK_AGAIN, framed_by)
    }

    /// The page `/kiosk` for a restaurant; it may stand in frames of the restaurant's pages, and of the proxy's own. A browser
    /// keeps nothing of it, not even to go back to: the next guest must not find the last one's page.
    pub(crate) fn kiosk(
        &self,
        restaurant: &RestaurantConfig,
        asked: &[&str],
        request: &HeaderMap,
    ) -> Response {
        let page = self.current.files.get(KIOSK);
        let Some(filled) = page.and_then(|page| self.fill(&page.plain, restaurant, " kiosk", asked, request))
        else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let framed_by: Vec<String> =
            [OWN_PAGES.to_owned()].into_iter().chain(restaurant.allowed_origins.iter().cloned()).collect();
        page_of(filled, KEEP_NOTHING, &framed_by)
    }

    /// The page with the restaurant's element, and the first screen in it, in the language it will probably speak.
    fn fill(
        &self,
        page: &[u8],
        restaurant: &RestaurantConfig,
        attributes: &str,
        asked: &[&str],
        request: &HeaderMap,
    ) -> Option<Bytes> {
        let asked = asked.iter().copied().chain(preferred(request));
        let screen = first_screen(&self.current, asked, &restaurant.appearance.languages);
        fill_element(page, &restaurant.id, attributes, screen)
    }

    /// The digest of each file and the versioned address under which it stays what it is.
    fn integrity(&self) -> String {
        let Build { version, files } = &self.current;
        let files = files.iter().map(|(name, file)| {
            let address = format!("/widget/v/{version}/{name}");
            (name.clone(), json!({"address": address, "integrity": format!("sha384-{}", file.digest)}))
        });
        let files: serde_json::Map<_, _> = files.collect();
        json!({"version": version, "files": files}).to_string()
    }
}

/// A file in the form the browser takes it in, or that it is unchanged.
fn answer(file: &File, request: &HeaderMap, keep: HeaderValue) -> Response {
    let (form, bytes) = best_form(file, request);
    let tag = match form {
        Form::Plain => format!("\"{}\"", file.digest),
        Form::Brotli | Form::Gzip => format!("\"{}-{}\"", file.digest, form.name()),
    };
    let is_known = request
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = Response::new(if is_known { Body::empty() } else { Body::from(bytes) });
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    headers.insert(header::CACHE_CONTROL, keep);
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    // A page that isolates itself may load the style, which comes without CORS.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if form != Form::Plain && !is_known {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(form.name()));
    }
    if file.content_type.starts_with("text/html") {
        headers.insert(header::CONTENT_SECURITY_POLICY, page_policy(&file.plain, &[]));
    }
    response
}

/// A page of ours as it is served.
fn page_of(page: Bytes, keep: HeaderValue, framed_by: &[String]) -> Response {
    let policy = page_policy(&page, framed_by);
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, keep);
    headers.append(header::VARY, HeaderValue::from_static("accept-language"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// The page with the element of this restaurant, whose name is one of the configuration: no markup is in it. `attributes`
/// are what else the element says, `screen` is what stands in it.
fn fill_element(page: &[u8], restaurant: &str, attributes: &str, screen: &str) -> Option<Bytes> {
    let page = std::str::from_utf8(page).ok()?;
    let (before, rest) = page.split_once(ELEMENT)?;
    let (_, after) = rest.split_once('>')?;
    Some(format!("{before}{ELEMENT} restaurant=\"{restaurant}\"{attributes}>{screen}{after}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_restaurant_that_was_asked_for() {
        for page in [
            "<p><loyalty-checkout restaurant=pirogi></loyalty-checkout>",
            "<p><loyalty-checkout></loyalty-checkout>",
        ] {
            let filled = fill_element(page.as_bytes(), "lapsha", " kiosk", "<i>").expect("filled");
            assert_eq!(filled, "<p><loyalty-checkout restaurant=\"lapsha\" kiosk><i></loyalty-checkout>");
        }
        assert_eq!(fill_element(b"<p>nothing", "lapsha", "", ""), None);
    }
}
