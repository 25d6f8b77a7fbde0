//! `[api]` as types: the owner's API, the rows it fills, and where in its answers each part of a card
//! stands.

use serde::{Deserialize, Serialize};
use url::Url;

/// `[api]`: the owner's API and the rows it fills.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Every relative path is resolved against it. Ends in a slash.
    pub base_url: Url,
    /// Memory for pictures, in MiB. What is on the screen stays whatever it takes.
    #[serde(default = "sixty_four")]
    pub picture_memory_mib: u32,
    /// The rows of the home screen, top to bottom.
    #[serde(default)]
    pub rows: Vec<Row>,
}

fn sixty_four() -> u32 {
    64
}

/// `[[api.rows]]`: one row of cards, or with `row_source` as many as the API says.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Heading above the row.
    pub title: String,
    /// Path under `base_url` that answers with the row's items, or with the rows.
    pub path: String,
    /// Where in the answer the items are: a JSON Pointer in which `*` is each element.
    #[serde(default)]
    pub items: String,
    /// Pointer into the answer: address of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Seconds after which the row is loaded anew while it is on screen; 0 is only when home is opened.
    #[serde(default)]
    pub refresh_seconds: u32,
    /// The query parameter that asks for a further page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Paging>,
    /// Makes the answer of `path` a list of rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_source: Option<RowSource>,
    /// Where in an item each part of a card stands.
    pub card: CardMap,
    /// Further lines of the detail screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
    /// Buttons on the detail screen.
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// `[api.rows.row_source]`: the rows themselves come from the API.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RowSource {
    /// Where in the answer the rows are: a JSON Pointer in which `*` is each element.
    #[serde(default)]
    pub rows_path: String,
    /// Where in a row its heading is.
    pub title: Pointers,
    /// Where in a row what tells it from the others is; its title where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Pointers>,
    /// Where in a row its items are; none where they are behind `link`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<String>,
    /// Where in a row the address is that answers with its items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Pointers>,
    /// More rows than this are left out.
    #[serde(default = "hundred")]
    pub limit: u32,
}

fn hundred() -> u32 {
    100
}

/// `[api.rows.page]`: how a further page is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// Name of the query parameter.
    pub parameter: String,
    /// What it counts.
    #[serde(default)]
    pub kind: PageKind,
    /// Its value for the first page; not sent there.
    #[serde(default = "one")]
    pub start: u32,
    /// Pointer into the answer: the value for the next page, for [`PageKind::Cursor`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

fn one() -> u32 {
    1
}

/// What the parameter of a page counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// Pages.
    #[default]
    Number,
    /// Items before the page.
    Offset,
    /// Nothing: it is a word of the answer before.
    Cursor,
}

/// Where in one item each part of a card stands.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CardMap {
    /// Identifies the card across reloads.
    pub id: Pointers,
    /// First line under the picture.
    pub title: Pointers,
    /// Second line under the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<Source>,
    /// Picture address, absolute or relative to the reply's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Pointers>,
    /// Progress, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    /// Text of the detail screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Pointers>,
    /// Short words upon the picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub badges: Vec<Source>,
}

/// A further line of the detail screen.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Detail {
    /// What it is called on the screen.
    pub label: String,
    /// Where in an item it stands.
    pub value: Source,
}

/// Places to look at, the first with something wins: each a JSON Pointer in which `*` is each element,
/// or, after `=`, the text itself.
///
/// Written as one text, or as a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(from = "OneOrMany", into = "OneOrMany")]
pub struct Pointers(pub Vec<String>);

