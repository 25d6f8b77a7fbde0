//! The tables: keys with a name, Linux codes of keys without one, and the keys an owner names.

use iced::keyboard::Key;
use iced::keyboard::key::{Named, Physical};

use super::Button;
use super::codes::linux_code;
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
