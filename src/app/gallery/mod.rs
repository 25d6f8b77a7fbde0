//! Every screen in every state, drawn by the software renderer: checked by tests, and to look at with
//! `GALLERY=folder cargo test --lib app::gallery`, which writes a PNG file for each.

mod faces;
mod golden;
mod languages;
mod outputs;
mod repaint;
mod sheet;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::advanced::renderer::{Headless, Style};
use iced::advanced::widget::{self, Operation};
use iced::{Pixels, Rectangle, Size, mouse};
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;
use image::RgbaImage;

use super::error_text;
use super::i18n;
use super::remote::Button;
use super::screen::panel::PanelKind;
use super::screen::{Context, home, pin, problem, set_up, sign_in, success, welcome, who};
use super::state::{App, Greeted, Message, Screen, Visit, VisitMessage, restoring};
use super::theme::{Look, SANS, token};
use super::widget::named::PartName;
use crate::app::renderer::{Element, Renderer};
use crate::config::{self, Config};
use crate::host::start_delay::StartDelay;
use crate::session::{Account, AccountState, Accounts, Session};

/// The sizes every screen must stand at.
pub(super) const SIZES: [Size; 3] = [
    Size::new(1280.0, 720.0),
    Size::new(1920.0, 1080.0),
    Size::new(3840.0, 2160.0),
];

/// A screen as it was drawn.
pub(super) struct Shot {
    /// The pixels.
    pub(super) image: RgbaImage,
    /// Where each named part stands.
    pub(super) rects: BTreeMap<String, Rectangle>,
    /// Each text and where it stands.
    pub(super) texts: Vec<(String, Rectangle)>,
}

impl Shot {
    /// Whether some text holds `words`.
    pub(super) fn says(&self, words: &str) -> bool {
        self.texts.iter().any(|(text, _)| text.contains(words))
    }
}

/// Writes a picture to look at, where one is wanted.
pub(super) fn keep(name: &str, shot: &Shot) {
    let Some(folder) = std::env::var_os("GALLERY").map(PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    shot.image.save(folder.join(format!("{name}.png"))).unwrap();
}

/// Pixels that are clearly not the same.
fn differing(one: &RgbaImage, other: &RgbaImage) -> usize {
    let apart = |(one, other): (&u8, &u8)| one.abs_diff(*other) > 24;
    one.pixels()
        .zip(other.pixels())
        .filter(|(one, other)| one.0.iter().zip(&other.0).any(apart))
        .count()
}

/// Draws what is on.
pub(super) fn draw(app: &App) -> Shot {
    shoot(app.view(), app.look())
}

/// Lays out what is on, without drawing it.
pub(super) fn lay_out(app: &App) -> Survey {
    survey(app.view(), app.look())
}

/// Lays out one screen, without drawing it.
pub(super) fn survey<Message>(view: Element<'_, Message>, look: &Look) -> Survey {
    let (mut interface, renderer) = built(view, look);
    surveyed(&mut interface, &renderer)
}

fn built<'a, Message>(
    view: Element<'a, Message>,
    look: &Look,
) -> (UserInterface<'a, Message, iced::Theme, Renderer>, Renderer) {
    let renderer = <Renderer as Headless>::new(SANS, Pixels(16.0), Some("tiny-skia"));
    let mut renderer: Renderer = futures::executor::block_on(renderer).unwrap();
    let interface = UserInterface::build(view, look.window(), Cache::default(), &mut renderer);
    (interface, renderer)
}

/// Draws one screen.
pub(super) fn shoot<Message>(view: Element<'_, Message>, look: &Look) -> Shot {
    let size = look.window();
    let (mut interface, mut renderer) = built(view, look);
    let survey = surveyed(&mut interface, &renderer);
    let theme = look.theme();
    let style = Style {
        text_color: look.palette.text,
    };
    interface.draw(&mut renderer, &theme, &style, mouse::Cursor::Unavailable);
    let physical = Size::new(size.width as u32, size.height as u32);
    let pixels = renderer.screenshot(physical, 1.0, look.palette.ground);
    Shot {
        image: RgbaImage::from_raw(physical.width, physical.height, pixels).unwrap(),
        rects: survey.rects,
        texts: survey.texts,
    }
}

fn surveyed<Message>(
    interface: &mut UserInterface<'_, Message, iced::Theme, Renderer>,
    renderer: &Renderer,
) -> Survey {
    let mut survey = Survey::default();
    interface.operate(renderer, &mut survey);
    survey
}

