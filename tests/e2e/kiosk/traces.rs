//! Looks for a guest in everything a page has: what it shows, stores and remembers, its WebAssembly memory, and its heap, which
//! Chromium alone tells.

use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

use super::{Step, begin, lead_to};
use crate::browser::Devtools;
use crate::embedding::Embedding;
use crate::stage::Stage;

/// Everything of a page that a script can reach, as one text: every tree, every field, every store, every address.
const EVERYTHING: &str = "return (async () => {
    const seen = [];
    const trees = (root) => {
        seen.push(root.documentElement?.outerHTML ?? root.innerHTML, root.textContent ?? '');
        for (const each of root.querySelectorAll('*')) {
            if ('value' in each) seen.push(String(each.value));
            if (each.shadowRoot) trees(each.shadowRoot);
        }
    };
    trees(document);
    seen.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie);
    seen.push(JSON.stringify(await indexedDB.databases()), JSON.stringify(await caches.keys()));
    seen.push(location.href, JSON.stringify(history.state), String(history.length), window.name, document.referrer);
    seen.push(...performance.getEntries().map((entry) => entry.name));
    const { memory } = await program();
    seen.push(new TextDecoder('latin1').decode(memory.buffer), new TextDecoder().decode(memory.buffer));
    return seen.join('\\n');
})()";

/// How many entries the page's history has, and what is stored.
const KEPT: &str = "return (async () => [
    localStorage.length, sessionStorage.length, document.cookie,
    (await indexedDB.databases()).length, (await caches.keys()).length, history.state,
])()";

/// Looks at what the proxy is told, before any other script does. Finds the page's program for a driver's script, which may get
/// another by itself.
const OVERHEAR: &str =
    "window.program = async () => (await import('/widget/loyalty-checkout.js')).initSync();
    const sendNow = window.fetch;
    window.fetch = (url, options) => {
        const said = options?.headers?.Authorization;
        if (said) window.overheard = said;
        return sendNow(url, options);
    };";

/// A guest at a kiosk, and what is known of them that must be forgotten.
pub(super) struct Guest {
    pub(super) stage: Stage,
    session: Option<String>,
}

impl Guest {
    /// A guest who was led up to a step.
    pub(super) async fn at(step: Step) -> Self {
        let stage = overheard().await;
        lead_to(&stage, step).await;
        let session = if step > Step::Code { Some(token(&stage).await) } else { None };
        Self { stage, session }
    }

    /// Fails where anything of the guest is left, or their session goes on.
    pub(super) async fn assert_forgotten(&self) {
        let mut secrets = spellings_of_maria();
        secrets.extend(self.session.clone());
        assert_nothing_left(&self.stage, &secrets).await;
        if let Some(session) = &self.session {
            assert_eq!(status_of(&self.stage, session).await, 401);
        }
    }
}

/// A kiosk with an order, whose requests are overheard.
pub(super) async fn overheard() -> Stage {
    let stage = Stage::embedded(Embedding::Kiosk).await;
    stage.browser.run_first(OVERHEAR).await;
    stage.browser.open(&stage.address).await;
    begin(&stage).await;
    stage
}

/// The phone as people and programs write it.
pub(super) fn spellings_of_maria() -> Vec<String> {
    ["9990002233", "+7 999 000-22-33", "999 000-22", "000-22-33", "000 22 33", "•-22-33", "•2233"]
        .map(str::to_owned)
        .into()
}

/// Fails where any of these is left anywhere.
pub(super) async fn assert_nothing_left(stage: &Stage, secrets: &[String]) {
    let everything = everything(stage).await;
    for secret in secrets {
        assert!(!everything.contains(secret.as_str()), "the page still has {secret}");
    }
    if let Some(devtools) = stage.browser.devtools() {
        is_not_on_the_heap(devtools, secrets).await;
    }
    assert_eq!(stage.browser.run(KEPT, Vec::new()).await, json!([0, 0, "", 0, 0, null]));
}

/// Everything of the page that a script can reach, as one text.
pub(super) async fn everything(stage: &Stage) -> String {
    let everything = stage.browser.run(EVERYTHING, Vec::new()).await;
    let everything = everything.as_str().expect("a text").to_owned();
    assert!(everything.len() > 100_000, "the page and its memory were looked at");
    everything
}

async fn is_not_on_the_heap(devtools: Devtools<'_>, secrets: &[String]) {
    // A document that has gone is thrown away when the browser gets to it; what stays stays for good.
    let deadline = tokio::time::Instant::now() + crate::browser::PATIENCE;
    loop {
        let heap = devtools.heap_strings().await;
        let Some(found) = heap.lines().find(|line| secrets.iter().any(|secret| line.contains(secret))) else {
            return;
        };
        assert!(tokio::time::Instant::now() < deadline, "the heap still has “{found}”");
        tokio::time::sleep(crate::browser::LOOK_EVERY).await;
    }
}

/// The guest's session, as it was overheard.
pub(super) async fn token(stage: &Stage) -> String {
    let said = stage.browser.run("return window.overheard ?? ''", Vec::new()).await;
    said.as_str().and_then(|said| said.strip_prefix("Bearer ")).expect("a session").to_owned()
}

/// How the proxy answers who asks by this token.
pub(super) async fn status_of(stage: &Stage, token: &str) -> u16 {
    let client: Client<HttpConnector, Empty<&[u8]>> = Client::builder(TokioExecutor::new()).build_http();
    let address = format!("{}/api/v1/wallet", stage.demo.base_url().trim_end_matches('/'));
    let request = http::Request::get(address)
        .header("authorization", format!("Bearer {token}"))
        .body(Empty::new())
        .expect("a request");
    let answer = client.request(request).await.expect("the proxy answers");
    let status = answer.status().as_u16();
    drop(answer.into_body().collect().await.expect("the answer is read"));
    status
}

/// The bytes of a text in a memory that is looked at while its page goes.
pub(super) async fn watch_memory_at_the_end(stage: &Stage) {
    let watch = "return program().then(({ memory }) => {
        addEventListener('pagehide', () => {
            const left = new Uint8Array(memory.buffer).findIndex((byte) => byte !== 0);
            sessionStorage.setItem('left-in-memory', String(left));
        });
    })";
    stage.browser.run(watch, Vec::new()).await;
}

/// Where the first byte was that the last page left in its memory; -1 where it left none.
pub(super) async fn left_in_memory(stage: &Stage) -> Value {
    let take = "const left = sessionStorage.getItem('left-in-memory');
        sessionStorage.removeItem('left-in-memory'); return left";
    stage.browser.run(take, Vec::new()).await
}
