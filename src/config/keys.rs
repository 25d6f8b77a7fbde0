//! Every key of the configuration file: its type, its default, and what it does.
//!
//! [`KEYS`] is read off the types in `schema` and `api`. The check of a file walks it, and the reference in the
//! documentation is printed from it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;

use super::{Config, Preset};

/// Every key, in the order of the reference.
pub static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let mut keys = Vec::new();
    Config::keys("", &mut keys);
    keys
});

/// Tables the file must have.
pub(super) const REQUIRED_TABLES: &[&str] = &["provider", "api.rows[].card"];

/// A table of the file, declared with [`table`](super::table::table!).
pub(super) trait Table {
    /// Adds its keys, and those of the tables in it.
    fn keys(path: &str, keys: &mut Vec<Key>);
}

/// A table that may be left out.
impl<T: Table> Table for Option<T> {
    fn keys(path: &str, keys: &mut Vec<Key>) {
        T::keys(path, keys);
    }
}

/// An array of tables.
impl<T: Table> Table for Vec<T> {
    fn keys(path: &str, keys: &mut Vec<Key>) {
        T::keys(&format!("{path}[]"), keys);
    }
}

/// Tables with names of the owner's own, which `*` stands for.
impl<T: Table> Table for BTreeMap<String, T> {
    fn keys(path: &str, keys: &mut Vec<Key>) {
        T::keys(&format!("{path}.*"), keys);
    }
}

/// The path by which [`KEYS`] has what a file has at `path`: with `*` for names of the owner's own, and with what a card
/// opens as the row that it is.
pub(super) fn declared(path: &str) -> String {
    let mut declared = String::new();
    for name in path.split('.') {
        declared = match (declared.as_str(), name) {
            ("api.rows[]", "opens") => declared,
            ("apis", _) => join(&declared, "*"),
            _ => join(&declared, name),
        };
    }
    declared
}

/// The path of `name` in the table at `path`.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// One key.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Dotted path; `[]` stands for each table of an array, `*` for each name of the owner's own.
    pub path: String,
    /// What may stand there.
    pub kind: ValueKind,
    /// The default as TOML, or in words; `None` where the table is incomplete without the key.
    pub default: Option<String>,
    /// What it does, in one line.
    pub doc: &'static str,
}

impl Key {
    /// A key that must be there. A doc comment begins with the space after its slashes.
    pub(super) fn required(path: String, kind: ValueKind, doc: &'static str) -> Self {
        Self {
            path,
            kind,
            default: None,
            doc: doc.trim_start(),
        }
    }

    /// A key that may be left out: `default` is what it is then, `words` say it where TOML does not.
    pub(super) fn optional(
        path: String,
        kind: ValueKind,
        default: &impl Serialize,
        words: &[&str],
        doc: &'static str,
    ) -> Self {
        let written = match words {
            [words, ..] => (*words).to_owned(),
            [] => toml::Value::try_from(default)
                .map_or_else(|_| "none".to_owned(), |value| value.to_string()),
        };
        Self {
            default: Some(written),
            ..Self::required(path, kind, doc)
        }
    }

    /// The table the key stands in, as a dotted path; empty for the file itself.
    pub fn table(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(table, _)| table)
    }

    /// The key without its table.
    pub fn name(&self) -> &str {
        self.path
            .rsplit_once('.')
            .map_or(&self.path, |(_, name)| name)
    }
}

