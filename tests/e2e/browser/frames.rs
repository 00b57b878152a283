//! Into the frame in which the widget stands, and out again. Between the two, everything the browser is asked happens there.

use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::area::element;
use super::{Browser, LOOK_EVERY, PATIENCE, Part};

/// Brings a place of `frame` into the window, where it is not, or hardly is.
const SCROLL_WITHIN: &str = "
    if (!frame) return;
    const low = frame.getBoundingClientRect().top + arguments[0];
    if (low < 50 || low > innerHeight - 50) scrollBy({ top: low - innerHeight / 2, behavior: 'instant' })";

impl Browser {
    /// Lets the widget be looked for in the frame that this script finds.
    pub(crate) async fn look_into(&self, frame: &'static str) {
        self.attend(Part::Page).await;
        self.frame.set(Some(frame));
    }

    /// Lets the driver look at the document in which a part stands.
    pub(super) async fn attend(&self, part: Part) {
        if self.frame.get().is_none() || self.part.get() == part {
            return;
        }
        match part {
            Part::Page => self.client.issue_cmd(LeaveFrames).await.map(drop).expect("the page is there"),
            Part::Widget => self.enter_frame().await,
        }
        self.part.set(part);
    }

    /// Goes into the frame, which the page may be about to make or to replace.
    async fn enter_frame(&self) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let why_not = match self.find_frame().await {
                None => "there is none".to_owned(),
                Some(frame) => match frame.enter_frame().await {
                    Ok(()) => return,
                    Err(error) => error.to_string(),
                },
            };
            assert!(tokio::time::Instant::now() < deadline, "no way into the frame: {why_not}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Scrolls the page until what is this low in its frame, where there is one, is in the window.
    pub(super) async fn scroll_within_frame(&self, low_px: Value) {
        let Some(frame) = self.frame.get() else { return };
        self.run(&format!("const frame = (() => {{ {frame} }})(); {SCROLL_WITHIN}"), vec![low_px]).await;
        self.attend(Part::Widget).await;
    }

    /// The frame in which the widget stands, where the page, which the driver must be looking at, has one now.
    pub(super) async fn find_frame(&self) -> Option<Element> {
        let found = self.look_here(self.frame.get()?, Vec::new()).await;
        element(&self.client, &found)
    }
}

/// Back to the page, also out of a frame that the page has taken away meanwhile.
#[derive(Debug)]
struct LeaveFrames;

impl WebDriverCompatibleCommand for LeaveFrames {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/frame", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "id": Value::Null }).to_string()))
    }
}
