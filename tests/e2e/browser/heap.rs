//! What the scripts of a page still hold. Only Chromium tells, by a command of its driver.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::Devtools;

impl Devtools<'_> {
    /// Every string that the page's scripts still hold, after its garbage was thrown away.
    pub(crate) async fn heap_strings(self) -> String {
        self.call("HeapProfiler.enable", json!({})).await;
        for _ in 0..3 {
            self.call("HeapProfiler.collectGarbage", json!({})).await;
        }
        let snapshot = self.client.issue_cmd(HeapSnapshot).await.expect("Chromium takes a snapshot");
        let strings = match &snapshot {
            Value::String(text) => {
                serde_json::from_str::<Value>(text).expect("a snapshot")["strings"].clone()
            }
            other => other["strings"].clone(),
        };
        let Value::Array(strings) = strings else { panic!("a snapshot has strings") };
        assert!(strings.len() > 1000, "a snapshot of a page has many strings, not {}", strings.len());
        strings.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// Everything on the heap, which the DevTools protocol tells only in pieces.
#[derive(Debug)]
struct HeapSnapshot;

impl WebDriverCompatibleCommand for HeapSnapshot {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/chromium/heap_snapshot", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::GET, None)
    }
}
