//! The program's state: its parts, and the steps that every message goes through.
//!
//! Read [`App::update`] first. [`route`] tells where a message goes, [`screen`] which screens there are, and each
//! part (accounts, idle, input, lifecycle, preferences, window) stands in the file of its name.

mod account_changes;
mod accounts;
mod activation;
mod backdrop;
mod boot;
mod control;
mod diagnostics;
mod fingers;
mod first_screen;
mod guests;
mod idle;
mod input;
mod lifecycle;
mod message;
mod narrator;
mod preferences;
mod reload;
mod route;
mod screen;
mod sign_out_all;
mod system;
mod view;
mod window;

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::{Size, Task};

use super::Launch;
use super::activation::Cause;
use super::backdrop::BackdropState;
use super::control as control_lines;
use super::i18n;
use super::screen::Context;
use super::screen::diagnostics::Diagnostics;
use super::shutdown::Shutdown;
use super::theme::Look;
use super::ui_log::{Shown, UiLog};
use super::widget::Chrome;
use crate::config;
use crate::host::{boot_clock, event, metrics};
use crate::session::Session;
use accounts::AccountFlow;
use activation::Admission;
use control::Control;
use fingers::Fingers;
use idle::IdleState;
use input::Input;
use lifecycle::Lifecycle;
use narrator::{Narrator, heard};
use preferences::PreferenceStore;
use screen::OverVisit;
use window::Window;

#[cfg(test)]
pub(super) use accounts::Visit;
pub(super) use control::ControlMessage;
pub(super) use message::{Message, VisitMessage};
pub(super) use screen::Screen;
#[cfg(test)]
pub(super) use screen::{Greeted, restoring};

/// The program.
pub struct App {
    /// What the program was started with, the owner's configuration among it.
    launch: Launch,
    /// How everything is drawn: sizes, colours, direction of reading.
    look: Look,
    /// Title, logo and clock around every screen.
    chrome: Chrome,
    /// The screen that is on, with all of its state.
    screen: Screen,
    /// What the viewer changed about the screen, and the panel where that is done.
    preferences: PreferenceStore,
    /// The diagnostics over all else, where a person asked for them.
    diagnostics: Option<Box<Diagnostics>>,
    /// What the screens need, once there is a configuration that works.
    context: Option<Context>,
    /// What stands behind the screen.
    backdrop: BackdropState,
    /// Whose turn it is: the visits, and what is under a screen that can be left again.
    accounts: AccountFlow,
    /// Remote, gamepads, pointer, and how the focus follows them.
    input: Input,
    /// How long no key has been pressed, and what follows from that.
    idle: IdleState,
    /// What is known of the window.
    window: Window,
    /// The service manager, and the end.
    lifecycle: Lifecycle,
    /// What reads the program aloud.
    narrator: Narrator,
    /// What whoever looks after the box is told.
    control: Control,
}

/// The time at which a message is taken in, read once for all that it does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    /// For deadlines.
    pub(super) instant: Instant,
    /// Time since the box was started, its sleep included: for what depends on how long no person was there.
    pub(super) uptime: Duration,
}

impl Now {
    fn read() -> Self {
        Self {
            instant: Instant::now(),
            uptime: boot_clock::now(),
        }
    }
}

impl App {
    /// The program in its first state; reading the session on disk has begun.
    pub fn new(launch: Launch, shutdown: Arc<Shutdown>) -> (Self, Task<Message>) {
        let log = launch.window.ui_log.as_deref().and_then(|file| {
            UiLog::open(file, launch.window.ui_log_ids)
                .inspect_err(|error| {
                    tracing::warn!(%error, file = %file.display(), "no ui log");
                })
                .ok()
        });
        let size = launch
            .window
            .size
            .map_or(Size::new(1920.0, 1080.0), |(width, height)| {
                Size::new(width as f32, height as f32)
            });
        let now = Now::read();
        let look = Look::new(&config::Screen::default(), size, i18n::language());
        let (place, asked) = control_lines::listen(&launch.cache_dir);
        shutdown.keep_socket(place);
        let asked = asked.map(|request| Message::Control(ControlMessage::Asked(request)));
        let mut app = Self::of(launch, look, log, shutdown, now);
        app.input.fingers = Fingers::of_this_box();
        let booting = app.boot(now);
        let idle = app.advance_idle(now);
        (app, Task::batch([booting, idle, asked]))
    }

    fn of(
        launch: Launch,
        look: Look,
        log: Option<UiLog>,
        shutdown: Arc<Shutdown>,
        now: Now,
    ) -> Self {
        Self {
            launch,
            look,
            chrome: Chrome::default(),
            screen: Screen::default(),
            preferences: PreferenceStore::default(),
            diagnostics: None,
            context: None,
            backdrop: BackdropState::default(),
            accounts: AccountFlow::default(),
            input: Input::default(),
            idle: IdleState::new(now.uptime),
            window: Window::new(log),
            lifecycle: Lifecycle::new(shutdown, now.instant),
            narrator: Narrator::default(),
            control: Control::default(),
        }
    }

