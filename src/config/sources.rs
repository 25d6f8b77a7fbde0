//! The files of one configuration, merged: a later one over those before it, key by key.
//!
//! Every file is parsed by itself, and its spans are moved behind those of the files before it: so a byte tells the file,
//! too, whatever was merged with what.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::check::has_children;
use super::keys::{KEYS, ValueKind, declared, join};

/// A file and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl Source {
    /// Whether it sets any key, or cannot be told to set none.
    pub(super) fn says_something(&self) -> bool {
        DeTable::parse(&self.text).map_or(true, |document| !document.get_ref().is_empty())
    }
}

/// Where a byte of all files stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot<'a> {
    pub(super) file: &'a Path,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// The files, in the order in which they are merged. There is one at least.
pub(super) struct Sources<'a>(pub(super) &'a [Source]);

impl<'a> Sources<'a> {
    /// Each file, with the place of its first byte among those of all.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &'a Source)> {
        self.0.iter().scan(0, |start, source| {
            let begins = *start;
            // The byte behind the last is of this file: there, too, something may be missing.
            *start += source.text.len() + 1;
            Some((begins, source))
        })
    }

    pub(super) fn spot(&self, byte: usize) -> Spot<'a> {
        let found = self.iter().take_while(|(start, _)| *start <= byte).last();
        let (start, file, text) = match found {
            Some((start, source)) => (start, source.path.as_path(), source.text.as_str()),
            None => (0, Path::new(""), ""),
        };
        let (line, column) = position(text, byte - start);
        Spot { file, line, column }
    }
}

/// Line and character of a byte, from 1.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before
        .get(line_start..)
        .map_or(0, |line| line.chars().count());
    (before.matches('\n').count() + 1, column + 1)
}

/// A table whose spans begin `by` bytes later.
pub(super) fn moved(table: DeTable<'_>, by: usize) -> DeTable<'_> {
    let later = |span: std::ops::Range<usize>| span.start + by..span.end + by;
    let keys = table.into_iter();
    keys.map(|(name, value)| {
        let name = Spanned::new(later(name.span()), name.into_inner());
        (name, moved_value(value, by))
    })
    .collect()
}

fn moved_value(value: Spanned<DeValue<'_>>, by: usize) -> Spanned<DeValue<'_>> {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(moved(table, by)),
        DeValue::Array(items) => {
            let items = items.into_iter();
            DeValue::Array(items.map(|item| moved_value(item, by)).collect())
        }
        other => other,
    };
    Spanned::new(span.start + by..span.end + by, value)
}

/// Merges `over` into the table at `path`: tables key by key, and any other value, a list among them, as a whole.
pub(super) fn merge<'a>(path: &str, into: &mut DeTable<'a>, over: DeTable<'a>) {
    for (name, value) in over {
        let inner = join(path, name.get_ref());
        let known = into.remove_entry::<str>(name.get_ref());
        let (span, value) = (value.span(), value.into_inner());
        let (name, span, value) = match (known, value) {
            (Some((name, known)), DeValue::Table(over))
                if known.get_ref().is_table() && has_keys(&inner) =>
            {
                let span = known.span();
                let mut below = match known.into_inner() {
                    DeValue::Table(below) => below,
                    _ => DeTable::new(),
                };
                merge(&inner, &mut below, over);
                (name, span, DeValue::Table(below))
            }
            // Its place is the later one, and so is that of its key.
            (_, value) => (name, span, value),
        };
        let _ = into.insert(name, Spanned::new(span, value));
    }
}

/// Whether what stands at `path` is a table of keys, and not one value that is written as a table.
fn has_keys(path: &str) -> bool {
    let path = declared(path);
    let kind = KEYS.iter().find(|key| key.path == path).map(|key| key.kind);
    match kind {
        Some(kind) => matches!(
            kind,
            ValueKind::Headers
                | ValueKind::Parameters
                | ValueKind::TextMap
                | ValueKind::LocalizedTexts
                | ValueKind::KeyMap
        ),
        // The names of `[apis]` are the owner's own.
        None => has_children(&format!("{path}.")),
    }
}

/// Where the value at each path was set: names of keys, and numbers of what stands in a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Origins(BTreeMap<Vec<String>, (PathBuf, usize)>);

impl Origins {
    pub(super) fn of(document: &DeTable<'_>, sources: &Sources<'_>) -> Self {
        let mut origins = Self::default();
        origins.table(&[], document, sources);
        origins
    }

    fn table(&mut self, path: &[String], table: &DeTable<'_>, sources: &Sources<'_>) {
        for (name, value) in table {
            let mut path = path.to_vec();
            path.push(name.get_ref().to_string());
            self.value(path, name.span().start, value.get_ref(), sources);
        }
    }

    fn value(&mut self, path: Vec<String>, at: usize, value: &DeValue<'_>, sources: &Sources<'_>) {
        match value {
            DeValue::Table(table) => self.table(&path, table, sources),
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let mut path = path.clone();
                    path.push(index.to_string());
                    self.value(path, item.span().start, item.get_ref(), sources);
                }
            }
            _ => {}
        }
        let spot = sources.spot(at);
        let place = (spot.file.to_owned(), spot.line);
        let _ = self.0.insert(path, place);
    }

    /// File and line of what is set at `path`.
    pub fn place<S: AsRef<str>>(&self, path: &[S]) -> Option<(&Path, usize)> {
        let path: Vec<_> = path.iter().map(|name| name.as_ref().to_owned()).collect();
        let (file, line) = self.0.get(&path)?;
        Some((file, *line))
    }

    /// The folder of the file in which `path` is set.
    pub(super) fn folder(&self, path: &[&str]) -> PathBuf {
        let file = self.place(path).map_or(Path::new(""), |(file, _)| file);
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        file.parent().unwrap_or(Path::new("/")).to_owned()
    }

    /// Every value that is set and holds no other: its path as people write it, its file and its line.
    pub fn values(&self) -> impl Iterator<Item = (String, &Path, usize)> {
        let holds = |path: &[String]| {
            let behind = (
                std::ops::Bound::Excluded(path.to_vec()),
                std::ops::Bound::Unbounded,
            );
            let next = self.0.range(behind).next();
            next.is_some_and(|(next, _)| next.starts_with(path))
        };
        let values = self.0.iter().filter(move |(path, _)| !holds(path));
        values.map(|(path, (file, line))| (path.join("."), file.as_path(), *line))
    }
}
