//! The tables: keys with a name, Linux codes of keys without one, and the keys an owner names.

use iced::keyboard::key::{Code, Named, Physical};
use iced::keyboard::{Key, Location};

use super::Button;
use super::evdev::linux_code;
use crate::config::RemoteKey;

/// The table of logical keys.
pub(super) fn logical(key: &Key) -> Option<Button> {
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
        Key::Character(_) => Button::Digit(typed_digit(key)?),
        Key::Unidentified => return None,
    })
}

/// Digit 0 of the scripts whose keyboards type digits of their own: Latin, Arabic, Persian and Urdu, Devanagari,
/// Bengali, Thai, and the wide ones of East Asia.
const NOUGHTS: [char; 7] = [
    '0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}',
];

/// The digit that a key types, in any script.
pub(super) fn typed_digit(key: &Key) -> Option<u8> {
    let Key::Character(text) = key else {
        return None;
    };
    let mut characters = text.chars();
    let (typed, rest) = (characters.next()?, characters.next());
    let value = |nought: char| u32::from(typed).checked_sub(nought.into());
    let mut values = NOUGHTS.into_iter().filter_map(value);
    let digit = values.find(|value| *value < 10 && rest.is_none())?;
    u8::try_from(digit).ok()
}

/// The digit that stands on a key, whatever it types: on the top row, where some layouts have digits behind Shift
/// alone, and on the keypad, which has arrows instead while Num Lock is off.
///
/// A key with a name is a digit only where the keymap itself says that it is on the keypad: virtual keyboards have
/// their keys anywhere.
pub(super) fn digit_of_place(key: &Key, physical: Physical, location: Location) -> Option<u8> {
    let Physical::Code(code) = physical else {
        return None;
    };
    let (top, pad) = match code {
        Code::Digit0 => (Some(0), None),
        Code::Digit1 => (Some(1), None),
        Code::Digit2 => (Some(2), None),
        Code::Digit3 => (Some(3), None),
        Code::Digit4 => (Some(4), None),
        Code::Digit5 => (Some(5), None),
        Code::Digit6 => (Some(6), None),
        Code::Digit7 => (Some(7), None),
        Code::Digit8 => (Some(8), None),
        Code::Digit9 => (Some(9), None),
        Code::Numpad0 => (None, Some(0)),
        Code::Numpad1 => (None, Some(1)),
        Code::Numpad2 => (None, Some(2)),
        Code::Numpad3 => (None, Some(3)),
        Code::Numpad4 => (None, Some(4)),
        Code::Numpad5 => (None, Some(5)),
        Code::Numpad6 => (None, Some(6)),
        Code::Numpad7 => (None, Some(7)),
        Code::Numpad8 => (None, Some(8)),
        Code::Numpad9 => (None, Some(9)),
        _ => (None, None),
    };
    top.filter(|_| !matches!(key, Key::Named(_)))
        .or(pad.filter(|_| location == Location::Numpad || !matches!(key, Key::Named(_))))
}

/// The table of Linux codes (`input-event-codes.h`) of keys without a keysym.
pub(super) fn by_code(code: u32) -> Option<Button> {
    Some(match code {
        103 => Button::Up,
        108 => Button::Down,
        105 => Button::Left,
        106 => Button::Right,
        28 | 96 | 352 | 353 => Button::Select,
        1 | 14 | 128 | 158 | 174 | 223 => Button::Back,
        127 | 139 | 141 | 438 | 618 => Button::Menu,
        102 | 172 => Button::Home,
        358 | 365 => Button::Info,
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
pub(super) fn is_key(own: &RemoteKey, key: &Key, physical: Physical) -> bool {
    match (own, key) {
        (RemoteKey::Code(wanted), _) => linux_code(physical) == Some(*wanted),
        (RemoteKey::Name(name), Key::Named(named)) => {
            name.eq_ignore_ascii_case(&format!("{named:?}"))
        }
        (RemoteKey::Name(name), Key::Character(text)) => name.eq_ignore_ascii_case(text),
        (RemoteKey::Name(_), Key::Unidentified) => false,
    }
}
