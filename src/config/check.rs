//! From text to a configuration: every key and value is held against the table in `keys`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Invalid, Problem};
use super::keys::{KEYS, REQUIRED_TABLES, ValueKind, declared, join};
use super::{Config, Error, Header, cross_checks, preset, suggestion, value};

/// Reads a configuration from `text`; `path` is its name in errors and the folder of relative files.
///
/// # Errors
/// [`Error::Invalid`] with all that is wrong.
pub fn parse(text: &str, path: &Path) -> Result<Config, Error> {
    let mut check = Check {
        text,
        problems: Vec::new(),
    };
    let config = check.run();
    let mut problems = check.problems;
    match config {
        Some(mut config) if problems.is_empty() => {
            let file = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            settle(&mut config, file.parent().unwrap_or(Path::new("/")));
            Ok(config)
        }
        _ => {
            problems.sort_by_key(|problem| (problem.line, problem.column));
            Err(Error::Invalid(Invalid {
                path: path.to_owned(),
                problems,
            }))
        }
    }
}

/// Makes files absolute, and the base address one that paths can be added to.
fn settle(config: &mut Config, folder: &Path) {
    let anchor = |file: &mut Option<PathBuf>| {
        if let Some(file) = file {
            *file = folder.join(&file);
        }
    };
    anchor(&mut config.provider.client_secret_file);
    anchor(&mut config.provider.ca_file);
    anchor(&mut config.screen.logo);
    if let Some(telemetry) = &mut config.telemetry {
        anchor(&mut telemetry.ca_file);
    }
    let own = config.api.iter_mut();
    let own = own.map(|api| (&mut api.base_url, &mut api.headers));
    let others = config.apis.values_mut();
    let others = others.map(|api| (&mut api.base_url, &mut api.headers));
    let telemetry = config.telemetry.iter_mut();
    let telemetry = telemetry.map(|to| (&mut to.otlp_endpoint, &mut to.headers));
    for (base_url, headers) in own.chain(others).chain(telemetry) {
        if !base_url.path().ends_with('/') {
            let path = format!("{}/", base_url.path());
            base_url.set_path(&path);
        }
        for header in headers.values_mut() {
            if let Header::File { file } = header {
                *file = folder.join(&file);
            }
        }
    }
}

