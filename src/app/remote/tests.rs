use iced::keyboard::key::{Code, Named};

use iced::keyboard;

use super::*;

mod digits;

fn named(key: Named) -> Key {
    Key::Named(key)
}

fn xkb(code: u32) -> Physical {
    Physical::Unidentified(NativeCode::Xkb(code))
}

#[test]
fn every_row_of_the_table_of_remotes_works() {
    use Button::*;
    let rows = [
        (
            103,
            named(Named::ArrowUp),
            Physical::Code(Code::ArrowUp),
            Up,
        ),
        (
            108,
            named(Named::ArrowDown),
            Physical::Code(Code::ArrowDown),
            Down,
        ),
        (
            105,
            named(Named::ArrowLeft),
            Physical::Code(Code::ArrowLeft),
            Left,
        ),
        (
            106,
            named(Named::ArrowRight),
            Physical::Code(Code::ArrowRight),
            Right,
        ),
        (28, named(Named::Enter), Physical::Code(Code::Enter), Select),
        (
            96,
            named(Named::Enter),
            Physical::Code(Code::NumpadEnter),
            Select,
        ),
        (352, Key::Unidentified, xkb(352), Select),
        (353, Key::Unidentified, xkb(353), Select),
        (353, named(Named::Select), xkb(353), Select),
        (158, named(Named::BrowserBack), xkb(158), Back),
        (174, named(Named::Close), xkb(174), Back),
        (1, named(Named::Escape), Physical::Code(Code::Escape), Back),
        (
            14,
            named(Named::Backspace),
            Physical::Code(Code::Backspace),
            Back,
        ),
        (223, named(Named::Cancel), xkb(223), Back),
        (128, named(Named::Cancel), xkb(128), Back),
        (172, named(Named::BrowserHome), xkb(172), Home),
        (139, Key::Unidentified, xkb(139), Menu),
        (
            127,
            named(Named::ContextMenu),
            Physical::Code(Code::ContextMenu),
            Menu,
        ),
        (438, Key::Unidentified, xkb(438), Menu),
        (618, Key::Unidentified, xkb(618), Menu),
        (358, Key::Unidentified, xkb(358), Info),
        (
            23,
            Key::Character("i".into()),
            Physical::Code(Code::KeyI),
            Info,
        ),
        (398, Key::Unidentified, xkb(398), Red),
        (399, Key::Unidentified, xkb(399), Green),
        (400, Key::Unidentified, xkb(400), Yellow),
        (401, Key::Unidentified, xkb(401), Blue),
        (402, Key::Unidentified, xkb(402), ChannelUp),
        (403, Key::Unidentified, xkb(403), ChannelDown),
        (512, Key::Unidentified, xkb(512), Digit(0)),
        (521, Key::Unidentified, xkb(521), Digit(9)),
        (
            8,
            Key::Character("7".into()),
            Physical::Code(Code::Digit7),
            Digit(7),
        ),
        (
            164,
            named(Named::MediaPlay),
            Physical::Code(Code::MediaPlayPause),
            PlayPause,
        ),
        (207, named(Named::MediaPlay), xkb(207), PlayPause),
        (201, named(Named::MediaPause), xkb(201), PlayPause),
        (
            119,
            named(Named::Pause),
            Physical::Code(Code::Pause),
            PlayPause,
        ),
    ];
    let remote = Remote::default();
    for (code, key, physical, button) in rows {
        assert_eq!(remote.button(&key, physical), Some(button), "code {code}");
    }
}

#[test]
fn codes_count_when_the_key_has_no_name() {
    for (codes, button) in [
        (&[28, 96, 352, 353][..], Button::Select),
        (&[158, 174, 1, 14, 223, 128], Button::Back),
        (&[139, 127, 438, 141, 618], Button::Menu),
    ] {
        for code in codes {
            let found = Remote::default().button(&Key::Unidentified, xkb(*code));
            assert_eq!(found, Some(button), "code {code}");
        }
    }
}

