//! What broke other clients in the field, and what the specifications ask of this one: every row, and the
//! test that holds it.
//!
//! The tests stand next to the rule they are about, and those of failures are named after their row
//! (`b01_slow_down_is_not_fatal`): `cargo test b0`, `b1`, `b2`, … runs them. The tables here name them, or say in a
//! sentence why a row concerns no client; a test checks that all of them are there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../oauth_support/mod.rs"]
mod oauth_support;

mod field;
mod on_disk;
mod rfc;
mod seen;
mod servers;

use std::collections::BTreeSet;
use std::path::Path;

/// One row of a table.
struct Row {
    /// Its number there, such as `B1` or `1.1/15`.
    id: &'static str,
    /// What it says, in short.
    says: &'static str,
    held: Held,
}

/// What holds a row.
enum Held {
    /// Tests, by their names.
    By(&'static [&'static str]),
    /// No test can, or it is not a client's; why, in a sentence.
    Because(&'static str),
}

fn row(id: &'static str, says: &'static str, tests: &'static [&'static str]) -> Row {
    Row {
        id,
        says,
        held: Held::By(tests),
    }
}

fn because(id: &'static str, says: &'static str, why: &'static str) -> Row {
    Row {
        id,
        says,
        held: Held::Because(why),
    }
}

/// The names of all tests of this crate.
fn all_tests() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = ["src", "tests", "crates"]
        .map(|folder| root.join(folder))
        .to_vec();
    let mut names = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                names.extend(tests_in(&std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    names
}

/// The functions under an attribute of a test, and all of a `proptest!`.
fn tests_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= line.contains("test]") || line.contains("::test(");
            continue;
        }
        let function = line
            .strip_prefix("async ")
            .unwrap_or(line)
            .strip_prefix("fn ");
        if is_test && let Some(name) = function.and_then(|rest| rest.split('(').next()) {
            names.push(name.to_owned());
        }
        is_test = is_test && line.starts_with("//");
    }
    names
}

fn check(rows: &[Row], ids: &[String]) {
    let found: Vec<&str> = rows.iter().map(|row| row.id).collect();
    assert_eq!(found, ids, "every row once, in order");
    let there = all_tests();
    for row in rows {
        match row.held {
            Held::By(tests) => {
                assert!(!tests.is_empty(), "{}: {}", row.id, row.says);
                for name in tests {
                    let is_there = there.contains(*name);
                    assert!(is_there, "{} ({}): no test {name}", row.id, row.says);
                }
            }
            Held::Because(why) => assert!(why.ends_with('.'), "{}: {why}", row.id),
        }
    }
}

#[test]
fn every_field_failure_is_held() {
    let rows = field::rows();
    let ids: Vec<String> = (1..=42).map(|number| format!("B{number}")).collect();
    check(&rows, &ids);
    for row in &rows {
        if let Held::By(tests) = row.held {
            let number: u32 = row.id[1..].parse().unwrap();
            let prefix = format!("b{number:02}_");
            assert!(
                tests.iter().any(|name| name.starts_with(&prefix)),
                "{}: a test of its own name",
                row.id
            );
        }
    }
}

#[test]
fn every_rule_of_the_specifications_is_held() {
    let numbers = |section: &str, last: u32| -> Vec<String> {
        (1..=last)
            .map(|number| format!("{section}/{number}"))
            .collect()
    };
    check(&rfc::device_grant(), &numbers("1.1", 26));
    check(&rfc::tokens(), &numbers("1.2", 5));
    check(&rfc::id_tokens(), &numbers("1.3", 6));
    check(&rfc::tolerance(), &numbers("3.1", 11));
}

#[test]
fn everything_servers_were_seen_to_do_is_held() {
    let ids: Vec<String> = [
        ("polling", 6),
        ("transport", 3),
        ("tokens", 4),
        ("refresh", 3),
        ("revocation", 1),
        ("codes", 1),
    ]
    .into_iter()
    .flat_map(|(part, last)| (1..=last).map(move |number| format!("{part}/{number}")))
    .collect();
    check(&servers::rows(), &ids);
}

/// The screensaver is the box's own affair: no library to hold it off is among the dependencies, and no protocol for
/// that is spoken.
#[test]
fn b42_nothing_keeps_the_box_awake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).unwrap();
    for library in [
        "keepawake",
        "nosleep",
        "wake-lock",
        "screensaver",
        "stay-awake",
    ] {
        assert!(!lock.contains(library), "{library}");
    }
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path)
                .unwrap_or_default()
                .to_lowercase();
            for word in [
                "idle_inhibit",
                "idle-inhibit",
                "org.freedesktop.screensaver",
                "xscreensaversuspend",
            ] {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
        }
    }
}

#[test]
fn no_test_of_a_field_failure_is_left_out_of_the_table() {
    let listed: BTreeSet<&str> = field::rows()
        .iter()
        .filter_map(|row| match row.held {
            Held::By(tests) => Some(tests),
            Held::Because(_) => None,
        })
        .flatten()
        .copied()
        .collect();
    let mut found = 0;
    for name in all_tests() {
        let is_row = name.starts_with('b')
            && name
                .get(1..3)
                .is_some_and(|number| number.parse::<u8>().is_ok())
            && name.as_bytes().get(3) == Some(&b'_');
        if is_row {
            found += 1;
            assert!(listed.contains(name.as_str()), "{name}");
        }
    }
    assert!(found >= 42, "{found}");
}
