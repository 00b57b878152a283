//! The project's own tasks: `cargo xtask <task>`. Owns the way in; every task lives in the module of its name.

mod bench;
mod build;
mod cli;
mod demo;
mod fuzz;
mod languages;
mod process;
mod progress;
mod screenshots;
mod setup;
mod size;
mod soak;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use cli::Task;
use workspace::Workspace;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let task = cli::parse(lexopt::Parser::from_env())?;
    let workspace = Workspace::locate()?;
    match task {
        Task::Help => {
            print!("{}", cli::HELP);
            Ok(())
        }
        Task::Setup => setup::run(setup::Scope::Everything).map(drop),
        Task::Build => build::widget(&workspace, &setup::run(setup::Scope::Demo)?),
        Task::Demo { port, data } => demo::run(&workspace, port, data),
        Task::Test(choice) => test::run(&workspace, &choice),
        Task::BenchWidget => bench::widget::run(&workspace),
        Task::Fuzz { seconds } => fuzz::run(&workspace, seconds),
        Task::BenchProxy(measure) => bench::proxy::run(&workspace, measure),
        Task::Soak { rounds } => soak::run(&workspace, rounds),
        Task::Screenshots => screenshots::run(&workspace),
        Task::Size => size::run(&workspace),
        Task::Tidy => tidy::run(&workspace),
    }
}
