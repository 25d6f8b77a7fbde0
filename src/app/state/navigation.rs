//! From one screen to another: what the screens ask of their parent.

use std::time::Instant;

use iced::Task;

use super::accounts::Behind;
use super::first_screen::{FirstScreen, Prepared};
use super::{App, Message, Screen};
use crate::app::screen::pin::Purpose;
use crate::app::screen::{home, problem, set_up, sign_in, success, welcome};
use crate::config;
use crate::host::default_route;
use crate::oauth::Revocation;
use crate::session::{AccountState, Destination, RemovedFile, Session, SignOut};

impl App {
    /// What was found on disk decides the first screen.
    pub(super) fn begin(&mut self, prepared: Prepared, now: Instant) -> Task<Message> {
        let (context, beginning) = match prepared {
            Ok(found) => found,
            Err(words) => {
                self.screen = Screen::Problem(problem::Problem::new(words));
                return Task::none();
            }
        };
        let at_launch = context.config.sign_in.start == config::Start::AtLaunch;
        self.context = Some(context);
        let restored = match beginning {
            FirstScreen::Who(choices) => return self.gathered(choices),
            FirstScreen::Pin(account) => return self.ask_pin(*account, Purpose::Unlock, now),
            FirstScreen::Restored(restored) => restored,
        };
        match restored {
            AccountState::SignedIn(session) => self.go_home(session),
            AccountState::SignedOut | AccountState::Foreign { .. } if at_launch => {
                self.sign_in(now)
            }
            AccountState::SignedOut | AccountState::Foreign { .. } => self.welcome(None),
            AccountState::Broken { file, why } => {
                tracing::warn!(kept = %file.display(), %why, "session set aside");
                self.welcome(Some(welcome::Notice::SetAside))
            }
        }
    }

    /// Keeps `session` fresh for as long as it is in use.
    pub(super) fn keep(&mut self, session: &Session) -> Task<Message> {
        let session = session.clone();
        let visit = self.accounts.visit();
        let (task, handle) = Task::perform(async move { session.keep_fresh().await }, move |why| {
            Message::Ended(visit, why)
        })
        .abortable();
        self.keeper = Some(handle.abort_on_drop());
        task
    }

    pub(super) fn welcome(&mut self, notice: Option<welcome::Notice>) -> Task<Message> {
        self.keeper = None;
        self.panel = None;
        let mut welcome = welcome::Welcome::new(&self.chrome.title, &self.launch.profile, notice);
        welcome.network(self.network());
        self.screen = Screen::Welcome(welcome);
        Task::none()
    }

    /// Whether there is a network to reach the sign-in server through; nothing where it is on this box.
    pub(super) fn network(&self) -> Option<bool> {
        let context = self.context.as_ref()?;
        let issuer = context.client.issuer().parse().ok()?;
        (!config::is_loopback(&issuer)).then(default_route::exists)?
    }

    /// Signs in on the profile of this program, in place of nobody.
    pub(super) fn sign_in(&mut self, now: Instant) -> Task<Message> {
        let destination = Destination::Profile(self.launch.profile.clone());
        self.sign_in_at(destination, Behind::Welcome, now)
    }

    /// Signs in at a destination, over what somebody may go back to.
    pub(super) fn sign_in_at(
        &mut self,
        destination: Destination,
        behind: Behind,
        now: Instant,
    ) -> Task<Message> {
        let Some(context) = &self.context else {
            return self.start();
        };
        // Whoever is behind is still here, and their session still in use.
        if !matches!(behind, Behind::Home(..)) {
            self.keeper = None;
        }
        let (screen, task) = sign_in::SignIn::new(context, destination, now);
        let screen = screen.read_aloud_on_arrival(self.preferences.screen().read_aloud);
        self.accounts.behind = behind;
        self.screen = Screen::SignIn(screen);
        task.map(Message::SignIn)
    }

    pub(super) fn go_home(&mut self, session: Session) -> Task<Message> {
        let Some((home, task)) = self.open_home(session) else {
            return self.start();
        };
        self.screen = Screen::Home(home);
        task
    }

    /// Greets the person; home loads meanwhile.
    fn greet(&mut self, session: Session) -> Task<Message> {
        // Whoever signed in once more has a new session in place of the one that is behind.
        if let Behind::Home(_, home) = &self.accounts.behind
            && home.session().account().profile == session.account().profile
        {
            self.accounts.behind = Behind::Who;
        }
        let Some((home, loading)) = self.open_home(session.clone()) else {
            return self.start();
        };
        let (greeting, shown) = success::Success::new(session);
        self.screen = Screen::Success { greeting, home };
        Task::batch([loading, shown.map(Message::Success)])
    }

