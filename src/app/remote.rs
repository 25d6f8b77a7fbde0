//! From a key event to a button of the remote control.
//!
//! The logical key counts first. Only where it is unidentified does the physical Linux code count:
//! most remotes' OK (352, 353) has no keysym, and a virtual keyboard may send any code with a good keysym.

mod evdev;
mod key_repeat;
mod key_report;
mod keymap;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use iced::keyboard::key::{NativeCode, Physical};
use iced::keyboard::{Event, Key};

use key_repeat::KeyRepeat;
pub use key_repeat::Press;
pub(super) use key_repeat::{KeySource, KeyState};
pub use key_report::KeyReport;

use crate::config::{RemoteKey, linux_keys};

/// A button, whatever key it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Button {
    /// Moves the focus up.
    Up,
    /// Moves the focus down.
    Down,
    /// Moves the focus left, in right-to-left languages too.
    Left,
    /// Moves the focus right, in right-to-left languages too.
    Right,
    /// OK: does what has the focus.
    Select,
    /// Goes one level back.
    Back,
    /// Opens what the screen has besides.
    Menu,
    /// Goes to the first screen.
    Home,
    /// Tells more.
    Info,
    /// Plays or pauses.
    PlayPause,
    /// A digit, 0 to 9.
    Digit(u8),
    /// The red key.
    Red,
    /// The green key.
    Green,
    /// The yellow key.
    Yellow,
    /// The blue key.
    Blue,
    /// Next channel.
    ChannelUp,
    /// Previous channel.
    ChannelDown,
}

impl Button {
    /// What a key can be made to do in `[remote]`.
    const WITH_ACTION: [Self; 16] = [
        Self::Up,
        Self::Down,
        Self::Left,
        Self::Right,
        Self::Select,
        Self::Back,
        Self::Menu,
        Self::Home,
        Self::Info,
        Self::PlayPause,
        Self::Red,
        Self::Green,
        Self::Yellow,
        Self::Blue,
        Self::ChannelUp,
        Self::ChannelDown,
    ];

    /// Whether holding it moves on and on.
    fn moves(self) -> bool {
        matches!(self, Self::Up | Self::Down | Self::Left | Self::Right)
    }

    /// Whether a long press of it is a shortcut. Others make no message for it, and so no redraw.
    fn can_be_held(self) -> bool {
        matches!(self, Self::Menu | Self::Info)
    }

    /// Name of its action in `[remote]`. A digit has none.
    pub fn action(self) -> Option<&'static str> {
        Some(match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Left => "left",
            Self::Right => "right",
            Self::Select => "select",
            Self::Back => "back",
            Self::Menu => "menu",
            Self::Home => "home",
            Self::Info => "info",
            Self::PlayPause => "play_pause",
            Self::Red => "red",
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Blue => "blue",
            Self::ChannelUp => "channel_up",
            Self::ChannelDown => "channel_down",
            Self::Digit(_) => return None,
        })
    }

    /// The button of an action in `[remote]`.
    fn of_action(action: &str) -> Option<Self> {
        Self::WITH_ACTION
            .into_iter()
            .find(|button| button.action() == Some(action))
    }
}

/// The keys of this remote: the owner's own before the table.
#[derive(Debug, Clone, Default)]
pub struct Remote {
    own: Arc<[(RemoteKey, Button)]>,
    pace: Arc<Mutex<KeyRepeat>>,
    /// Whether digits are asked for.
    digits: bool,
}

impl Remote {
    /// The table with `[remote]` before it. An action that does not exist was refused with the configuration.
    pub fn new(own: &BTreeMap<String, Vec<RemoteKey>>) -> Self {
        let own = own
            .iter()
            .filter_map(|(action, keys)| Some((Button::of_action(action)?, keys)))
            .flat_map(|(button, keys)| keys.iter().map(move |key| (by_code(key), button)))
            .collect();
        Self {
            own,
            pace: Arc::default(),
            digits: false,
        }
    }

