//! What the rows take of the screen.

use super::{RowState, Rows};
use crate::app::focus::row_focus::RowFit;
use crate::app::widget::row_layout::RowLayout;

impl Rows {
    /// What each row takes of the screen.
    pub(super) fn fits(&self) -> Vec<RowFit> {
        let measure = self.laid(self.measure);
        let shapes = self.rows.iter().map(RowState::shape);
        shapes.map(|shape| measure.fit(shape)).collect()
    }

    /// The measures as these rows have them, once it is known which there are.
    pub fn laid(&self, measure: RowLayout) -> RowLayout {
        if self
            .rows
            .iter()
            .any(|row_state| row_state.row.stands_for_many())
        {
            return measure;
        }
        measure.filled_by(self.rows.iter().map(RowState::shape))
    }

    /// Fits the rows to the screen.
    pub fn fit(&mut self, measure: &RowLayout) {
        self.measure = *measure;
        self.focus.fit(&self.fits(), measure.room());
    }
}
