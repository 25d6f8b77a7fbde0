//! Guests, while no key is pressed and when they have gone.

use super::*;
use crate::app::screen::panel;
use crate::config::{Preference, Theme};
use crate::session::Session;

/// A guest's home; the owner signs nobody out.
fn guest_at_home(folder: &std::path::Path) -> (App, Session) {
    let context = gallery::context(folder);
    let look = Look::new(
        &context.config.screen,
        Size::new(1280.0, 720.0),
        i18n::language(),
    );
    let session = gallery::guest(&context, "Ada");
    let (home, _) = home::Home::new(&context, session.clone(), &look, Instant::now());
    let mut app = show(Screen::Home(Visit::new(0, home)));
    let _ = app.guest_arrives(&session);
    (app, session)
}

fn alone() -> IdleLimits {
    IdleLimits {
        sign_out: None,
        ..limits()
    }
}

#[tokio::test]
async fn a_guest_is_asked_and_gone_when_the_screen_is_dark() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = guest_at_home(folder.path());
    let app = app.after(alone(), 4 * MINUTE);
    assert_eq!(
        (app.shown().screen, app.shown().state),
        ("still_there", "asking")
    );
    let mut app = app.after(alone(), 5 * MINUTE);
    assert_eq!(
        (app.shown().screen, app.shown().state),
        ("still_there", "leaving")
    );
    is_signed_out(&mut app, 5 * MINUTE);
    assert_eq!(screen(&app), "ambient");
}

#[tokio::test]
async fn a_guest_whose_home_is_not_on_goes_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let (mut app, session) = guest_at_home(folder.path());
    app.screen = on_welcome().into_screen();
    let mut app = app.after(alone(), 4 * MINUTE);
    tell(&mut app, Message::Idle(IdleMessage::Due), 4 * MINUTE);
    assert_eq!(screen(&app), "welcome", "nobody is asked");
    assert_eq!(app.accounts.guests.here().count(), 1);
    tell(&mut app, Message::Idle(IdleMessage::Due), 5 * MINUTE);
    assert_eq!(screen(&app), "ambient");
    assert_eq!(app.accounts.guests.here().count(), 0);
    let waits = app.sessions();
    assert!(
        waits.iter().any(|waits| waits.is_same(&session)),
        "the end has to wait for it"
    );
}

#[tokio::test]
async fn what_a_guest_has_set_goes_with_them_and_is_never_written() {
    let folder = tempfile::tempdir().unwrap();
    let (mut app, _) = guest_at_home(folder.path());
    let light = panel::Action::Change(Preference::Theme(Theme::Light));
    let now = at(MINUTE, Instant::now());
    drop(app.on_panel(light, now));
    tell(&mut app, Message::AccountsChanged, MINUTE);
    assert_eq!(app.screen_settings().theme, Theme::Light);
    app.preferences.settle()();
    app.screen = on_welcome().into_screen();
    tell(&mut app, Message::AccountsChanged, MINUTE);
    assert_eq!(app.screen_settings().theme, Theme::Dark);
}
