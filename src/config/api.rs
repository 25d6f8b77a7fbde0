//! `[api]` as types: the owner's API, the rows it fills, and where in its answers each part of a card
//! stands.

use serde::{Deserialize, Serialize};
use url::Url;

use super::keys::{Key, METHODS, Table, ValueKind, join};
use super::table::{table, words};

table! {
    /// `[api]`: the owner's API and the rows it fills.
    Api {
        /// address of your API; every path below is resolved under it
        base_url: Url, Base;
        /// most memory for pictures, in MiB; those on the screen stay whatever they take
        #[serde(default = "picture_memory_mib")]
        picture_memory_mib: u32 = picture_memory_mib(), Whole(1, 4096);
        /// The rows of the home screen, top to bottom.
        #[serde(default)]
        rows: Vec<Row>;
    }
}

fn picture_memory_mib() -> u32 {
    64
}

table! {
    /// `[[api.rows]]`: one row of cards, or with `row_source` as many as the API says.
    Row defaults {
        /// heading above the row; with row_source, only until its rows are there
        title: String, Text;
        /// path under base_url that answers with the row's items
        path: String, Text;
        /// pointer into the reply: the list of items; empty is the whole reply, `*` is each element on the way:
        /// "/groups/*/items"
        items: String = String::new(), Pointer;
        /// pointer into the reply: address of the next page, which is loaded as focus nears the end; it must be
        /// under base_url
        next: Option<String> = None, Pointer;
        /// seconds after which the row is loaded anew while it is on screen; 0 is only when home is opened
        refresh_seconds: u32 = 0, Whole(0, 86_400);
        /// The query parameter that asks for a further page.
        page: Option<Paging>;
        /// Makes the answer of `path` a list of rows.
        row_source: Option<RowSource>;
        /// Where in an item each part of a card stands.
        card: CardMap;
        /// Further lines of the detail screen.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        details: Vec<Detail>;
        /// Buttons on the detail screen.
        actions: Vec<Action>;
    }
}

table! {
    /// `[api.rows.page]`: how a further page is asked for.
    #[derive(Eq)]
    Paging defaults {
        /// query parameter that asks for a further page, where replies hold no address of it
        parameter: String, Text;
        /// what it counts: pages, items before the page, or nothing: a word of the reply before
        kind: PageKind = PageKind::Number, Choice(PageKind::WORDS);
        /// number of the first page
        start: u32 = 1, Whole(0, 1);
        /// pointer into the reply: value of the parameter for the next page; missing or null is the end
        cursor: Option<String> = None, Pointer, "required for kind \"cursor\"";
    }
}

words! {
    /// What the parameter of a page counts.
    PageKind {
        /// Pages.
        #[default]
        Number = "number",
        /// Items before the page.
        Offset = "offset",
        /// Nothing: it is a word of the answer before.
        Cursor = "cursor",
    }
}

table! {
    /// `[api.rows.row_source]`: the rows themselves come from the API.
    #[derive(Eq)]
    RowSource defaults {
        /// makes the reply a list of rows: pointer into the reply to that list
        rows_path: String = String::new(), Pointer;
        /// in each row of the reply: its heading
        title: Pointers, Pointers;
        /// in each row: what tells it from the others
        id: Option<Pointers> = None, Pointers, "its title";
        /// in each row: its list of items
        items: Option<String> = None, Pointer, "none; this or link is required";
        /// in each row: address that answers with its items, where api.rows.items finds them
        link: Option<Pointers> = None, Pointers;
        /// more rows than this are left out
        limit: u32 = 100, Whole(1, 1000);
    }
}

table! {
    /// `[api.rows.card]`: where in one item each part of a card stands.
    CardMap defaults {
        /// in an item: what tells it from the others
        id: Pointers, Pointers;
        /// in an item: first line; the first of a list that is there wins: ["/name", "/title", "=Untitled"]
        title: Pointers, Pointers;
        /// in an item: second line; { at = "/released", format = "date" } writes it as the viewer does: text,
        /// number, percent, date, date-time, duration
        subtitle: Option<Source> = None, Source;
        /// in an item: address of the picture, absolute or relative to the reply's
        image: Option<Pointers> = None, Pointers;
        /// in an item: progress from 0 to 1, or { value = "/seen", max = "/length" } (max may be a number)
        progress: Option<Progress> = None, Progress;
        /// in an item: text of the detail screen
        body: Option<Pointers> = None, Pointers;
        /// in an item: short words upon the picture, such as ["/quality", { at = "=New", when = "/is_new" }]
        #[serde(skip_serializing_if = "Vec::is_empty")]
        badges: Vec<Source> = Vec::new(), Sources;
    }
}

table! {
    /// `[[api.rows.details]]`: a further line of the detail screen.
    Detail defaults {
        /// what a further line of the detail screen is called
        label: String, Text;
        /// in an item: what that line says
        value: Source, Source;
    }
}

table! {
    /// `[[api.rows.actions]]`: a button on the detail screen.
    Action defaults {
        /// what the button on the detail screen says
        label: String, Text;
        /// HTTP method of the action
        method: String, Choice(METHODS);
        /// path under base_url; {id} stands for the card's id, {/pointer} for what the item has there
        path: String, Template;
        /// what is sent as JSON: { item = "{id}", part = "{/part}" }; a text that is one blank alone keeps the
        /// item's type
        body: Option<toml::Table> = None, Body;
        /// pointer into an item: the button is there where this is neither missing, false, 0 nor empty
        when: Option<String> = None, Pointer;
        /// the other way round
        unless: Option<String> = None, Pointer;
        /// titles of the rows that the action changes; they are loaded anew after it
        refresh: Option<Vec<String>> = None, Titles, "all rows";
    }
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

words! {
    /// What a value is, so that it can be written as the viewer's language writes it.
    Format {
        /// Text, as it is.
        #[default]
        Text = "text",
        /// A number.
        Number = "number",
        /// A share: 0 to 1.
        Percent = "percent",
        /// A day: RFC 3339 text, or a Unix time in seconds or milliseconds.
        Date = "date",
        /// A day and a time of day, read as a date is.
        DateTime = "date-time",
        /// A span of time: seconds, or ISO 8601 text such as `PT1H42M`.
        Duration = "duration",
    }
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
