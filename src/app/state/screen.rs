//! Which screens there are, and what the program asks of whichever is on.
//!
//! A screen's own state, message, update and view stand in `app/screen`; how it takes part in the program stands here,
//! one file a screen: its [`ActiveScreen`], and what the program does for each of its actions.

mod home;
mod pin;
mod problem;
pub(in crate::app) mod restoring;
mod set_up;
mod sign_in;
mod success;
mod welcome;
mod who;

use iced::Task;

use self::restoring::Restoring;
use super::accounts::Visit;
use super::{App, Message, Now};
use crate::app::activation::Target;
use crate::app::focus::Controls;
use crate::app::pictures::Pictures;
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::screen as screens;
use crate::app::screen::pin::PinPad;
use crate::app::screen::problem::Problem;
use crate::app::screen::set_up::SetUp;
use crate::app::screen::sign_in::SignIn;
use crate::app::screen::welcome::Welcome;
use crate::app::screen::who::Who;
use crate::app::screen_reader::Reading;
use crate::app::theme::Look;
use crate::app::widget::Chrome;
use crate::session::Account;

pub(in crate::app) use success::Greeted;
pub(super) use success::notice;

/// The screen that is on, with all of its state.
pub(in crate::app) enum Screen {
    /// What lies on disk is being read.
    Restoring(Restoring),
    Welcome(Welcome),
    /// "Who is watching?"
    Who(Who),
    Pin(Box<PinPad>),
    SignIn(SignIn),
    /// The greeting, while home loads behind it.
    Success(Greeted),
    Home(Visit),
    SetUp(SetUp),
    Problem(Problem),
}

impl Default for Screen {
    /// Nothing is known yet. Also for as long as a screen is on its way from one variant to another.
    fn default() -> Self {
        Self::Restoring(Restoring::default())
    }
}

/// What a press on a screen asks of the program.
pub(super) enum ScreenAction {
    None,
    Welcome(screens::welcome::Action),
    Who(screens::who::Action),
    Pin(screens::pin::Action),
    SignIn(screens::sign_in::Action),
    Success(screens::success::Action),
    /// Of the visit with this number.
    Home(u64, screens::home::Action),
    SetUp(screens::set_up::Action),
    Problem(screens::problem::Action),
}

/// A screen's name, what it is doing and what has the focus there.
pub(super) type ShownState = (&'static str, &'static str, Option<String>);

/// What a screen has to do with the visit that is under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OverVisit {
    No,
    /// It is another person's business, and goes on without that visit.
    Beside,
    /// It is that visit's business, and goes with it.
    Within,
}

/// Whose names a screen shows without their being signed in.
pub(super) enum ShownAccounts<'a> {
    None,
    /// This account's.
    One(&'a Account),
    /// Everybody's on this device.
    All,
}

/// What the program asks of the screen that is on. What a screen has nothing to do with, it leaves out.
pub(super) trait ActiveScreen {
    /// Its name, what it is doing and what has the focus, as `--ui-log` tells it.
    fn shown(&self) -> ShownState;

