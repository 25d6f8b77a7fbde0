use std::time::{Duration, Instant};

use iced::Size;

use super::*;
use crate::app::activation::{DOUBLE, LOOK};
use crate::app::gallery::{self, SIZES};
use crate::app::i18n;
use crate::app::idle::IdleLimits;
use crate::app::screen::sign_in::tests::samples;
use crate::app::screen::{home, success, welcome};
use crate::app::state::{Greeted, Screen, Visit};
use crate::app::theme::Look;

/// A hand at the remote of a program, and its clock.
struct Hand {
    app: App,
    start: Instant,
    ms: u64,
}

impl Hand {
    fn at(screen: Screen) -> Self {
        let app = App::showing(screen, &gallery::config().screen, SIZES[0]);
        let start = Instant::now();
        Self { app, start, ms: 0 }
    }

    /// Lets `ms` pass and takes a message in. Whether there is anything to do for it.
    fn after(&mut self, ms: u64, message: Message) -> bool {
        self.ms += ms;
        let now = Duration::from_millis(self.ms);
        let now = Now {
            instant: self.start + now,
            uptime: now,
        };
        let task = self.app.handle(message, now);
        task.units() > 0
    }

    fn press(&mut self, ms: u64, button: Button) -> bool {
        self.after(ms, Message::Pressed(button))
    }

    fn sees(&self) -> (&'static str, &'static str, Option<String>) {
        let shown = self.app.shown();
        (shown.screen, shown.state, shown.focus)
    }

    fn is_on(&self, screen: &str) -> bool {
        self.app.shown().screen == screen
    }
}

fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap()
}

fn on_welcome() -> Screen {
    Screen::Welcome(welcome::Welcome::new("Acme TV", "default", None))
}

fn greeted(folder: &std::path::Path) -> Screen {
    let context = gallery::context(folder);
    let look = Look::new(
        &context.config.screen,
        Size::new(1280.0, 720.0),
        i18n::language(),
    );
    let session = gallery::session(&context, "Ada");
    let (greeting, _) = success::Success::new(session.clone(), std::time::Duration::from_secs(4));
    let (home, _) = home::Home::new(&context, session, &look, Instant::now());
    let visit = Visit::new(0, home);
    Screen::Success(Greeted { greeting, visit })
}

#[tokio::test]
async fn a_second_ok_on_the_greeting_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut hand = Hand::at(greeted(folder.path()));
    let _ = hand.press(5000, Button::Select);
    assert!(hand.is_on("home"));
    for gap in [80, 170, ms(LOOK) - 251] {
        let _ = hand.press(gap, Button::Select);
        assert!(hand.is_on("home"));
    }
    let _ = hand.press(1, Button::Select);
    assert!(hand.is_on("account"));
}

#[tokio::test]
async fn an_ok_for_the_greeting_opens_nothing_when_home_has_just_come_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut hand = Hand::at(greeted(folder.path()));
    let _ = hand.press(100, Button::Down);
    let _ = hand.after(4000, success::Message::Enough.into());
    let _ = hand.press(ms(LOOK) - 1, Button::Select);
    assert!(hand.is_on("home"));
    let _ = hand.press(1, Button::Select);
    assert!(hand.is_on("account"));
}

#[tokio::test]
async fn an_arrow_takes_aim_and_ok_counts_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut hand = Hand::at(greeted(folder.path()));
    let _ = hand.press(100, Button::Select);
    let _ = hand.press(100, Button::Up);
    let _ = hand.press(100, Button::Select);
    assert!(hand.is_on("account"));
    // Back is no OK, and neither is what it leads to.
    let _ = hand.press(100, Button::Back);
    let _ = hand.press(100, Button::Select);
    assert!(hand.is_on("account"));
}

#[tokio::test]
async fn the_ok_that_asks_for_a_code_does_not_cancel_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let mut hand = Hand::at(on_welcome());
    hand.app.context = Some(context);
    let _ = hand.press(100, Button::Select);
    let asked = ("sign_in", "requesting", Some("cancel".to_owned()));
    assert_eq!(hand.sees(), asked);
    for ms in [80, 420, 999] {
        let _ = hand.press(ms, Button::Select);
        assert_eq!(hand.sees(), asked);
    }
    let _ = hand.press(1, Button::Select);
    assert!(hand.is_on("welcome"));
    // Back is pressed for nothing else.
    let _ = hand.press(2000, Button::Select);
    let _ = hand.press(80, Button::Back);
    assert!(hand.is_on("welcome"));
}

#[tokio::test]
async fn two_ok_leave_the_code_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    for gap in [80, 250, 400, 700, 1200] {
        let code = samples::showing(&context, samples::code(), Duration::from_secs(900));
        let mut hand = Hand::at(Screen::SignIn(code));
        let _ = hand.press(100, Button::Right);
        for _ in 0..2 {
            assert!(!hand.press(gap, Button::Select), "{gap}");
        }
        let (screen, state, _) = hand.sees();
        assert!(screen == "sign_in" && ["confirm", "waiting"].contains(&state));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_second_ok_does_anything_where_the_first_changed_what_ok_does() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let mut changed = 0;
    for (name, screen) in gallery::screens(&context) {
        let mut hand = Hand::at(screen);
        hand.app.context = Some(context.clone());
        // Not OK: what is there has been there for long.
        let _ = hand.after(100, Message::FocusFrame);
        let before = hand.sees();
        let _ = hand.press(5000, Button::Select);
        let once = hand.sees();
        if (before.0, &before.2) == (once.0, &once.2) {
            continue;
        }
        changed += 1;
        // Over home there are menus, of which one is not told here by its screen.
        let lasts = ["home", "detail", "pin", "language", "accessibility"];
        let is_content = lasts.contains(&once.0);
        let inert = ms(if is_content { LOOK } else { DOUBLE });
        for gap in [80, inert - 81] {
            assert!(!hand.press(gap, Button::Select), "{name}");
            assert_eq!(hand.sees(), once, "{name}");
        }
    }
    assert!(changed > 15, "{changed}");
}

#[tokio::test]
async fn a_second_ok_after_the_one_that_wakes_the_screen_does_nothing_either() {
    let limits = IdleLimits {
        dim: Some(Duration::from_secs(60)),
        ambient: Some(Duration::from_secs(120)),
        ..IdleLimits::default()
    };
    for asleep in [70, 130] {
        let folder = tempfile::tempdir().unwrap();
        let mut hand = Hand::at(on_welcome());
        hand.app.context = Some(gallery::context(folder.path()));
        hand.app = hand.app.after(limits, Duration::from_secs(asleep));
        let _ = hand.after(asleep * 1000, Message::Idle(IdleMessage::Activity));
        for gap in [100, ms(DOUBLE) - 101] {
            let _ = hand.press(gap, Button::Select);
            assert!(hand.is_on("welcome"), "{asleep}");
        }
        let _ = hand.press(1, Button::Select);
        assert!(hand.is_on("sign_in"), "{asleep}");
    }
}

#[tokio::test]
async fn two_taps_at_one_place_are_one_where_another_screen_came_under_the_finger() {
    let folder = tempfile::tempdir().unwrap();
    let mut hand = Hand::at(greeted(folder.path()));
    let tap = |id: &str| Message::Pointed(vec![id.to_owned()], Button::Select);
    let _ = hand.after(5000, tap("continue"));
    assert!(hand.is_on("home"));
    let _ = hand.after(150, tap("account"));
    assert!(hand.is_on("home"));
    let _ = hand.after(ms(LOOK), tap("account"));
    assert!(hand.is_on("account"));
}
