//! What rows and cards are called, and finding them by that name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use iced::Rectangle;

use super::{Focused, Rows};
use crate::api::Card;
use crate::app::focus::Controls;
use crate::app::focus::row_focus::FocusTarget;

impl Rows {
    /// Id of what has the focus, for `--ui-log`.
    pub fn focused_name(&self) -> String {
        match (self.focus.focus(), self.focused()) {
            (FocusTarget::Account, _) => self.above.to_owned(),
            (FocusTarget::Item { row, .. }, Focused::Card(_, card)) => name(row, Some(card)),
            (FocusTarget::Item { row, .. }, _) => name(row, None),
        }
    }

    /// The item with this name.
    fn find(&self, id: &str) -> Option<FocusTarget> {
        self.in_view().find_map(|row| {
            let cards = self.rows[row].cards();
            let index = if cards.is_empty() {
                (name(row, None) == id).then_some(0)
            } else {
                cards.iter().position(|card| name(row, Some(card)) == id)
            };
            index.map(|index| FocusTarget::Item { row, index })
        })
    }
}

impl Controls for Rows {
    /// None: rows are [`RowFocus`], each with its own place.
    fn ids(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    fn aim(&mut self, id: &str) -> bool {
        let aimed = if id == self.above {
            Some(FocusTarget::Account)
        } else {
            self.find(id)
        };
        if let Some(focus) = aimed {
            self.focus.aim(focus);
        }
        aimed.is_some()
    }

    fn place(&mut self, _: &BTreeMap<String, Rectangle>) {}
}

/// The name of an item in `--ui-log`.
pub fn name(row: usize, card: Option<&Card>) -> String {
    match card {
        Some(card) => format!("card.{row}.{}", card.id),
        None => format!("row.{row}"),
    }
}
