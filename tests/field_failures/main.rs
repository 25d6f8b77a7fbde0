//! What broke other clients in the field, and what the specifications ask of this one: every row, and the
//! test that holds it.
//!
//! The tests stand next to the rule they are about, named after their row (`b01_slow_down_is_not_fatal`):
//! `cargo test b0`, `b1`, `b2`, … runs them. The tables here say where each is, or in a sentence why a row
//! concerns no client; a test checks that all of them are there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../oauth_support/mod.rs"]
mod oauth_support;

mod field;
mod on_disk;
mod rfc;

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
    /// Tests: file and function.
    By(&'static [(&'static str, &'static str)]),
    /// No test can, or it is not a client's; why, in a sentence.
    Because(&'static str),
}

fn row(
    id: &'static str,
    says: &'static str,
    tests: &'static [(&'static str, &'static str)],
) -> Row {
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

/// Whether `file` has a test function of this name.
fn is_test(file: &str, name: &str) -> bool {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let Some(at) = text.find(&format!("fn {name}(")) else {
        return false;
    };
    let before: Vec<&str> = text[..at].lines().rev().take(12).collect();
    before
        .iter()
        .take_while(|line| !line.starts_with('}'))
        .any(|line| line.contains("test]") || line.contains("::test("))
}

fn check(rows: &[Row], ids: &[String]) {
    let found: Vec<&str> = rows.iter().map(|row| row.id).collect();
    assert_eq!(found, ids, "every row once, in order");
    for row in rows {
        match row.held {
            Held::By(tests) => {
                assert!(!tests.is_empty(), "{}: {}", row.id, row.says);
                for (file, name) in tests {
                    assert!(
                        is_test(file, name),
                        "{} ({}): no test {name} in {file}",
                        row.id,
                        row.says
                    );
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
                tests.iter().any(|(_, name)| name.starts_with(&prefix)),
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
fn no_test_of_a_field_failure_is_left_out_of_the_table() {
    let listed: BTreeSet<&str> = field::rows()
        .iter()
        .filter_map(|row| match row.held {
            Held::By(tests) => Some(tests),
            Held::Because(_) => None,
        })
        .flatten()
        .map(|(_, name)| *name)
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("tests")];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                for after in text.split("fn b").skip(1) {
                    let name = format!("b{}", after.split('(').next().unwrap_or_default());
                    let is_row = name.get(1..3).is_some_and(|n| n.parse::<u8>().is_ok())
                        && name.as_bytes().get(3) == Some(&b'_');
                    if is_row {
                        found += 1;
                        assert!(
                            listed.contains(name.as_str()),
                            "{name} in {}",
                            path.display()
                        );
                    }
                }
            }
        }
    }
    assert!(found >= 42 - 6, "{found}");
}
