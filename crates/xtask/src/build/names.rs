//! Short names between a wasm module and its glue. wasm-bindgen's import names carry a hash each, and so do the exports
//! that closures are called by, which no compression removes: 3 KB of the checkout's way. Changes the names in both files
//! alike, nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{Export, Import, Parser, Payload};

/// The module all imports come from, as it is called afterwards.
const MODULE: &str = "w";

/// How an export begins that carries a hash. All others are called by their names from outside, or short.
const HASHED_EXPORT: &str = "wasm_bindgen_";

/// How a shortened export begins, as no other name does.
const SHORT_EXPORT: char = '$';

/// Shortens the imports, and the exports with a hash, of `<name>_bg.wasm` and of `<name>.js` in a folder.
pub(super) fn shorten(dist: &Path, name: &str) -> anyhow::Result<()> {
    let wasm_file = dist.join(format!("{name}_bg.wasm"));
    let glue_file = dist.join(format!("{name}.js"));
    let wasm = fs::read(&wasm_file).with_context(|| wasm_file.display().to_string())?;
    let glue = fs::read_to_string(&glue_file).with_context(|| glue_file.display().to_string())?;
    let long_module = format!("./{name}_bg.js");
    let names = short_names(&wasm, &long_module)?;
    fs::write(&glue_file, rename_glue(&glue, &long_module, &names)?)?;
    fs::write(&wasm_file, rename_wasm(&wasm, &names)?)?;
    Ok(())
}

/// A short name for every import and every export with a hash. Refused where an import is also an export: the glue could
/// not tell them apart.
fn short_names(wasm: &[u8], module: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section {
                    let import = import?;
                    ensure!(import.module == module, "an import comes from `{}`", import.module);
                    let short = short_name(names.len());
                    names.entry(import.name.to_owned()).or_insert(short);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    ensure!(!names.contains_key(export.name), "`{}` is import and export", export.name);
                    if export.name.starts_with(HASHED_EXPORT) {
                        let short = format!("{SHORT_EXPORT}{}", short_name(names.len()));
                        names.insert(export.name.to_owned(), short);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(names)
}

/// `a` to `z`, then `aa` and so on.
fn short_name(mut index: usize) -> String {
    let mut name = String::new();
    loop {
        let letter = u8::try_from(index % 26).map_or('_', |place| char::from(b'a' + place));
        name.insert(0, letter);
        if index < 26 {
            return name;
        }
        index = index / 26 - 1;
    }
}

/// Every import name in the glue stands once, as a key of the import object; an export may be called in several places.
fn rename_glue(glue: &str, module: &str, names: &BTreeMap<String, String>) -> anyhow::Result<String> {
    let quoted = format!("\"{module}\"");
    ensure!(glue.matches(&quoted).count() == 1, "the glue names {quoted} other than once");
    let glue = glue.replace(&quoted, MODULE);
    let mut renamed = String::with_capacity(glue.len());
    let mut seen = 0;
    let mut rest = glue.as_str();
    while let Some(start) = rest.find(is_word) {
        let (before, tail) = rest.split_at(start);
        let (word, after) = tail.split_at(tail.find(|c| !is_word(c)).unwrap_or(tail.len()));
        renamed.push_str(before);
        match names.get(word) {
            Some(short) => {
                seen += usize::from(!short.starts_with(SHORT_EXPORT));
                renamed.push_str(short);
            }
            None => renamed.push_str(word),
        }
        rest = after;
    }
    renamed.push_str(rest);
    let imports = names.values().filter(|short| !short.starts_with(SHORT_EXPORT)).count();
    if seen != imports {
        bail!("the glue names {seen} imports, the wasm {imports}");
    }
    Ok(renamed)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

fn rename_wasm(wasm: &[u8], names: &BTreeMap<String, String>) -> anyhow::Result<Vec<u8>> {
    let mut module = Module::new();
    Renaming(names)
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow::anyhow!("cannot rewrite the wasm: {error}"))?;
    Ok(module.finish())
}

struct Renaming<'a>(&'a BTreeMap<String, String>);

impl Reencode for Renaming<'_> {
    type Error = std::convert::Infallible;

    fn parse_import(
        &mut self,
        imports: &mut ImportSection,
        import: Import<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        let short = self.0.get(import.name).map_or(import.name, String::as_str);
        utils::parse_import(self, imports, Import { module: MODULE, name: short, ty: import.ty })
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), wasm_encoder::reencode::Error<Self::Error>> {
        let short = self.0.get(export.name).map_or(export.name, String::as_str);
        utils::parse_export(self, exports, Export { name: short, ..export })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, ExportKind, TypeSection};

    fn module(import: &str, export: &str) -> Vec<u8> {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./x_bg.js", import, EntityType::Function(0));
        let mut exports = ExportSection::new();
        exports.export(export, ExportKind::Func, 0);
        module.section(&types).section(&imports).section(&exports);
        module.finish()
    }

    #[test]
    fn both_files_get_the_same_short_name_and_keep_the_rest() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        fs::write(dir.path().join("x_bg.wasm"), module("__wbg_now_0123", "mount")).expect("written");
        let glue = r#"return{"./x_bg.js":{__wbg_now_0123:function(){mount__wbg_now_0123x()}}}"#;
        fs::write(dir.path().join("x.js"), glue).expect("written");
        shorten(dir.path(), "x").expect("shortened");
        let glue = fs::read_to_string(dir.path().join("x.js")).expect("there");
        assert_eq!(glue, "return{w:{a:function(){mount__wbg_now_0123x()}}}");
        let wasm = fs::read(dir.path().join("x_bg.wasm")).expect("there");
        assert_eq!(short_names(&wasm, "w").expect("valid").keys().collect::<Vec<_>>(), ["a"]);
        assert!(wasm.windows(5).any(|bytes| bytes == b"mount"));
    }

    #[test]
    fn an_export_with_a_hash_gets_a_short_name_wherever_it_is_called() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        fs::write(dir.path().join("x_bg.wasm"), module("__wbg_now_0123", "wasm_bindgen_4567"))
            .expect("written");
        let glue = r#"({"./x_bg.js":{__wbg_now_0123(){w.wasm_bindgen_4567();w.wasm_bindgen_4567()}}})"#;
        fs::write(dir.path().join("x.js"), glue).expect("written");
        shorten(dir.path(), "x").expect("shortened");
        let glue = fs::read_to_string(dir.path().join("x.js")).expect("there");
        assert_eq!(glue, "({w:{a(){w.$b();w.$b()}}})");
        let wasm = fs::read(dir.path().join("x_bg.wasm")).expect("there");
        assert!(
            wasm.windows(2).any(|bytes| bytes == b"$b") && !wasm.windows(4).any(|bytes| bytes == b"4567")
        );
    }

    #[test]
    fn names_that_could_be_confused_are_refused() {
        assert!(short_names(&module("same", "same"), "./x_bg.js").is_err());
        assert!(rename_glue("none of them", "./x_bg.js", &BTreeMap::new()).is_err());
        let names = BTreeMap::from([("__wbg_a".to_owned(), "a".to_owned())]);
        assert!(rename_glue(r#"{"./x_bg.js":{}}"#, "./x_bg.js", &names).is_err());
    }

    #[test]
    fn short_names_never_repeat() {
        let names: std::collections::BTreeSet<String> = (0..2000).map(short_name).collect();
        assert_eq!(names.len(), 2000);
    }
}
