//! One place of a list: where something stands, or a text with such places in it.

use serde_json::Value;

use super::item::Item;
use super::selector::Selector;
use crate::config::{Format, Part, Template};

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Place {
    At(Selector),
    Says(Says),
}

/// A text with blanks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Says {
    text: String,
    parts: Vec<Said>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Said {
    Text(String),
    /// A blank, and how what stands there is written.
    At(Selector, Option<Format>),
    /// What no item has.
    Nothing,
}

impl Place {
    /// Reads a place, which the configuration has checked.
    pub(crate) fn new(place: &str) -> Self {
        let Some(says) = place.strip_prefix('=') else {
            return Self::At(Selector::new(place));
        };
        // Text that is no template says itself.
        let parts = Template::parse(says).map_or_else(
            |_| vec![Part::Text(says.to_owned())],
            |template| template.parts,
        );
        let parts = parts.into_iter().map(|part| match part {
            Part::Text(text) => Said::Text(text),
            Part::At(at) | Part::Reserved(at) => Said::At(Selector::new(&at), None),
            Part::Formatted(at, format) => Said::At(Selector::new(&at), Some(format)),
            Part::Id | Part::Me(_) | Part::Now(_) | Part::Today(_) | Part::Page => Said::Nothing,
        });
        Self::Says(Says {
            text: place.to_owned(),
            parts: parts.collect(),
        })
    }

    /// As it was written.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::At(selector) => selector.text(),
            Self::Says(says) => &says.text,
        }
    }

    /// All that it looks at.
    pub(crate) fn selectors(&self) -> impl Iterator<Item = &Selector> {
        let (at, says) = match self {
            Self::At(selector) => (Some(selector), None),
            Self::Says(says) => (None, Some(says)),
        };
        at.into_iter()
            .chain(says.into_iter().flat_map(Says::blanks))
    }
}

impl Says {
    /// Its parts, in order.
    pub(super) fn parts(&self) -> &[Said] {
        &self.parts
    }

    /// What its blanks are filled with.
    pub(crate) fn blanks(&self) -> impl Iterator<Item = &Selector> {
        self.parts.iter().filter_map(|part| match part {
            Said::At(selector, _) => Some(selector),
            Said::Text(_) | Said::Nothing => None,
        })
    }

    /// The text with each blank filled by the first value there that can be read.
    pub(super) fn filled(
        &self,
        item: &Item<'_>,
        read: fn(&Value) -> Option<String>,
    ) -> Option<String> {
        self.filled_after(item, read, 0)
    }

    /// The same, after so many tables that lead to one another.
    pub(super) fn filled_after(
        &self,
        item: &Item<'_>,
        read: fn(&Value) -> Option<String>,
        tables: usize,
    ) -> Option<String> {
        let mut said = String::new();
        for part in &self.parts {
            match part {
                Said::Text(text) => said.push_str(text),
                Said::At(selector, _) => {
                    let found = selector.all_after(item, tables);
                    said.push_str(&found.into_iter().find_map(read)?);
                }
                Said::Nothing => return None,
            }
        }
        let said = said.trim();
        (!said.is_empty()).then(|| said.to_owned())
    }
}
