//! The direction of dependencies: down the list of rooms, never up.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, from the door down. A room may use those after it.
const ROOMS: [&str; 8] = [
    "cli",
    "app",
    "checks",
    "api",
    "session",
    "telemetry",
    "config",
    "host",
];

/// An authorization server like any other: only `cli` starts it.
const DEMO: &str = "vestibule_demo";

/// Past this a file holds more than one idea.
const LONGEST: usize = 450;

#[derive(Debug, PartialEq, Eq)]
struct Defect {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// All that is wrong with one file of `src/`; `file` is its path from there.
fn check(file: &str, text: &str) -> Vec<Defect> {
    let mut defects = Vec::new();
    let mut report = |line: usize, what: String| {
        defects.push(Defect {
            file: file.to_owned(),
            line,
            what,
        });
    };
    let room = file
        .split(['/', '.'])
        .next()
        .filter(|room| ROOMS.contains(room));
    for (line, name) in paths(text) {
        if let Some(room) = room
            && !allowed(room, &name)
        {
            report(line, format!("{room} must not use {name}"));
        }
    }
    for (index, code) in text.lines().map(code_of).enumerate() {
        if room != Some("app")
            && words(code).any(|word| word == "iced" || word.starts_with("iced_"))
        {
            report(index + 1, "only app knows iced".to_owned());
        }
        if room != Some("cli") && words(code).any(|word| word == DEMO) {
            report(index + 1, "only cli starts the demo".to_owned());
        }
    }
    let length = text.lines().count();
    // Tables of tests grow with the rules they hold.
    if length > LONGEST && !file.ends_with("/tests.rs") && !file.contains("/tests/") {
        report(
            length,
            format!("longer than {LONGEST} lines: is it one idea?"),
        );
    }
    defects
}

/// Whether `room` may name the top-level module `name`.
fn allowed(room: &str, name: &str) -> bool {
    let place = |name: &str| ROOMS.iter().position(|room| *room == name);
    if name == room {
        return true;
    }
    match (place(room), place(name)) {
        (Some(from), Some(to)) => from < to,
        // What is no room, such as a macro of the crate, has no place in the order.
        _ => true,
    }
}

/// Every top-level module of this crate that the text names, with the line: `crate::x`, `crate::{x, y::z}`,
/// and the same through `vestibule::`.
fn paths(text: &str) -> Vec<(usize, String)> {
    let code = text.lines().map(code_of).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for root in ["crate::", "vestibule::"] {
        for (start, _) in code.match_indices(root) {
            let is_whole = !code[..start]
                .chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
            if is_whole {
                for (offset, name) in heads(&code[start + root.len()..]) {
                    let line = code[..start + root.len() + offset].matches('\n').count() + 1;
                    found.push((line, name));
                }
            }
        }
    }
    found
}

/// The first names of what follows `crate::`, with where each stands.
fn heads(rest: &str) -> Vec<(usize, String)> {
    let name = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    if !rest.starts_with('{') {
        return vec![(0, name(rest))];
    }
    let mut depth = 0;
    let mut found = Vec::new();
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(c, '{' | ',') {
            let after = &rest[at + 1..];
            let gap = after.len() - after.trim_start().len();
            let head = name(after.trim_start());
            if !head.is_empty() {
                found.push((at + 1 + gap, head));
            }
        }
    }
    found
}

/// A line without its comment.
fn code_of(line: &str) -> &str {
    match line.find("//") {
        Some(at) if !line[..at].ends_with(':') => &line[..at],
        _ => line,
    }
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    // What stands in quotes is no path.
    code.split('"')
        .step_by(2)
        .flat_map(|part| part.split(|c: char| !(c.is_alphanumeric() || c == '_')))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn dependencies_point_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > ROOMS.len(), "{files:?}");
    let defects = files
        .iter()
        .flat_map(|path| {
            let file = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            check(&file, &fs::read_to_string(path).unwrap())
        })
        .map(|defect| format!("src/{defect}"))
        .collect::<Vec<_>>();
    assert!(defects.is_empty(), "\n{}", defects.join("\n"));
}

#[test]
fn an_arrow_upward_is_found() {
    let upward = |file: &str, text: &str| {
        check(file, text)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        upward(
            "config/client.rs",
            "//! x\nuse std::io;\nuse crate::session::Session;\n"
        ),
        ["config/client.rs:3: config must not use session"]
    );
    assert_eq!(
        upward(
            "host/log.rs",
            "use crate::{\n    host::log,\n    config::{self, Config},\n    cli,\n};\n"
        ),
        [
            "host/log.rs:3: host must not use config",
            "host/log.rs:4: host must not use cli"
        ]
    );
    assert_eq!(
        upward("config.rs", "fn f() -> crate::api::Error {}\n"),
        ["config.rs:1: config must not use api"]
    );
    assert_eq!(
        upward("app/mod.rs", "use vestibule_demo::Options;").len(),
        1
    );
    assert_eq!(upward("api/mod.rs", "fn f(x: iced::Color) {}").len(), 1);
    assert_eq!(upward("cli/x.rs", "use iced_winit::x;").len(), 1);
    assert_eq!(upward("cli/x.rs", &"\n".repeat(LONGEST + 1)).len(), 1);
}

#[test]
fn an_arrow_downward_is_not() {
    for (file, text) in [
        (
            "cli/demo.rs",
            "use vestibule_demo::Options;\nuse crate::{app, host};",
        ),
        (
            "app/mod.rs",
            "use crate::session::Session;\nuse iced::Element;",
        ),
        (
            "session/mod.rs",
            "// use crate::session\n/// see [`crate::session`]\nuse crate::config;",
        ),
        ("lib.rs", "//! only app knows iced\npub mod cli;"),
        (
            "host/log.rs",
            "filter(\"iced_winit\"); with_target(\"vestibule::session\")",
        ),
    ] {
        assert_eq!(check(file, text), [], "{file}");
    }
}

/// iced's own feature for Wayland brings decorations, and for their colours each window waits for a settings portal.
#[test]
fn no_window_is_decorated() {
    let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    assert!(!lock.contains("name = \"sctk-adwaita\""));
}