    /// A stable word for what went wrong, where it says that something did.
    fn error(&self) -> Option<&'static str> {
        None
    }

    /// What there is to hear of it, where everything is read aloud. Nothing while nothing is to be seen.
    fn reading(&self) -> Option<Reading>;

    /// What it reads aloud itself is to end.
    fn hush(&mut self) {}

    /// Draws it.
    fn view<'a>(&'a self, look: &Look, chrome: &'a Chrome) -> Element<'a, Message>;

    /// A button of the remote was pressed.
    fn press(&mut self, button: Button, look: &Look, now: Now) -> ScreenAction;

    /// What can have the focus, where that is more than one thing.
    fn controls(&mut self) -> Option<&mut dyn Controls> {
        None
    }

    /// What OK would do, for how long it must be looked at before; nothing where there is nothing to press.
    fn activation(&self, target: Target) -> Option<Target> {
        Some(target)
    }

    /// The visit whose home is on, or loads behind it.
    fn visit(&self) -> Option<&Visit> {
        None
    }

    /// The same, to change it.
    fn visit_mut(&mut self) -> Option<&mut Visit> {
        None
    }

    /// Whether Back leads anywhere.
    fn goes_back(&self) -> bool {
        false
    }

    /// What it has to do with the visit that is under it, where one is.
    fn over_visit(&self) -> OverVisit {
        OverVisit::No
    }

    /// Whose names it shows without their being signed in: it must hear when they change.
    fn accounts(&self) -> ShownAccounts<'_> {
        ShownAccounts::None
    }

    /// Whether keys count as the digits on them.
    fn asks_for_digits(&self) -> bool {
        false
    }

    /// Whether a backdrop stands behind it: it says one thing, and nothing of it is to be scanned or is loading.
    fn has_backdrop(&self) -> bool {
        false
    }

    /// Whether a person may be about to read it, phone in hand: it dims, but stays.
    fn is_live(&self) -> bool {
        false
    }

    /// Whether anything of it changes with the minute, beside the clock.
    fn moves(&self) -> bool {
        false
    }

    /// Another minute.
    fn minute(&mut self, _look: &Look) {}

    /// Whether it shows if there is a network.
    fn shows_network(&self) -> bool {
        false
    }

    /// Whether there is a network now; nothing where that does not matter.
    fn network(&mut self, _network: Option<bool>) {}

    /// What each row in view shows, and how many cards wait for a picture, for `--ui-log`.
    fn rows(&self, _look: &Look) -> (Vec<&'static str>, usize) {
        (Vec::new(), 0)
    }

    /// The account's picture as it is known here, for a screen that comes next.
    fn portrait(&self, _account: &Account, _look: &Look) -> Pictures {
        Pictures::default()
    }

    /// The window has another size, or the viewer wants it to look another way.
    fn resized(&mut self, _look: &Look, _now: Now) -> Task<Message> {
        Task::none()
    }

    /// The viewer has chosen another language. [`Self::resized`] follows.
    fn language_changed(&mut self, _now: Now) {}

    /// A person is back in front of it after a long time.
    fn returned(&mut self, _look: &Look, _now: Now) -> Task<Message> {
        Task::none()
    }

    /// What was above it has closed.
    fn uncovered(&mut self, _now: Now) {}
}

impl Screen {
    /// Whichever is on.
    pub(super) fn active(&self) -> &dyn ActiveScreen {
        match self {
            Self::Restoring(screen) => screen,
            Self::Welcome(screen) => screen,
            Self::Who(screen) => screen,
            Self::Pin(screen) => screen.as_ref(),
            Self::SignIn(screen) => screen,
            Self::Success(screen) => screen,
            Self::Home(visit) => visit,
            Self::SetUp(screen) => screen,
            Self::Problem(screen) => screen,
        }
    }

    /// Whichever is on, to change it.
    pub(super) fn active_mut(&mut self) -> &mut dyn ActiveScreen {
        match self {
            Self::Restoring(screen) => screen,
            Self::Welcome(screen) => screen,
            Self::Who(screen) => screen,
            Self::Pin(screen) => screen.as_mut(),
            Self::SignIn(screen) => screen,
            Self::Success(screen) => screen,
            Self::Home(visit) => visit,
            Self::SetUp(screen) => screen,
            Self::Problem(screen) => screen,
        }
    }

    /// The visit whose home is on, to be put elsewhere.
    pub(super) fn take_home(&mut self) -> Option<Visit> {
        if !matches!(self, Self::Home(_)) {
            return None;
        }
        let Self::Home(visit) = std::mem::take(self) else {
            return None;
        };
        Some(visit)
    }

    /// From the greeting to the home that has loaded behind it.
    pub(super) fn leave_greeting(&mut self) {
        if matches!(self, Self::Success(_))
            && let Self::Success(Greeted { visit, .. }) = std::mem::take(self)
        {
            *self = Self::Home(visit);
        }
    }
}

impl App {
    /// Does what a press on a screen asked for.
    pub(super) fn follow(&mut self, action: ScreenAction, now: Now) -> Task<Message> {
        match action {
            ScreenAction::None => Task::none(),
            ScreenAction::Welcome(action) => self.on_welcome(action, now),
            ScreenAction::Who(action) => self.on_who(action, now),
            ScreenAction::Pin(action) => self.on_pin(action, now),
            ScreenAction::SignIn(action) => self.on_sign_in(action, now),
            ScreenAction::Success(action) => self.on_success(action, now),
            ScreenAction::Home(visit, action) => self.on_home(visit, action, now),
            ScreenAction::SetUp(action) => self.on_set_up(action, now),
            ScreenAction::Problem(action) => self.on_problem(action, now),
        }
    }
}
