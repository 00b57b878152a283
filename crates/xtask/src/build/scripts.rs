//! The scripts in `dist/`: the element in one file with its styles, everything minified. Owns how esbuild is called.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::process;
use crate::setup::Toolbox;
use crate::workspace::Workspace;

/// What becomes part of `element.js`. A page that loads them one after another would be slower.
const BUNDLED: [&str; 7] =
    ["early.js", "first.js", "language.js", "languages.js", "load.js", "phone.js", "style.js"];

/// The glue's functions that `element.js` calls, and all that is kept of it: what wasm-bindgen adds for every other way to
/// fetch and start a module is a sixth of it.
const GLUE: &str =
    "export { initSync, act, mount, translate, unmount, update_order } from \"./loyalty-checkout.js\";";

/// Bundles the element, cuts the glue down to what is called, and minifies every script in place.
pub(super) fn bundle(workspace: &Workspace, tools: &Toolbox) -> anyhow::Result<()> {
    let dist = workspace.dist();
    let mut styles = tools.command("esbuild");
    styles.args(["--minify", "--log-level=warning"]).arg(workspace.root().join("target/widget/style.css"));
    let style = process::capture(&mut styles)?;
    fs::write(dist.join("style.js"), module_of(style.trim_end())?)?;
    process::run(minify(tools, &dist.join("element.js")).arg("--bundle"))?;
    for name in BUNDLED {
        fs::remove_file(dist.join(name)).with_context(|| format!("dist/{name}"))?;
    }
    let glue = dist.join("glue.js");
    fs::write(&glue, GLUE)?;
    process::run(esbuild(tools, &glue, &dist.join("loyalty-checkout.js")).arg("--bundle"))?;
    fs::remove_file(glue)?;
    for name in ["doctor.js", "qr.js", "texts.js"] {
        process::run(&mut minify(tools, &dist.join(name)))?;
    }
    Ok(())
}

/// Minifies one script in place.
fn minify(tools: &Toolbox, script: &Path) -> Command {
    esbuild(tools, script, script)
}

fn esbuild(tools: &Toolbox, from: &Path, to: &Path) -> Command {
    let mut esbuild = tools.command("esbuild");
    esbuild.args(["--minify", "--format=esm", "--target=es2022", "--charset=utf8"]);
    esbuild.args(["--log-level=warning", "--allow-overwrite"]);
    esbuild.arg(format!("--outfile={}", to.display())).arg(from);
    esbuild
}

/// A script that exports a text.
fn module_of(text: &str) -> anyhow::Result<String> {
    let is_plain = !text.contains(['`', '\\']) && !text.contains("${");
    ensure!(is_plain, "the styles hold a character that a script would read as something else");
    Ok(format!("export default `{text}`;"))
}

#[cfg(test)]
mod tests {
    use super::module_of;

    #[test]
    fn a_text_that_would_change_in_a_script_is_refused() {
        assert_eq!(module_of("a{b:c}").expect("plain"), "export default `a{b:c}`;");
        for wrong in ["a`b", "content:\"\\201c\"", "a${b}"] {
            assert!(module_of(wrong).is_err(), "{wrong}");
        }
    }
}
