//! `docs/requirements.md`: what is asked of the program, numbered, and the tests that hold it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the page.
struct Requirement {
    /// Its number, such as `B1` or `grant/15`.
    number: String,
    /// Names of tests, or why there can be none, in a sentence.
    held_by: String,
}

impl Requirement {
    fn tests(&self) -> Vec<&str> {
        self.held_by.split('`').skip(1).step_by(2).collect()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn requirements() -> Vec<Requirement> {
    let page = fs::read_to_string(root().join("docs/requirements.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let cells = rows.map(|line| line.trim_matches('|').split(" | ").collect::<Vec<_>>());
    let requirement = |cells: Vec<&str>| {
        let [number, _, held_by] = cells[..] else {
            panic!("{cells:?}");
        };
        Requirement {
            number: number.trim().to_owned(),
            held_by: held_by.trim().to_owned(),
        }
    };
    cells
        .filter(|cells| cells[0].trim() != "number")
        .map(requirement)
        .collect()
}

fn sources() -> Vec<PathBuf> {
    let mut folders = ["src", "tests", "crates"]
        .map(|folder| root().join(folder))
        .to_vec();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
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

fn all_tests() -> BTreeSet<String> {
    let texts = sources()
        .into_iter()
        .map(|path| fs::read_to_string(path).unwrap());
    texts.flat_map(|text| tests_in(&text)).collect()
}

/// A number as pages and comments write it: `B1`, `R25`.
fn number(word: &str) -> Option<String> {
    let digits = word.strip_prefix(['B', 'R'])?;
    let is_number =
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| word.to_owned())
}

/// The numbers that a test bears in its name: `b01_…` is of B1, `r1_r2_…` of R1 and R2.
fn numbers_of(test: &str) -> Vec<String> {
    test.split('_')
        .map_while(|word| {
            let digits = word.strip_prefix(['b', 'r'])?;
            let digits: u8 = digits.parse().ok()?;
            Some(format!("{}{digits}", word[..1].to_uppercase()))
        })
        .collect()
}

#[test]
fn every_requirement_is_held() {
    let there = all_tests();
    let requirements = requirements();
    for letter in ["B", "R"] {
        let of_letter = requirements
            .iter()
            .filter(|row| number(&row.number).is_some_and(|number| number.starts_with(letter)));
        let numbers: Vec<_> = of_letter.map(|row| row.number.clone()).collect();
        let expected: Vec<_> = (1..=numbers.len())
            .map(|number| format!("{letter}{number}"))
            .collect();
        assert_eq!(numbers, expected, "every row once, in order");
        assert!(numbers.len() >= 25, "{numbers:?}");
    }
    let mut seen = BTreeSet::new();
    for row in &requirements {
        assert!(seen.insert(&row.number), "{} twice", row.number);
        let tests = row.tests();
        assert!(
            !tests.is_empty() || row.held_by.ends_with('.'),
            "{}: {}",
            row.number,
            row.held_by
        );
        for test in tests {
            assert!(there.contains(test), "{}: no test {test}", row.number);
        }
    }
}

#[test]
fn every_number_in_a_name_or_a_comment_is_on_the_page() {
    let requirements = requirements();
    let by_number: BTreeMap<&str, &Requirement> = requirements
        .iter()
        .map(|row| (row.number.as_str(), row))
        .collect();
    let mut named = 0;
    for test in all_tests() {
        for number in numbers_of(&test) {
            named += 1;
            let row = by_number
                .get(number.as_str())
                .unwrap_or_else(|| panic!("{test}"));
            assert!(row.tests().contains(&test.as_str()), "{number}: {test}");
        }
    }
    assert!(named >= 42, "{named}");
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let comments = text
            .lines()
            .filter_map(|line| Some(line.split_once("//")?.1));
        let words =
            comments.flat_map(|comment| comment.split(|c: char| !c.is_ascii_alphanumeric()));
        for number in words.filter_map(number) {
            assert!(
                by_number.contains_key(number.as_str()),
                "{number} in {}",
                path.display()
            );
        }
    }
}

/// The screensaver is the box's own affair: no library to hold it off is among the dependencies, and no protocol for
/// that is spoken.
#[test]
fn b42_nothing_keeps_the_box_awake() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for library in [
        "keepawake",
        "nosleep",
        "wake-lock",
        "screensaver",
        "stay-awake",
    ] {
        assert!(!lock.contains(library), "{library}");
    }
    for path in sources() {
        if path.starts_with(root().join("tests")) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap().to_lowercase();
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
