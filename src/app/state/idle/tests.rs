use device_flow::NetworkFailure;
use std::time::Instant;

use iced::Size;

use super::*;
use crate::app::gallery::{self, SIZES};
use crate::app::i18n;
use crate::app::remote::Button;
use crate::app::screen::sign_in::{self, tests::samples};
use crate::app::screen::{home, welcome};
use crate::app::state::{Screen, Visit, VisitMessage};
use crate::app::theme::Look;
use device_flow::Revocation;

mod guests;
mod locked;
mod waking;

const MINUTE: Duration = Duration::from_secs(60);

fn limits() -> IdleLimits {
    IdleLimits {
        dim: Some(5 * MINUTE),
        ambient: Some(5 * MINUTE),
        sign_out: Some(20 * MINUTE),
        lock: Some(5 * MINUTE),
        guest: Some(5 * MINUTE),
    }
}

fn show(screen: Screen) -> App {
    App::showing(screen, &gallery::config().screen, SIZES[0])
}

fn on_welcome() -> App {
    show(Screen::Welcome(welcome::Welcome::new(
        "Acme TV", "default", None,
    )))
}

fn on_home(folder: &std::path::Path) -> App {
    let context = gallery::context(folder);
    let look = Look::new(
        &context.config.screen,
        Size::new(1280.0, 720.0),
        i18n::language(),
    );
    let session = gallery::session(&context, "Ada");
    let (home, _) = home::Home::new(&context, session, &look, Instant::now());
    show(Screen::Home(Visit::new(0, home)))
}

fn at(uptime: Duration, instant: Instant) -> Now {
    Now { instant, uptime }
}

/// What the program does with `message` at `now`, in time since the box was started.
fn tell(app: &mut App, message: Message, now: Duration) {
    drop(app.handle(message, at(now, Instant::now())));
}

/// The sign-out that the idle screen waited for has come to its end.
fn is_signed_out(app: &mut App, now: Duration) {
    let outcome = SignOut {
        revocation: Revocation::Revoked,
        not_removed: None,
        beside: Vec::new(),
    };
    tell(app, Message::Idle(IdleMessage::SignedOut(outcome)), now);
}

fn screen(app: &App) -> &'static str {
    app.shown().screen
}

#[tokio::test]
async fn r19_the_key_that_wakes_the_screen_does_nothing_else() {
    let mut app = on_welcome().after(limits(), 5 * MINUTE);
    assert_eq!(screen(&app), "ambient");
    let now = 6 * MINUTE;
    // OK would ask for a code.
    tell(&mut app, Message::Pressed(Button::Select), now);
    assert_eq!(screen(&app), "welcome");
    tell(&mut app, Message::Idle(IdleMessage::Due), now + MINUTE);
    assert_eq!(screen(&app), "welcome");
    tell(&mut app, Message::Idle(IdleMessage::Due), now + 5 * MINUTE);
    assert_eq!(screen(&app), "ambient");
    tell(
        &mut app,
        Message::Idle(IdleMessage::Activity),
        now + 6 * MINUTE,
    );
    assert_eq!(screen(&app), "welcome");
}

#[tokio::test]
async fn a_code_stays_on_a_dimmed_screen_and_the_phones_answer_lights_it() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let code = samples::showing(&context, samples::code(), 15 * MINUTE);
    let mut app = show(Screen::SignIn(code)).after(limits(), 14 * MINUTE);
    let shown = app.shown();
    assert_eq!(
        (shown.screen, shown.state, shown.dimmed),
        ("sign_in", "waiting", true)
    );
    // Nobody is to be surprised by a darker code that a press makes new.
    tell(&mut app, Message::Pressed(Button::Select), 15 * MINUTE);
    let shown = app.shown();
    assert_eq!((shown.state, shown.dimmed), ("waiting", false));

    let mut app = app.after(limits(), 14 * MINUTE);
    assert!(app.shown().dimmed);
    let answered = sign_in::Message::Step {
        attempt: 1,
        step: crate::session::sign_in::Step::Finishing,
    };
    let now = Now::read().uptime;
    tell(&mut app, answered.into(), now);
    let shown = app.shown();
    assert_eq!((shown.state, shown.dimmed), ("finishing", false));
}