    /// Takes a message in, and brings everything that follows from the state up to date.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let now = Now::read();
        let palette = self.look.palette;
        let heard = heard(&message);
        let work = self.handle(message, now);
        let fitted = self.fit_to_hand(now);
        self.window.repaint_ground(self.look.palette != palette);
        self.accounts.guests.tidy();
        self.lifecycle.track(self.sessions());
        metrics::session_since(self.session().map(Session::signed_in_at));
        if !self.asks_servers() {
            event::nobody_asks();
        }
        let backdrop = self.follow_with_backdrop();
        let said = self.narrate(heard, now);
        let shown = self.shown();
        self.look = self.input.animate_focus(&shown, &self.look, now.instant);
        self.control.follow(&shown);
        let bounds = self.measure_controls(&shown);
        let log = self.window.log(shown);
        Task::batch([work, fitted, backdrop, said, bounds, log])
    }

    /// What a message itself does. Before it an account is locked that must not be seen any more, and after it idle
    /// time and the guard of the OK button follow what is on by then.
    fn handle(&mut self, message: Message, now: Now) -> Task<Message> {
        let locked = self.lock_when_idle(now);
        let guests = self.guests_leave_when_idle(now);
        let mut cause = message.cause();
        if cause != Cause::NoInput {
            self.start_delay().end();
        }
        let pressed = matches!(message, Message::Pressed(_));
        let routed = match self.admit(&message, now) {
            Admission::Admitted => self.route(message, now),
            Admission::Accidental => Task::none(),
            Admission::Idle => {
                // Whichever button woke the screen, no person has aimed at what is on it.
                if cause != Cause::NoInput {
                    cause = Cause::Ok;
                }
                // A game controller's: the remote has taken it for one that counts.
                if pressed {
                    self.input.woke();
                }
                Task::none()
            }
        };
        let idle = self.advance_idle(now);
        let settings = self.forget_guest_settings(now);
        self.protect_activation(&cause, now);
        Task::batch([locked, guests, routed, idle, settings])
    }

    /// Measures where the controls stand, for the arrows. Before the window has told its size nothing is drawn that
    /// could be measured.
    fn measure_controls(&mut self, shown: &Shown) -> Task<Message> {
        let ids = self.controls().map(|controls| controls.ids());
        let ids = ids.filter(|_| self.window.is_measured());
        self.input
            .measure(shown.screen, ids.unwrap_or_default(), &self.look)
    }

    /// The session in use, on the screen that is on or under it.
    fn session(&self) -> Option<&Session> {
        let screen = self.screen.active();
        match (screen.visit(), screen.over_visit()) {
            (Some(visit), _) => Some(visit.session()),
            (None, OverVisit::Beside | OverVisit::Within) => self.accounts.session_behind(),
            (None, OverVisit::No) => None,
        }
    }

    /// Every session that the end has to wait for.
    fn sessions(&self) -> Vec<Session> {
        let here = self.session().cloned();
        let guests = self.accounts.guests.sessions();
        let others = self.accounts.sessions().into_iter().chain(here);
        guests.into_iter().chain(others).collect()
    }
}

#[cfg(test)]
impl App {
    /// The program with `screen` on, as it would look to the owner of `config` in a window of `size`.
    pub(super) fn showing(screen: Screen, config: &config::Screen, size: Size) -> Self {
        let nowhere = std::path::Path::new("/nonexistent/vestibule");
        let owner = config::Config {
            screen: config.clone(),
            ..super::gallery::config()
        };
        let launch = Launch {
            config: Some(Arc::new(owner)),
            looked_for: Vec::new(),
            profile: "living-room".to_owned(),
            profile_given: true,
            config_dir: nowhere.to_owned(),
            cache_dir: nowhere.to_owned(),
            window: super::Window::default(),
            offer_demo: None,
            config_file: None,
            read_config: None,
        };
        let chrome = Chrome {
            title: config.title.clone(),
            logo: None,
            clock: config.clock.then(|| "20:15".to_owned()),
            ..Chrome::default()
        };
        let look = Look::new(config, size, i18n::language());
        let mut app = Self {
            chrome,
            screen,
            ..Self::of(launch, look, None, Arc::default(), Now::read())
        };
        app.window.measured();
        if let Screen::Who(who) = &mut app.screen {
            who.resized(&app.look);
        }
        app
    }

    /// The same before its window has told its size.
    pub(super) fn unmeasured(mut self) -> Self {
        self.window = Window::new(None);
        self
    }

    /// Whether the last picture was blank.
    pub(super) fn is_blank(&self) -> bool {
        self.window.blank_frames().is_blank()
    }

    /// How it looks.
    pub(super) fn look(&self) -> &Look {
        &self.look
    }
}
