//! Which presses count: OK and Back once per press, a held arrow at a pace that can be followed, and a
//! long press by the time between press and release.
//!
//! Many remotes' OK (352) sends no repeats at all, and compositors repeat at any rate they like: neither is
//! ever counted.

use std::time::{Duration, Instant};

use super::Button;

/// What happened to a key that stands for a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum KeyState {
    /// It went down.
    Pressed(KeySource),
    /// The keyboard says that it is still down.
    Repeated,
    /// It was let go.
    Released,
}

/// What kind of key it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum KeySource {
    /// A key that only remotes have.
    Remote,
    /// A key that keyboards have too.
    Keyboard,
}

/// What a key comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// The button was pressed, or an arrow is held and due for its next move.
    Pressed(Button),
    /// The button was let go after a long press. Its [`Press::Pressed`] came when it went down.
    Held(Button),
}

/// The presses so far, as far as they matter to the next one.
#[derive(Debug, Default)]
pub(super) struct KeyRepeat {
    /// The last button that went down, and when it was pressed last so that it counted.
    counted: Option<(Button, Instant)>,
    /// Whether the last button is still down.
    down: bool,
    /// When the press that counted was over.
    let_go: Option<Instant>,
    /// Whether the last press came of letting go, and so is no part of the press that counted.
    trails: bool,
    /// Whether the press that counted has woken the screen and does nothing else.
    woke: bool,
    next_move: Option<Instant>,
}

impl KeyRepeat {
    /// Nine moves a second.
    const MOVE: Duration = Duration::from_nanos(1_000_000_000 / 9);
    /// A press that comes again within this is the same one (worn contacts), as is one within this of when it was let
    /// go. Both are counted from the press that counts and from its end, never from a bounce: presses that come ever so
    /// fast are then thinned out, and not swallowed for as long as they last.
    const BOUNCE: Duration = Duration::from_millis(50);
    /// HDMI-CEC adapters may tell a press twice within this (libcec has the same figure). Nobody presses OK
    /// twice so fast and means it, and a second OK would press whatever the first one has opened.
    const ECHO: Duration = Duration::from_millis(200);
    /// Held for this, a press is a long one.
    const LONG: Duration = Duration::from_millis(500);

    /// What `motion` of `button` at `now` comes to, if anything.
    pub(super) fn take(&mut self, button: Button, motion: KeyState, now: Instant) -> Option<Press> {
        match motion {
            KeyState::Pressed(source) => self.press(button, source, now),
            KeyState::Repeated => self.repeat(button, now),
            KeyState::Released => self.let_go(button, now),
        }
    }

    /// Whether the last button is still down.
    pub(super) fn is_down(&self) -> bool {
        self.down
    }

    /// The press that counted has only woken the screen: neither holding the button nor letting it go does anything,
    /// and it may still bounce.
    pub(super) fn woke(&mut self) {
        self.woke = true;
    }

    fn press(&mut self, button: Button, source: KeySource, now: Instant) -> Option<Press> {
        let since = |then| now.saturating_duration_since(then);
        let counted = self.counted.filter(|(last, _)| *last == button);
        let again =
            counted.is_some_and(|(_, pressed)| since(pressed) < Self::window(button, source));
        // An arrow may be held by a receiver that lets it go and presses it again all the time.
        self.trails = !again
            && counted.is_some()
            && !button.moves()
            && self.let_go.is_some_and(|then| since(then) < Self::BOUNCE);
        self.down = true;
        if again || self.trails {
            return None;
        }
        self.counted = Some((button, now));
        self.let_go = None;
        self.woke = false;
        self.next_move = Some(now + Self::MOVE);
        Some(Press::Pressed(button))
    }

    fn window(button: Button, source: KeySource) -> Duration {
        match (button, source) {
            (Button::Select | Button::Back, KeySource::Remote) => Self::ECHO,
            _ => Self::BOUNCE,
        }
    }

    fn repeat(&mut self, button: Button, now: Instant) -> Option<Press> {
        let held = self.down && self.counted.is_some_and(|(last, _)| last == button);
        if !held || self.woke || !button.moves() {
            return None;
        }
        let due = self.next_move.unwrap_or(now);
        if now < due {
            return None;
        }
        // Counted from when the move was due, so that a repeat that falls a little short costs none.
        let from = if now < due + Self::MOVE { due } else { now };
        self.next_move = Some(from + Self::MOVE);
        Some(Press::Pressed(button))
    }

    fn let_go(&mut self, button: Button, now: Instant) -> Option<Press> {
        let (_, pressed) = self.counted.filter(|(last, _)| *last == button)?;
        if !std::mem::take(&mut self.down) || self.trails {
            return None;
        }
        self.let_go = Some(now);
        let long = now.saturating_duration_since(pressed) >= Self::LONG;
        (long && !self.woke && button.can_be_held()).then_some(Press::Held(button))
    }
}

#[cfg(test)]
mod tests;
