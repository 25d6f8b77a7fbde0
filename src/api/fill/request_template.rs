//! What a row or an action asks, with blanks.

use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::Method;

use super::blanks::Blanks;
use super::body::{self, Written};
use crate::api::Error;
use crate::api::mapping::value;
use crate::api::request::address;
use crate::api::request::page_request::Payload;
use crate::config::{self, Encoding, Part, RowMethod, Template};

/// What is asked, read once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RequestTemplate {
    /// Which API, where it is none but the account's.
    pub(crate) api: Option<Arc<str>>,
    pub(crate) method: Method,
    path: Vec<Part>,
    body: Option<Written>,
    encoding: Encoding,
    /// The places of an item that are named, and which of the card's fields each is.
    fields: Vec<(String, usize)>,
}

impl RequestTemplate {
    /// Reads what the configuration, which was checked, says. `field` is told every place of an item that is named, the
    /// path's first, and numbers it.
    pub(crate) fn new(
        (api, method): (Option<&str>, Method),
        path: &str,
        (body, encoding): (Option<&toml::Value>, Encoding),
        mut field: impl FnMut(&str) -> usize,
    ) -> Self {
        let path =
            Template::parse(path).map_or_else(|_| vec![Part::Text(path.to_owned())], |it| it.parts);
        let body = body.map(Written::from);
        let in_body = body.iter().flat_map(Written::parts);
        let mut fields: Vec<(String, usize)> = Vec::new();
        for place in path.iter().chain(in_body).filter_map(place) {
            if !fields.iter().any(|(known, _)| known == place) {
                fields.push((place.to_owned(), field(place)));
            }
        }
        Self {
            api: api.map(Arc::from),
            method,
            path,
            body,
            encoding,
            fields,
        }
    }

    /// What a row asks. `field` as for [`RequestTemplate::new`]: only what a card opens names places of an item.
    pub(crate) fn of_row(row: &config::Row, field: impl FnMut(&str) -> usize) -> Self {
        let method = match row.method {
            RowMethod::Get => Method::GET,
            RowMethod::Post => Method::POST,
        };
        let body = (row.body.as_ref(), row.encoding);
        Self::new((row.api.as_deref(), method), &row.path, body, field)
    }

    /// Which of the card's fields the path needs.
    pub(crate) fn in_path(&self) -> Vec<usize> {
        self.path
            .iter()
            .filter_map(place)
            .filter_map(|place| self.field(place))
            .collect()
    }

    /// Which of the card's fields the body is given.
    pub(crate) fn in_body(&self) -> Vec<usize> {
        let parts = self.body.iter().flat_map(Written::parts);
        let mut fields = Vec::new();
        for field in parts
            .filter_map(place)
            .filter_map(|place| self.field(place))
        {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields
    }

    /// Whether it names the item by its id.
    pub(crate) fn names_item(&self) -> bool {
        self.has(|part| *part == Part::Id)
    }

    /// Whether it says itself where a page is asked for.
    pub(crate) fn has_page(&self) -> bool {
        self.has(|part| *part == Part::Page)
    }

    /// Whether it asks something else of another person.
    pub(crate) fn has_person(&self) -> bool {
        self.has(|part| matches!(part, Part::Me(_)))
    }

    /// Whether it asks something else at another time.
    pub(crate) fn has_time(&self) -> bool {
        self.has(|part| matches!(part, Part::Now(_) | Part::Today(_)))
    }

    fn has(&self, is_it: impl Fn(&Part) -> bool) -> bool {
        let in_body = self.body.iter().flat_map(Written::parts);
        self.path.iter().chain(in_body).any(is_it)
    }

    fn field(&self, place: &str) -> Option<usize> {
        let known = self.fields.iter().find(|(known, _)| known == place);
        known.map(|(_, field)| *field)
    }

    /// The path with its blanks filled. What fills one is a segment, or a value of the query, and no more than that; but
    /// for `{+/pointer}`, whose value has an address's own characters (RFC 6570 section 3.2.3).
    ///
    /// # Errors
    /// [`Error::Refused`] where nothing is there that can stand in its place.
    pub(crate) fn path(&self, blanks: &Blanks<'_>) -> Result<String, Error> {
        let mut path = String::new();
        for part in &self.path {
            let found = blanks.value(part, |place| self.field(place))?;
            let found = || value::raw(&found);
            match part {
                Part::Text(text) => path.push_str(text),
                Part::Page => {
                    // There is none for the first page where only the API knows what asks for another.
                    let page = found().as_deref().map(address::segment).transpose()?;
                    path.push_str(&page.unwrap_or_default());
                }
                // Colons have no meaning here (RFC 3986 sections 3.3 and 3.4).
                Part::Now(_) | Part::Today(_) => path.push_str(&found().unwrap_or_default()),
                Part::Id => {
                    let id =
                        found().ok_or_else(|| Error::Refused("the item has no id".to_owned()))?;
                    path.push_str(&address::segment(&id)?);
                }
                Part::Me(names) => {
                    let nothing = || {
                        let names = names.join("/");
                        Error::Refused(format!("{{me/{names}}} is neither text nor a number"))
                    };
                    path.push_str(&address::segment(&found().ok_or_else(nothing)?)?);
                }
                Part::At(place) | Part::Reserved(place) | Part::Formatted(place, _) => {
                    let found = found().ok_or_else(|| {
                        Error::Refused(format!("the item has nothing at {place} for the path"))
                    })?;
                    match part {
                        Part::Reserved(_) => path.push_str(&reserved(&found)),
                        _ => path.push_str(&address::segment(&found)?),
                    }
                }
            }
        }
        Ok(path)
    }

    /// What is sent along, where something is.
    ///
    /// # Errors
    /// [`Error::Refused`] where the person lacks a claim.
    pub(crate) fn payload(&self, blanks: &Blanks<'_>) -> Result<Option<Payload>, Error> {
        let Some(body) = &self.body else {
            return Ok(None);
        };
        let body = body.filled(blanks, &|place: &str| self.field(place))?;
        Ok(Some(body::payload(&body, self.encoding)))
    }
}

/// The place of an item that a part names.
fn place(part: &Part) -> Option<&str> {
    match part {
        Part::At(place) | Part::Reserved(place) | Part::Formatted(place, _) => Some(place),
        Part::Text(_) | Part::Id | Part::Me(_) | Part::Now(_) | Part::Today(_) | Part::Page => None,
    }
}

/// What no address holds as it is (RFC 3986 section 2).
const FOREIGN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A value of which characters with a meaning in an address, and those that are escaped already, stay as they are.
fn reserved(value: &str) -> String {
    let mut written = String::new();
    for (number, piece) in value.split('%').enumerate() {
        if number > 0 {
            let is_escape =
                piece.len() >= 2 && piece.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
            written.push_str(if is_escape { "%" } else { "%25" });
        }
        written.extend(utf8_percent_encode(piece, FOREIGN));
    }
    written
}