    /// The same, where digits are asked for or not: then a key counts as the digit that it types or that stands on it,
    /// and else as what it is called, so that a keypad has arrows whatever Num Lock says.
    #[must_use]
    pub fn asking_for_digits(&self, digits: bool) -> Self {
        let remote = self.clone();
        Self { digits, ..remote }
    }

    /// The key that goes down with `event`, whether it means something or not, for the page that names them.
    pub fn key_report(&self, event: &Event) -> Option<KeyReport> {
        KeyReport::of(event, self)
    }

    /// What `event` at `now` comes to, if anything. A key that means nothing here, or a repeat too many, makes no message
    /// and so no redraw.
    pub fn press(&self, event: &Event, now: Instant) -> Option<Press> {
        let (key, modified, physical, location, motion) = match event {
            Event::KeyPressed {
                key,
                modified_key,
                physical_key,
                location,
                repeat,
                ..
            } => {
                let motion = if *repeat {
                    KeyState::Repeated
                } else {
                    KeyState::Pressed(source(*physical_key))
                };
                (key, modified_key, physical_key, location, motion)
            }
            Event::KeyReleased {
                key,
                modified_key,
                physical_key,
                location,
                ..
            } => (
                key,
                modified_key,
                physical_key,
                location,
                KeyState::Released,
            ),
            Event::ModifiersChanged(_) => return None,
        };
        let digit = || {
            let typed = keymap::typed_digit(modified);
            typed.or_else(|| keymap::digit_of_place(key, *physical, *location))
        };
        let button = match self.own(key, *physical) {
            None if self.digits => digit().map(Button::Digit),
            own => own,
        };
        self.take(button.or_else(|| self.button(key, *physical))?, motion, now)
    }

    /// What `motion` of `button` at `now` comes to, if anything.
    pub(super) fn take(&self, button: Button, motion: KeyState, now: Instant) -> Option<Press> {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.take(button, motion, now)
    }

    /// The last press has only woken the screen: nothing comes of it any more.
    pub(super) fn woke(&self) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.woke();
    }

    /// Whether the last button is still down.
    pub(super) fn is_held(&self) -> bool {
        let pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.is_down()
    }

    /// What the owner wants a key to be.
    fn own(&self, key: &Key, physical: Physical) -> Option<Button> {
        let mut own = self.own.iter();
        let own = own.find(|(own, _)| keymap::is_key(own, key, physical));
        own.map(|(_, button)| *button)
    }

    /// The button a key stands for.
    pub fn button(&self, key: &Key, physical: Physical) -> Option<Button> {
        self.own(key, physical)
            .or_else(|| keymap::logical(key))
            .or_else(|| match (key, physical) {
                (Key::Unidentified, Physical::Unidentified(NativeCode::Xkb(code))) => {
                    keymap::by_code(code)
                }
                _ => None,
            })
    }
}

/// The key as events tell it: what Linux names comes as its code.
fn by_code(key: &RemoteKey) -> RemoteKey {
    match key {
        RemoteKey::Name(name) => {
            linux_keys::code(name).map_or_else(|| key.clone(), RemoteKey::Code)
        }
        RemoteKey::Code(_) => key.clone(),
    }
}

/// Keyboards' keys are known to winit by their place; what only remotes have comes as a bare code.
fn source(physical: Physical) -> KeySource {
    match physical {
        Physical::Unidentified(_) => KeySource::Remote,
        Physical::Code(_) => KeySource::Keyboard,
    }
}

// The pace is shared state, not identity.
impl Hash for Remote {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for (key, button) in self.own.iter() {
            match key {
                RemoteKey::Code(code) => code.hash(state),
                RemoteKey::Name(name) => name.hash(state),
            }
            button.hash(state);
        }
        self.digits.hash(state);
    }
}

#[cfg(test)]
mod tests;