/// What may stand as a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueKind {
    /// Any text but the empty one.
    Text,
    /// A host name, perhaps with a port.
    Host,
    /// `true` or `false`.
    Flag,
    /// `true`, `false` or one of these words.
    FlagOr(&'static [&'static str]),
    /// A whole number within bounds.
    Whole(i64, i64),
    /// A number within bounds.
    Decimal(f64, f64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A preset's name.
    Preset,
    /// An https address; http only on loopback.
    Address,
    /// An address without a query, to which paths are added.
    Base,
    /// A file, relative to the configuration file's folder.
    File,
    /// Such a file, or one of these words.
    FileOr(&'static [&'static str]),
    /// A JSON Pointer (RFC 6901) into an answer, or JSONPath (RFC 9535).
    Pointer,
    /// A JSON Pointer in which `*` is each element, JSONPath, a place in what a lookup found, a text after `=`, or a list
    /// of these.
    Pointers,
    /// [`ValueKind::Pointers`], or a table that says how the value is written and when it is there.
    Source,
    /// A list of [`ValueKind::Source`].
    Sources,
    /// [`ValueKind::Pointers`] to a number, a table with the part and the whole, or one with the beginning and the end.
    Progress,
    /// [`ValueKind::Pointers`] to an address, or a table with what fills its blanks.
    Image,
    /// A text with blanks that an item fills.
    Template,
    /// A text with blanks of the person, the time and the page.
    RowPath,
    /// A table or list of anything JSON can say, with blanks in its texts.
    Body,
    /// A table of names to what they are looked up by.
    Lookups,
    /// The table of a row that a card opens.
    Opens,
    /// A text, or a table of languages to texts.
    LocalizedText,
    /// A table of names to such texts.
    LocalizedTexts,
    /// A table of the names of headers to texts, or to the file that holds the text.
    Headers,
    /// The same for the collector of telemetry, where no token of a person goes.
    CollectorHeaders,
    /// Where a request carries the access token.
    Token,
    /// A list of the titles of rows.
    Titles,
    /// A colour as `#rrggbb`.
    Colour,
    /// A text for a header, with blanks that the box fills.
    DeviceName,
    /// A list of words without spaces, such as scopes.
    Words,
    /// A program and its arguments.
    Command,
    /// A table of texts.
    TextMap,
    /// A table of texts, or of a value and the requests it goes with.
    Parameters,
    /// A table of actions to lists of keys.
    KeyMap,
}

/// HTTP methods an action may use.
pub(super) const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// What a key of the remote can be made to do.
pub(super) const REMOTE_ACTIONS: &[&str] = &[
    "up",
    "down",
    "left",
    "right",
    "select",
    "back",
    "home",
    "menu",
    "info",
    "play_pause",
    "red",
    "green",
    "yellow",
    "blue",
    "channel_up",
    "channel_down",
];

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Host => f.write_str("host name"),
            Self::Flag => f.write_str("true or false"),
            Self::FlagOr(words) => write!(f, "true, false or {}", quoted(words)),
            Self::Whole(min, max) => write!(f, "whole number, {min} to {max}"),
            Self::Decimal(min, max) => write!(f, "number, {min:.1} to {max:.1}"),
            Self::Choice(words) => f.write_str(&quoted(words)),
            Self::Preset => f.write_str(&quoted(&Preset::names())),
            Self::Address | Self::Base => f.write_str("https address"),
            Self::File => f.write_str("file"),
            Self::FileOr(words) => write!(f, "file, or {}", quoted(words)),
            Self::Pointer => f.write_str("JSON Pointer or JSONPath"),
            Self::Pointers => f.write_str("pointer, or list of pointers and \"=text\""),
            Self::Source => {
                f.write_str("as id, or { at, format, unit, words, zone, currency, minor, when }")
            }
            Self::Sources => f.write_str("list, each as title"),
            Self::Progress => f.write_str("as id, { value, max }, or { from, to }"),
            Self::Image => f.write_str("as id, or { at, fill }"),
            Self::Template => f.write_str("text with {id}, {/pointer}"),
            Self::RowPath => f.write_str("text with {me/sub}, {now}, {today}, {page}"),
            Self::Body => f.write_str("table or list with the blanks of path in its texts"),
            Self::Lookups => f.write_str("table of { in, key, by }"),
            Self::Opens => f.write_str("table of the keys of a row"),
            Self::LocalizedText => f.write_str("text, or table of texts by language"),
            Self::LocalizedTexts => {
                f.write_str("table of texts, or of tables of texts by language")
            }
            Self::Headers | Self::CollectorHeaders => f.write_str("table of texts, or of { file }"),
            Self::Token => f.write_str("\"bearer\", \"none\", { header, value } or { query }"),
            Self::Titles => f.write_str("list of titles"),
            Self::DeviceName => f.write_str("text with {hostname}, {machine-id}"),
            Self::Colour => f.write_str("colour, \"#rrggbb\""),
            Self::Words | Self::Command => f.write_str("list of texts"),
            Self::TextMap => f.write_str("table of texts"),
            Self::Parameters => f.write_str("table of texts, or of { value, in }"),
            Self::KeyMap => write!(
                f,
                "table of lists of key names or evdev codes, for {}",
                REMOTE_ACTIONS.join(", ")
            ),
        }
    }
}

/// The words, each in quotes, with commas between.
pub(super) fn quoted(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(", ")
}
