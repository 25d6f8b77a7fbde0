//! Reads the whole program aloud: what there is to hear of a screen, and what of it is said when something changes.
//! Pure; `app/state/narrator.rs` hands what is said to the voice.
//!
//! Short first: the name of what has the focus, then what it is, its place, how it is. On a new screen the name of the
//! screen comes before that, with its one essential text; on the same screen only what has changed is said. The last
//! one wins: a key ends what is being said, and behind a focus that moves nothing is said before it rests.

mod reading;
mod utterance;

pub use reading::{FocusReading, Reading, Role};
pub(super) use utterance::Utterance;
use utterance::sentence;

use super::focus::Direction;
use super::remote::Button;

/// What a person has just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// Nothing: something has happened by itself.
    Nothing,
    /// An arrow, or what moves the focus as one does.
    Arrow,
    /// Info.
    Info,
    /// Anything else.
    Other,
}

impl Heard {
    /// What a press of `button` is.
    pub(super) fn of(button: Button) -> Self {
        match (button, Direction::of(button)) {
            (_, Some(_)) => Self::Arrow,
            (Button::Info, None) => Self::Info,
            (_, None) => Self::Other,
        }
    }
}

/// What becomes of the voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speech {
    /// It goes on with what it says, or says nothing.
    GoesOn,
    /// It ends what it says.
    Ends,
    /// It ends what it says, and goes on once the focus rests.
    Waits,
    /// It says this, and nothing else any more.
    Says(Utterance),
}

/// The screen as it was read last, and as it is.
#[derive(Debug, Default)]
pub(super) struct ScreenReader {
    said: Option<Reading>,
    seen: Option<Reading>,
    /// Whether the focus moves.
    moves: bool,
}

impl ScreenReader {
    /// Something happened, and the screen reads `now`; a dark one reads nothing.
    pub(super) fn follow(&mut self, now: Option<Reading>, heard: Heard) -> Speech {
        let Some(now) = now else {
            let was = self.seen.take().is_some();
            *self = Self::default();
            return if was { Speech::Ends } else { Speech::GoesOn };
        };
        let changed = self.seen.as_ref() != Some(&now);
        self.seen = Some(now);
        match heard {
            Heard::Arrow => {
                self.moves = true;
                return Speech::Waits;
            }
            Heard::Nothing if self.moves || !changed => return Speech::GoesOn,
            // Nothing is at the end of it: the screen is said once more.
            Heard::Info if !changed => self.said = None,
            Heard::Nothing | Heard::Info | Heard::Other => {}
        }
        self.moves = false;
        match (self.say(), heard) {
            (Some(utterance), _) => Speech::Says(utterance),
            (None, Heard::Nothing) => Speech::GoesOn,
            (None, _) => Speech::Ends,
        }
    }

    /// The focus has rested. Where it is as before, as at the end of a row, that is said.
    pub(super) fn rested(&mut self) -> Option<Utterance> {
        self.moves = false;
        self.say()
            .or_else(|| Utterance::of_the_focus(self.seen.as_ref()?))
    }

    /// What is new since something was said.
    fn say(&mut self) -> Option<Utterance> {
        let now = self.seen.as_ref()?;
        let utterance = Utterance::between(self.said.as_ref(), now);
        self.said = self.seen.clone();
        utterance
    }
}

#[cfg(test)]
mod tests;
