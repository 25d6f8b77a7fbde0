//! The room from outside: what is refused and how, and that table, types and pages agree.

use std::path::Path;

use super::*;

mod agreement;
mod mapping;
mod mistakes;
mod provider;
mod several;

const PATH: &str = "/etc/vestibule/vestibule.toml";

/// A good file; the mistakes below are added to it or put in the place of one of its lines.
const GOOD: &str = r#"[provider]
preset = "auth0"
domain = "acme.eu.auth0.com"
client_id = "abc"

[api]
base_url = "https://api.example.com/v1"

[[api.rows]]
title = "Continue watching"
path = "library/continue"
items = "/items"
card = { id = "/id", title = "/name" }
"#;

fn read(text: &str) -> Result<Config, Error> {
    parse(text, Path::new(PATH))
}

fn problems(text: &str) -> Vec<Problem> {
    match read(text) {
        Err(Error::Invalid(invalid)) => invalid.problems,
        other => panic!("expected problems in:\n{text}\ngot {other:?}"),
    }
}

/// `line | key | words` of the only problem there is.
#[track_caller]
fn expect(text: &str, line: usize, key: &str, words: &str) {
    let problems = problems(text);
    let [problem] = problems.as_slice() else {
        panic!("expected one problem in:\n{text}\ngot {problems:#?}");
    };
    assert_eq!(
        (problem.line, problem.key.as_str()),
        (line, key),
        "{problem}"
    );
    assert!(problem.message.contains(words), "{words:?} in {problem}");
}

/// [`GOOD`] with what comes after line `number - 1` replaced in that line.
fn with_line(number: usize, line: &str) -> String {
    GOOD.lines()
        .enumerate()
        .map(|(index, old)| if index + 1 == number { line } else { old })
        .fold(String::new(), |text, line| text + line + "\n")
}

fn with(more: &str) -> String {
    format!("{GOOD}{more}\n")
}