#[test]
fn the_logical_key_wins_over_the_code() {
    let remote = Remote::default();
    // A virtual keyboard with a keymap of its own: Up on the code of Escape.
    let found = remote.button(&named(Named::ArrowUp), Physical::Code(Code::Escape));
    assert_eq!(found, Some(Button::Up));
    let found = remote.button(&Key::Character("q".into()), xkb(352));
    assert_eq!(found, None);
}

#[test]
fn other_keys_are_nothing() {
    let remote = Remote::default();
    for (key, physical) in [
        (Key::Character("x".into()), Physical::Code(Code::KeyX)),
        (Key::Character("12".into()), Physical::Code(Code::KeyX)),
        (named(Named::Power), xkb(116)),
        (Key::Unidentified, xkb(0)),
        (Key::Unidentified, xkb(9999)),
        (
            Key::Unidentified,
            Physical::Unidentified(NativeCode::Unidentified),
        ),
    ] {
        assert_eq!(remote.button(&key, physical), None, "{key:?} {physical:?}");
    }
}

#[test]
fn the_owners_keys_come_first() {
    let own = BTreeMap::from([
        (
            "select".to_owned(),
            vec![RemoteKey::Name("F1".to_owned()), RemoteKey::Code(116)],
        ),
        (
            "back".to_owned(),
            vec![
                RemoteKey::Name("x".to_owned()),
                RemoteKey::Code(57),
                RemoteKey::Name("KEY_PROG1".to_owned()),
                RemoteKey::Name("key_tab".to_owned()),
            ],
        ),
        ("info".to_owned(), vec![RemoteKey::Code(352)]),
    ]);
    let remote = Remote::new(&own);
    for (key, physical, button) in [
        (named(Named::F1), Physical::Code(Code::F1), Button::Select),
        (named(Named::Power), xkb(116), Button::Select),
        (
            Key::Character("x".into()),
            Physical::Code(Code::KeyX),
            Button::Back,
        ),
        (
            named(Named::Space),
            Physical::Code(Code::Space),
            Button::Back,
        ),
        (Key::Unidentified, xkb(352), Button::Info),
        (named(Named::LaunchApplication1), xkb(148), Button::Back),
        (named(Named::Tab), Physical::Code(Code::Tab), Button::Back),
        (
            named(Named::Enter),
            Physical::Code(Code::Enter),
            Button::Select,
        ),
    ] {
        assert_eq!(remote.button(&key, physical), Some(button), "{key:?}");
    }
}

fn event(down: bool, physical: Physical, repeat: bool) -> Event {
    let (key, location) = (Key::Unidentified, keyboard::Location::Standard);
    let modifiers = keyboard::Modifiers::empty();
    if down {
        Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: physical,
            location,
            modifiers,
            text: None,
            repeat,
        }
    } else {
        Event::KeyReleased {
            modified_key: key.clone(),
            key,
            physical_key: physical,
            location,
            modifiers,
        }
    }
}

#[test]
fn a_key_without_a_name_is_pressed_and_held() {
    let remote = Remote::default();
    let start = Instant::now();
    let later = start + std::time::Duration::from_millis(900);
    let menu = Button::Menu;
    assert_eq!(
        remote.press(&event(true, xkb(139), false), start),
        Some(Press::Pressed(menu))
    );
    assert_eq!(remote.press(&event(true, xkb(139), true), later), None);
    assert_eq!(
        remote.press(&event(false, xkb(139), false), later),
        Some(Press::Held(menu))
    );
    assert_eq!(remote.press(&event(false, xkb(9999), false), later), None);
}

#[test]
fn every_action_of_the_configuration_has_a_button_and_every_button_a_name() {
    let description = crate::config::ValueKind::KeyMap.to_string();
    let (_, actions) = description.split_once("for ").unwrap();
    let actions: Vec<_> = actions.split(", ").collect();
    for action in &actions {
        let button = Button::of_action(action).unwrap();
        assert_eq!(button.action(), Some(*action));
    }
    assert_eq!(actions.len(), Button::WITH_ACTION.len());
    assert_eq!(Button::of_action("eject"), None);
}