/// One pass over one file.
pub(super) struct Check<'a> {
    text: &'a str,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn run(&mut self) -> Option<Config> {
        let document = match DeTable::parse(self.text) {
            Ok(document) => document,
            Err(error) => {
                self.report(error.span().unwrap_or(0..0), "", error.message());
                return None;
            }
        };
        self.table("", document.get_ref(), 0..0);
        if !self.problems.is_empty() {
            return None;
        }
        let provider = document.get_ref().get("provider")?.get_ref().as_table()?;
        // What the table above lets through, the types must take; were they to differ, the owner still
        // gets the line.
        let mut config = match Config::deserialize(toml::Deserializer::from(document.clone())) {
            Ok(config) => config,
            Err(error) => {
                self.report(error.span().unwrap_or(0..0), "", error.message());
                return None;
            }
        };
        preset::fill_in(&mut config.provider, !provider.contains_key("scopes"));
        let findings = preset::check(&config.provider);
        for finding in findings {
            let at = |table: &DeTable<'_>, key: &str| {
                let mut keys = table.iter().map(|(name, _)| name);
                keys.find(|name| name.get_ref() == key).map(Spanned::span)
            };
            let below = finding.key.strip_prefix(finding.beside);
            let at = below
                .and_then(|key| key.strip_prefix('.'))
                .and_then(|key| at(provider.get(finding.beside)?.get_ref().as_table()?, key))
                .or_else(|| at(provider, finding.beside))
                .unwrap_or(0..0);
            self.report(at, &format!("provider.{}", finding.key), &finding.message);
        }
        self.rows(&config, document.get_ref());
        Some(config)
    }

    /// Reports what does not fit together in the rows of the API.
    fn rows(&mut self, config: &Config, document: &DeTable<'_>) {
        let rows = document
            .get("api")
            .and_then(|api| api.get_ref().as_table()?.get("rows"))
            .and_then(|rows| rows.get_ref().as_array());
        for contradiction in cross_checks::contradictions(config) {
            let at = rows
                .and_then(|rows| rows.get(contradiction.row)?.get_ref().as_table())
                .and_then(|row| {
                    row.iter()
                        .find(|(name, _)| name.get_ref() == contradiction.at)
                })
                .map_or(0..0, |(name, _)| name.span());
            self.report(
                at,
                &format!("api.rows.{}", contradiction.key),
                &contradiction.message,
            );
        }
    }

    /// Walks the table at `table_path` and reports what must not stand there and what is missing.
    fn table(&mut self, table_path: &str, table: &DeTable<'_>, at: Range<usize>) {
        for (name, value) in table {
            let full = join(table_path, name.get_ref());
            let path = declared(&full);
            if let Some(key) = KEYS.iter().find(|key| key.path == path) {
                for finding in value::check(key.kind, value) {
                    let key = finding
                        .below
                        .map_or_else(|| full.clone(), |below| join(&full, &below));
                    self.report(finding.at, &key, &finding.message);
                }
            } else if has_children(&format!("{path}.")) {
                match value.get_ref() {
                    DeValue::Table(inner) => self.table(&full, inner, name.span()),
                    other => {
                        let message =
                            value::wrong_type(&format!("a table: [{}]", shown(&full)), other);
                        self.report(value.span(), &full, &message);
                    }
                }
            } else if has_children(&format!("{path}[].")) {
                self.array(&full, value);
            } else {
                self.report(name.span(), &full, &unknown(table_path, name.get_ref()));
            }
        }
        self.missing(table_path, table, at);
    }

    fn array(&mut self, path: &str, value: &Spanned<DeValue<'_>>) {
        let expected = format!("a list of tables: [[{}]]", shown(path));
        let DeValue::Array(items) = value.get_ref() else {
            let message = value::wrong_type(&expected, value.get_ref());
            self.report(value.span(), path, &message);
            return;
        };
        for item in items {
            match item.get_ref() {
                DeValue::Table(inner) => self.table(&format!("{path}[]"), inner, item.span()),
                other => {
                    let message = value::wrong_type(&expected, other);
                    self.report(item.span(), path, &message);
                }
            }
        }
    }

    fn missing(&mut self, path: &str, table: &DeTable<'_>, at: Range<usize>) {
        let declared = declared(path);
        // What a card opens is called as the card is.
        let has_title = path.ends_with(".opens");
        let lacks = |name: &str| !(table.contains_key(name) || has_title && name == "title");
        for key in KEYS
            .iter()
            .filter(|key| key.default.is_none() && key.table() == declared)
        {
            if lacks(key.name()) {
                let message = format!("missing: {}", key.doc);
                self.report(at.clone(), &join(path, key.name()), &message);
            }
        }
        for required in REQUIRED_TABLES {
            let (parent, name) = required.rsplit_once('.').unwrap_or(("", required));
            if parent == declared && lacks(name) {
                let message = "missing: this table must be there";
                self.report(at.clone(), &join(path, name), message);
            }
        }
    }

    fn report(&mut self, at: Range<usize>, key: &str, message: &str) {
        let (line, column) = position(self.text, at.start);
        self.problems.push(Problem {
            line,
            column,
            key: shown(key),
            message: message.to_owned(),
        });
    }
}

/// A path as the owner writes it: arrays of tables have no marks in a key.
fn shown(path: &str) -> String {
    path.replace("[]", "")
}

fn has_children(prefix: &str) -> bool {
    KEYS.iter().any(|key| key.path.starts_with(prefix))
}

/// Words for the key `name`, which the table at `path` does not have.
fn unknown(path: &str, name: &str) -> String {
    // TOML takes what follows the heading of a table for its own.
    if let Some((row, below)) = path.rsplit_once('.')
        && declared(row) == "api.rows[]"
        && below != "row_source"
        && children(row).contains(&name)
    {
        let heading = |path: &str| match path.ends_with("[]") {
            true => format!("[[{}]]", shown(path)),
            false => format!("[{}]", shown(path)),
        };
        return format!(
            "`{name}` is a key of {}: write it above {}",
            heading(row),
            heading(path)
        );
    }
    let elsewhere = KEYS.iter().find(|key| {
        key.name() == name && !key.path.contains(['[', '*']) && key.kind != ValueKind::KeyMap
    });
    if let Some(key) = elsewhere {
        return format!("unknown key here; `{name}` belongs into [{}]", key.table());
    }
    suggestion::unknown_key(name, children(path).iter().copied())
}

/// The names that may stand in the table at `path`.
fn children(path: &str) -> Vec<&'static str> {
    let prefix = if path.is_empty() {
        String::new()
    } else {
        format!("{}.", declared(path))
    };
    let mut names = KEYS
        .iter()
        .filter_map(|key| key.path.strip_prefix(prefix.as_str()))
        .filter_map(|rest| rest.split(['.', '[']).next())
        .collect::<Vec<_>>();
    names.dedup();
    names
}

/// Line and character of a byte, from 1.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (
        before.matches('\n').count() + 1,
        before
            .get(line_start..)
            .map_or(0, |line| line.chars().count())
            + 1,
    )
}
