//! `[api.rows.card]` as types: where in an item each part of a card stands, and how it is written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::format_keys;
use super::keys::{Key, Table, ValueKind, join};
use super::table::{table, words};

table! {
    /// `[api.rows.card]`: where in one item each part of a card stands.
    CardMap defaults {
        /// in an item: what tells it from the others; "*" is its key where the items are an object's members
        id: Pointers, Pointers;
        /// in an item: first line; the first of a list that is there wins: ["/name", "/title", "=Untitled"]
        title: Source, Source;
        /// in an item: second line; { at = "/released", format = "date" } writes it as the viewer does: text, number,
        /// percent, date, time, weekday, date-time, relative, duration, money, html, markdown; without format, currency
        /// is for money, zone for date-time, unit for duration
        subtitle: Option<Source> = None, Source;
        /// in an item: address of the picture, absolute or relative to the reply's; { at = "/thumb", fill = { width = 640,
        /// height = 360 } } fills the blanks of such an address
        image: Option<Image> = None, Image;
        /// in an item: progress from 0 to 1, { value = "/seen", max = "/length" } (max may be a number), or by the clock
        /// { from = "/start", to = "/end" }
        progress: Option<Progress> = None, Progress;
        /// in an item: text of the detail screen
        body: Option<Source> = None, Source;
        /// in an item: short words upon the picture, such as ["/quality", { at = "=New", when = "/is_new" }]
        #[serde(skip_serializing_if = "Vec::is_empty")]
        badges: Vec<Source> = Vec::new(), Sources;
    }
}

/// Places to look at, the first with something wins: each a JSON Pointer in which `*` is each element, JSONPath
/// (RFC 9535) from `$` on, `@name/pointer` into what a lookup found, or, after `=`, the text itself.
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
/// Written as [`Pointers`], or as a table with `at` and any of the other names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(from = "WrittenSource", into = "WrittenSource")]
pub struct Source {
    /// Where it is.
    pub at: Pointers,
    /// What it is: as it is written, or as the keys below imply.
    pub format: Format,
    /// What its number counts.
    pub unit: Option<Unit>,
    /// What is written in its place, by what it is; `other` for all else.
    pub words: BTreeMap<String, String>,
    /// The time zone of a time without one: an IANA or Windows name, or a place that has it.
    pub zone: Option<String>,
    /// The currency of an amount: an ISO 4217 code, or a place that has it.
    pub currency: Option<String>,
    /// Whether an amount counts the currency's minor unit, such as cents.
    pub minor: bool,
    /// Pointer to what must be there and neither false, 0 nor empty; else there is no value.
    pub when: Option<String>,
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        Pointers::from(text).into()
    }
}

