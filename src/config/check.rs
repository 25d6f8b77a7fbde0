//! From text to a configuration: every key and value is held against the table in `keys`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Invalid, Problem};
use super::keys::{KEYS, REQUIRED_TABLES, ValueKind, declared, join};
use super::sources::{Origins, Source, Sources, merge, moved};
use super::{Config, Error, Header, cross_checks, preset, suggestion, value};

/// Reads a configuration from `text`; `path` is its name in errors and the folder of relative files.
///
/// # Errors
/// [`Error::Invalid`] with all that is wrong.
pub fn parse(text: &str, path: &Path) -> Result<Config, Error> {
    let source = Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    parse_all(&[source]).map(|(config, _)| config)
}

/// Reads a configuration from several files, the later ones merged over those before, and tells where each value is set.
///
/// # Errors
/// [`Error::Invalid`] with all that is wrong in any of them, a value that a later file replaces included.
pub(super) fn parse_all(sources: &[Source]) -> Result<(Config, Origins), Error> {
    let mut check = Check {
        sources: Sources(sources),
        pass: Pass::Files,
        problems: Vec::new(),
    };
    let config = check.run();
    let mut problems = check.problems;
    match config {
        Some((mut config, origins)) if problems.is_empty() => {
            settle(&mut config, &origins);
            Ok((config, origins))
        }
        _ => {
            problems.sort_by_key(|(at, _)| *at);
            let problems = problems.into_iter().map(|(_, problem)| problem).collect();
            Err(Error::Invalid(Invalid { problems }))
        }
    }
}

/// Makes files absolute, by the folder of the file that names each, and the base address one that paths can be added to.
fn settle(config: &mut Config, origins: &Origins) {
    let anchor = |file: &mut Option<PathBuf>, path: [&str; 2]| {
        if let Some(file) = file {
            *file = origins.folder(&path).join(&file);
        }
    };
    let secret = &mut config.provider.client_secret_file;
    anchor(secret, ["provider", "client_secret_file"]);
    anchor(&mut config.provider.ca_file, ["provider", "ca_file"]);
    anchor(&mut config.screen.logo, ["screen", "logo"]);
    if let Some(file) = config.screen.backdrop.picture_mut() {
        *file = origins.folder(&["screen", "backdrop"]).join(&file);
    }
    if let Some(telemetry) = &mut config.telemetry {
        anchor(&mut telemetry.ca_file, ["telemetry", "ca_file"]);
    }
    let own = config.api.iter_mut();
    let own = own.map(|api| (vec!["api"], &mut api.base_url, &mut api.headers));
    let others = config.apis.iter_mut();
    let others = others.map(|(name, api)| {
        let path = vec!["apis", name.as_str()];
        (path, &mut api.base_url, &mut api.headers)
    });
    let telemetry = config.telemetry.iter_mut();
    let telemetry = telemetry.map(|to| (vec!["telemetry"], &mut to.otlp_endpoint, &mut to.headers));
    for (path, base_url, headers) in own.chain(others).chain(telemetry) {
        if !base_url.path().ends_with('/') {
            let path = format!("{}/", base_url.path());
            base_url.set_path(&path);
        }
        for (name, header) in headers {
            if let Header::File { file } = header {
                let path = [path.as_slice(), &["headers", name.as_str(), "file"]].concat();
                *file = origins.folder(&path).join(&file);
            }
        }
    }
}

/// What is looked for in a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// What must not stand there: in each file, also where another replaces it.
    Files,
    /// What is missing: in all of them together.
    Whole,
}

/// Two passes over the files.
pub(super) struct Check<'a> {
    sources: Sources<'a>,
    pass: Pass,
    /// Each with the byte it is at.
    problems: Vec<(usize, Problem)>,
}

impl<'a> Check<'a> {
    fn run(&mut self) -> Option<(Config, Origins)> {
        let document = self.document()?;
        self.pass = Pass::Whole;
        self.table("", &document, 0..0);
        if !self.problems.is_empty() {
            return None;
        }
        let provider = document.get("provider")?.get_ref().as_table()?;
        // What the table above lets through, the types must take; were they to differ, the owner still
        // gets the line.
        let whole = Spanned::new(0..0, document.clone());
        let mut config = match Config::deserialize(toml::Deserializer::from(whole)) {
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
        self.rows(&config, &document);
        let origins = Origins::of(&document, &self.sources);
        Some((config, origins))
    }

    /// All files merged, each of which was looked through. None where one cannot be read as TOML.
    fn document(&mut self) -> Option<DeTable<'a>> {
        let mut merged = DeTable::new();
        let mut is_whole = true;
        let files: Vec<_> = self.sources.iter().collect();
        for (start, source) in files {
            match DeTable::parse(&source.text) {
                Ok(document) => {
                    let document = moved(document.into_inner(), start);
                    self.table("", &document, start..start);
                    merge("", &mut merged, document);
                }
                Err(error) => {
                    let at = error.span().map_or(start, |span| start + span.start);
                    self.report(at..at, "", error.message());
                    is_whole = false;
                }
            }
        }
        is_whole.then_some(merged)
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
                if self.pass == Pass::Whole {
                    continue;
                }
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
        if self.pass == Pass::Whole {
            self.missing(table_path, table, at);
        }
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
        let spot = self.sources.spot(at.start);
        let problem = Problem {
            file: spot.file.to_owned(),
            line: spot.line,
            column: spot.column,
            key: shown(key),
            message: message.to_owned(),
        };
        // What has no place in a table is said in the pass over the files, and not again.
        if self.problems.iter().all(|(_, known)| *known != problem) {
            self.problems.push((at.start, problem));
        }
    }
}

/// A path as the owner writes it: arrays of tables have no marks in a key.
fn shown(path: &str) -> String {
    path.replace("[]", "")
}

pub(super) fn has_children(prefix: &str) -> bool {
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
