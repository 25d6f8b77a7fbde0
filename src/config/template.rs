//! Texts with blanks in them: `list/{id}`, `{/links/watch}`, `events?from={now}`.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;

use super::{Format, suggestion};

/// A text with blanks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template {
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// A part of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text, as it is.
    Text(String),
    /// The card's id: `{id}`.
    Id,
    /// What the item has at this place: `{/pointer}`.
    At(String),
    /// The same, written as the format says: `{/start|time}`.
    Formatted(String, Format),
    /// What the item has at this place, of which characters with a meaning in an address keep it (RFC 6570 section
    /// 3.2.3): `{+/uri}`.
    Reserved(String),
    /// What is known of the person, by the names of claims: `{me/sub}` is `["sub"]`.
    Me(Vec<String>),
    /// This moment and so many seconds: `{now}`, `{now+12h}`.
    Now(i64),
    /// This day and so many days: `{today}`, `{today+7d}`.
    Today(i64),
    /// What asks for a further page: `{page}`.
    Page,
}

/// Which blanks a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    /// A text of a card: those of its item.
    Card,
    /// An address in an item: the same.
    Address,
    /// The path of an action: those of an item, the person and the time.
    Action,
    /// The path of a row: those of the person, the time and the page; where the row is what a card opens, those of the
    /// card.
    Row,
    /// A body, of a row or an action.
    Body,
}

impl Blanks {
    /// The blanks that may stand there, and what they are.
    fn list(self) -> &'static str {
        match self {
            Self::Card => {
                "{/pointer} for what the item has there, {/pointer|format}, {*} for its key in an object"
            }
            Self::Address => "{/pointer} for what the item has there",
            Self::Action => {
                "{id} for the card's id, {/pointer} or {+/pointer} for what the item has there, {me/sub} for the person, \
                 {now}, {now+12h} or {today} for the time"
            }
            Self::Row => {
                "{me/sub} for the person, {now}, {now+12h} or {today} for the time, {page} for the page; in what a card \
                 opens also {id} and {/pointer}"
            }
            Self::Body => {
                "{me/sub} for the person, {now}, {now+12h} or {today} for the time; {page} in a row; {id} and {/pointer} \
                 in an action and in what a card opens"
            }
        }
    }

    /// Words for what no blank is called.
    fn unknown(self, name: &str) -> String {
        let nothing = format!("{{{name}}} is no blank that can be filled");
        let all = self.list();
        if self != Self::Row
            && !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        {
            let words = ["id", "page", "now", "today"];
            let words = words
                .into_iter()
                .filter(|word| all.contains(&format!("{{{word}}}")));
            if let Some(nearest) = suggestion::nearest_word(name, words)
                && strsim::damerau_levenshtein(&name.to_lowercase(), nearest) < 2
            {
                return format!("{nothing}; the nearest is {{{nearest}}} (there are {all})");
            }
            return match name {
                "me" => format!("{nothing}; write {all}"),
                _ => {
                    format!("{nothing}; for what the item has, write {{/{name}}} (there are {all})")
                }
            };
        }
        let offset = |word: &str| {
            name.strip_prefix(word)
                .is_some_and(|rest| rest.starts_with(['+', '-']))
        };
        if offset("today") && all.contains("{today}") {
            return format!(
                "{nothing}: days are added as {{today+7d}} or {{today+2w}}, hours as {{now+12h}}"
            );
        }
        if offset("now") && all.contains("{now}") {
            return format!(
                "{nothing}: time is added as {{now+12h}}, in s, m, h, d or w, a century at most"
            );
        }
        let words = ["page", "now", "today", "id"];
        let words = words
            .into_iter()
            .filter(|word| all.contains(&format!("{{{word}}}")));
        match suggestion::nearest_word(name, words) {
            Some(nearest) => format!("{nothing}; the nearest is {{{nearest}}} (there are {all})"),
            None => format!("{nothing}; write {all}"),
        }
    }
}

