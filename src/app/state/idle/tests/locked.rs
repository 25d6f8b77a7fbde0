//! An account with a PIN is locked when nobody is there any more.

use super::*;
use crate::app::screen::account::AccountEntry;
use crate::app::screen::who::Choices;
use crate::app::screen::{Context, diagnostics, pin};
use crate::app::state::restoring;
use crate::session::Pin;

/// Locks after five minutes, and does nothing else.
fn limits() -> IdleLimits {
    IdleLimits {
        ambient: Some(5 * MINUTE),
        lock: Some(5 * MINUTE),
        ..IdleLimits::default()
    }
}

/// Somebody's home, with a PIN or without one.
fn at_home(folder: &std::path::Path, with_pin: bool) -> App {
    let context = gallery::context(folder);
    let session = gallery::session(&context, "Ada");
    if with_pin {
        let pin = Pin::new([2, 5, 8, 0]);
        context
            .accounts
            .pins()
            .set(&session.account(), &pin)
            .unwrap();
    }
    let mut app = on_welcome();
    app.context = Some(context);
    drop(app.go_home(session, at(Duration::ZERO, Instant::now())));
    app.after(limits(), Duration::ZERO)
}

/// What is known of this device is read, as the task that was begun does.
fn listed(app: &mut App, now: Duration) {
    let Context {
        accounts, client, ..
    } = app.context.clone().unwrap();
    let choices = Choices {
        listed: accounts.list(&client),
        focus: accounts.last_used(),
        ..Choices::default()
    };
    let listed = restoring::Message::Listed(Box::new(choices));
    tell(app, listed.into(), now);
}

/// Nothing of anybody is left that could be shown or asked for.
fn is_shut(app: &App) -> bool {
    let open = app.screen.active().visit().is_some();
    !open && app.session().is_none() && !app.accounts.is_keeping() && app.diagnostics.is_none()
}

#[tokio::test]
async fn an_account_with_a_pin_is_locked_when_the_clock_on_black_comes() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = at_home(folder.path(), true);
    tell(
        &mut app,
        Message::Idle(IdleMessage::Due),
        5 * MINUTE - Duration::from_secs(1),
    );
    assert_eq!(screen(&app), "home");
    assert!(app.accounts.is_keeping());
    tell(&mut app, Message::Idle(IdleMessage::Due), 5 * MINUTE);
    assert!(is_shut(&app));
    listed(&mut app, 5 * MINUTE);
    assert_eq!(screen(&app), "ambient");
    // The key that wakes does nothing else, and the next one meets the PIN.
    tell(&mut app, Message::Idle(IdleMessage::Activity), 60 * MINUTE);
    assert_eq!(screen(&app), "who");
    assert!(is_shut(&app));
    let account = app.shown().focus.unwrap();
    let later = at(60 * MINUTE, Instant::now() + MINUTE);
    drop(app.handle(Message::Pressed(Button::Select), later));
    assert_eq!((screen(&app), account.as_str()), ("pin", "account.default"));
    // What was on its way to the home that is gone changes nothing.
    let visit = app.accounts.last_visit();
    for late in [
        Message::Visit(visit, VisitMessage::Home(home::Message::Due)),
        Message::Visit(
            visit,
            VisitMessage::Ended(crate::session::Error::Ended("late".to_owned())),
        ),
    ] {
        tell(&mut app, late, 60 * MINUTE);
        assert!(screen(&app) == "pin" && is_shut(&app));
    }
}

#[tokio::test]
async fn an_account_without_a_pin_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = at_home(folder.path(), false);
    tell(&mut app, Message::Idle(IdleMessage::Due), 5 * MINUTE);
    assert_eq!(screen(&app), "ambient");
    tell(&mut app, Message::Idle(IdleMessage::Activity), 60 * MINUTE);
    assert_eq!(screen(&app), "home");
    assert!(app.accounts.is_keeping());
}

#[tokio::test]
async fn a_box_that_slept_locks_before_the_first_key_shows_anything() {
    for message in [
        Message::Pressed(Button::Select),
        Message::Idle(IdleMessage::Activity),
        Message::System(crate::app::system_events::SystemEvent::Minute),
        Message::Visit(1, VisitMessage::Home(home::Message::Due)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut app = at_home(folder.path(), true);
        // No alarm has rung: it was asleep.
        tell(&mut app, message, 600 * MINUTE);
        assert!(is_shut(&app));
        assert_ne!(screen(&app), "home");
    }
}

#[tokio::test]
async fn whatever_is_over_or_under_the_home_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let now = at(Duration::ZERO, Instant::now());
    let mut app = at_home(folder.path(), true);
    drop(app.on_account(AccountEntry::Diagnostics, now));
    assert!(app.diagnostics.is_some());
    tell(&mut app, Message::Idle(IdleMessage::Due), 5 * MINUTE);
    assert!(is_shut(&app));
    tell(
        &mut app,
        Message::Diagnostics(diagnostics::Message::Silent),
        5 * MINUTE,
    );
    assert!(is_shut(&app));

    let mut app = at_home(folder.path(), true);
    drop(app.on_account(AccountEntry::Language, now));
    tell(&mut app, Message::Idle(IdleMessage::Due), 5 * MINUTE);
    assert!(is_shut(&app) && app.preferences.panel().is_none());

    // A PIN is being changed.
    let mut app = at_home(folder.path(), true);
    drop(app.on_account(AccountEntry::ChangePin, now));
    assert!(app.session().is_some());
    tell(&mut app, Message::Idle(IdleMessage::Due), 5 * MINUTE);
    assert!(is_shut(&app));
    tell(&mut app, pin::Message::Written(Ok(())).into(), 5 * MINUTE);
    assert!(is_shut(&app));

    // Somebody signs in beside: they go on, and what is behind them is gone.
    let mut app = at_home(folder.path(), true);
    drop(app.on_account(AccountEntry::Add, now));
    assert!(app.session().is_some());
    tell(&mut app, Message::Idle(IdleMessage::Due), 5 * MINUTE);
    assert!(matches!(app.screen, Screen::SignIn(_)) && is_shut(&app));
    tell(&mut app, Message::Idle(IdleMessage::Activity), 6 * MINUTE);
    tell(&mut app, Message::Pressed(Button::Back), 6 * MINUTE);
    listed(&mut app, 6 * MINUTE);
    assert_eq!(screen(&app), "who");
}

#[tokio::test]
async fn who_is_locked_out_is_signed_out_in_time_where_the_owner_wants_that() {
    let folder = tempfile::tempdir().unwrap();
    let both = IdleLimits {
        sign_out: Some(20 * MINUTE),
        ..limits()
    };
    let mut app = at_home(folder.path(), true).after(both, Duration::ZERO);
    tell(&mut app, Message::Idle(IdleMessage::Due), 5 * MINUTE);
    assert!(is_shut(&app));
    listed(&mut app, 5 * MINUTE);
    tell(&mut app, Message::Idle(IdleMessage::Due), 20 * MINUTE);
    assert_eq!(
        (app.shown().screen, app.shown().state),
        ("still_there", "leaving")
    );
    is_signed_out(&mut app, 20 * MINUTE);
    assert!(app.idle.locked.is_none());
    listed(&mut app, 21 * MINUTE);
    // Nobody is signed in any more: nothing is left to sign out.
    tell(&mut app, Message::Idle(IdleMessage::Due), 60 * MINUTE);
    assert_eq!(screen(&app), "ambient");
}