/// What a screen has where.
#[derive(Default)]
pub(super) struct Survey {
    /// Where each named part stands.
    pub(super) rects: BTreeMap<String, Rectangle>,
    /// Each text and where it stands.
    pub(super) texts: Vec<(String, Rectangle)>,
}

impl Operation<()> for Survey {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn custom(&mut self, _: Option<&widget::Id>, bounds: Rectangle, state: &mut dyn std::any::Any) {
        if let Some(name) = PartName::of(state) {
            let twice = self.rects.insert(name.to_owned(), bounds);
            assert!(twice.is_none(), "two parts are named {name}");
        }
    }

    fn text(&mut self, _: Option<&widget::Id>, bounds: Rectangle, text: &str) {
        self.texts.push((text.to_owned(), bounds));
    }
}

/// An owner's configuration, pointing nowhere.
pub(super) fn config() -> Config {
    toml::from_str(
        r##"
        [provider]
        preset = "auth0"
        domain = "acme.eu.auth0.com"
        client_id = "a1B2c3D4e5"
        device_authorization_endpoint = "http://127.0.0.1:9/device"
        token_endpoint = "http://127.0.0.1:9/token"
        [screen]
        title = "Acme TV"
        reduced_motion = true
        "##,
    )
    .unwrap()
}

/// What the screens need, on a disk of its own.
pub(super) fn context(folder: &Path) -> Context {
    let config = config();
    Context {
        client: config.provider.client().unwrap(),
        accounts: Accounts::new(folder, &folder.join("cache")),
        profile: "default".to_owned(),
        voice: None,
        start: StartDelay::none(),
        config: Arc::new(config),
    }
}

/// An account that is signed in.
pub(super) fn account(profile: &str, name: &str) -> Account {
    Account {
        profile: profile.to_owned(),
        issuer: "https://acme.eu.auth0.com/".to_owned(),
        client_id: "a1B2c3D4e5".to_owned(),
        subject: format!("auth0|{profile}"),
        name: Some(name.to_owned()),
        email: None,
        picture: None,
        claims: serde_json::Map::new(),
        scopes: vec!["openid".to_owned()],
        signed_in_at: std::time::UNIX_EPOCH,
        refreshed_at: None,
        access_expires_at: None,
        refreshable: true,
        static_refresh_token: false,
        not_remembered: None,
        guest: false,
    }
}

/// A session that was on disk. Needs a tokio runtime.
pub(super) fn session(context: &Context, name: &str) -> Session {
    let account = serde_json::json!({
        "schema": 1,
        "issuer": context.client.issuer(),
        "client_id": context.client.client_id(),
        "subject": "auth0|ada",
        "display_name": name,
        "email": "ada@example.com",
        "access_token": "not-a-token",
        "refresh_token": "not-a-token-either",
        "token_type": "Bearer",
        "signed_in_at": 1_700_000_000,
    });
    let file = context.accounts.file(&context.profile);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, account.to_string()).unwrap();
    match Session::restore(&context.accounts, &context.client, &context.profile) {
        Ok(AccountState::SignedIn(session)) => session,
        other => panic!("not restored: {other:?}"),
    }
}

/// A guest's session. Needs a tokio runtime.
pub(super) fn guest(context: &Context, name: &str) -> Session {
    Session::of_a_guest(&context.accounts, &context.client, name)
}