impl From<Pointers> for Source {
    fn from(at: Pointers) -> Self {
        Self {
            at,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    format: Option<Format>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Unit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    minor: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    words: BTreeMap<String, String>,
}

impl SourceTable {
    /// What it is by its other keys.
    fn implied(&self) -> Format {
        let has = |key: &str| match key {
            "currency" => self.currency.is_some(),
            "minor" => self.minor,
            "zone" => self.zone.is_some(),
            _ => self.unit.is_some(),
        };
        format_keys::implied(
            has,
            &format_keys::formats_in(self.at.0.iter().map(String::as_str)),
        )
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl From<WrittenSource> for Source {
    fn from(written: WrittenSource) -> Self {
        match written {
            WrittenSource::Plain(at) => at.into(),
            WrittenSource::Table(table) => Self {
                format: table.format.unwrap_or_else(|| table.implied()),
                at: table.at,
                unit: table.unit,
                words: table.words,
                zone: table.zone,
                currency: table.currency,
                minor: table.minor,
                when: table.when,
            },
        }
    }
}

impl From<Source> for WrittenSource {
    fn from(source: Source) -> Self {
        if source == Source::from(source.at.clone()) {
            return Self::Plain(source.at);
        }
        Self::Table(SourceTable {
            format: (source.format != Format::default()).then_some(source.format),
            at: source.at,
            unit: source.unit,
            zone: source.zone,
            currency: source.currency,
            minor: source.minor,
            when: source.when,
            words: source.words,
        })
    }
}

words! {
    /// What a number counts.
    Unit {
        /// Milliseconds.
        Milliseconds = "ms",
        /// Seconds.
        #[default]
        Seconds = "s",
        /// Minutes.
        Minutes = "min",
        /// 100 nanoseconds, as .NET counts.
        Ticks = "ticks",
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
        /// A time of day, read as a date is.
        Time = "time",
        /// A day of the week, read as a date is.
        Weekday = "weekday",
        /// A day and a time of day, read as a date is.
        DateTime = "date-time",
        /// How long ago or until then, read as a date is.
        Relative = "relative",
        /// A span of time: seconds, or ISO 8601 text such as `PT1H42M`.
        Duration = "duration",
        /// An amount of money.
        Money = "money",
        /// HTML, of which the words are shown.
        Html = "html",
        /// Markdown, of which the words are shown.
        Markdown = "markdown",
    }
}

/// Where the address of a picture stands, and what fills its blanks.
///
/// Written as [`Pointers`], or as a table with `at` and `fill`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(from = "WrittenImage", into = "WrittenImage")]
pub struct Image {
    /// Where the address is.
    pub at: Pointers,
    /// What stands for the blanks of the address, by their names.
    pub fill: BTreeMap<String, Fill>,
}

/// What stands for a blank of a picture's address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Fill {
    /// A number, such as a width.
    Number(i64),
    /// A word.
    Text(String),
}

impl From<&str> for Image {
    fn from(text: &str) -> Self {
        Self {
            at: text.into(),
            ..Self::default()
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum WrittenImage {
    Plain(Pointers),
    Table(ImageTable),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct ImageTable {
    at: Pointers,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fill: BTreeMap<String, Fill>,
}

impl From<WrittenImage> for Image {
    fn from(written: WrittenImage) -> Self {
        match written {
            WrittenImage::Plain(at) => Self {
                at,
                ..Self::default()
            },
            WrittenImage::Table(ImageTable { at, fill }) => Self { at, fill },
        }
    }
}

impl From<Image> for WrittenImage {
    fn from(Image { at, fill }: Image) -> Self {
        if fill.is_empty() {
            Self::Plain(at)
        } else {
            Self::Table(ImageTable { at, fill })
        }
    }
}

/// How much of an item was seen, or of it is over.
///
/// Written as [`Pointers`] to a number from 0 to 1, as a table with `value` and `max`, or with `from` and `to`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(from = "WrittenProgress", into = "WrittenProgress")]
pub enum Progress {
    /// A part of a whole.
    Share {
        /// Where the part is.
        value: Pointers,
        /// What the whole is; 1 where none is given.
        max: Option<Max>,
    },
    /// What of a span of time is over, by the clock.
    Clock {
        /// When it begins.
        from: Source,
        /// When it ends.
        to: Source,
    },
}

impl From<&str> for Progress {
    fn from(text: &str) -> Self {
        Self::Share {
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
    Share { value: Pointers, max: Max },
    Clock { from: Source, to: Source },
}

impl From<WrittenProgress> for Progress {
    fn from(written: WrittenProgress) -> Self {
        match written {
            WrittenProgress::Plain(value) => Self::Share { value, max: None },
            WrittenProgress::Share { value, max } => Self::Share {
                value,
                max: Some(max),
            },
            WrittenProgress::Clock { from, to } => Self::Clock { from, to },
        }
    }
}

impl From<Progress> for WrittenProgress {
    fn from(progress: Progress) -> Self {
        match progress {
            Progress::Share { value, max: None } => Self::Plain(value),
            Progress::Share {
                value,
                max: Some(max),
            } => Self::Share { value, max },
            Progress::Clock { from, to } => Self::Clock { from, to },
        }
    }
}
