//! What the rows take of the screen.

use super::{RowState, Rows};
use crate::app::focus::row_focus::RowFit;
use crate::app::widget::row_layout::RowLayout;

/// Rows that are taken to be there until it is known which: more than a screen holds.
const UNKNOWN: usize = 3;

impl Rows {
    /// Lays the rows out anew, and tells what each takes of the screen.
    pub(super) fn lay(&mut self) -> Vec<RowFit> {
        self.laid = self.laid_in(self.measure);
        let shapes = self.rows.iter().map(RowState::shape);
        shapes.map(|shape| self.laid.fit(shape)).collect()
    }

    /// The measures as these rows have them, once it is known which there are.
    pub fn laid(&self) -> RowLayout {
        self.laid
    }

    fn laid_in(&self, measure: RowLayout) -> RowLayout {
        let shapes = self.rows.iter().map(RowState::shape);
        let unknown = self
            .rows
            .iter()
            .find(|row_state| row_state.row.stands_for_many());
        match unknown {
            None => measure.filled_by(shapes),
            // What stands above the rows has its height from the start.
            Some(row_state) if measure.has_hero() => {
                let further = std::iter::repeat_n(row_state.shape(), UNKNOWN);
                measure.filled_by(shapes.chain(further))
            }
            Some(_) => measure,
        }
    }

    /// Fits the rows to the screen.
    pub fn fit(&mut self, measure: &RowLayout) {
        self.measure = *measure;
        let fits = self.lay();
        self.focus.fit(&fits, self.laid.room());
    }
}
