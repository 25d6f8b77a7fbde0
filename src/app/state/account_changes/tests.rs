use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use iced::Size;

use super::*;
use crate::app::gallery::{self, SIZES};
use crate::app::i18n;
use crate::app::screen::pin::{PinPad, Purpose};
use crate::app::screen::sign_in::tests::samples;
use crate::app::screen::welcome::Notice;
use crate::app::screen::who::Choices;
use crate::app::screen::who::Who;
use crate::app::screen::{Context, home};
use crate::app::state::accounts::Behind;
use crate::app::state::{Now, Screen, Visit};
use crate::app::theme::Look;
use crate::session::Listed;

fn home(context: &Context) -> Visit {
    let look = Look::new(
        &context.config.screen,
        Size::new(1280.0, 720.0),
        i18n::language(),
    );
    let session = gallery::session(context, "Ada");
    let (home, _) = home::Home::new(context, session, &look, Instant::now());
    Visit::new(0, home)
}

fn show(context: &Context, screen: Screen) -> App {
    App {
        context: Some(context.clone()),
        ..App::showing(screen, &gallery::config().screen, SIZES[0])
    }
}

fn tell(app: &mut App, message: Message) {
    let now = Now {
        instant: Instant::now(),
        uptime: Duration::ZERO,
    };
    drop(app.route(message, now));
}

fn who_listed(listed: Option<Vec<Listed>>) -> Message {
    Message::Screen(ScreenMessage::WhoListed(listed))
}

fn screen(app: &App) -> (&'static str, &'static str) {
    let shown = app.shown();
    (shown.screen, shown.state)
}

/// The file of somebody else in the place of Ada's.
fn sign_kofi_in(file: &Path) {
    let ada = fs::read_to_string(file).unwrap();
    fs::remove_file(file).unwrap();
    fs::write(file, ada.replace("auth0|ada", "auth0|kofi")).unwrap();
}

#[tokio::test]
async fn whoever_another_process_signs_out_leaves_the_screen() {
    let ends: [fn(&Path); 2] = [|file| fs::remove_file(file).unwrap(), sign_kofi_in];
    for end in ends {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let mut app = show(&context, Screen::Home(home(&context)));
        tell(&mut app, Message::AccountsChanged);
        assert_eq!(screen(&app).0, "home", "nothing has changed");
        end(&context.accounts.file("default"));
        tell(&mut app, Message::AccountsChanged);
        assert_eq!(screen(&app).0, "restoring");
        assert!(app.session().is_none() && app.accounts.session_behind().is_none());
    }
}

#[tokio::test]
async fn who_is_signing_in_goes_on_when_the_one_before_is_signed_out() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    let code = samples::showing(&context, samples::code(), Duration::from_secs(900));
    let mut app = show(&context, Screen::SignIn(code));
    app.accounts.behind = Behind::Home(home(&context));
    fs::remove_file(context.accounts.file("default")).unwrap();
    tell(&mut app, Message::AccountsChanged);
    assert_eq!(screen(&app), ("sign_in", "waiting"));
    assert!(
        app.accounts.session_behind().is_none(),
        "nobody to go back to"
    );
    assert!(app.accounts.has_ended());
}

#[tokio::test]
async fn a_pin_is_not_asked_of_whoever_is_not_here_any_more() {
    for over_home in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let home = home(&context);
        let account = home.session().account();
        let (purpose, behind) = match over_home {
            true => (Purpose::Set, Behind::Home(home)),
            false => (Purpose::Unlock, Behind::Who),
        };
        let nothing = crate::app::pictures::Pictures::default();
        let (pad, _) = PinPad::new(&context.accounts, account, nothing, purpose, Instant::now());
        let mut app = show(&context, Screen::Pin(Box::new(pad)));
        app.accounts.behind = behind;
        tell(&mut app, Message::AccountsChanged);
        assert_eq!(screen(&app).0, "pin");
        fs::remove_file(context.accounts.file("default")).unwrap();
        tell(&mut app, Message::AccountsChanged);
        assert_eq!(screen(&app).0, "restoring");
        assert!(app.accounts.session_behind().is_none());
    }
}

#[tokio::test]
async fn who_is_watching_shows_who_is_here_now() {
    let folder = tempfile::tempdir().unwrap();
    let context = gallery::context(folder.path());
    drop(gallery::session(&context, "Ada"));
    let listed = || context.accounts.list(&context.client);
    let choices = Choices {
        listed: listed(),
        notice: Some(Notice::SignedOut),
        ..Choices::default()
    };
    let look = Look::new(&context.config.screen, SIZES[0], i18n::language());
    let (who, _) = Who::new(&context, choices, "default", &look);
    let mut app = show(&context, Screen::Who(who));
    tell(&mut app, who_listed(Some(listed())));
    assert_eq!(screen(&app), ("who", "signed_out"), "nothing has changed");
    tell(&mut app, who_listed(None));
    assert_eq!(screen(&app), ("who", "signed_out"), "nobody could tell");
    sign_kofi_in(&context.accounts.file("default"));
    tell(&mut app, who_listed(Some(listed())));
    assert_eq!(screen(&app), ("who", "choosing"));
    fs::remove_file(context.accounts.file("default")).unwrap();
    tell(&mut app, who_listed(Some(listed())));
    assert_eq!(screen(&app).0, "welcome");
}
