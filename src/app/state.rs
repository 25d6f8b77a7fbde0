//! The program's state, and which screen is on.

mod account_changes;
mod accounts;
mod activation;
mod boot;
mod diagnostics;
mod first_screen;
mod idle;
mod message;
mod navigation;
mod pointer;
mod preferences;
mod sign_out_all;
mod view;
mod window_events;

use std::sync::Arc;
use std::time::Instant;

use iced::task::Handle;
use iced::{Size, Task};

use self::accounts::AccountFlow;
use super::Launch;
use super::activation::ActivationProtector;
use super::bounds::ControlBounds;
use super::focus_animation::FocusAnimation;
use super::idle::{Idle, IdleLevel, IdleLimits};
use super::idle_timer::IdleTimer;
use super::pointer::Pointer;
use super::remote::{Button, Remote};
use super::screen::diagnostics::Diagnostics;
use super::screen::panel::Panel;
use super::screen::{Context, home, pin, problem, set_up, sign_in, success, welcome, who};
use super::shutdown::Shutdown;
use super::theme::Look;
use super::ui_log::UiLog;
use super::widget::Chrome;
use super::window_scale::{BlankFrames, ScaleFactors};
use crate::app::focus::{Direction, unmirrored};
use crate::app::i18n;
use crate::config;
use crate::host::boot_clock;
use crate::host::service_manager::ServiceManager;
use crate::session::Session;
use pointer::controls;
use preferences::PreferenceStore;

pub(super) use idle::IdleMessage;
pub(super) use message::Message;

/// Redraws after the colours have changed in which the ground is drawn too: more than a window has buffers.
/// iced's software renderer notes that the ground is another one for all of them together.
const REPAINTS: u8 = 16;
/// The program.
pub struct App {
    launch: Launch,
    look: Look,
    chrome: Chrome,
    remote: Remote,
    #[cfg(feature = "gamepad")]
    unattended: super::gamepad::WindowFocus,
    pointer: Pointer,
    /// Whether the pointer is to be seen.
    pointing: bool,
    places: ControlBounds,
    screen: Screen,
    /// What is open above the screen.
    panel: Option<Panel>,
    preferences: PreferenceStore,
    /// What the screens need, once there is a configuration that works.
    context: Option<Context>,
    log: Option<UiLog>,
    /// What makes a pixel of the layout a pixel of the window.
    factors: ScaleFactors,
    /// Whether the window has told its factor.
    scaled: bool,
    /// Watches that something is drawn.
    watch: BlankFrames,
    /// Who watches over the program.
    service: ServiceManager,
    /// Whether the first picture is on the screen.
    drawn: bool,
    end: Arc<Shutdown>,
    ending: bool,
    /// Whether the window has told its size. Before that there is nothing to see but the ground.
    measured: bool,
    /// Redraws in which the ground is still drawn as part of the screen.
    repaints: u8,
    motion: FocusAnimation,
    /// Refreshes the session in use ahead of its expiry.
    keeper: Option<Handle>,
    idle: Idle,
    protector: ActivationProtector,
    alarm: IdleTimer,
    absence: idle::Absence,
    /// Over the screen, where somebody asked for it.
    diagnostics: Option<Box<Diagnostics>>,
    started: Instant,
    accounts: AccountFlow,
}

/// The screen that is on, with all of its state.
pub(super) enum Screen {
    /// What lies on disk is being read.
    Restoring {
        /// Whether it takes so long that words are due.
        slow: bool,
        _work: Handle,
    },
    Welcome(welcome::Welcome),
    Who(who::Who),
    Pin(Box<pin::PinPad>),
    SignIn(sign_in::SignIn),
    /// The greeting, while home loads behind it.
    Success {
        greeting: success::Success,
        home: Box<home::Home>,
    },
    Home(Box<home::Home>),
    SetUp(set_up::SetUp),
    Problem(problem::Problem),
}

impl Screen {
    /// Stands for a screen for as long as it is moved from one variant to another.
    pub(super) fn nothing() -> Self {
        Self::SetUp(set_up::SetUp::new(Vec::new(), None))
    }
}

