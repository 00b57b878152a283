//! The steps of the test: their names, their order, their commands. Runs nothing by itself.

use std::fmt;
use std::process::Command;
use std::str::FromStr;

use super::{conformance, packages};
use crate::setup::Toolbox;
use crate::setup::versions::WASM_TARGET;
use crate::workspace::Workspace;
use crate::{build, process, size, tidy};

/// A step, by the name under which it can be asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum StepName {
    Fmt,
    Clippy,
    ClippyWasm,
    Tidy,
    Host,
    Conformance,
    Doc,
    Packages,
    Web,
    Size,
    E2e,
    E2eFirefox,
    E2eWebkit,
}

/// What the steps work with.
pub(super) struct Context<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) tools: &'a Toolbox,
}

/// How a step is done.
pub(super) enum Action {
    /// It holds or it does not.
    Check(fn(&Context) -> anyhow::Result<()>),
    /// A runner of tests, whose summary counts.
    Count(fn(&Context) -> anyhow::Result<Command>),
}

impl StepName {
    /// In the order in which they run.
    pub(crate) const ALL: [Self; 13] = [
        Self::Fmt,
        Self::Clippy,
        Self::ClippyWasm,
        Self::Tidy,
        Self::Host,
        Self::Conformance,
        Self::Doc,
        Self::Packages,
        Self::Web,
        Self::Size,
        Self::E2e,
        Self::E2eFirefox,
        Self::E2eWebkit,
    ];

    /// Whether it is run where nobody asks for it.
    pub(super) const fn is_in_every_run(self) -> bool {
        !matches!(self, Self::E2eFirefox | Self::E2eWebkit)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::ClippyWasm => "clippy-wasm",
            Self::Tidy => "tidy",
            Self::Host => "host",
            Self::Conformance => "conformance",
            Self::Doc => "doc",
            Self::Packages => "packages",
            Self::Web => "web",
            Self::Size => "size",
            Self::E2e => "e2e",
            Self::E2eFirefox => "e2e-firefox",
            Self::E2eWebkit => "e2e-webkit",
        }
    }

    pub(super) const fn describe(self) -> &'static str {
        match self {
            Self::Fmt => "formatting",
            Self::Clippy => "clippy, as the host compiles it",
            Self::ClippyWasm => "clippy, as the browser gets it",
            Self::Tidy => "house rules and invariants",
            Self::Host => "tests on the host",
            Self::Conformance => {
                "requests made out of the descriptions, on a running sandbox and a running proxy"
            }
            Self::Doc => "examples in the documentation",
            Self::Packages => "the types, and the components of React and Vue, with node",
            Self::Web => "tests inside headless Chromium",
            Self::Size => "the release widget, its weight and its secrets",
            Self::E2e => "end to end in headless Chromium",
            Self::E2eFirefox => "end to end in headless Firefox",
            Self::E2eWebkit => "end to end in WebKit on a screen of its own",
        }
    }

    pub(super) fn action(self) -> Action {
        match self {
            Self::Fmt => {
                Action::Check(|context| process::run(cargo(context).args(["fmt", "--all", "--check"])))
            }
            Self::Clippy => Action::Check(|context| {
                process::run(cargo(context).args([
                    "clippy",
                    "--workspace",
                    "--all-targets",
                    "--",
                    "-D",
                    "warnings",
                ]))
            }),
            Self::ClippyWasm => Action::Check(clippy_wasm),
            Self::Tidy => Action::Check(|context| tidy::run(context.workspace)),
            Self::Host => Action::Count(host),
            Self::Conformance => Action::Check(conformance::run),
            Self::Doc => Action::Count(|context| {
                let mut command = cargo(context);
                command.args(["test", "--workspace", "--doc"]);
                Ok(command)
            }),
            Self::Packages => Action::Count(packages::test),
            Self::Web => Action::Count(web),
            Self::Size => Action::Check(|context| {
                build::widget(context.workspace, context.tools)?;
                tidy::check_built_widget(context.workspace)?;
                size::run(context.workspace)
            }),
            Self::E2e => Action::Count(e2e),
            Self::E2eFirefox => Action::Count(|context| {
                let mut nextest = e2e_elsewhere(context, "firefox", "not test(/^only_chromium::/)")?;
                nextest.env("GECKODRIVER", context.tools.locate("geckodriver")?);
                Ok(nextest)
            }),
            Self::E2eWebkit => Action::Count(|context| {
                e2e_elsewhere(context, "webkit", "not test(/^(only_chromium|not_in_webkit)::/)")
            }),
        }
    }
}

impl fmt::Display for StepName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for StepName {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|name| name.word() == text)
            .ok_or_else(|| anyhow::anyhow!("there is no step `{text}`; `cargo xtask --help` lists them"))
    }
}

pub(super) fn cargo(context: &Context) -> Command {
    let mut command = context.tools.command("cargo");
    command.current_dir(context.workspace.root());
    command
}

fn clippy_wasm(context: &Context) -> anyhow::Result<()> {
    let mut clippy = cargo(context);
    // The end-to-end tests drive a browser from outside and are no wasm.
    clippy.args(["clippy", "--package", "loyalty-checkout", "--target", WASM_TARGET, "--lib", "--bins"]);
    process::run(clippy.args(["--test", "web", "--", "-D", "warnings"]))
}

fn host(context: &Context) -> anyhow::Result<Command> {
    let mut nextest = cargo(context);
    // Both binaries need a browser and have steps of their own.
    let filter = "not (package(loyalty-checkout) & kind(test))";
    nextest.args(["nextest", "run", "--workspace", "--filterset", filter]);
    Ok(nextest)
}

fn web(context: &Context) -> anyhow::Result<Command> {
    let mut test = cargo(context);
    test.args(["test", "--package", "loyalty-checkout", "--target", WASM_TARGET, "--test", "web"]);
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    test.env("CHROMEDRIVER", context.tools.locate("chromedriver")?);
    test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", context.workspace.root().join(".config/webdriver.json"));
    Ok(test)
}

pub(super) fn e2e(context: &Context) -> anyhow::Result<Command> {
    build::widget(context.workspace, context.tools)?;
    packages::build(context)?;
    let mut nextest = cargo(context);
    nextest.args(["nextest", "run", "--package", "loyalty-checkout", "--test", "e2e"]);
    nextest.env("LOYALTY_WIDGET_DIR", context.workspace.dist());
    nextest.env("LOYALTY_AXE", context.tools.file("axe.min.js")?);
    nextest.env("CHROMEDRIVER", context.tools.locate("chromedriver")?);
    // One that was left in somebody's shell.
    nextest.env_remove("LOYALTY_BROWSER");
    Ok(nextest)
}

/// The same tests in another browser, but for those that need what it cannot do; the summary counts what is left out.
fn e2e_elsewhere(context: &Context, browser: &str, filter: &str) -> anyhow::Result<Command> {
    let mut nextest = e2e(context)?;
    nextest.args(["--filterset", filter]);
    nextest.env("LOYALTY_BROWSER", browser);
    Ok(nextest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_found_by_its_name() {
        for name in StepName::ALL {
            assert_eq!(name.to_string().parse::<StepName>().expect("its own name"), name);
        }
        assert!("everything".parse::<StepName>().is_err());
    }
}