/// Every screen in every state, by name.
pub(super) fn screens(context: &Context) -> Vec<(String, Screen)> {
    let mut screens = Vec::new();
    let welcome = |notice| {
        let mut welcome = welcome::Welcome::new("Acme TV", "living-room", notice);
        welcome.network(Some(true));
        Screen::Welcome(welcome)
    };
    screens.push(("welcome".to_owned(), welcome(None)));
    for (name, notice) in [
        ("ended", welcome::Notice::Ended),
        ("not_revoked", welcome::Notice::NotRevoked),
        (
            "not_removed",
            welcome::Notice::NotRemoved("Read-only file system (os error 30)".to_owned()),
        ),
    ] {
        screens.push((format!("welcome_{name}"), welcome(Some(notice))));
    }
    for (name, screen) in who::tests::samples::all(context) {
        screens.push((format!("who_{name}"), Screen::Who(screen)));
    }
    for (name, screen) in pin::tests::samples::all(context) {
        screens.push((format!("pin_{name}"), Screen::Pin(Box::new(screen))));
    }
    for (name, screen) in sign_in::tests::samples::all(context) {
        screens.push((format!("sign_in_{name}"), Screen::SignIn(screen)));
    }
    for (name, person) in [
        ("", "Ada Lovelace"),
        (
            "_long",
            "Wolfeschlegelsteinhausenbergerdorff Maximilian-Alexander von und zu Hohenlohe",
        ),
    ] {
        let look = Look::new(
            &context.config.screen,
            iced::Size::new(1920.0, 1080.0),
            i18n::language(),
        );
        let greets = std::time::Duration::from_secs(4);
        let guest = || guest(context, person);
        for (state, session, (greeting, _)) in [
            (
                "success",
                session(context, person),
                success::Success::new(session(context, person), greets),
            ),
            (
                "success_guest",
                guest(),
                success::Success::new(guest(), greets),
            ),
            (
                "success_asking",
                guest(),
                success::Success::asking(guest(), greets),
            ),
        ] {
            let (home, _) = home::Home::new(context, session, &look, std::time::Instant::now());
            let visit = Visit::new(0, home);
            let greeted = Greeted { greeting, visit };
            screens.push((format!("{state}{name}"), Screen::Success(greeted)));
        }
    }
    let looked_for = vec![
        PathBuf::from("/home/kiosk/.config/vestibule/vestibule.toml"),
        PathBuf::from("/etc/vestibule/vestibule.toml"),
    ];
    let offer: super::OfferDemo = Arc::new(|| Box::pin(futures::future::pending()));
    for (name, offer) in [("", Some(offer)), ("_without_demo", None)] {
        let screen = set_up::SetUp::new(looked_for.clone(), offer);
        screens.push((format!("set_up{name}"), Screen::SetUp(screen)));
    }
    let error = device_flow::Error::Misconfigured(
        "ca_file /etc/vestibule/ca.pem: No such file or directory (os error 2)".to_owned(),
    );
    screens.push((
        "error".to_owned(),
        Screen::Problem(problem::Problem::new(error_text::of_exchange(
            &error,
            &device_flow::provider::AUTH0,
        ))),
    ));
    screens
}

/// Whether a picture is asked for: `GALLERY_ONLY=word` leaves out those without the word in their name.
pub(super) fn wanted(name: &str) -> bool {
    std::env::var("GALLERY_ONLY").map_or(true, |word| name.contains(&word))
}

/// The panels above a screen, by name: which one, and how far down the focus is.
fn panels() -> Vec<(&'static str, PanelKind, usize)> {
    vec![
        ("language", PanelKind::Language, 0),
        ("language_walked", PanelKind::Language, 2),
        ("accessibility", PanelKind::Accessibility, 0),
        ("accessibility_picture", PanelKind::Accessibility, 2),
        ("accessibility_last", PanelKind::Accessibility, 9),
    ]
}

/// Every screen in every state, and every panel above one, with these preferences.
fn everything(context: &Context, screen_config: &config::Screen, size: Size) -> Vec<(String, App)> {
    let mut all: Vec<_> = screens(context)
        .into_iter()
        .map(|(name, screen)| (name, App::showing(screen, screen_config, size)))
        .collect();
    for (name, which, down) in panels() {
        let welcome = welcome::Welcome::new("Acme TV", "living-room", None);
        let mut app = App::showing(Screen::Welcome(welcome), screen_config, size);
        app.open(which);
        for _ in 0..down {
            let _ = app.update(Message::Pressed(Button::Down));
        }
        all.push((name.to_owned(), app));
    }
    all
}

/// How owners and viewers may want it: name and wishes.
pub(super) fn wishes() -> Vec<(&'static str, config::Screen)> {
    let screen = config().screen;
    vec![
        ("", screen.clone()),
        (
            "large-text",
            config::Screen {
                text_scale: token::TEXT_SCALE_MAX,
                ..screen.clone()
            },
        ),
        (
            "light",
            config::Screen {
                theme: config::Theme::Light,
                overscan_percent: 0.0,
                ..screen.clone()
            },
        ),
        (
            "high-contrast",
            config::Screen {
                theme: config::Theme::HighContrast,
                overscan_percent: 10.0,
                text_scale: token::TEXT_SCALE_MAX,
                title: "The Long-Named Television Company of the Northern Isles".to_owned(),
                ..screen
            },
        ),
    ]
}

pub(super) use tests::{assert_inside_the_safe_area, scan};

mod tests;
