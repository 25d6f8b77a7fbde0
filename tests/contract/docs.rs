//! The documentation names nothing that is not there: paths, links, types, tests.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a path in a text begins, if it is one of this repository.
const TOP: [&str; 8] = [
    ".github", "assets/", "benches/", "crates/", "docs/", "fuzz/", "src/", "tests/",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below `folder` whose names end in one of `endings`.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | "node_modules" | ".git") {
                found.extend(files(&path, endings));
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

fn pages() -> Vec<(PathBuf, String)> {
    let mut pages = files(&root().join("docs"), &[".md"]);
    let others = ["README.md", "CONTRIBUTING.md", "SECURITY.md"];
    pages.extend(others.map(|name| root().join(name)));
    pages
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            // What stands in blocks of code is for other tests.
            let prose: Vec<&str> = text.split("```").step_by(2).collect();
            (path, prose.join("\n"))
        })
        .collect()
}

/// What stands between backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// Whether a path stands for many, such as `src/app/screen/NAME.rs`.
fn has_blank(path: &str) -> bool {
    let is_name = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    path.contains(|c: char| c.is_whitespace() || "…<*|{".contains(c))
        || path.split(['/', '.']).any(is_name)
}

#[test]
fn every_path_and_link_leads_somewhere() {
    let mut lost = Vec::new();
    for (page, text) in pages() {
        for path in code(&text).filter(|path| !has_blank(path)) {
            if TOP.iter().any(|top| path.starts_with(top)) && !root().join(path).exists() {
                lost.push(format!("{}: {path}", page.display()));
            }
        }
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty()
                && !file.contains("://")
                && !page.parent().unwrap().join(file).exists()
            {
                lost.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn every_type_and_test_that_is_named_exists() {
    let mut words = HashSet::new();
    for folder in ["src", "crates", "tests"] {
        for path in files(&root().join(folder), &[".rs", ".toml", ".ftl"]) {
            let text = fs::read_to_string(path).unwrap();
            let split = text.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.extend(split.map(str::to_owned));
        }
    }
    let mut unknown = Vec::new();
    for (page, text) in pages()
        .iter()
        .filter(|(page, _)| !page.ends_with("README.md"))
    {
        for name in code(text).flat_map(|code| code.split("::")) {
            let name = name.trim_end_matches("()").trim_end_matches('!');
            let is_type = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
            let is_test = name.matches('_').count() > 1 && !name.contains(char::is_uppercase);
            let is_word = name.chars().all(|c| c.is_alphanumeric() || c == '_');
            if is_word && (is_type || is_test) && !words.contains(name) {
                unknown.push(format!("{}: {name}", page.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}
