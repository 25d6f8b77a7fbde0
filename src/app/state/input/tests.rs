use std::collections::BTreeMap;
use std::time::Duration;

use iced::{Point, Rectangle};

use super::*;
use crate::app::focus::Direction;
use crate::app::gallery::{self, SIZES};
use crate::app::idle::IdleLimits;
use crate::app::remote::{KeySource, KeyState};
use crate::app::screen::sign_in;

/// Every screen as it is drawn, with what can have the focus on it and where everything stands.
fn each(mut look_at: impl FnMut(&str, &mut App, &[String], &BTreeMap<String, Rectangle>)) {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let config = gallery::config().screen;
    for (name, screen) in gallery::screens(&context) {
        let mut app = App::showing(screen, &config, SIZES[0]);
        let places = gallery::draw(&app).rects;
        let controls = app.screen.active_mut().controls();
        let ids = controls.map(|controls| controls.ids()).unwrap_or_default();
        let ids: Vec<_> = ids.into_iter().map(String::from).collect();
        look_at(&name, &mut app, &ids, &places);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_can_have_the_focus_gets_it_where_it_is_pointed_at() {
    let mut seen = 0;
    each(|name, app, ids, places| {
        let focus = app.shown().focus;
        if let Some(focus) = &focus {
            assert!(
                places.contains_key(focus),
                "{name}: {focus} has the focus and no place"
            );
        }
        for id in ids.iter().filter(|_| focus.is_some()) {
            let Some(place) = places.get(id) else {
                continue;
            };
            let hit = places
                .iter()
                .filter(|(_, other)| other.contains(place.center()));
            let hit: Vec<_> = hit.map(|(id, _)| id.clone()).collect();
            // An arrow that leads nowhere from there: the focus stays.
            let _ = app.screen.active_mut().controls().unwrap().aim(&hit[0]);
            assert_eq!(app.shown().focus.as_ref(), Some(id), "{name}");
            seen += 1;
        }
    });
    assert!(seen > 20, "{seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn arrows_reach_everything_from_everywhere_where_it_stands() {
    each(|name, app, ids, places| {
        if app.shown().focus.is_none() || ids.iter().any(|id| !places.contains_key(id)) {
            return;
        }
        for start in ids {
            let controls = app.screen.active_mut().controls().unwrap();
            controls.place(places);
            assert!(controls.aim(start));
            let mut reached = vec![start.clone()];
            let mut next = 0;
            while let Some(from) = reached.get(next).cloned() {
                next += 1;
                for arrow in [Button::Up, Button::Down, Button::Left, Button::Right] {
                    assert!(Direction::of(arrow).is_some());
                    *app.input.places() = places.clone();
                    let _ = app.screen.active_mut().controls().unwrap().aim(&from);
                    let _ = app.press(arrow, Now::read());
                    let to = app.shown().focus.unwrap();
                    if !reached.contains(&to) {
                        reached.push(to);
                    }
                }
            }
            assert_eq!(
                reached.len(),
                ids.len(),
                "{name}: from {start} only {reached:?}"
            );
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_on_a_control_presses_it_and_a_tap_beside_it_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let samples = sign_in::tests::samples::all(&context);
    let (_, screen) = samples
        .into_iter()
        .find(|(name, _)| *name == "waiting")
        .unwrap();
    let config = gallery::config().screen;
    let mut app = App::showing(Screen::SignIn(screen), &config, SIZES[1]);
    let focus = app.shown().focus;
    let now = Now::read();
    let _ = app.pointed(&["qr".to_owned()], Button::Select, now);
    assert_eq!(app.shown().focus, focus);
    let _ = app.pointed(&["bigger".to_owned()], Button::Select, now);
    assert_eq!(app.shown().focus.as_deref(), Some("smaller"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pointer_is_there_while_a_mouse_is_used_and_goes_with_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let (_, screen) = gallery::screens(&context).remove(0);
    let mut app = App::showing(screen, &gallery::config().screen, SIZES[1]);
    assert!(!app.input.pointer_shown);
    let _ = app.update(Message::Pointer(Gesture::Shown));
    assert!(app.input.pointer_shown);
    let _ = app.update(Message::Pressed(Button::Down));
    assert!(!app.input.pointer_shown);
    let _ = app.update(Message::Pointer(Gesture::Shown));
    let _ = app.update(Message::Pointer(Gesture::Rested));
    assert!(!app.input.pointer_shown);
    let _ = app.update(Message::Pointer(Gesture::Tapped(Point::ORIGIN)));
    assert!(!app.input.pointer_shown, "a finger needs no pointer");
}

#[tokio::test]
async fn a_game_controllers_press_that_wakes_does_nothing_else_however_long_it_is_held() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let (_, screen) = gallery::screens(&context).remove(0);
    let limits = IdleLimits {
        ambient: Some(Duration::from_secs(300)),
        ..IdleLimits::default()
    };
    let app = App::showing(screen, &gallery::config().screen, SIZES[1]);
    let mut app = app.after(limits, Duration::from_secs(300));
    let start = Instant::now();
    let down = KeyState::Pressed(KeySource::Keyboard);
    for (button, later) in [
        (Button::Menu, KeyState::Released),
        (Button::Down, KeyState::Repeated),
    ] {
        let remote = app.input.remote.clone();
        let press = remote.take(button, down, start).unwrap();
        let now = Now {
            instant: start,
            uptime: Duration::from_secs(400),
        };
        drop(app.handle(Message::from(press), now));
        assert!(!app.shown().dimmed && app.shown().screen != "ambient");
        let after = start + Duration::from_secs(1);
        assert_eq!(remote.take(button, later, after), None, "{button:?}");
        app = app.after(limits, Duration::from_secs(300));
    }
}
