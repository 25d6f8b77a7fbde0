//! Which pictures the rows show, and which are soon to be seen.

use super::{BESIDE, RowState, Rows};
use crate::app::pictures::PictureKey;

impl Rows {
    /// The pictures in view and soon in view, those nearest to the focus first.
    pub fn pictures(&self, radius: f32) -> Vec<PictureKey> {
        let focused = self.focus.row();
        let soon = (self.in_view().end + 1).min(self.rows.len());
        let mut near: Vec<_> = (self.in_view().start..soon)
            .flat_map(|row| {
                let beside = if row == focused { BESIDE } else { 1 };
                self.pictures_of(row, beside, radius)
            })
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter().map(|(_, key)| key).collect()
    }

    /// The pictures of the cards in view.
    pub fn pictures_in_view(&self, radius: f32) -> Vec<PictureKey> {
        self.in_view()
            .flat_map(|row| self.pictures_of(row, 1, radius))
            .map(|(_, key)| key)
            .collect()
    }

    /// The pictures of a row from the card that ends at the left edge to `beside` cards after those that fit,
    /// each with how far it is from the focus.
    fn pictures_of(
        &self,
        row: usize,
        beside: usize,
        radius: f32,
    ) -> impl Iterator<Item = (usize, PictureKey)> {
        let shape = self.rows.get(row).map(RowState::shape).unwrap_or_default();
        let fit = self.laid.fit(shape);
        let place = self.focus.position(row).copied();
        let cards = self.rows.get(row).map_or(&[][..], RowState::cards);
        let (first, index) = place.map_or((0, 0), |place| (place.first, place.index));
        let from = first.saturating_sub(1).min(cards.len());
        let to = (first + fit.cards + beside).min(cards.len());
        let rows_away = row.abs_diff(self.focus.row());
        let (size, shown) = (self.laid.picture_size(shape), from..to);
        shown
            .clone()
            .zip(&cards[shown])
            .filter_map(move |(at, card)| {
                let away = rows_away * fit.cards + at.abs_diff(index);
                let url = card.image.as_ref()?;
                Some((away, PictureKey::of(url, size, radius)))
            })
    }
}
