//! The widget's files: stable names that are asked about, versioned ones that are kept, and the digests to pin them by.

use std::io::Read;
use std::time::Duration;

use serde_json::Value;

use crate::test_app::TestApp;

async fn spawn() -> TestApp {
    let mut app = TestApp::spawn().await;
    app.write_widget_file("element.js", "first");
    app.write_widget_file("element.js.br", "first in brotli");
    app.write_widget_file("element.js.gz", "first in gzip");
    app.reload(|_| {});
    app
}

/// Replaces a file by one that is newer than all others, however coarse the file system's clock is.
fn replace(app: &TestApp, name: &str, text: &str) {
    let path = app.write_widget_file(name, text);
    let file = std::fs::File::options().write(true).open(path).expect("it was written");
    let written = file.metadata().and_then(|known| known.modified()).expect("a file has a time");
    file.set_modified(written + Duration::from_secs(1)).expect("which can be set");
}

async fn integrity(app: &TestApp) -> Value {
    app.get("/widget/integrity.json").await.ok()
}

fn address(list: &Value) -> String {
    list["files"]["element.js"]["address"].as_str().expect("an address").to_owned()
}

#[tokio::test]
async fn each_file_is_listed_with_its_digest_and_an_address_that_stays() {
    let app = spawn().await;
    let list = integrity(&app).await;
    let names: Vec<&String> = list["files"].as_object().expect("an object").keys().collect();
    assert_eq!(names, ["element.js", "index.html"]);
    // Computed by `openssl dgst -sha384 -binary | base64`.
    let digest = "sha384-efpPHvFukT2ITTyYu0MI+lkLICKffkSsWD1S8R5GStI8FLChxj0+pRmP00xXAJPv";
    assert_eq!(list["files"]["element.js"]["integrity"], digest);
    let version = list["version"].as_str().expect("a version");
    assert_eq!(address(&list), format!("/widget/v/{version}/element.js"));
    let kept = app.get(&address(&list)).await;
    assert_eq!((kept.status, kept.text.as_str()), (200, "first"));
    assert_eq!(kept.headers["cache-control"], "public, max-age=31536000, immutable");
    let asked = app.get("/widget/element.js").await;
    assert_eq!(
        (asked.text.as_str(), &asked.headers["cache-control"]),
        ("first", &"no-cache".parse().expect("text"))
    );
    app.finish().await;
}

#[tokio::test]
async fn a_browser_gets_the_smallest_form_it_takes_and_each_form_has_its_own_tag() {
    let app = spawn().await;
    let mut tags = std::collections::HashSet::new();
    for (accepts, text, encoding) in [
        ("gzip, deflate, br, zstd", "first in brotli", Some("br")),
        ("gzip;q=1.0, br;q=0", "first in gzip", Some("gzip")),
        ("identity", "first", None),
        ("", "first", None),
    ] {
        for path in ["/widget/element.js".to_owned(), address(&integrity(&app).await)] {
            let answer = app.send("GET", &path, &[("accept-encoding", accepts)], "").await;
            assert_eq!(answer.text, text, "{accepts}");
            let sent = answer.headers.get("content-encoding").map(|value| value.to_str().expect("text"));
            assert_eq!(sent, encoding);
            assert_eq!(answer.headers["vary"].to_str().expect("text"), "accept-encoding");
            tags.insert(answer.headers["etag"].clone());
            let tag = answer.headers["etag"].to_str().expect("text");
            for known in [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}")] {
                let headers = [("accept-encoding", accepts), ("if-none-match", known.as_str())];
                let again = app.send("GET", &path, &headers, "").await;
                assert_eq!((again.status, again.text.as_str()), (304, ""), "{known}");
            }
        }
    }
    assert_eq!(tags.len(), 3);
    app.finish().await;
}

#[tokio::test]
async fn a_page_goes_out_compressed_where_the_browser_takes_it() {
    let mut app = spawn().await;
    let page = format!("<body><loyalty-checkout></loyalty-checkout>{}", "<p>Бонусы и скидки</p>".repeat(500));
    app.write_widget_file("index.html", &page);
    app.write_widget_file("kiosk/kiosk.html", &page);
    app.reload(|_| {});
    for path in ["/embed?restaurant=pirogi", "/kiosk?restaurant=pirogi"] {
        let plain = app.get(path).await;
        assert_eq!(plain.headers.get("content-encoding"), None, "{path}");
        for accepts in ["gzip, deflate, br, zstd", "gzip;q=1.0, br;q=0"] {
            let answer = app.send("GET", path, &[("accept-encoding", accepts)], "").await;
            let unpacked = match answer.headers["content-encoding"].to_str().expect("text") {
                "br" => {
                    let mut page = Vec::new();
                    brotli::BrotliDecompress(&mut &answer.bytes[..], &mut page).expect("Brotli");
                    page
                }
                "gzip" => {
                    let mut page = Vec::new();
                    flate2::read::GzDecoder::new(&answer.bytes[..]).read_to_end(&mut page).expect("gzip");
                    page
                }
                other => panic!("{other}"),
            };
            assert!(answer.bytes.len() < plain.bytes.len() / 10, "{path}: {}", answer.bytes.len());
            assert!(unpacked == plain.bytes, "{path} as {accepts}");
            assert_eq!(answer.headers["content-security-policy"], plain.headers["content-security-policy"]);
            let vary: Vec<_> =
                answer.headers.get_all("vary").iter().map(|one| one.to_str().expect("text")).collect();
            for named in ["accept-encoding", "accept-language"] {
                assert!(vary.iter().any(|one| one.contains(named)), "{path}: {vary:?}");
            }
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn an_older_build_keeps_its_addresses_and_the_stable_names_mean_the_new_one() {
    let mut app = spawn().await;
    let old = address(&integrity(&app).await);
    let older = tempfile::tempdir().expect("a scratch folder");
    for name in ["index.html", "element.js"] {
        let text = app.get(&format!("/widget/{name}")).await.text;
        std::fs::write(older.path().join(name), text).expect("written");
    }
    replace(&app, "element.js", "second");
    assert_eq!(app.get("/widget/element.js").await.text, "first", "a build is served as it was read");
    app.reload(|_| {});
    assert_eq!(app.get(&old).await.status, 404, "nobody has it any more");
    app.reload(|config| config.older_widget_dirs = vec![older.path().to_owned()]);
    assert_eq!(app.get(&old).await.text, "first");
    let new = address(&integrity(&app).await);
    assert_ne!(new, old);
    for path in ["/widget/element.js", new.as_str()] {
        // The compressed forms of the first build are older than this file and belong to it no more.
        let answer = app.send("GET", path, &[("accept-encoding", "br, gzip")], "").await;
        assert_eq!(answer.text, "second", "{path}");
    }
    app.finish().await;
}

#[tokio::test]
async fn no_other_version_and_no_other_file_is_there() {
    let app = spawn().await;
    let version = integrity(&app).await["version"].as_str().expect("a version").to_owned();
    for path in [
        "/widget/v/0123456789abcdef/element.js".to_owned(),
        format!("/widget/v/{version}/absent.js"),
        format!("/widget/v/{version}/"),
        format!("/widget/v/{version}"),
        format!("/widget/v/{version}/element.js.br"),
        format!("/widget/v/{version}/../element.js"),
        "/widget/element.js.gz".to_owned(),
    ] {
        assert_eq!(app.get(&path).await.status, 404, "{path}");
    }
    app.finish().await;
}
