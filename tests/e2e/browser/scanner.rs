//! A barcode scanner that types like a keyboard. The keys say by themselves when they were pressed, so that a busy machine
//! changes nothing: Chromium is given the time with each key, the other browsers get events that a script makes.

use std::time::Duration;

use clock::Clock;
use serde_json::json;

use super::{Browser, Devtools};

/// The events of keys going down, one after the other, where the focus is.
const PRESS: &str = "
    const [keys, pauseMs] = arguments;
    let at = performance.now();
    for (const key of keys) {
        let focused = document.activeElement;
        while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
        const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
        Object.defineProperty(event, 'timeStamp', { value: at });
        focused.dispatchEvent(event);
        at += pauseMs;
    }";

impl Browser {
    /// Types a text and the enter key with so much time between two keys.
    pub(crate) async fn type_every(&self, pause: Duration, text: &str) {
        if let Some(devtools) = self.devtools() {
            return devtools.type_every(pause, text).await;
        }
        let keys: Vec<String> = text.chars().map(String::from).chain(["Enter".to_owned()]).collect();
        self.run(PRESS, vec![json!(keys), json!(pause.as_millis())]).await;
    }
}

impl Devtools<'_> {
    async fn type_every(self, pause: Duration, text: &str) {
        let mut at = Clock::system().now().as_duration().as_secs_f64();
        for letter in text.chars().map(Some).chain([None]) {
            let (key, text) = letter.map_or(("Enter".to_owned(), "\r".to_owned()), |letter| {
                (letter.to_string(), letter.to_string())
            });
            for kind in ["keyDown", "keyUp"] {
                let text = if kind == "keyDown" { text.as_str() } else { "" };
                let code = if letter.is_some() { "" } else { "Enter" };
                let event = json!({ "type": kind, "key": key, "code": code, "text": text, "timestamp": at });
                self.call("Input.dispatchKeyEvent", event).await;
            }
            at += pause.as_secs_f64();
        }
    }
}