    /// What is behind the sign-in, loading, with a session that is kept fresh from now on. `None` before the
    /// configuration has been read.
    fn open_home(&mut self, session: Session) -> Option<(Box<home::Home>, Task<Message>)> {
        self.note_profile(&session);
        let context = self.context.clone()?;
        let visit = self.accounts.arrive();
        self.absence.locked = None;
        let keep = self.keep(&session);
        let company = self.look_around(&session);
        let (home, loading) = home::Home::new(&context, session, &self.look, Instant::now());
        let loading = loading.map(move |message| Message::Home(visit, message));
        Some((Box::new(home), Task::batch([loading, keep, company])))
    }

    /// What is in use from now on, for every screen that asks.
    pub(super) fn note_profile(&mut self, session: &Session) {
        if let Some(context) = &mut self.context {
            context.profile = session.account().profile;
        }
    }

    /// From the greeting to home.
    fn leave_greeting(&mut self) {
        match std::mem::replace(&mut self.screen, Screen::nothing()) {
            Screen::Success { home, .. } => self.screen = Screen::Home(home),
            other => self.screen = other,
        }
        self.accounts.behind = Behind::Who;
    }

    pub(super) fn on_sign_in(&mut self, action: sign_in::Action) -> Task<Message> {
        match action {
            sign_in::Action::None => Task::none(),
            sign_in::Action::Run(task) => task.map(Message::SignIn),
            sign_in::Action::Leave => self.back(None),
            sign_in::Action::Diagnose => self.diagnose(),
            sign_in::Action::SignedIn(session) => {
                self.light_up();
                self.diagnostics = None;
                self.greet(session)
            }
        }
    }

    pub(super) fn on_success(&mut self, action: success::Action, now: Instant) -> Task<Message> {
        match action {
            success::Action::None => Task::none(),
            success::Action::Run(task) => task.map(Message::Success),
            success::Action::Continue => {
                self.leave_greeting();
                Task::none()
            }
            success::Action::Restart(outcome) => match (notice(&outcome), &self.accounts.behind) {
                (welcome::Notice::SignedOut, Behind::Welcome) => self.sign_in(now),
                // Back where the person came from, who stays as they were.
                (welcome::Notice::SignedOut, Behind::Who | Behind::Home(..)) => self.back(None),
                (trouble, Behind::Welcome) => self.welcome(Some(trouble)),
                (trouble, Behind::Who | Behind::Home(..)) => self.root(Some(trouble)),
            },
        }
    }

    /// What a home wants: the one of this visit, on or behind.
    pub(super) fn on_home(
        &mut self,
        visit: u64,
        action: home::Action,
        now: Instant,
    ) -> Task<Message> {
        match action {
            home::Action::None => Task::none(),
            home::Action::Run(task) => task.map(move |message| Message::Home(visit, message)),
            home::Action::SignedOut(outcome) => self.root(Some(notice(&outcome))),
            home::Action::Account(entry) => self.on_account(entry, now),
            home::Action::Ended(why) => self.ended(visit, &why),
        }
    }

    /// The session of a visit came to its end.
    pub(super) fn ended(&mut self, visit: u64, why: &str) -> Task<Message> {
        tracing::info!(%why, "session ended");
        if self.accounts.home_behind(visit).is_some() && !matches!(self.screen, Screen::Pin(_)) {
            // Somebody else is signing in just now; they go on, and who came from here asks who it is.
            self.accounts.ended = true;
            self.accounts.behind = Behind::Who;
            return Task::none();
        }
        self.root(Some(welcome::Notice::Ended))
    }

    pub(super) fn on_set_up(&mut self, action: set_up::Action) -> Task<Message> {
        match action {
            set_up::Action::None => Task::none(),
            set_up::Action::Run(task) => task.map(Message::SetUp),
            set_up::Action::Start(config) => {
                self.launch.config = Some(*config);
                // The owner's accounts stay untouched.
                self.launch.profile = "demo".to_owned();
                self.start()
            }
        }
    }
}

/// What the person is told about a sign-out.
pub(super) fn notice(outcome: &SignOut) -> welcome::Notice {
    let beside = &outcome.beside;
    let stays = beside.iter().find_map(|file| file.not_removed.as_ref());
    match (outcome.not_removed.as_ref().or(stays), &outcome.revocation) {
        (Some(why), _) => welcome::Notice::NotRemoved(why.clone()),
        (None, Revocation::Failed(_)) => welcome::Notice::NotRevoked,
        (None, _) if beside.iter().any(RemovedFile::leaves_tokens) => welcome::Notice::NotRevoked,
        (None, Revocation::Revoked | Revocation::NotOffered) => welcome::Notice::SignedOut,
    }
}
