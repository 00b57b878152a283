//! Everything that must hold before a change is taken, in the order in which a fault is cheapest to find.

mod conformance;
mod counts;
mod packages;
mod step;

use std::process::Command;
use std::time::Instant;

use anyhow::Context;

use crate::setup;
use crate::workspace::Workspace;
use crate::{process, progress};
use counts::Counts;
pub(crate) use step::StepName;
use step::{Action, Context as StepContext};

/// Which steps are to be run.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Choice {
    /// These; all where there is none.
    pub(crate) only: Vec<StepName>,
    /// What is run in Chromium end to end is run in the other browsers as well.
    pub(crate) all_browsers: bool,
}

impl Choice {
    fn has(&self, name: StepName) -> bool {
        let is_named = |name| self.only.is_empty() || self.only.contains(&name);
        if name.is_in_every_run() {
            is_named(name)
        } else {
            self.only.contains(&name) || self.all_browsers && is_named(StepName::E2e)
        }
    }

    /// In their order.
    fn steps(&self) -> impl Iterator<Item = StepName> {
        StepName::ALL.into_iter().filter(|name| self.has(*name))
    }

    fn scope(&self) -> setup::Scope {
        let every = self.steps().all(StepName::is_in_every_run);
        if every { setup::Scope::Everything } else { setup::Scope::AllBrowsers }
    }
}

/// Runs the steps that were chosen; stops at the first that fails, with its name. The last line of standard output is the
/// number of tests that passed and failed.
pub(crate) fn run(workspace: &Workspace, choice: &Choice) -> anyhow::Result<()> {
    let tools = setup::run(choice.scope())?;
    let context = StepContext { workspace, tools: &tools };
    let mut counts = Counts::default();
    for name in choice.steps() {
        progress::note("test", format_args!("{name}: {}", name.describe()));
        let start = Instant::now();
        let result = perform(name.action(), &context, &mut counts);
        if result.is_err() && counts.failed > 0 {
            println!("{counts}");
        }
        result.with_context(|| format!("step `{name}`"))?;
        progress::note("test", format_args!("{name}: passed after {}", progress::seconds(start.elapsed())));
    }
    println!("{counts}");
    Ok(())
}

/// What runs the end-to-end tests in Chromium, once the widget and the packages are built; the caller may choose among them.
pub(crate) fn end_to_end(workspace: &Workspace, tools: &setup::Toolbox) -> anyhow::Result<Command> {
    step::e2e(&StepContext { workspace, tools })
}

fn perform(action: Action, context: &StepContext, counts: &mut Counts) -> anyhow::Result<()> {
    match action {
        Action::Check(check) => check(context),
        Action::Count(command) => {
            let mut command = command(context)?;
            let (said, succeeded) = process::watch(&mut command)?;
            let found = Counts::read(&said);
            if let Some(found) = found {
                counts.add(found);
                progress::note("test", format_args!("{found}, {} not chosen", found.left_out));
            }
            anyhow::ensure!(succeeded, "`{}` failed", process::shown(&command));
            found.with_context(|| {
                format!("`{}` did not say how many tests it ran", process::shown(&command))
            })?;
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(only: &[StepName], all_browsers: bool) -> Vec<StepName> {
        Choice { only: only.to_vec(), all_browsers }.steps().collect()
    }

    #[test]
    fn other_browsers_are_run_where_they_are_named_or_all_are_asked_for() {
        let (firefox, webkit) = (StepName::E2eFirefox, StepName::E2eWebkit);
        assert!(!steps(&[], false).contains(&firefox));
        assert_eq!(steps(&[], true), StepName::ALL);
        assert_eq!(steps(&[StepName::E2e], true), [StepName::E2e, firefox, webkit]);
        assert_eq!(steps(&[StepName::Host], true), [StepName::Host]);
        assert_eq!(steps(&[webkit], false), [webkit]);
    }

    #[test]
    fn other_browsers_are_installed_only_where_they_are_run() {
        let choice = Choice { only: vec![StepName::E2e], all_browsers: false };
        assert_eq!(choice.scope(), setup::Scope::Everything);
        assert_eq!(Choice { all_browsers: true, ..choice }.scope(), setup::Scope::AllBrowsers);
    }
}
