//! The fuzz targets of `fuzz/` with a stable compiler: every file of the corpus as it is, and changed at random from a
//! seed that is always the same.
//!
//! More of it: `VESTIBULE_FUZZ_ROUNDS=100000 cargo test --lib fuzzing`. With coverage to guide it, and a nightly compiler:
//! `cargo +nightly fuzz run wire` in `fuzz/`. What either finds becomes a file of the corpus, with a name that says what it is.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::mutation::Mutations;

/// Changed inputs for each file of the corpus.
const ROUNDS: usize = 150;

type Body = fn(&[u8]);

/// Every target with the fewest files that its corpus may have.
const TARGETS: [(&str, Body, usize); 6] = [
    ("wire", super::wire, 40),
    ("config", super::config, 10),
    ("account", super::account, 10),
    ("id_token", super::id_token, 10),
    ("cards", super::cards, 8),
    ("pictures", super::pictures, 7),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

fn seeds(target: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder().join(target)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let seed = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    };
    paths.map(seed).collect()
}

/// Runs a target; a failure says with what.
fn knock(target: &str, run: Body, from: &str, data: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| run(data))).is_err() {
        panic!(
            "{target} fails on what was made of {from}:\n{}",
            data.escape_ascii()
        );
    }
}

fn replay(target: &str) {
    let (_, run, fewest) = TARGETS
        .into_iter()
        .find(|(name, ..)| *name == target)
        .unwrap();
    let seeds = seeds(target);
    assert!(seeds.len() >= fewest, "{} files for {target}", seeds.len());
    for (name, data) in &seeds {
        knock(target, run, name, data);
    }
    let rounds =
        std::env::var("VESTIBULE_FUZZ_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    let all: Vec<&[u8]> = seeds.values().map(Vec::as_slice).collect();
    for (number, (name, data)) in seeds.iter().enumerate() {
        let mut mutations = Mutations::new(number as u64);
        for _ in 0..rounds {
            knock(target, run, name, &mutations.of(data, &all));
        }
    }
}

#[test]
fn answers_of_servers() {
    replay("wire");
}

#[test]
fn configurations() {
    replay("config");
}

#[test]
fn account_files() {
    replay("account");
}

#[test]
fn id_tokens() {
    replay("id_token");
}

#[test]
fn answers_of_apis() {
    replay("cards");
}

#[test]
fn pictures() {
    replay("pictures");
}

/// A corpus that none of the changes leads out of would find nothing.
#[test]
fn changes_reach_what_the_seeds_do_not() {
    let seeds = seeds("wire");
    let all: Vec<&[u8]> = seeds.values().map(Vec::as_slice).collect();
    let mut mutations = Mutations::new(1);
    let pending = &seeds["keycloak-pending"];
    let made: Vec<_> = (0..200).map(|_| mutations.of(pending, &all)).collect();
    let different = made.iter().filter(|data| *data != pending).count();
    assert!(different > 190, "{different}");
    let json = |data: &[u8]| {
        let body = data
            .splitn(2, |byte| *byte == b'\n')
            .nth(1)
            .unwrap_or_default();
        serde_json::from_slice::<serde_json::Value>(body).is_ok()
    };
    let still = made.iter().filter(|data| json(data)).count();
    assert!(still > 20, "{still} of 200 are JSON still");
    let mut again = Mutations::new(1);
    assert_eq!(
        again.of(pending, &all),
        made[0],
        "from a seed, always the same"
    );
}

#[test]
fn every_target_of_the_fuzzer_is_replayed() {
    let names = |folder: &str| -> Vec<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz")
            .join(folder);
        let mut names: Vec<_> = fs::read_dir(path)
            .unwrap()
            .map(|entry| {
                entry
                    .unwrap()
                    .path()
                    .file_stem()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    };
    let mut mine: Vec<_> = TARGETS
        .iter()
        .map(|(name, ..)| (*name).to_owned())
        .collect();
    mine.sort();
    assert_eq!(names("fuzz_targets"), mine);
    assert_eq!(names("corpus"), mine);
}
