//! The replay: every reading is given the makers' examples, whole and broken in every place, and what the fuzzer has
//! once found. The same inputs each time.

use std::path::{Path, PathBuf};

use super::{names, read};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a file")).collect()
}

/// The examples of the system whose reading this is.
fn examples(name: &str) -> Vec<Vec<u8>> {
    let system = ["plazius", "rk_delivery", "basic_rest"].into_iter().find(|system| name.starts_with(system));
    files(&folder("tests/upstream/fixtures").join(system.expect("a system")))
}

#[test]
fn every_example_is_read_or_refused_by_every_reading_of_its_system() {
    for name in names() {
        let examples = examples(name);
        assert!(examples.len() > 5, "{name}");
        for example in examples {
            read(name, &example);
        }
    }
}

#[test]
fn examples_cut_off_or_changed_in_one_place_do_no_harm() {
    for name in names() {
        for example in examples(name) {
            for place in (0..example.len()).step_by(61) {
                read(name, &example[..place]);
                for byte in *b"-9.e\"[{}\\\0\xff" {
                    let mut changed = example.clone();
                    changed[place] = byte;
                    read(name, &changed);
                }
            }
        }
    }
}

#[test]
fn what_the_fuzzer_has_found_does_no_harm_any_more() {
    for name in names() {
        let found = folder("fuzz/corpus").join(name);
        if found.is_dir() {
            for input in files(&found) {
                read(name, &input);
            }
        }
    }
}

#[test]
fn every_reading_has_its_fuzz_target_and_no_target_is_without_one() {
    let mut targets: Vec<String> = std::fs::read_dir(folder("fuzz/fuzz_targets"))
        .expect("a folder")
        .map(|entry| {
            entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned()
        })
        .collect();
    targets.sort();
    let mut names = names();
    names.sort_unstable();
    assert_eq!(targets, names);
    let manifest = std::fs::read_to_string(folder("fuzz/Cargo.toml")).expect("a manifest");
    for name in names {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
