//! The digits of a PIN, from any keyboard.

use iced::keyboard;

use super::*;

/// A key as iced tells it: what it is without modifiers, what it types with them, where it stands.
fn typed(key: Key, modified: Key, physical: Code, location: keyboard::Location) -> Event {
    Event::KeyPressed {
        modified_key: modified,
        key,
        physical_key: Physical::Code(physical),
        location,
        modifiers: keyboard::Modifiers::empty(),
        text: None,
        repeat: false,
    }
}

#[test]
fn where_digits_are_asked_for_a_key_is_what_it_types_and_then_what_stands_on_it() {
    use keyboard::Location::{Numpad, Standard};
    let text = |text: &str| Key::Character(text.into());
    let digit = |digit| Some(Button::Digit(digit));
    let pressed = |remote: &Remote, event: &Event| match remote.press(event, Instant::now()) {
        Some(Press::Pressed(button)) => Some(button),
        other => panic!("{other:?}"),
    };
    for (what, key, modified, code, location, here, elsewhere) in [
        // The top row.
        (
            "us 1",
            text("1"),
            text("1"),
            Code::Digit1,
            Standard,
            1,
            digit(1),
        ),
        (
            "fr 1",
            text("&"),
            text("&"),
            Code::Digit1,
            Standard,
            1,
            None,
        ),
        (
            "fr 1, Shift",
            text("&"),
            text("1"),
            Code::Digit1,
            Standard,
            1,
            None,
        ),
        (
            "be 2",
            text("é"),
            text("é"),
            Code::Digit2,
            Standard,
            2,
            None,
        ),
        (
            "cz 0",
            text("é"),
            text("é"),
            Code::Digit0,
            Standard,
            0,
            None,
        ),
        (
            "a dead key",
            Key::Unidentified,
            Key::Unidentified,
            Code::Digit7,
            Standard,
            7,
            None,
        ),
        (
            "ir 4",
            text("۴"),
            text("۴"),
            Code::Digit4,
            Standard,
            4,
            digit(4),
        ),
        (
            "ara 9",
            text("٩"),
            text("٩"),
            Code::Digit9,
            Standard,
            9,
            digit(9),
        ),
        (
            "jp 5",
            text("５"),
            text("５"),
            Code::Digit5,
            Standard,
            5,
            digit(5),
        ),
        // What it types counts before where it stands.
        (
            "dvp, Shift",
            text("["),
            text("7"),
            Code::Digit2,
            Standard,
            7,
            None,
        ),
        // The keypad, either way.
        (
            "KP_1",
            named(Named::End),
            text("1"),
            Code::Numpad1,
            Numpad,
            1,
            None,
        ),
        (
            "KP_End",
            named(Named::End),
            named(Named::End),
            Code::Numpad1,
            Numpad,
            1,
            None,
        ),
        (
            "KP_8",
            named(Named::ArrowUp),
            text("8"),
            Code::Numpad8,
            Numpad,
            8,
            Some(Button::Up),
        ),
        (
            "KP_Up",
            named(Named::ArrowUp),
            named(Named::ArrowUp),
            Code::Numpad8,
            Numpad,
            8,
            Some(Button::Up),
        ),
        (
            "KP_Begin",
            named(Named::Clear),
            named(Named::Clear),
            Code::Numpad5,
            Numpad,
            5,
            None,
        ),
        (
            "KP_Home",
            named(Named::Home),
            named(Named::Home),
            Code::Numpad7,
            Numpad,
            7,
            Some(Button::Home),
        ),
        (
            "KP_Insert",
            named(Named::Insert),
            named(Named::Insert),
            Code::Numpad0,
            Numpad,
            0,
            None,
        ),
    ] {
        let event = typed(key, modified, code, location);
        let asking = Remote::default().asking_for_digits(true);
        assert_eq!(pressed(&asking, &event), digit(here), "{what}");
        let found = Remote::default().press(&event, Instant::now());
        assert_eq!(found, elsewhere.map(Press::Pressed), "{what} elsewhere");
    }
    // Virtual keyboards have named keys anywhere; arrows and OK stay what they are.
    for (key, code, button) in [
        (Named::ArrowUp, Code::Digit1, Button::Up),
        (Named::ArrowUp, Code::Numpad8, Button::Up),
        (Named::ArrowUp, Code::ArrowUp, Button::Up),
        (Named::Enter, Code::Digit2, Button::Select),
        (Named::Escape, Code::Escape, Button::Back),
    ] {
        let event = typed(named(key), named(key), code, Standard);
        let asking = Remote::default().asking_for_digits(true);
        assert_eq!(pressed(&asking, &event), Some(button), "{key:?}");
    }
    let enter = typed(
        named(Named::Enter),
        named(Named::Enter),
        Code::NumpadEnter,
        Numpad,
    );
    let asking = Remote::default().asking_for_digits(true);
    assert_eq!(pressed(&asking, &enter), Some(Button::Select));
    // The owner's own keys come first.
    let own = BTreeMap::from([("back".to_owned(), vec![RemoteKey::Code(2)])]);
    let own = Remote::new(&own).asking_for_digits(true);
    let one = typed(text("1"), text("1"), Code::Digit1, Standard);
    assert_eq!(pressed(&own, &one), Some(Button::Back));
}