impl Template {
    /// Reads a template. Two braces stand for one.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::with(text, Blanks::Action)
    }

    /// The same, with words for the blanks that may stand there.
    pub(super) fn with(text: &str, blanks: Blanks) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            if let Some(after) = from.strip_prefix("{{") {
                plain.push('{');
                rest = after;
            } else if let Some(after) = from.strip_prefix("}}") {
                plain.push('}');
                rest = after;
            } else {
                let (name, after) = from
                    .strip_prefix('{')
                    .and_then(|from| from.split_once('}'))
                    .ok_or_else(|| {
                        format!("\"{text}\" has a brace without its other; write {{{{ or }}}} for a brace itself")
                    })?;
                if !plain.is_empty() {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                }
                parts.push(blank(name).unwrap_or_else(|| Err(blanks.unknown(name)))?);
                rest = after;
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }

    /// Reads a text of a body, which may be of a language that has braces of its own, as GraphQL has: what is no blank
    /// there is text, and so are two braces.
    ///
    /// # Errors
    /// What is wrong, in words, where the text is of no such language.
    pub fn in_body(text: &str) -> Result<Self, String> {
        Self::with(text, Blanks::Body).or_else(|wrong| {
            if has_braces_of_its_own(text) {
                Ok(Self::among_braces(text))
            } else {
                Err(wrong)
            }
        })
    }

    /// Reads a text of which only what is certainly a blank is one.
    fn among_braces(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            let inside = from.strip_prefix('{').and_then(|from| from.split_once('}'));
            // What a field of a query has in braces are its own fields: `node{id}`.
            let last = plain.trim_end().chars().next_back();
            let is_selection =
                last.is_some_and(|last| last.is_alphanumeric() || "_){}".contains(last));
            let found = inside.filter(|_| !is_selection);
            let found = found.and_then(|(name, after)| Some((blank(name)?.ok()?, after)));
            match found {
                Some((part, after)) => {
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(part);
                    rest = after;
                }
                None => {
                    plain.push('{');
                    rest = from.strip_prefix('{').unwrap_or_default();
                }
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Self { parts }
    }

    /// The places of an item that it names.
    pub fn pointers(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::At(pointer) | Part::Formatted(pointer, _) | Part::Reserved(pointer) => {
                Some(pointer.as_str())
            }
            Part::Text(_) | Part::Id | Part::Me(_) | Part::Now(_) | Part::Today(_) | Part::Page => {
                None
            }
        })
    }
}

/// Whether a brace is followed by a blank space or another brace before its own: no slip of the hand looks so.
fn has_braces_of_its_own(text: &str) -> bool {
    let mut opened = text.split('{').skip(1);
    opened.any(|after| {
        after.starts_with(char::is_whitespace)
            || after.starts_with(['"', '}'])
            || !after.contains('}')
    }) && text.matches('{').count() == text.matches('}').count()
}

/// What stands between two braces; none where no blank is called so.
fn blank(name: &str) -> Option<Result<Part, String>> {
    let is_place = |text: &str| text.starts_with(['/', '$', '@']);
    if is_place(name) {
        // JSONPath has bars of its own: what follows the last one is a format, or part of it.
        let Some((place, written)) = name.rsplit_once('|') else {
            return Some(Ok(Part::At(name.to_owned())));
        };
        let word: StrDeserializer<'_, serde::de::value::Error> = written.trim().into_deserializer();
        return Some(match Format::deserialize(word) {
            Ok(format) => Ok(Part::Formatted(place.trim_end().to_owned(), format)),
            Err(_) if name.starts_with('$') => Ok(Part::At(name.to_owned())),
            Err(_) => Err(suggestion::not_one_of(written.trim(), Format::WORDS)),
        });
    }
    let part = match name {
        "id" => Some(Part::Id),
        "page" => Some(Part::Page),
        "*" => Some(Part::At(name.to_owned())),
        _ => None,
    };
    let reserved = || {
        let place = name.strip_prefix('+').filter(|place| is_place(place))?;
        Some(Part::Reserved(place.to_owned()))
    };
    let me = || {
        let claims = name
            .strip_prefix("me/")
            .filter(|claims| !claims.is_empty())?;
        let unescaped = |name: &str| name.replace("~1", "/").replace("~0", "~");
        Some(Part::Me(claims.split('/').map(unescaped).collect()))
    };
    let now = || offset(name.strip_prefix("now")?, 1).map(Part::Now);
    let today = || {
        let seconds = offset(name.strip_prefix("today")?, DAY)?;
        Some(Part::Today(seconds / DAY))
    };
    part.or_else(reserved)
        .or_else(me)
        .or_else(now)
        .or_else(today)
        .map(Ok)
}

const DAY: i64 = 86_400;

