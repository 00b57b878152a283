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
        passed: passes.length,
        broken: violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html}\\n${failureSummary}`)),
      }),
      (cause) => told({ passed: 0, broken: [String(cause)] }),
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
        let is_there = self.browser.run_in(Part::Widget, "return 'axe' in window", Vec::new()).await;
        if is_there != json!(true) {
            self.browser.run_in(Part::Widget, &script(), Vec::new()).await;
        }
        let found = self.browser.run_until_called(Part::Widget, EXAMINE, vec![json!(TAGS)]).await;
        assert_eq!(found["broken"], Value::Array(Vec::new()), "{screen}");
        // An examination that looked at nothing finds nothing.
        assert!(found["passed"].as_u64() > Some(5), "{screen}: few rules had anything to say: {found}");
    }
}
