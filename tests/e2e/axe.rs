//! axe-core: what keeps people with disabilities out of what is shown now, by the rules of WCAG 2.2 at level AA. A page of our
//! own is held to what axe-core calls good practice as well: landmarks, headings, and what the rules leave to each page.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::browser::Part;
use crate::stage::Stage;

/// The rules of WCAG 2.2 at levels A and AA, as axe-core tags them.
const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// What concerns a page as a whole.
const PAGE_TAG: &str = "best-practice";

/// Examines what a selector finds, without the frames in it, which are documents of their own. What is on its way from one
/// look to another is examined where it arrives.
const EXAMINE: &str = "
    const [examined, tags, told] = arguments;
    const hosts = [...document.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot);
    for (const root of [document, ...hosts.map(({ shadowRoot }) => shadowRoot)])
      for (const moving of root.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
    const options = { runOnly: { type: 'tag', values: tags }, preload: false, iframes: false };
    axe.run(examined, options).then(
      ({ passes, violations }) => told({
        passed: passes.map(({ id }) => id),
        broken: violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html}\\n${failureSummary}`)),
      }),
      (cause) => told({ passed: [], broken: [String(cause)] }),
    );
";

/// The script, which set-up keeps among the tools.
fn script() -> String {
    let path = std::env::var_os("LOYALTY_AXE")
        .expect("LOYALTY_AXE names the script of axe-core; `cargo xtask test` sets it");
    std::fs::read_to_string(PathBuf::from(path)).expect("the script is there")
}

impl Stage {
    /// Lets axe-core examine the widget, in which it must find nothing.
    pub(crate) async fn examine(&self, screen: &str) {
        finds_nothing(&self.findings().await, screen);
    }

    /// Lets axe-core examine the page around and with the widget, but not what is in a frame.
    pub(crate) async fn examine_page(&self, screen: &str) {
        let tags: Vec<&str> = TAGS.into_iter().chain([PAGE_TAG]).collect();
        finds_nothing(&self.findings_in(Part::Page, "html", &tags).await, screen);
    }

    async fn findings(&self) -> Value {
        self.findings_in(Part::Widget, "loyalty-checkout", &TAGS).await
    }

    async fn findings_in(&self, part: Part, examined: &str, tags: &[&str]) -> Value {
        let is_there = self.browser.run_in(part, "return 'axe' in window", Vec::new()).await;
        if is_there != json!(true) {
            self.browser.run_in(part, &script(), Vec::new()).await;
        }
        self.browser.run_until_called(part, EXAMINE, vec![json!(examined), json!(tags)]).await
    }
}

fn finds_nothing(found: &Value, screen: &str) {
    assert_eq!(found["broken"], json!([]), "{screen}");
    // An examination that looked at nothing finds nothing. A text and its colours are in every screen.
    let passed = found["passed"].as_array().expect("a list of rules");
    assert!(passed.contains(&json!("color-contrast")), "{screen}: {found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_can_hardly_be_read_and_a_button_without_a_name_are_found() {
    let stage = Stage::open().await;
    stage.browser.hears("loyalty-ready", 1).await;
    stage.examine("as it is").await;
    let spoil = "
        const widget = document.querySelector('loyalty-checkout');
        widget.style.setProperty('--loyalty-muted', '#bbbbbb');
        widget.style.setProperty('--loyalty-surface', '#ffffff');
        widget.shadowRoot.querySelector('.primary').textContent = ''";
    stage.browser.run(spoil, Vec::new()).await;
    let broken = stage.findings().await["broken"].to_string();
    assert!(broken.contains("color-contrast:") && broken.contains("button-name:"), "{broken}");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_a_heading_and_a_text_outside_of_every_landmark_are_found() {
    let stage = Stage::at("/demo/sms").await;
    stage.examine_page("as it is").await;
    let spoil = "
        document.querySelector('h1').replaceWith('Сообщения');
        document.body.append(Object.assign(document.createElement('p'), { textContent: 'Снаружи' }))";
    stage.browser.run(spoil, Vec::new()).await;
    let tags: Vec<&str> = TAGS.into_iter().chain([PAGE_TAG]).collect();
    let broken = stage.findings_in(Part::Page, "html", &tags).await["broken"].to_string();
    assert!(broken.contains("page-has-heading-one:") && broken.contains("region:"), "{broken}");
    stage.finish().await;
}
