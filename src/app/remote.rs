//! From a key event to a button of the remote control: one table, and the pace of a held key.
//!
//! The logical key counts first. Only where it is unidentified does the physical Linux code count:
//! most remotes' OK (352, 353) has no keysym, and a virtual keyboard may send any code with a good keysym.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use iced::Subscription;
use iced::keyboard::key::{Code, Named, NativeCode, Physical};
use iced::keyboard::{self, Event, Key};

use crate::config::RemoteKey;

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
    /// Red.
    Red,
    /// Green.
    Green,
    /// Yellow.
    Yellow,
    /// Blue.
    Blue,
    /// Next channel.
    ChannelUp,
    /// Previous channel.
    ChannelDown,
}

impl Button {
    /// Whether holding it moves on and on.
    fn moves(self) -> bool {
        matches!(self, Self::Up | Self::Down | Self::Left | Self::Right)
    }

    /// The button of an action in `[remote]`.
    fn of_action(action: &str) -> Option<Self> {
        Some(match action {
            "up" => Self::Up,
            "down" => Self::Down,
            "left" => Self::Left,
            "right" => Self::Right,
            "select" => Self::Select,
            "back" => Self::Back,
            "menu" => Self::Menu,
            "home" => Self::Home,
            "info" => Self::Info,
            "play_pause" => Self::PlayPause,
            _ => return None,
        })
    }
}

/// The keys of this remote: the owner's own before the table.
#[derive(Debug, Clone, Default)]
pub struct Remote {
    own: Arc<[(RemoteKey, Button)]>,
    pace: Arc<Mutex<Pace>>,
}

impl Remote {
    /// The table with `[remote]` before it. An action that does not exist was refused with the configuration.
    pub fn new(own: &BTreeMap<String, Vec<RemoteKey>>) -> Self {
        let own = own
            .iter()
            .filter_map(|(action, keys)| Some((Button::of_action(action)?, keys)))
            .flat_map(|(button, keys)| keys.iter().map(move |key| (key.clone(), button)))
            .collect();
        Self {
            own,
            pace: Arc::default(),
        }
    }

    /// Presses that count. A key that means nothing here, or a repeat too many, makes no message and
    /// so no redraw.
    pub fn presses(&self) -> Subscription<Button> {
        keyboard::listen()
            .with(self.clone())
            .filter_map(|(remote, event)| remote.press(&event, Instant::now()))
    }

    /// The button pressed with `event`, if it counts at `now`.
    fn press(&self, event: &Event, now: Instant) -> Option<Button> {
        let Event::KeyPressed {
            key,
            physical_key,
            repeat,
            ..
        } = event
        else {
            return None;
        };
        let button = self.button(key, physical_key)?;
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        pace.accepts(button, *repeat, now).then_some(button)
    }

    /// The button a key stands for.
    pub fn button(&self, key: &Key, physical: &Physical) -> Option<Button> {
        self.own
            .iter()
            .find(|(own, _)| is_key(own, key, *physical))
            .map(|(_, button)| *button)
            .or_else(|| logical(key))
            .or_else(|| match (key, physical) {
                (Key::Unidentified, Physical::Unidentified(NativeCode::Xkb(code))) => {
                    by_code(*code)
                }
                _ => None,
            })
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
    }
}

/// Which presses count: OK and Back once per press, a held arrow at a pace that can be followed.
#[derive(Debug, Default)]
pub struct Pace {
    pressed: Option<(Button, Instant)>,
    next_move: Option<Instant>,
}

impl Pace {
    /// Nine moves a second.
    const MOVE: Duration = Duration::from_nanos(1_000_000_000 / 9);
    /// A press that comes twice within this is one (HDMI-CEC adapters, worn contacts).
    const BOUNCE: Duration = Duration::from_millis(50);

    /// Whether a press of `button` at `now` counts. `repeat` says that the key was not let go in between.
    pub fn accepts(&mut self, button: Button, repeat: bool, now: Instant) -> bool {
        if !repeat {
            let bounced = self.pressed.is_some_and(|(last, then)| {
                last == button && now.saturating_duration_since(then) < Self::BOUNCE
            });
            if !bounced {
                self.pressed = Some((button, now));
                self.next_move = Some(now + Self::MOVE);
            }
            return !bounced;
        }
        match self.next_move {
            _ if !button.moves() => false,
            Some(due) if now < due => false,
            // Counted from when the move was due, so that a repeat that falls a little short costs none.
            Some(due) if now < due + Self::MOVE => {
                self.next_move = Some(due + Self::MOVE);
                true
            }
            _ => {
                self.next_move = Some(now + Self::MOVE);
                true
            }
        }
    }
}