impl App {
    /// The program in its first state; reading the session on disk has begun.
    pub fn new(launch: Launch, ending: Arc<Shutdown>) -> (Self, Task<Message>) {
        let log = launch.window.ui_log.as_deref().and_then(|file| {
            UiLog::open(file)
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
        let mut app = Self::of(
            launch,
            Look::new(&config::Screen::default(), size, i18n::language()),
            log,
            ending,
        );
        let task = app.start();
        let resting = app.rest(boot_clock::now());
        (app, Task::batch([task, resting]))
    }

    fn of(launch: Launch, look: Look, log: Option<UiLog>, ending: Arc<Shutdown>) -> Self {
        Self {
            launch,
            look,
            chrome: Chrome::default(),
            remote: Remote::default(),
            #[cfg(feature = "gamepad")]
            unattended: super::gamepad::WindowFocus::default(),
            pointer: Pointer::default(),
            pointing: false,
            places: ControlBounds::default(),
            screen: Screen::nothing(),
            panel: None,
            preferences: PreferenceStore::default(),
            context: None,
            log,
            factors: ScaleFactors::default(),
            scaled: false,
            watch: BlankFrames::default(),
            end: ending,
            service: ServiceManager::of_this_process(),
            drawn: false,
            ending: false,
            measured: false,
            repaints: 0,
            motion: FocusAnimation::default(),
            keeper: None,
            idle: Idle::new(IdleLimits::default(), None, boot_clock::now()),
            protector: ActivationProtector::default(),
            alarm: IdleTimer::default(),
            absence: idle::Absence::default(),
            accounts: AccountFlow::default(),
            diagnostics: None,
            started: Instant::now(),
        }
    }

    /// The program with `screen` on, as it would look to the owner of `config` in a window of `size`.
    #[cfg(test)]
    pub(super) fn showing(screen: Screen, config: &config::Screen, size: Size) -> Self {
        let launch = Launch {
            config: None,
            looked_for: Vec::new(),
            profile: "living-room".to_owned(),
            profile_given: true,
            config_dir: std::path::PathBuf::new(),
            cache_dir: std::path::PathBuf::new(),
            window: super::Window::default(),
            offer_demo: None,
        };
        let chrome = Chrome {
            title: config.title.clone(),
            logo: None,
            clock: config.clock.then(|| "20:15".to_owned()),
        };
        Self {
            chrome,
            screen,
            measured: true,
            preferences: PreferenceStore::of(config),
            ..Self::of(
                launch,
                Look::new(config, size, i18n::language()),
                None,
                Arc::default(),
            )
        }
    }

    /// The same before its window has told its size.
    #[cfg(test)]
    pub(super) fn unmeasured(self) -> Self {
        Self {
            measured: false,
            ..self
        }
    }

    /// What watches that something is drawn.
    #[cfg(test)]
    pub(super) fn watch(&self) -> &BlankFrames {
        &self.watch
    }

    /// How it looks.
    #[cfg(test)]
    pub(super) fn look(&self) -> &Look {
        &self.look
    }

    /// Takes a message in.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let palette = self.look.palette;
        let task = self.turn(message, boot_clock::now(), Instant::now());
        self.repaints = if self.look.palette == palette {
            self.repaints.saturating_sub(1)
        } else {
            REPAINTS
        };
        let here = self.session().cloned();
        let sessions = self.accounts.sessions().into_iter().chain(here);
        self.end.hold(sessions.collect());
        let shown = self.shown();
        let frame = Instant::now();
        let (screen, focus) = (shown.screen, shown.focus.as_deref());
        self.motion
            .follow(screen, focus, self.look.is_still(), frame);
        self.look = self.look.lifted(self.motion.lift(frame));
        let ids = self.controls().map(|controls| controls.ids());
        // Before the window has told its size nothing is drawn that could be measured.
        let ids = ids.filter(|_| self.measured).unwrap_or_default();
        let places = self.places.look(shown.screen, ids, &self.look);
        let log = self.log.as_ref().filter(|_| self.measured);
        let log = log.map(|log| log.look(shown));
        Task::batch([Some(task), places, log].into_iter().flatten())
    }

    /// A message for a screen that is not on any more is dropped here, and only here.
    fn take(&mut self, message: Message, now: Instant) -> Task<Message> {
        match (message, &mut self.screen) {
            (Message::System(event), _) => self.outside(event),
            (Message::Logo(logo), _) => {
                self.chrome.logo = logo;
                Task::none()
            }
            (Message::Settled, _) => {
                self.end.ask();
                iced::exit()
            }
            (Message::Frame, _) => Task::none(),
            _ if self.ending => Task::none(),
            (Message::Idle(IdleMessage::SignedOut(outcome)), _) => {
                self.signed_out_for_absence(&outcome)
            }
            (Message::Pressed(button), _) => {
                self.hide_pointer();
                self.press(unmirrored(button, self.look.right_to_left()), now)
            }
            (Message::Pointer(signal), _) => self.point(signal, now),
            (Message::Pointed(ids, button), _) => self.pointed(&ids, button, now),
            (Message::Held(button), _) => self.hold(button),
            (Message::Unsaved(error), _) => {
                tracing::warn!(%error, "the preferences could not be saved");
                self.preferences.unsaved = true;
                Task::none()
            }
            (Message::Diagnostics(message), _) => self.told_by_diagnostics(message),
            (Message::Slow, Screen::Restoring { slow, .. }) => {
                *slow = true;
                Task::none()
            }
            (Message::Prepared(prepared), Screen::Restoring { .. }) => self.begin(*prepared, now),
            (Message::SignIn(message), Screen::SignIn(screen)) => {
                let before = screen.is_answered();
                let action = screen.update(message, now);
                if screen.is_answered() && !before {
                    self.light_up();
                }
                self.on_sign_in(action)
            }
            (Message::Success(message), Screen::Success { greeting, .. }) => {
                let action = greeting.update(message);
                self.on_success(action, now)
            }
            (Message::Who(message), Screen::Who(screen)) => {
                screen.update(message, &self.look);
                Task::none()
            }
            (Message::Pin(message), Screen::Pin(screen)) => {
                let action = screen.update(message, now);
                self.on_pin(action, now)
            }
            (Message::Accounts, _) => self.accounts_changed(),
            (Message::Listed(listed), _) => self.listed(listed),
            (Message::Gathered(choices), Screen::Restoring { .. }) => self.gathered(*choices),
            (Message::Opened(wanted, opened), Screen::Restoring { .. }) => {
                self.opened(*wanted, *opened, now)
            }
            // Nobody looks: what is due is loaded when somebody comes back.
            (Message::Home(_, home::Message::Due), _)
                if self.idle.level() == IdleLevel::Ambient =>
            {
                Task::none()
            }
            (Message::Home(visit, message), _) => {
                let look = self.look;
                let Some(home) = self.home(visit) else {
                    return Task::none();
                };
                let action = home.update(message, &look, now);
                self.on_home(visit, action, now)
            }
            (Message::Company(visit, company), _) => {
                if let Some(home) = self.home(visit) {
                    home.set_conditions(company);
                }
                Task::none()
            }
            (Message::EverybodyOut(visit, notice), _) => match self.home(visit) {
                Some(_) => self.root(Some(notice)),
                None => Task::none(),
            },
            (Message::Ended(visit, why), _) => match self.home(visit) {
                Some(_) => self.ended(visit, &why.to_string()),
                None => Task::none(),
            },
            (Message::SetUp(message), Screen::SetUp(screen)) => {
                let action = screen.update(message);
                self.on_set_up(action)
            }
            _ => Task::none(),
        }
    }

    fn press(&mut self, button: Button, now: Instant) -> Task<Message> {
        if let Some(screen) = &mut self.diagnostics {
            let action = screen.press(button);
            return self.on_diagnostics(action);
        }
        if Direction::of(button).is_some()
            && let Some(controls) = controls(&mut self.panel, &mut self.screen)
        {
            controls.place(&self.places.found());
        }
        if let Some(panel) = &mut self.panel {
            let action = panel.press(button, &self.preferences.screen());
            return self.on_panel(action);
        }
        match &mut self.screen {
            Screen::Restoring { .. } => Task::none(),
            Screen::Welcome(screen) => match screen.press(button) {
                welcome::Action::None => Task::none(),
                welcome::Action::SignIn => self.sign_in(now),
                welcome::Action::Diagnose => self.diagnose(),
                welcome::Action::Open(which) => {
                    self.open(which);
                    Task::none()
                }
            },
            Screen::Who(screen) => {
                let action = screen.press(button);
                self.on_who(action, now)
            }
            Screen::Pin(screen) => {
                let action = screen.press(button, &self.look, now);
                self.on_pin(action, now)
            }
            Screen::SignIn(screen) => {
                let action = screen.press(button, now);
                self.on_sign_in(action)
            }
            Screen::Success { greeting, .. } => {
                let action = greeting.press(button);
                self.on_success(action, now)
            }
            Screen::Home(screen) => {
                let action = screen.press(button, &self.look, now);
                self.on_home(self.accounts.visit(), action, now)
            }
            Screen::SetUp(screen) => {
                let action = screen.press(button);
                self.on_set_up(action)
            }
            Screen::Problem(screen) => match screen.press(button) {
                problem::Action::None => Task::none(),
                problem::Action::TryAgain => self.start(),
                problem::Action::Diagnose => self.diagnose(),
            },
        }
    }

    /// The home of this visit, on the screen or under it.
    fn home(&mut self, visit: u64) -> Option<&mut home::Home> {
        match &mut self.screen {
            Screen::Home(home) | Screen::Success { home, .. } if self.accounts.is_here(visit) => {
                Some(home)
            }
            _ => self.accounts.home_behind(visit),
        }
    }

    /// The session in use, on the screen that is on or under it.
    fn session(&self) -> Option<&Session> {
        match &self.screen {
            Screen::Success { greeting, .. } => Some(greeting.session()),
            Screen::Home(screen) => Some(screen.session()),
            Screen::SignIn(_) | Screen::Pin(_) => self.accounts.session_behind(),
            Screen::Restoring { .. }
            | Screen::Welcome(_)
            | Screen::Who(_)
            | Screen::SetUp(_)
            | Screen::Problem(_) => None,
        }
    }
}
