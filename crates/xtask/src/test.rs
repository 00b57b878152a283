//! Everything that must hold before a change is taken, in the order in which a fault is cheapest to find.

mod conformance;
mod counts;
mod packages;
mod step;

use std::time::Instant;

use anyhow::Context;

use crate::setup::{self, Scope};
use crate::workspace::Workspace;
use crate::{process, progress};
use counts::Counts;
pub(crate) use step::StepName;
use step::{Action, Context as StepContext};

/// Runs the steps named, or all; stops at the first that fails, with its name. The last line of standard output is the
/// number of tests that passed and failed.
pub(crate) fn run(workspace: &Workspace, only: &[StepName]) -> anyhow::Result<()> {
    let tools = setup::run(Scope::Everything)?;
    let context = StepContext { workspace, tools: &tools };
    let mut counts = Counts::default();
    for name in StepName::ALL.into_iter().filter(|name| only.is_empty() || only.contains(name)) {
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

fn perform(action: Action, context: &StepContext, counts: &mut Counts) -> anyhow::Result<()> {
    match action {
        Action::Check(check) => check(context),
        Action::Count(command) => {
            let mut command = command(context)?;
            let (said, succeeded) = process::watch(&mut command)?;
            let found = Counts::read(&said);
            if let Some(found) = found {
                counts.add(found);
            }
            anyhow::ensure!(succeeded, "`{}` failed", process::shown(&command));
            found.with_context(|| {
                format!("`{}` did not say how many tests it ran", process::shown(&command))
            })?;
            Ok(())
        }
    }
}
