//! The documentation names nothing that is not there: paths, links, types, tests.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where a path in a text begins, if it is one of this repository.
const TOP: [&str; 9] = [
    ".github",
    "assets/",
    "benches/",
    "crates/",
    "docs/",
    "fuzz/",
    "packaging/",
    "src/",
    "tests/",
];

/// Names of others that the pages mention: of Rust's prelude, of Chromium and of Android.
const ELSEWHERE: [&str; 3] = ["From", "InputEventActivationProtector", "FocusFinder"];

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
    pages.extend(files(&root().join("crates"), &[".md"]));
    let others = [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "benches/README.md",
    ];
    pages.extend(others.map(|name| root().join(name)));
    pages
        .into_iter()
        .map(|path| {
            let text = prose(&path);
            (path, text)
        })
        .collect()
}

/// A page without its blocks of code, which are for other tests.
fn prose(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let prose: Vec<&str> = text.split("```").step_by(2).collect();
    prose.join("\n")
}

/// What a link to a heading of a page says behind its `#`, as GitHub makes it.
fn anchors(page: &Path) -> HashSet<String> {
    let text = prose(page);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
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
            .filter(|link| !link.contains("://"))
        {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.clone(),
                file => page.parent().unwrap().join(file),
            };
            let is_there =
                target.exists() && (anchor.is_empty() || anchors(&target).contains(anchor));
            if !is_there {
                lost.push(format!("{}: {link}", page.display()));
            }
        }
        // A link of rustdoc leads nowhere elsewhere.
        for rest in text.split("[`").skip(1) {
            let (name, rest) = rest.split_once("`]").unwrap_or((rest, "("));
            if !rest.starts_with(['(', '[', ':']) {
                lost.push(format!("{}: [`{name}`]", page.display()));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

fn is_for_users(page: &Path) -> bool {
    page.ends_with("README.md")
        || page.ends_with("CHANGELOG.md")
        || page.starts_with(root().join("docs/integrate"))
        || page.starts_with(root().join("docs/operate"))
}

/// What is declared in a file of Rust: the words of code that follow a keyword of a declaration, variants and fields, and
/// what is taken from elsewhere. Comments and texts declare nothing.
fn declared(source: &str) -> HashSet<String> {
    const KEYWORDS: [&str; 10] = [
        "const",
        "enum",
        "fn",
        "macro_rules!",
        "mod",
        "static",
        "struct",
        "trait",
        "type",
        "union",
    ];
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = HashSet::new();
    let mut used = false;
    for line in source.lines() {
        let code = line.split("//").next().unwrap_or_default();
        let code: String = code.split('"').step_by(2).collect::<Vec<_>>().join("\"");
        let words: Vec<&str> = code.split_whitespace().collect();
        let name = |word: &str| -> String { word.chars().take_while(|c| is_part(*c)).collect() };
        for pair in words.windows(2) {
            if KEYWORDS.contains(&pair[0]) {
                let _ = found.insert(name(pair[1]));
            }
        }
        // `use` runs to its semicolon.
        used |= words.contains(&"use");
        if used {
            found.extend(code.split(|c| !is_part(c)).map(str::to_owned));
            used = !code.contains(';');
        }
        // A field or a variant stands first in its line, behind `pub` where it is.
        let first = words
            .iter()
            .find(|word| !word.starts_with("pub") && **word != "#[default]");
        if let Some(first) = first {
            let word = name(first);
            if matches!(
                first[word.len()..].chars().next(),
                None | Some(':' | ',' | '(' | '{')
            ) {
                let _ = found.insert(word);
            }
        }
    }
    found
}

#[test]
fn every_type_and_test_that_is_named_exists() {
    let mut names: HashSet<String> = ELSEWHERE.map(str::to_owned).into();
    for folder in ["src", "crates", "tests", "fuzz", "benches"] {
        for path in files(&root().join(folder), &[".rs"]) {
            // A module is its file.
            names.extend(
                path.file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned()),
            );
            names.extend(declared(&fs::read_to_string(path).unwrap()));
        }
    }
    let mut unknown = Vec::new();
    for (page, text) in pages()
        .iter()
        // What users read names values and keys, not types and tests.
        .filter(|(page, _)| !is_for_users(page))
    {
        for name in code(text).flat_map(|code| code.split("::")) {
            let name = name.trim_end_matches("()").trim_end_matches('!');
            let is_type = name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase);
            let is_test = name.matches('_').count() > 1 && !name.contains(char::is_uppercase);
            let is_word = name.chars().all(|c| c.is_alphanumeric() || c == '_');
            if is_word && (is_type || is_test) && !names.contains(name) {
                unknown.push(format!("{}: {name}", page.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn a_word_in_a_comment_or_a_text_is_no_declaration() {
    let found = declared(
        "// fn in_a_comment() is not there\n\
         use std::{fmt,\n    sync::Taken};\n\
         pub(crate) struct Sign<'a> {\n    pub codes: &'a str, // fn behind_it\n}\n\
         enum Kind {\n    One,\n    Two(u8),\n}\n\
         fn a_test_of_it() {\n    call(\"fn in_a_text\");\n    let in_a_body = 1;\n}\n",
    );
    for name in [
        "Taken",
        "Sign",
        "codes",
        "Kind",
        "One",
        "Two",
        "a_test_of_it",
    ] {
        assert!(found.contains(name), "{name}");
    }
    for name in [
        "in_a_comment",
        "behind_it",
        "in_a_text",
        "in_a_body",
        "there",
    ] {
        assert!(!found.contains(name), "{name}");
    }
}
