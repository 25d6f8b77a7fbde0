//! The card that has the focus, large above the rows: its title, its facts and its text, upon its picture.
//!
//! The ring goes with every key, this follows once the focus rests: while an arrow is held it keeps still. Pure but for
//! how it looks: [`Hero::follow`] is told the time.

mod layout;
mod view;

use std::time::Instant;

use super::draw::note;
use super::rows::{RowState, Rows};
use crate::api::Card;
use crate::app::i18n;
use crate::app::pictures::{PictureKey, Pictures};
use crate::app::theme::{Look, token};
use crate::config::Shape;
use layout::HeroLayout;
pub use view::{picture, words};

/// What is large above the rows, and what follows it.
#[derive(Debug, Default)]
pub struct Hero {
    shown: Option<Subject>,
    /// What has the focus, where that is something else.
    aimed: Option<Aim>,
}

/// What the focus has come to.
#[derive(Debug)]
struct Aim {
    place: Place,
    /// Whether the focus has rested there; what is awaited then is the picture.
    rested: bool,
    /// When no more is waited for what is awaited.
    due: Instant,
}

/// A place of the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// The serial number of the row.
    row: u64,
    /// The id of the card; none where the row has no cards.
    card: Option<String>,
}

/// What is said large.
#[derive(Debug, Clone, PartialEq)]
struct Subject {
    place: Place,
    shape: Shape,
    said: Said,
}

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Card(Card),
    /// The heading of a row without cards, and what there is instead of them.
    Row(String, String),
}

/// What has the focus, or had it before the button above the rows.
#[derive(Clone, Copy)]
struct Focused<'a> {
    row_state: &'a RowState,
    card: Option<&'a Card>,
}

impl<'a> Focused<'a> {
    fn of(rows: &'a Rows) -> Option<Self> {
        let row = rows.focus().row();
        let row_state = rows.get(row)?;
        let index = rows.focus().position(row)?.index;
        let card = row_state.cards().get(index);
        Some(Self { row_state, card })
    }

    fn is_at(&self, place: &Place) -> bool {
        let card = self.card.map(|card| card.id.as_str());
        self.row_state.serial() == place.row && card == place.card.as_deref()
    }

    fn place(&self) -> Place {
        Place {
            row: self.row_state.serial(),
            card: self.card.map(|card| card.id.clone()),
        }
    }

    /// Whether it says no more than is shown.
    fn is_shown_as(&self, subject: &Subject) -> bool {
        match (self.card, &subject.said) {
            (Some(card), Said::Card(shown)) => card == shown,
            _ => self.said() == subject.said,
        }
    }

    fn said(&self) -> Said {
        match self.card {
            Some(card) => Said::Card(card.clone()),
            None => {
                let title = &self.row_state.row.title;
                let title = title.in_language(i18n::language().tag).to_owned();
                let said = note(self.row_state).map(|(what, _, _)| what);
                Said::Row(title, said.unwrap_or_default())
            }
        }
    }

    fn subject(&self) -> Subject {
        Subject {
            place: self.place(),
            shape: self.row_state.shape(),
            said: self.said(),
        }
    }

    fn picture(&self, layout: &HeroLayout) -> Option<PictureKey> {
        layout.key(self.row_state.shape(), self.card?)
    }
}

impl Hero {
    /// What has the focus of these rows.
    #[cfg(test)]
    pub(in crate::app) fn of(rows: &Rows) -> Self {
        Self {
            shown: Focused::of(rows).map(|focused| focused.subject()),
            aimed: None,
        }
    }

    /// Looks at where the focus is. What it rests on is shown, with its picture where that comes soon; what changes
    /// there is shown at once.
    pub fn follow(&mut self, rows: &Rows, pictures: &Pictures, look: &Look, now: Instant) {
        let layout = HeroLayout::of(look, rows);
        let Some((focused, layout)) = Focused::of(rows).zip(layout) else {
            *self = Self::default();
            return;
        };
        // A row whose cards have come is where it was.
        let is_shown = |shown: &Subject| {
            let Place { row, card } = &shown.place;
            focused.is_at(&shown.place) || (card.is_none() && focused.row_state.serial() == *row)
        };
        if self.shown.as_ref().is_none_or(is_shown) {
            self.aimed = None;
            let is_same = |shown: &Subject| focused.is_shown_as(shown);
            if !self.shown.as_ref().is_some_and(is_same) {
                self.shown = Some(focused.subject());
            }
            return;
        }
        let known = self.aimed.take().filter(|aim| focused.is_at(&aim.place));
        let mut aim = known.unwrap_or_else(|| Aim {
            place: focused.place(),
            rested: false,
            due: now + token::REST,
        });
        if !aim.rested && now >= aim.due {
            aim.rested = true;
            aim.due = now + token::PICTURE_WAIT;
        }
        let picture = focused.picture(&layout);
        let is_to_come = picture.is_some_and(|key| pictures.is_to_come(&key));
        if aim.rested && (now >= aim.due || !is_to_come) {
            self.shown = Some(focused.subject());
        } else {
            self.aimed = Some(aim);
        }
    }

    /// When it is next looked at without anything else happening.
    pub fn wakes(&self) -> Option<Instant> {
        self.aimed.as_ref().map(|aim| aim.due)
    }

    /// The pictures it shows and waits for.
    pub fn pictures(&self, rows: &Rows, look: &Look) -> Vec<PictureKey> {
        let Some(layout) = HeroLayout::of(look, rows) else {
            return Vec::new();
        };
        let shown = self.shown.as_ref().and_then(|shown| shown.picture(&layout));
        let rested = self.aimed.as_ref().is_some_and(|aim| aim.rested);
        let focused = Focused::of(rows).filter(|_| rested);
        let awaited = focused.and_then(|focused| focused.picture(&layout));
        shown.into_iter().chain(awaited).collect()
    }
}

impl Subject {
    fn picture(&self, layout: &HeroLayout) -> Option<PictureKey> {
        match &self.said {
            Said::Card(card) => layout.key(self.shape, card),
            Said::Row(..) => None,
        }
    }
}

#[cfg(test)]
mod tests;
