//! axe-core: what keeps people with disabilities out of what the widget shows now, by the rules of WCAG 2.2 at level AA.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::browser::Part;
use crate::stage::Stage;

/// The rules of WCAG 2.2 at levels A and AA, as axe-core tags them.
const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// Examines the widget. What is on its way from one look to another is examined where it arrives.
const EXAMINE: &str = "
    const [tags, told] = arguments;
    for (const moving of document.querySelector('loyalty-checkout').shadowRoot.getAnimations())
      if (moving instanceof CSSTransition) moving.finish();
    const options = { runOnly: { type: 'tag', values: tags }, preload: false };
    axe.run('loyalty-checkout', options).then(
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
        let found = self.findings().await;
        assert_eq!(found["broken"], json!([]), "{screen}");
        // An examination that looked at nothing finds nothing. A text and its colours are in every screen.
        let passed = found["passed"].as_array().expect("a list of rules");
        assert!(passed.contains(&json!("color-contrast")), "{screen}: {found}");
    }

    async fn findings(&self) -> Value {
        let is_there = self.browser.run_in(Part::Widget, "return 'axe' in window", Vec::new()).await;
        if is_there != json!(true) {
            self.browser.run_in(Part::Widget, &script(), Vec::new()).await;
        }
        self.browser.run_until_called(Part::Widget, EXAMINE, vec![json!(TAGS)]).await
    }
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
