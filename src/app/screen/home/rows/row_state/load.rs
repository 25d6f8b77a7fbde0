//! What is on its way to a row, and what comes of it.

use std::time::SystemTime;

use iced::task;

use super::RowState;
use crate::api::{self, Card, Cursor, Page, Tries};

/// Something to load.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadRequest {
    /// The row it is for, as [`Rows::loaded`](super::super::Rows::loaded) and
    /// [`Rows::found`](super::super::Rows::found) want to be told.
    pub serial: u64,
    /// The row.
    pub row: api::Row,
    /// What of it.
    pub wanted: LoadTarget,
    /// How often it is asked for at once.
    pub tries: Tries,
}

impl RowState {
    /// What to load for it. After a failure it only looks whether that has passed.
    pub(in crate::app::screen::home::rows) fn order(&self, wanted: LoadTarget) -> LoadRequest {
        LoadRequest {
            serial: self.serial,
            row: self.row.clone(),
            wanted,
            tries: match self.tries {
                0 => Tries::Several,
                _ => Tries::One,
            },
        }
    }
}

/// A load on its way.
#[derive(Debug)]
pub(super) struct RowLoad {
    pub(super) what: LoadKind,
    /// Dropping it stops the work.
    pub(super) _work: Option<task::Handle>,
}

/// What is loaded.
#[derive(Debug)]
pub(super) enum LoadKind {
    /// All anew.
    Anew(Anew),
    /// The page that begins at this card; as it was at this time, until the API has said so again.
    Next {
        start: usize,
        kept: Option<SystemTime>,
    },
    /// The rows that are found in this one.
    Rows,
}

/// A row that is loaded anew.
#[derive(Debug, Default)]
pub(super) struct Anew {
    /// At least this many cards, so that what has the focus is among them.
    pub(super) needed: usize,
    pub(super) gathered: Vec<Card>,
    /// The cached page, for when the API does not answer.
    pub(super) kept: Option<Page>,
}

/// What is to be loaded.
#[derive(Debug, Clone, PartialEq)]
pub enum LoadTarget {
    /// A page: the first one, or the one after another.
    Page(Option<Cursor>),
    /// The rows in the place of this one.
    Rows,
}

/// What came of a page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app::screen::home::rows) enum RowChange {
    /// Nothing that is to be seen.
    None,
    /// Other cards than before; their ids, and those of the ones before.
    Cards { old: Vec<String>, new: Vec<String> },
    /// More is to be loaded before anything changes.
    More(Cursor),
}