impl From<&str> for Pointers {
    fn from(text: &str) -> Self {
        Self(vec![text.to_owned()])
    }
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Pointers {
    fn from(written: OneOrMany) -> Self {
        match written {
            OneOrMany::One(text) => Self(vec![text]),
            OneOrMany::Many(list) => Self(list),
        }
    }
}

impl From<Pointers> for OneOrMany {
    fn from(Pointers(mut list): Pointers) -> Self {
        match (list.pop(), list.is_empty()) {
            (Some(only), true) => Self::One(only),
            (last, _) => Self::Many(list.into_iter().chain(last).collect()),
        }
    }
}

/// A value of an item and how it is to be written on the screen.
///
/// Written as [`Pointers`], or as a table with `at`, `format` and `when`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(from = "WrittenSource", into = "WrittenSource")]
pub struct Source {
    /// Where it is.
    pub at: Pointers,
    /// What it is.
    pub format: Format,
    /// Pointer to what must be there and neither false, 0 nor empty; else there is no value.
    pub when: Option<String>,
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        Self {
            at: text.into(),
            ..Self::default()
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum WrittenSource {
    Plain(Pointers),
    Table(SourceTable),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct SourceTable {
    at: Pointers,
    #[serde(default)]
    format: Format,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<String>,
}

impl From<WrittenSource> for Source {
    fn from(written: WrittenSource) -> Self {
        match written {
            WrittenSource::Plain(at) => Self {
                at,
                ..Self::default()
            },
            WrittenSource::Table(SourceTable { at, format, when }) => Self { at, format, when },
        }
    }
}

impl From<Source> for WrittenSource {
    fn from(source: Source) -> Self {
        match source {
            Source {
                at,
                format: Format::Text,
                when: None,
            } => Self::Plain(at),
            Source { at, format, when } => Self::Table(SourceTable { at, format, when }),
        }
    }
}

/// What a value is, so that it can be written as the viewer's language writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Text, as it is.
    #[default]
    Text,
    /// A number.
    Number,
    /// A share: 0 to 1.
    Percent,
    /// A day: RFC 3339 text, or a Unix time in seconds or milliseconds.
    Date,
    /// A day and a time of day, read as a date is.
    DateTime,
    /// A span of time: seconds, or ISO 8601 text such as `PT1H42M`.
    Duration,
}

/// How much of an item was seen.
///
/// Written as [`Pointers`] to a number from 0 to 1, or as a table with `value` and `max`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(from = "WrittenProgress", into = "WrittenProgress")]
pub struct Progress {
    /// Where the part is.
    pub value: Pointers,
    /// What the whole is; 1 where none is given.
    pub max: Option<Max>,
}

impl From<&str> for Progress {
    fn from(text: &str) -> Self {
        Self {
            value: text.into(),
            max: None,
        }
    }
}

/// The whole of a progress.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Max {
    /// This number.
    Number(f64),
    /// The number there.
    At(Pointers),
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum WrittenProgress {
    Plain(Pointers),
    Table(ProgressTable),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct ProgressTable {
    value: Pointers,
    max: Max,
}

impl From<WrittenProgress> for Progress {
    fn from(written: WrittenProgress) -> Self {
        match written {
            WrittenProgress::Plain(value) => Self { value, max: None },
            WrittenProgress::Table(ProgressTable { value, max }) => Self {
                value,
                max: Some(max),
            },
        }
    }
}

impl From<Progress> for WrittenProgress {
    fn from(progress: Progress) -> Self {
        match progress.max {
            None => Self::Plain(progress.value),
            Some(max) => Self::Table(ProgressTable {
                value: progress.value,
                max,
            }),
        }
    }
}

/// A button on the detail screen.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// What the button says.
    pub label: String,
    /// HTTP method.
    pub method: String,
    /// Path under `base_url`; `{id}` stands for the card's id, `{/pointer}` for what the item has there.
    pub path: String,
    /// What is sent as JSON, with the same blanks in its texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<toml::Table>,
    /// Pointer into the item: the button is there where this is neither missing, false, 0 nor empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Pointer into the item: the button is not there where this is neither missing, false, 0 nor empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
    /// Titles of the rows that it changes; all of them where none are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<Vec<String>>,
}
