//! Where the focus is: on the pad, or on a control beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use iced::Rectangle;

use super::PinPad;
use crate::app::focus::{Controls, Direction, Grid};

/// What can have the focus: a key of the pad, or a control beside it.
#[derive(Debug, Clone)]
pub(super) struct PinFocus {
    pub(super) pad: Grid<PadKey>,
    pub(super) side: Grid<PinControl>,
    pub(super) on_pad: bool,
}

/// A key of the pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PadKey {
    Digit(u8),
    Erase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PinControl {
    Forgot,
    SignIn,
    Back,
}

/// Arrows follow the keys as they are on a telephone.
impl Controls for PinPad {
    fn ids(&self) -> Vec<Cow<'static, str>> {
        Vec::new()
    }

    fn aim(&mut self, id: &str) -> bool {
        let beside = [PinControl::Forgot, PinControl::SignIn, PinControl::Back];
        let beside = beside
            .into_iter()
            .find(|control| control.id() == id && self.focus.side.holds(*control));
        if let Some(control) = beside {
            self.focus.on_pad = false;
            self.focus.side.focus(control);
            return true;
        }
        let mut keys = (0..=9).map(PadKey::Digit).chain([PadKey::Erase]);
        let Some(key) = keys.find(|key| key.id() == id) else {
            return false;
        };
        if !self.takes_digits() {
            return false;
        }
        self.focus.on_pad = true;
        self.focus.pad.focus(key);
        true
    }

    fn place(&mut self, _: &BTreeMap<String, Rectangle>) {}
}

impl PinFocus {
    pub(super) fn new() -> Self {
        Self {
            pad: pad(),
            side: Grid::new(vec![vec![PinControl::Forgot], vec![PinControl::Back]]),
            on_pad: true,
        }
    }

    /// Moves by one. On the pad `direction` is as it is seen; `away` is where the reading goes.
    pub(super) fn step(&mut self, direction: Direction, away: Direction, pad: bool) {
        if self.on_pad {
            let moved = self.pad.step(direction);
            // The pad stands at the end of the reading.
            self.on_pad = moved || away != Direction::Left;
        } else if !self.side.step(direction) {
            self.on_pad = pad && direction == Direction::Right;
        }
    }
}

/// The keys as on a telephone; the one in the middle has the focus.
pub(super) fn pad() -> Grid<PadKey> {
    let digits = |digits: [u8; 3]| digits.map(PadKey::Digit).to_vec();
    let mut pad = Grid::new(vec![
        digits([1, 2, 3]),
        digits([4, 5, 6]),
        digits([7, 8, 9]),
        vec![PadKey::Erase, PadKey::Digit(0)],
    ]);
    pad.focus(PadKey::Digit(5));
    pad
}

impl PadKey {
    /// Its name, by which a finger finds it. All of them are always there: the names tell nothing.
    pub(super) fn id(self) -> Cow<'static, str> {
        match self {
            Self::Digit(digit) => format!("key.{digit}").into(),
            Self::Erase => "key.erase".into(),
        }
    }
}

impl PinControl {
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Forgot => "forgot",
            Self::SignIn => "sign_in",
            Self::Back => "back",
        }
    }
}
