//! Which press wakes the screen, and what comes of what follows it.

use iced::keyboard::key::{Code, Named, NativeCode, Physical};
use iced::keyboard::{Event, Key, Location, Modifiers};

use super::*;
use crate::app::screen::diagnostics::samples as pages;

const DOWN: Named = Named::ArrowDown;

fn down(named: Named) -> iced::Event {
    pressed(named, false)
}

fn pressed(named: Named, repeat: bool) -> iced::Event {
    iced::Event::Keyboard(Event::KeyPressed {
        key: Key::Named(named),
        modified_key: Key::Named(named),
        physical_key: physical(named),
        location: Location::Standard,
        modifiers: Modifiers::empty(),
        text: None,
        repeat,
    })
}

fn up(named: Named) -> iced::Event {
    iced::Event::Keyboard(Event::KeyReleased {
        key: Key::Named(named),
        modified_key: Key::Named(named),
        physical_key: physical(named),
        location: Location::Standard,
        modifiers: Modifiers::empty(),
    })
}

/// Remotes' Back has a code that keyboards have not.
fn physical(named: Named) -> Physical {
    match named {
        Named::BrowserBack => Physical::Unidentified(NativeCode::Xkb(158)),
        Named::ContextMenu => Physical::Code(Code::ContextMenu),
        _ => Physical::Code(Code::ArrowDown),
    }
}

/// Hands `events` over in one batch, as iced does: all of them are heard before the first message is taken in. What
/// they come to.
fn batch(
    app: &mut App,
    events: &[iced::Event],
    heard: Instant,
    now: Duration,
) -> Vec<&'static str> {
    let messages: Vec<_> = events
        .iter()
        .flat_map(|event| app.hear(event, heard))
        .collect();
    let names = messages.iter().map(|message| match message {
        Message::Idle(IdleMessage::Activity) => "wakes",
        Message::Pressed(_) => "counts",
        Message::Held(_) => "is held",
        Message::Diagnostics(diagnostics::Message::Arrived(_)) => "is named",
        _ => "is something else",
    });
    let names = names.collect();
    for message in messages {
        drop(app.handle(message, at(now, heard)));
    }
    names
}

#[tokio::test]
async fn of_keys_that_come_in_one_batch_the_first_wakes_and_the_others_count() {
    for (ambient, was) in [(Some(5 * MINUTE), "ambient"), (None, "welcome")] {
        let limits = IdleLimits {
            ambient,
            ..limits()
        };
        let mut app = on_welcome().after(limits, 5 * MINUTE);
        assert_eq!((screen(&app), app.idle.is_awake()), (was, false));
        let start = Instant::now();
        let keys = [down(Named::BrowserBack), up(Named::BrowserBack), down(DOWN)];
        let came_to = batch(&mut app, &keys, start, 6 * MINUTE);
        assert_eq!(came_to, ["wakes", "counts"], "{was}");
        assert_eq!(app.shown().focus.as_deref(), Some("language"));
        // In the dark after that the first one wakes again.
        tell(&mut app, Message::Idle(IdleMessage::Due), 20 * MINUTE);
        assert!(!app.idle.is_awake());
        let later = start + 14 * MINUTE;
        let came_to = batch(&mut app, &keys, later, 20 * MINUTE);
        assert_eq!(came_to, ["wakes", "counts"], "{was}");
    }
}

#[tokio::test]
async fn the_press_that_wakes_may_bounce_echo_repeat_and_be_held_and_does_nothing_else() {
    let ms = Duration::from_millis;
    for (name, script) in [
        (
            "a worn contact",
            vec![(0, down(DOWN)), (5, up(DOWN)), (10, down(DOWN))],
        ),
        (
            "what an HDMI-CEC adapter tells twice",
            vec![
                (0, down(Named::BrowserBack)),
                (60, up(Named::BrowserBack)),
                (150, down(Named::BrowserBack)),
            ],
        ),
        (
            "a long press",
            vec![(0, down(Named::ContextMenu)), (900, up(Named::ContextMenu))],
        ),
        (
            "an arrow that is held",
            vec![
                (0, down(DOWN)),
                (600, pressed(DOWN, true)),
                (640, pressed(DOWN, true)),
            ],
        ),
    ] {
        let mut app = on_welcome().after(limits(), 5 * MINUTE);
        let start = Instant::now();
        let came_to = script
            .into_iter()
            .flat_map(|(after, event)| batch(&mut app, &[event], start + ms(after), 6 * MINUTE));
        assert_eq!(came_to.collect::<Vec<_>>(), ["wakes"], "{name}");
    }
}

#[tokio::test]
async fn the_press_that_wakes_is_not_named_where_keys_are_named() {
    let mut samples = pages::all().into_iter();
    let (_, page) = samples.find(|(name, _)| *name == "listening").unwrap();
    let mut app = on_welcome();
    app.over(page);
    let mut app = app.after(limits(), 5 * MINUTE);
    let keys = [down(DOWN), up(DOWN), down(Named::ContextMenu)];
    let came_to = batch(&mut app, &keys, Instant::now(), 6 * MINUTE);
    assert_eq!(came_to, ["wakes", "counts", "is named"]);
}
