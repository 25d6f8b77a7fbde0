//! What the first card that opens a list would ask for, and what that maps to.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Told, Tried};
use crate::api::{self, Asked, Card, Row};
use crate::cli::Error;
use crate::cli::out::Tone;

/// What the cards of a row open.
pub(super) enum Opens {
    /// The row says what, and none of its cards has what that takes.
    NoCard,
    /// The first card that opens something.
    Card {
        id: Option<String>,
        title: String,
        /// Its children.
        row: Box<Row>,
        /// What would be asked for them.
        asked: Result<Asked, api::Error>,
    },
}

impl Opens {
    /// None where the row says of nothing that its cards open it.
    pub(super) fn of(client: &api::Client, row: &Row, cards: &[Card]) -> Option<Self> {
        if !row.may_open() {
            return None;
        }
        let first = cards
            .iter()
            .find_map(|card| Some((card, row.opened_by(card)?)));
        Some(match first {
            None => Self::NoCard,
            Some((card, children)) => Self::Card {
                id: part(card, "id"),
                title: part(card, "title").unwrap_or_default(),
                asked: client.asks(&children),
                row: Box::new(children),
            },
        })
    }

    /// The children to try, and what they are called.
    pub(super) fn next(&self) -> Option<(Row, String)> {
        match self {
            Self::NoCard => None,
            Self::Card { row, title, .. } => {
                Some(((**row).clone(), format!("what \"{title}\" opens")))
            }
        }
    }
}

/// A part of a card as it is told in the table.
fn part(card: &Card, name: &str) -> Option<String> {
    let mut parts = card.told().into_iter();
    parts.find(|(known, _)| *known == name)?.1
}

/// Tells rows that open one another, the first on top, and why the one after the last could not be had.
pub(super) fn told(levels: &[Tried], failed: Option<&Error>, width: Option<usize>) -> Told {
    let mut told = Told::new();
    for (at, tried) in levels.iter().enumerate() {
        if at > 0 {
            told.push((None, "\n".to_owned()));
        }
        told.extend(super::told(tried, width));
        if let Some(opens) = &tried.opens {
            told.extend(told_opens(opens));
        }
    }
    if let Some(error) = failed {
        told.push((Some(Tone::Bad), "  failed ".to_owned()));
        told.push((None, format!("{}\n", error.message)));
    }
    told
}

fn told_opens(opens: &Opens) -> Told {
    let Opens::Card { title, asked, .. } = opens else {
        let text = "\nNo card opens anything: none has what opens.path names.\n";
        return vec![(Some(Tone::Notice), text.to_owned())];
    };
    let mut text = format!("\nWhat the first card that opens a list asks for, \"{title}\":\n");
    match asked {
        Err(error) => {
            let _ = writeln!(text, "  it cannot be asked: {}", error.told());
        }
        Ok(asked) => {
            let _ = writeln!(text, "  {} {}", asked.method, asked.address);
            if let Some(body) = &asked.body {
                let _ = writeln!(text, "    {body}");
            }
        }
    }
    vec![(None, text)]
}

/// The same for scripts: each row within what opened it.
pub(super) fn as_value(wanted: &str, page: u32, levels: &[Tried], failed: Option<&Error>) -> Value {
    let mut below = Value::Null;
    let mut why = failed.map_or(Value::Null, |error| json!(error)["error"].take());
    for (at, tried) in levels.iter().enumerate().rev() {
        let page = if at == 0 { page } else { 1 };
        let mut value = super::as_value(wanted, page, tried);
        value["opens"] = match &tried.opens {
            None => Value::Null,
            Some(Opens::NoCard) => json!({"card": null, "tried": null}),
            Some(Opens::Card {
                id, title, asked, ..
            }) => {
                let asked_for = asked.as_ref().ok();
                json!({
                    "card": {"id": id, "title": title},
                    "method": asked_for.map(|asked| &asked.method),
                    "address": asked_for.map(|asked| &asked.address),
                    "body": asked_for.and_then(|asked| asked.body.as_ref()),
                    "why": asked.as_ref().err().map(api::Error::told),
                    "tried": below,
                    "error": why,
                })
            }
        };
        (below, why) = (value, Value::Null);
    }
    below
}