/// Seconds in `+12h`, `-7d` and the like, of units that are no shorter than `least`; 0 for nothing.
fn offset(written: &str, least: i64) -> Option<i64> {
    // A century: more is a slip, and would leave the calendar.
    const MOST: i64 = 100 * 366 * DAY;
    if written.is_empty() {
        return Some(0);
    }
    let (sign, count) = match written.strip_prefix('+') {
        Some(count) => (1, count),
        None => (-1, written.strip_prefix('-')?),
    };
    let unit = match count.chars().next_back()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => DAY,
        'w' => 7 * DAY,
        _ => return None,
    };
    let digits = count.get(..count.len() - 1)?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_digit());
    let seconds = digits.parse::<i64>().ok()?.checked_mul(unit)?;
    (is_number && unit >= least && seconds <= MOST).then_some(sign * seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_told_from_text() {
        let text = |text: &str| Part::Text(text.to_owned());
        for (written, parts) in [
            ("", vec![]),
            ("plain", vec![text("plain")]),
            ("list/{id}", vec![text("list/"), Part::Id]),
            (
                "{/a/0}-{id}",
                vec![Part::At("/a/0".to_owned()), text("-"), Part::Id],
            ),
            ("{{id}}", vec![text("{id}")]),
            (
                "{/start|time}{$.a[?@.b || @.c]}{@cover/url}{+/uri}",
                vec![
                    Part::Formatted("/start".to_owned(), Format::Time),
                    Part::At("$.a[?@.b || @.c]".to_owned()),
                    Part::At("@cover/url".to_owned()),
                    Part::Reserved("/uri".to_owned()),
                ],
            ),
            (
                "{me/sub}{me/https:~1~1a.example~1id/x}",
                vec![
                    Part::Me(vec!["sub".to_owned()]),
                    Part::Me(vec!["https://a.example/id".to_owned(), "x".to_owned()]),
                ],
            ),
            (
                "{now}{now+12h}{now-7d}{today}{today+1w}{page}",
                vec![
                    Part::Now(0),
                    Part::Now(12 * 3600),
                    Part::Now(-7 * DAY),
                    Part::Today(0),
                    Part::Today(7),
                    Part::Page,
                ],
            ),
        ] {
            assert_eq!(Template::parse(written).unwrap().parts, parts, "{written}");
        }
    }

    #[test]
    fn a_query_keeps_its_braces() {
        let parts = |written: &str| Template::in_body(written).unwrap().parts;
        for query in [
            "query { viewer { name } }",
            "query{viewer{name}}",
            "query { nodes{id} items(first: 5) {page} }",
            "query ($page: Int) {\n  Page(page: $page) {\n    media { id }\n  }\n}",
            "{\"query\": {}}",
        ] {
            assert_eq!(parts(query), [Part::Text(query.to_owned())], "{query}");
        }
        assert_eq!(
            parts("query { Page(page: {page}) { id }}"),
            [
                Part::Text("query { Page(page: ".to_owned()),
                Part::Page,
                Part::Text(") { id }}".to_owned())
            ]
        );
        // A text that escapes its braces says the same as ever.
        assert_eq!(parts("{{ viewer }}"), [Part::Text("{ viewer }".to_owned())]);
        for slip in ["{item}", "list/{nmae}/x", "a{b", "{now+12}"] {
            assert!(Template::in_body(slip).is_err(), "{slip}");
        }
    }

    #[test]
    fn words_name_the_blanks_of_the_place_alone() {
        for (blanks, there, absent) in [
            (Blanks::Card, "{*}", ["{id}", "{now}"]),
            (Blanks::Address, "{/pointer}", ["{id}", "{page}"]),
            (Blanks::Action, "{+/pointer}", ["{page}", "{*}"]),
            (Blanks::Row, "{page}", ["{+/pointer}", "{/zzz}"]),
        ] {
            let error = Template::with("{zzz}", blanks).unwrap_err();
            assert!(error.contains(there), "{error}");
            assert!(!absent.iter().any(|it| error.contains(it)), "{error}");
        }
    }

    #[test]
    fn a_slip_gets_words() {
        for (written, words) in [
            ("list/{id", "without its other"),
            ("list/id}", "without its other"),
            ("list/{name}", "{/name}"),
            ("list/{}", "no blank"),
            ("{now+12}", "no blank"),
            ("{now+h}", "no blank"),
            ("{now+999999d}", "no blank"),
            ("{today+1h}", "no blank"),
            ("{me}", "{me/sub}"),
            ("{/start|tme}", "the nearest is \"time\""),
            ("{nwo}", "the nearest is {now}"),
            ("{today+12h}", "{today+2w}"),
            ("{now+12}", "{now+12h}, in s"),
        ] {
            let error = Template::parse(written).unwrap_err();
            assert!(error.contains(words), "{written}: {error}");
        }
    }
}
