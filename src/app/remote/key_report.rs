//! "Press any button": what arrives from an odd remote, and what an owner writes to teach it.

use iced::keyboard::{Event, Key};

use super::evdev::linux_code;
use super::{Button, Remote};
use crate::config::linux_keys;

/// What arrived when a button was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyReport {
    /// The key's name, or the character it types; none for most buttons of remotes.
    pub name: Option<String>,
    /// Its Linux evdev code (`input-event-codes.h`), where the window system tells it.
    pub code: Option<u32>,
    /// What it does here.
    pub button: Option<Button>,
}

impl KeyReport {
    /// What `event` tells. `None` for anything but a key that goes down.
    pub fn of(event: &Event, remote: &Remote) -> Option<Self> {
        let Event::KeyPressed {
            key,
            physical_key,
            repeat: false,
            ..
        } = event
        else {
            return None;
        };
        let name = match key {
            Key::Named(named) => Some(format!("{named:?}")),
            Key::Character(text) => Some(text.to_string()),
            Key::Unidentified => None,
        };
        Some(Self {
            name,
            code: linux_code(*physical_key),
            button: remote.button(key, *physical_key),
        })
    }

    /// Linux's name of the key, as evtest prints it; none for a code that has none.
    pub fn linux_name(&self) -> Option<&'static str> {
        self.code.and_then(linux_keys::name)
    }

    /// All that is known of the key: what it is called here and by Linux, and its code. `None` where nothing is.
    pub fn key(&self) -> Option<String> {
        let linux = match (self.linux_name(), self.code) {
            (Some(name), Some(code)) => Some(format!("{name} ({code})")),
            (None, Some(code)) => Some(code.to_string()),
            (_, None) => None,
        };
        let names = [self.name.clone(), linux].into_iter().flatten();
        names.reduce(|name, linux| format!("{name} · {linux}"))
    }

    /// The line for `[remote]` in the configuration that makes it do `action`. `None` where neither a name
    /// nor a code arrived: nothing can be written for it.
    ///
    /// Linux tells one button from another where names here do not (Play and Play/Pause have one).
    pub fn line(&self, action: &str) -> Option<String> {
        let key = match (self.linux_name(), self.code, &self.name) {
            (Some(name), _, _) => format!("{name:?}"),
            (None, Some(code), _) => code.to_string(),
            (None, None, Some(name)) => format!("{name:?}"),
            (None, None, None) => return None,
        };
        Some(format!("{action} = [{key}]"))
    }
}

#[cfg(test)]
mod tests {
    use iced::keyboard::key::{Code, Named, NativeCode, Physical};
    use iced::keyboard::{Location, Modifiers};

    use super::*;

    fn press(key: Key, physical_key: Physical, repeat: bool) -> Event {
        Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key,
            location: Location::Standard,
            modifiers: Modifiers::empty(),
            text: None,
            repeat,
        }
    }

    fn xkb(code: u32) -> Physical {
        Physical::Unidentified(NativeCode::Xkb(code))
    }

    #[test]
    fn what_arrives_is_named_with_the_line_to_write() {
        let named = |name: &str| Some(name.to_owned());
        for (key, physical, name, code, button, line, shown) in [
            (
                Key::Unidentified,
                xkb(352),
                None,
                Some(352),
                Some(Button::Select),
                Some(r#"select = ["KEY_OK"]"#),
                Some("KEY_OK (352)"),
            ),
            (
                Key::Unidentified,
                xkb(767),
                None,
                Some(767),
                None,
                Some("select = [767]"),
                Some("767"),
            ),
            (
                Key::Named(Named::MediaPlay),
                xkb(207),
                named("MediaPlay"),
                Some(207),
                Some(Button::PlayPause),
                Some(r#"select = ["KEY_PLAY"]"#),
                Some("MediaPlay · KEY_PLAY (207)"),
            ),
            (
                Key::Named(Named::F5),
                Physical::Code(Code::F5),
                named("F5"),
                Some(63),
                None,
                Some(r#"select = ["KEY_F5"]"#),
                Some("F5 · KEY_F5 (63)"),
            ),
            (
                Key::Character("\"".into()),
                Physical::Unidentified(NativeCode::Unidentified),
                named("\""),
                None,
                None,
                Some(r#"select = ["\""]"#),
                Some("\""),
            ),
            (Key::Unidentified, xkb(0), None, None, None, None, None),
        ] {
            let arrival = KeyReport::of(&press(key, physical, false), &Remote::default()).unwrap();
            let expected = KeyReport { name, code, button };
            assert_eq!(arrival, expected);
            assert_eq!(arrival.line("select").as_deref(), line);
            assert_eq!(arrival.key().as_deref(), shown);
        }
    }

    #[test]
    fn repeats_and_releases_name_nothing() {
        let remote = Remote::default();
        let repeated = press(Key::Unidentified, xkb(352), true);
        assert_eq!(KeyReport::of(&repeated, &remote), None);
        let modifiers = Event::ModifiersChanged(Modifiers::SHIFT);
        assert_eq!(KeyReport::of(&modifiers, &remote), None);
    }
}
