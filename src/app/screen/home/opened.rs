//! What a card has opened: the list of its children, below what the card itself says.

mod layout;
mod view;

use std::time::Instant;

use super::rows::{RowState, Rows};
use crate::api::{self, Card};
use crate::app::pictures::PictureKey;
use crate::app::theme::Look;
use crate::app::widget::row_layout::RowLayout;
use crate::config::{LocalizedText, Shape};
use layout::OpenedLayout;

/// Lists that are open one above the other, at most: each keeps its cards for the way back.
pub const DEEPEST: usize = 32;

/// The children of a card.
#[derive(Debug)]
pub struct Opened {
    parent: Card,
    /// The serial number of the row that the card stands in.
    parent_row: u64,
    /// The form it has there.
    parent_shape: Shape,
    /// The heading of that row.
    found_in: LocalizedText,
    /// The children, as the only row.
    pub rows: Rows,
    /// Their form.
    shape: Shape,
}

impl Opened {
    /// The children of a card, of which nothing is there yet. `serials` tells their loads from all others.
    pub fn new(
        row_state: &RowState,
        card: &Card,
        children: api::Row,
        serials: u64,
        look: &Look,
        now: Instant,
    ) -> Self {
        let shape = children.shape();
        let measure = OpenedLayout::new(look, shape).measure(look);
        Self {
            parent: card.clone(),
            parent_row: row_state.serial(),
            parent_shape: row_state.shape(),
            found_in: row_state.row.title.clone(),
            rows: Rows::opened(children, &measure, serials, now),
            shape,
        }
    }

    /// The card that it belongs to.
    pub fn parent(&self) -> &Card {
        &self.parent
    }

    /// The serial number of the row that the card stands in.
    pub fn parent_row(&self) -> u64 {
        self.parent_row
    }

    /// The heading of that row.
    pub fn found_in(&self) -> &LocalizedText {
        &self.found_in
    }

    /// Takes the card as its row now has it.
    pub fn renew(&mut self, row_state: &RowState) {
        let mut cards = row_state.cards().iter();
        if let Some(card) = cards.find(|card| card.id == self.parent.id) {
            self.parent = card.clone();
        }
    }

    /// The measures of the children.
    pub fn measure(&self, look: &Look) -> RowLayout {
        OpenedLayout::new(look, self.shape).measure(look)
    }

    /// Fits it to the screen.
    pub fn fit(&mut self, look: &Look) {
        let measure = self.measure(look);
        self.rows.fit(&measure);
    }

    /// The picture of the card above the children.
    pub fn artwork(&self, look: &Look) -> Option<PictureKey> {
        let place = OpenedLayout::new(look, self.shape).artwork(look, self.parent_shape);
        let url = self.parent.image.as_ref()?;
        Some(PictureKey::of(url, place.size(), look.radius()))
    }
}
