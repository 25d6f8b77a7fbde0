//! The effective configuration as text, with secrets masked.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::append::Lines;
use super::{Config, Header, Origins};

/// What a masked value is replaced with.
const MASK: &str = "********";

/// Parts of a parameter's name that say that its value is a secret.
const TELLTALES: [&str; 8] = [
    "authorization",
    "secret",
    "token",
    "password",
    "key",
    "assertion",
    "credential",
    "verifier",
];

/// The configuration with every default filled in, as TOML.
///
/// The client secret is never in it, only the name of its file; parameters and headers whose name speaks of a secret
/// are masked.
pub fn show(config: &Config) -> String {
    let mut config = config.clone();
    for (name, parameter) in &mut config.provider.extra_params {
        if speaks_of_a_secret(name) {
            parameter.replace(MASK);
        }
    }
    let api = config.api.iter_mut().map(|api| &mut api.headers);
    let others = config.apis.values_mut().map(|api| &mut api.headers);
    let telemetry = config.telemetry.iter_mut().map(|to| &mut to.headers);
    for (name, header) in api.chain(others).chain(telemetry).flatten() {
        if let Header::Text(text) = header
            && speaks_of_a_secret(name)
        {
            MASK.clone_into(text);
        }
    }
    toml::to_string(&config).unwrap_or_else(|error| format!("# cannot be shown: {error}\n"))
}

/// The same with the file and the line behind each value that a file sets; files in `folder` are told without it.
pub fn show_with_origins(config: &Config, origins: &Origins, folder: &Path) -> String {
    let mut shown = String::new();
    let mut table: Vec<String> = Vec::new();
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut lines = Lines::default();
    let mut told = None;
    for line in show(config).lines() {
        if lines.is_inside() {
            lines.read(line);
        } else if let Some(heading) = line.strip_prefix('[') {
            let is_list = heading.starts_with('[');
            table = names(heading.trim_matches(['[', ']']));
            // What stands below a list is of its last element.
            for depth in 1..table.len() {
                let above = table.get(..depth).unwrap_or_default();
                if let Some(count) = counts.get(above) {
                    let number = (count - 1).to_string();
                    if table.get(depth) != Some(&number) {
                        table.insert(depth, number);
                    }
                }
            }
            if is_list {
                let count = counts.entry(table.clone()).or_default();
                *count += 1;
                table.push((*count - 1).to_string());
            }
        } else {
            lines.read(line);
            let key = line.split_once(" = ").map(|(key, _)| names(key));
            let path = key.map(|key| [table.as_slice(), &key].concat());
            told = path.and_then(|path| origins.place(&path));
        }
        shown.push_str(line);
        if !lines.is_inside()
            && let Some((file, number)) = told.take()
        {
            let file = file.strip_prefix(folder).unwrap_or(file);
            let _ = write!(shown, "  # {}:{number}", file.display());
        }
        shown.push('\n');
    }
    shown
}

/// The names in a key with dots, of which those in quotes may hold some.
fn names(key: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut quote = None;
    for c in key.chars() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(mark), c) if c == mark => quote = None,
            (None, '.') => names.push(String::new()),
            (None, ' ') => {}
            _ => names
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|name| name.push(c)),
        }
    }
    names
}

/// Whether what is called so is nothing for others to read.
pub(super) fn speaks_of_a_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    TELLTALES.iter().any(|telltale| name.contains(telltale))
}
