//! Where the focus is, and where an arrow takes it. Pure: what it must know of the layout it is told.

use std::borrow::Cow;
use std::collections::BTreeMap;

use iced::Rectangle;

use super::remote::Button;

mod grid;
pub mod row_focus;
pub mod spatial;

pub use grid::{Grid, HasId};

/// What can have the focus on a screen, by the names it is drawn with.
pub trait Controls {
    /// All of it that wants to know where it stands.
    fn ids(&self) -> Vec<Cow<'static, str>>;

    /// Puts the focus on what has been pointed at. Whether that can have it.
    fn aim(&mut self, id: &str) -> bool;

    /// Tells where everything on the screen stands, laid out from left to right.
    fn place(&mut self, places: &BTreeMap<String, Rectangle>);
}

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

/// The button that means on a screen laid out from left to right what `button` means on it as it is seen, mirrored
/// where the language is read from right to left: arrows stay spatial.
pub fn unmirrored(button: Button, right_to_left: bool) -> Button {
    match button {
        Button::Left if right_to_left => Button::Right,
        Button::Right if right_to_left => Button::Left,
        button => button,
    }
}