/// The table of logical keys.
fn logical(key: &Key) -> Option<Button> {
    Some(match key.as_ref() {
        Key::Named(named) => match named {
            Named::ArrowUp => Button::Up,
            Named::ArrowDown => Button::Down,
            Named::ArrowLeft => Button::Left,
            Named::ArrowRight => Button::Right,
            Named::Enter | Named::Select | Named::Accept | Named::Space => Button::Select,
            Named::Escape
            | Named::Backspace
            | Named::BrowserBack
            | Named::GoBack
            | Named::Close
            | Named::Exit
            | Named::Cancel => Button::Back,
            Named::ContextMenu => Button::Menu,
            Named::BrowserHome | Named::GoHome | Named::Home => Button::Home,
            Named::Info => Button::Info,
            Named::MediaPlay | Named::MediaPause | Named::MediaPlayPause | Named::Pause => {
                Button::PlayPause
            }
            Named::ColorF0Red => Button::Red,
            Named::ColorF1Green => Button::Green,
            Named::ColorF2Yellow => Button::Yellow,
            Named::ColorF3Blue => Button::Blue,
            Named::ChannelUp => Button::ChannelUp,
            Named::ChannelDown => Button::ChannelDown,
            _ => return None,
        },
        Key::Character("i" | "I") => Button::Info,
        Key::Character(text) => {
            let mut characters = text.chars();
            let digit = characters.next()?.to_digit(10)?;
            if characters.next().is_some() {
                return None;
            }
            Button::Digit(u8::try_from(digit).ok()?)
        }
        Key::Unidentified => return None,
    })
}

/// The table of Linux codes (`input-event-codes.h`) of keys without a keysym.
fn by_code(code: u32) -> Option<Button> {
    Some(match code {
        103 => Button::Up,
        108 => Button::Down,
        105 => Button::Left,
        106 => Button::Right,
        28 | 96 | 352 | 353 => Button::Select,
        1 | 14 | 128 | 158 | 174 | 223 => Button::Back,
        127 | 139 | 438 | 618 => Button::Menu,
        102 | 172 => Button::Home,
        358 => Button::Info,
        119 | 164 | 200 | 201 | 207 => Button::PlayPause,
        512..=521 => Button::Digit(u8::try_from(code - 512).ok()?),
        398 => Button::Red,
        399 => Button::Green,
        400 => Button::Yellow,
        401 => Button::Blue,
        402 => Button::ChannelUp,
        403 => Button::ChannelDown,
        _ => return None,
    })
}

/// Whether an event is of the key the owner named.
fn is_key(own: &RemoteKey, key: &Key, physical: Physical) -> bool {
    match (own, key) {
        (RemoteKey::Code(wanted), _) => match physical {
            Physical::Unidentified(NativeCode::Xkb(code)) => code == *wanted,
            Physical::Code(code) => code_of(code) == Some(*wanted),
            Physical::Unidentified(_) => false,
        },
        (RemoteKey::Name(name), Key::Named(named)) => {
            name.eq_ignore_ascii_case(&format!("{named:?}"))
        }
        (RemoteKey::Name(name), Key::Character(text)) => name.eq_ignore_ascii_case(text),
        (RemoteKey::Name(_), Key::Unidentified) => false,
    }
}

/// The Linux code of a key that winit knows by position, for those a remote may send.
fn code_of(code: Code) -> Option<u32> {
    Some(match code {
        Code::Escape => 1,
        Code::Digit1 => 2,
        Code::Digit2 => 3,
        Code::Digit3 => 4,
        Code::Digit4 => 5,
        Code::Digit5 => 6,
        Code::Digit6 => 7,
        Code::Digit7 => 8,
        Code::Digit8 => 9,
        Code::Digit9 => 10,
        Code::Digit0 => 11,
        Code::Backspace => 14,
        Code::Tab => 15,
        Code::Enter => 28,
        Code::Space => 57,
        Code::F1 => 59,
        Code::F2 => 60,
        Code::F3 => 61,
        Code::F4 => 62,
        Code::F5 => 63,
        Code::F6 => 64,
        Code::F7 => 65,
        Code::F8 => 66,
        Code::F9 => 67,
        Code::F10 => 68,
        Code::F11 => 87,
        Code::F12 => 88,
        Code::NumpadEnter => 96,
        Code::Home => 102,
        Code::ArrowUp => 103,
        Code::PageUp => 104,
        Code::ArrowLeft => 105,
        Code::ArrowRight => 106,
        Code::End => 107,
        Code::ArrowDown => 108,
        Code::PageDown => 109,
        Code::Pause => 119,
        Code::SuperLeft => 125,
        Code::SuperRight => 126,
        Code::ContextMenu => 127,
        Code::MediaTrackNext => 163,
        Code::MediaPlayPause => 164,
        Code::MediaTrackPrevious => 165,
        Code::MediaStop => 166,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
