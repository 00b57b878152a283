//! The scripts in `dist/`: the element in one file with its styles, the frame's script in another, everything minified. Owns how esbuild is called.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::setup::Toolbox;
use crate::workspace::Workspace;
use crate::{languages, process};

/// The scripts that hold all they need: a page that loads one part after another would be slower.
const BUNDLES: [&str; 2] = ["element.js", "frame.js"];

/// What becomes part of `element.js` or of `frame.js`, the script of a page with the widget in a frame, or of both.
const BUNDLED: [&str; 11] = [
    "early.js",
    "face.js",
    "first.js",
    "frame-around.js",
    "frame-line.js",
    "frame-words.js",
    "language.js",
    "languages.js",
    "load.js",
    "phone.js",
    "style.js",
];

/// What stands alone and is minified.
const ALONE: [&str; 5] = ["doctor.js", "frame-doctor.js", "framed.js", "qr.js", "texts.js"];

/// The glue's functions that `element.js` calls, and all that is kept of it: what wasm-bindgen adds for every other way to
/// fetch and start a module is a sixth of it.
const GLUE: &str =
    "export { initSync, act, mount, translate, unmount, update_order } from \"./loyalty-checkout.js\";";

/// How the kiosk's page asks for its style.
const KIOSK_LINK: &str = "<link rel=\"stylesheet\" href=\"/widget/kiosk/kiosk.css\" />";

/// What becomes part of the kiosk's script.
const KIOSK: [&str; 11] = [
    "idle.js",
    "keypad.js",
    "line.js",
    "login.js",
    "memory.js",
    "order.js",
    "scanner.js",
    "table.js",
    "veil.js",
    "wipe.js",
    "words.js",
];

/// Bundles the element, cuts the glue down to what is called, and minifies every script in place.
pub(super) fn bundle(workspace: &Workspace, tools: &Toolbox) -> anyhow::Result<()> {
    let dist = workspace.dist();
    let style = minified_style(tools, &workspace.root().join("target/widget/style.css"))?;
    fs::write(dist.join("style.js"), module_of(&style)?)?;
    for name in BUNDLES {
        process::run(minify(tools, &dist.join(name)).arg("--bundle"))?;
    }
    for part in BUNDLED {
        fs::remove_file(dist.join(part)).with_context(|| format!("dist/{part}"))?;
    }
    minify_first_screen(&dist, tools)?;
    let glue = dist.join("glue.js");
    fs::write(&glue, GLUE)?;
    process::run(esbuild(tools, &glue, &dist.join("loyalty-checkout.js")).arg("--bundle"))?;
    fs::remove_file(glue)?;
    for name in ALONE {
        process::run(&mut minify(tools, &dist.join(name)))?;
    }
    bundle_kiosk(&dist.join("kiosk"), tools)
}

/// Two scripts and one style for the kiosk's page: what the phone can be typed with, and the visit.
fn bundle_kiosk(folder: &Path, tools: &Toolbox) -> anyhow::Result<()> {
    for name in ["kiosk.js", "visit.js"] {
        let mut bundle = minify(tools, &folder.join(name));
        process::run(bundle.args(["--bundle", "--external:./visit.js"]))?;
    }
    // The page is drawn only once its style is there, so it has it within itself.
    let style = folder.join("kiosk.css");
    let page = folder.join("kiosk.html");
    let inlined = put_style_in(&fs::read_to_string(&page)?, KIOSK_LINK, &minified_style(tools, &style)?)?;
    fs::write(&page, inlined)?;
    fs::remove_file(&style).context("dist/kiosk/kiosk.css")?;
    for name in KIOSK {
        fs::remove_file(folder.join(name)).with_context(|| format!("dist/kiosk/{name}"))?;
    }
    Ok(())
}

/// The style of the first screen as markup, by itself and in each language's. A page's policy names that style by the digest of
/// the file, so both are the same to the letter.
fn minify_first_screen(dist: &Path, tools: &Toolbox) -> anyhow::Result<()> {
    let file = dist.join("first.css");
    let long = fs::read_to_string(&file).context("dist/first.css")?;
    let style = minified_style(tools, &file)?;
    for tag in languages::tags() {
        let screen = dist.join(format!("first-{tag}.html"));
        let text = fs::read_to_string(&screen).with_context(|| screen.display().to_string())?;
        let long = format!("<style>{long}</style>");
        fs::write(&screen, put_style_in(&text, &long, &style)?)?;
    }
    Ok(fs::write(&file, style)?)
}

/// A style without what only people need.
fn minified_style(tools: &Toolbox, file: &Path) -> anyhow::Result<String> {
    let mut esbuild = tools.command("esbuild");
    let style = process::capture(esbuild.args(["--minify", "--log-level=warning"]).arg(file))?;
    Ok(style.trim_end().to_owned())
}

/// Markup with a style in the one place of `former`.
fn put_style_in(markup: &str, former: &str, style: &str) -> anyhow::Result<String> {
    ensure!(markup.matches(former).count() == 1, "the markup has no one place for its style");
    Ok(markup.replacen(former, &format!("<style>{style}</style>"), 1))
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
    use super::{module_of, put_style_in};

    #[test]
    fn a_style_takes_the_place_that_is_there_once() {
        let put = |markup| put_style_in(markup, "<link>", "a{}");
        assert_eq!(put("<p><link>").expect("one place"), "<p><style>a{}</style>");
        assert!(put("<p>").is_err() && put("<link><link>").is_err());
    }

    #[test]
    fn a_text_that_would_change_in_a_script_is_refused() {
        assert_eq!(module_of("a{b:c}").expect("plain"), "export default `a{b:c}`;");
        for wrong in ["a`b", "content:\"\\201c\"", "a${b}"] {
            assert!(module_of(wrong).is_err(), "{wrong}");
        }
    }
}
