//! Where the focus is, and where an arrow takes it. Pure: no layout, no pixels.

mod grid;
pub mod shelves;

pub use grid::Grid;

use super::remote::Button;

/// A way the focus can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the left neighbour.
    Left,
    /// To the right neighbour.
    Right,
}

impl Direction {
    /// The direction of an arrow button.
    pub fn of(button: Button) -> Option<Self> {
        Some(match button {
            Button::Up => Self::Up,
            Button::Down => Self::Down,
            Button::Left => Self::Left,
            Button::Right => Self::Right,
            _ => return None,
        })
    }
}
