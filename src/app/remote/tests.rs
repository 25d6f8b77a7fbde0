use super::*;

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
        assert_eq!(remote.button(&key, &physical), Some(button), "code {code}");
    }
}

#[test]
fn codes_count_when_the_key_has_no_name() {
    for (codes, button) in [
        (&[28, 96, 352, 353][..], Button::Select),
        (&[158, 174, 1, 14, 223, 128], Button::Back),
        (&[139, 127, 438], Button::Menu),
    ] {
        for code in codes {
            let found = Remote::default().button(&Key::Unidentified, &xkb(*code));
            assert_eq!(found, Some(button), "code {code}");
        }
    }
}

#[test]
fn the_logical_key_wins_over_the_code() {
    let remote = Remote::default();
    // A virtual keyboard with a keymap of its own: Up on the code of Escape.
    let found = remote.button(&named(Named::ArrowUp), &Physical::Code(Code::Escape));
    assert_eq!(found, Some(Button::Up));
    let found = remote.button(&Key::Character("q".into()), &xkb(352));
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
        assert_eq!(remote.button(&key, &physical), None, "{key:?} {physical:?}");
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
            vec![RemoteKey::Name("x".to_owned()), RemoteKey::Code(57)],
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
        (
            named(Named::Enter),
            Physical::Code(Code::Enter),
            Button::Select,
        ),
    ] {
        assert_eq!(remote.button(&key, &physical), Some(button), "{key:?}");
    }
}

/// How many presses count when a key is held for `seconds` at `rate` repeats a second.
fn held(button: Button, rate: u32, seconds: u32) -> u32 {
    let mut pace = Pace::default();
    let start = Instant::now();
    let mut accepted = u32::from(pace.accepts(button, false, start));
    for repeat in 1..=rate * seconds {
        let now = start + Duration::from_secs(1) * repeat / rate;
        accepted += u32::from(pace.accepts(button, true, now));
    }
    accepted
}

#[test]
fn a_held_arrow_keeps_its_pace_whatever_the_keyboard() {
    for rate in [10, 25, 40, 100, 1000] {
        let moves = held(Button::Down, rate, 2);
        assert!((17..=19).contains(&moves), "{rate} a second: {moves}");
    }
    assert_eq!(held(Button::Left, 5, 2), 11);
}

#[test]
fn ok_and_back_act_once_per_press() {
    for button in [Button::Select, Button::Back, Button::Menu, Button::Digit(3)] {
        assert_eq!(held(button, 40, 2), 1);
    }
}

#[test]
fn a_bounce_is_one_press_and_quick_fingers_are_many() {
    let mut pace = Pace::default();
    let start = Instant::now();
    let at = |ms| start + Duration::from_millis(ms);
    assert!(pace.accepts(Button::Select, false, at(0)));
    assert!(!pace.accepts(Button::Select, false, at(49)));
    assert!(pace.accepts(Button::Select, false, at(50)));
    assert!(pace.accepts(Button::Right, false, at(60)));
    assert!(pace.accepts(Button::Left, false, at(70)));
    assert!(pace.accepts(Button::Right, false, at(80)));
}

#[test]
fn releases_are_not_presses() {
    let release = Event::KeyReleased {
        key: named(Named::Enter),
        modified_key: named(Named::Enter),
        physical_key: Physical::Code(Code::Enter),
        location: keyboard::Location::Standard,
        modifiers: keyboard::Modifiers::empty(),
    };
    assert_eq!(Remote::default().press(&release, Instant::now()), None);
}
