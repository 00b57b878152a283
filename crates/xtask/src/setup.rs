//! What a fresh machine lacks: named versions of tools, parts of the toolchain, packages. Owns their installation.
//!
//! A run that finds everything only looks at files and costs a fraction of a second.

mod cache;
mod debian;
mod python;
mod source;
mod toolchain;
pub(crate) mod versions;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;

use crate::process::find_program;
use crate::progress;
use cache::Cache;
use versions::{
    AXE_CORE, BENCH_PACKAGES, BROWSER_PACKAGES, CARGO_FUZZ, ESBUILD, FUZZ_TOOLCHAIN, GECKODRIVER, NEXTEST,
    RUST_SRC, SCHEMATHESIS, TEST_COMPONENTS, TEST_PACKAGES, TRUNK, Tool, WASM_BINDGEN, WASM_OPT,
};

/// What the widget is built with.
const BUILD_TOOLS: [Tool; 4] = [TRUNK, WASM_BINDGEN, WASM_OPT, ESBUILD];

/// What it is tested with.
const TEST_TOOLS: [Tool; 3] = [NEXTEST, SCHEMATHESIS, AXE_CORE];

/// How much is needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scope {
    /// To build and run.
    Demo,
    /// To test as well.
    Everything,
    /// To test in every browser.
    AllBrowsers,
    /// To fuzz, and for nothing else.
    Fuzz,
    /// To measure the proxy, and for nothing else.
    Bench,
}

/// The tools of the project, ready to run.
pub(crate) struct Toolbox {
    path: OsString,
}

impl Toolbox {
    /// Where a file of the toolbox lies that is no program.
    pub(crate) fn file(&self, name: &str) -> anyhow::Result<PathBuf> {
        let mut files = std::env::split_paths(&self.path).map(|folder| folder.join(name));
        files.find(|file| file.is_file()).with_context(|| format!("`{name}` is not among the tools"))
    }

    /// A command that finds the project's tools before all others.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", &self.path);
        command
    }

    /// Where a program of the toolbox or the machine lies.
    pub(crate) fn locate(&self, program: &str) -> anyhow::Result<PathBuf> {
        find_program(program, &self.path).with_context(|| format!("`{program}` is not on the search path"))
    }
}

/// Installs what is missing and gives the tools.
pub(crate) fn run(scope: Scope) -> anyhow::Result<Toolbox> {
    let tools = match scope {
        Scope::Demo => {
            toolchain::complete(&[&RUST_SRC])?;
            BUILD_TOOLS.to_vec()
        }
        Scope::Everything => {
            debian::install(&TEST_PACKAGES)?;
            complete_toolchain()?;
            [&BUILD_TOOLS[..], &TEST_TOOLS].concat()
        }
        Scope::AllBrowsers => {
            let packages: Vec<_> = TEST_PACKAGES.into_iter().chain(BROWSER_PACKAGES).collect();
            debian::install(&packages)?;
            complete_toolchain()?;
            [&BUILD_TOOLS[..], &TEST_TOOLS, &[GECKODRIVER]].concat()
        }
        Scope::Fuzz => {
            toolchain::add(FUZZ_TOOLCHAIN)?;
            vec![CARGO_FUZZ]
        }
        Scope::Bench => {
            debian::install(&BENCH_PACKAGES)?;
            Vec::new()
        }
    };
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = find_or_install(&tools, &path)?;
    folders.extend(std::env::split_paths(&path));
    Ok(Toolbox { path: std::env::join_paths(folders)? })
}

fn complete_toolchain() -> anyhow::Result<()> {
    let mut components = vec![&RUST_SRC];
    components.extend(&TEST_COMPONENTS);
    toolchain::complete(&components)
}

fn find_or_install(tools: &[Tool], path: &OsStr) -> anyhow::Result<Vec<PathBuf>> {
    let cache = Cache::of_user()?;
    let find = |tool: &Tool| cache.find(tool).or_else(|| source::find_on_path(tool, path));
    let mut folders = Vec::new();
    for tool in tools {
        if let Some(folder) = find(tool) {
            folders.push(folder);
            continue;
        }
        let lock = cache.lock()?;
        // Whoever held the lock before may have installed it.
        let folder = match find(tool) {
            Some(folder) => folder,
            None => install(&cache, tool)?,
        };
        drop(lock);
        folders.push(folder);
    }
    Ok(folders)
}

fn install(cache: &Cache, tool: &Tool) -> anyhow::Result<PathBuf> {
    let folder = cache
        .install(tool, |dir| source::obtain(tool, dir), |bin| source::verify(tool, bin))
        .with_context(|| format!("cannot install {} {}", tool.name, tool.version))?;
    progress::note("setup", format_args!("{} {}: ready", tool.name, tool.version));
    Ok(folder)
}