#[tokio::test]
async fn a_person_who_has_gone_is_asked_and_then_signed_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = on_home(folder.path()).after(limits(), 19 * MINUTE);
    assert_eq!(
        (app.shown().screen, app.shown().state),
        ("still_there", "asking")
    );
    // Any key is an answer, and nothing else.
    tell(&mut app, Message::Pressed(Button::Select), 19 * MINUTE);
    assert_eq!(screen(&app), "home");

    let mut app = app.after(limits(), 20 * MINUTE);
    assert_eq!(
        (app.shown().screen, app.shown().state),
        ("still_there", "leaving")
    );
    tell(&mut app, Message::Pressed(Button::Back), 20 * MINUTE);
    assert_eq!(app.shown().state, "leaving", "too late for any key");
    is_signed_out(&mut app, 20 * MINUTE);
    assert_eq!(screen(&app), "ambient", "nobody is there to read it");
    tell(&mut app, Message::Idle(IdleMessage::Activity), 300 * MINUTE);
    assert_eq!(
        (app.shown().screen, app.shown().state),
        ("welcome", "absent")
    );
}

#[tokio::test]
async fn a_person_whom_nobody_wants_signed_out_stays() {
    let folder = tempfile::tempdir().unwrap();
    let never = IdleLimits {
        sign_out: None,
        ..limits()
    };
    let mut app = on_home(folder.path()).after(never, 90_000 * MINUTE);
    assert_eq!(screen(&app), "ambient");
    tell(&mut app, Message::Pressed(Button::Select), 90_001 * MINUTE);
    assert_eq!(screen(&app), "home");
}

#[tokio::test(flavor = "multi_thread")]
async fn b21_phones_read_a_dimmed_code_wherever_it_has_moved() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let address = "https://acme.eu.auth0.com/activate?user_code=QTZL-MCBW";
    for (wish, config) in gallery::wishes() {
        for size in SIZES {
            for minutes in [6, 7] {
                let code = samples::showing(&context, samples::code(), 15 * MINUTE);
                let app = App::showing(Screen::SignIn(code), &config, size)
                    .after(limits(), minutes * MINUTE);
                let shot = gallery::draw(&app);
                gallery::keep(&format!("dimmed_{minutes}-{wish}-{}", size.height), &shot);
                assert_eq!(
                    gallery::scan(&shot.image),
                    [address],
                    "{wish} {size:?} {minutes}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_while_nobody_is_there_stays_inside_the_safe_area() {
    let folder = tempfile::tempdir().unwrap();
    for (wish, config) in gallery::wishes() {
        for size in SIZES {
            for (name, minutes, text) in [
                ("still_there", 19, "in 60 seconds"),
                ("still_there_leaving", 20, "Signing you out"),
            ] {
                let home = on_home(folder.path()).into_screen();
                let app = App::showing(home, &config, size).after(limits(), minutes * MINUTE);
                let shot = gallery::draw(&app);
                let name = format!("{name}-{wish}-{}", size.height);
                gallery::keep(&name, &shot);
                gallery::assert_inside_the_safe_area(&name, &app, &shot);
                assert!(shot.says(text), "{:?}", shot.texts);
            }
            let app =
                App::showing(on_welcome().into_screen(), &config, size).after(limits(), 7 * MINUTE);
            let shot = gallery::draw(&app);
            assert!(shot.says("20:15"));
            gallery::keep(&format!("ambient-{wish}-{}", size.height), &shot);
        }
    }
}

#[tokio::test]
async fn nothing_is_loaded_while_nobody_looks() {
    let folder = tempfile::tempdir().unwrap();
    let mut context = gallery::context(folder.path());
    let mut config = gallery::config();
    config.api = Some(
        toml::from_str(
            "base_url = 'http://127.0.0.1:9/'\nrows = [{ title = 'Row', path = 'row', items = '', \
             card = { id = '/id', title = '/name' } }]",
        )
        .unwrap(),
    );
    context.config = std::sync::Arc::new(config);
    let (now, later) = (Instant::now(), Instant::now() + 60 * MINUTE);
    let loaded_after = |alone| {
        let look = Look::new(
            &context.config.screen,
            Size::new(1280.0, 720.0),
            i18n::language(),
        );
        let session = gallery::session(&context, "Ada");
        let (mut home, _) = home::Home::new(&context, session, &look, now);
        let failed = home::Message::Row {
            serial: 1,
            result: Err(crate::api::Error::network(NetworkFailure::Connect, "down")),
        };
        let _ = home.update(failed, &look, now);
        let mut app = show(Screen::Home(Visit::new(0, home))).after(limits(), alone);
        let due = Message::Visit(0, VisitMessage::Home(home::Message::Due));
        (screen(&app), app.route(due, at(alone, later)).units())
    };
    assert_eq!(loaded_after(5 * MINUTE), ("ambient", 0));
    let (screen, loads) = loaded_after(MINUTE);
    assert!(screen == "home" && loads > 0, "{loads}");
}
