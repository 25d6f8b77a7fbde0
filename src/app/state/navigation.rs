//! From one screen to another: what the screens ask of their parent.

use std::time::Instant;

use iced::Task;

use super::{App, Message, Prepared, Screen};
use crate::app::screen::{home, problem, set_up, sign_in, success, welcome};
use crate::config;
use crate::host::network;
use crate::oauth::Revocation;
use crate::session::{Restored, Session, SignOut};

impl App {
    /// What was found on disk decides the first screen.
    pub(super) fn begin(&mut self, prepared: Prepared, now: Instant) -> Task<Message> {
        let (context, restored) = match prepared {
            Ok(found) => found,
            Err(words) => {
                self.screen = Screen::Problem(problem::Problem::new(words));
                return Task::none();
            }
        };
        let at_launch = context.config.sign_in.start == config::Start::AtLaunch;
        self.context = Some(context);
        match restored {
            Restored::SignedIn(session) => self.go_home(session),
            Restored::Nobody | Restored::Foreign { .. } if at_launch => self.sign_in(now),
            Restored::Nobody | Restored::Foreign { .. } => self.welcome(None),
            Restored::SetAside { kept, why } => {
                tracing::warn!(kept = %kept.display(), %why, "session set aside");
                self.welcome(Some(welcome::Notice::SetAside))
            }
        }
    }

    /// Keeps `session` fresh for as long as it is in use.
    pub(super) fn keep(&mut self, session: &Session) -> Task<Message> {
        let session = session.clone();
        let (task, handle) =
            Task::perform(async move { session.keep_fresh().await }, Message::Ended).abortable();
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
        (!config::is_loopback(&issuer)).then(network::is_there)?
    }

    pub(super) fn sign_in(&mut self, now: Instant) -> Task<Message> {
        let Some(context) = &self.context else {
            return self.start();
        };
        self.keeper = None;
        let (screen, task) = sign_in::SignIn::new(context, now);
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
        let context = self.context.clone()?;
        let keep = self.keep(&session);
        let (home, loading) = home::Home::new(&context, session, &self.look);
        let task = Task::batch([loading.map(Message::Home), keep]);
        Some((Box::new(home), task))
    }

    /// From the greeting to home.
    fn leave_greeting(&mut self) {
        match std::mem::replace(&mut self.screen, Screen::nothing()) {
            Screen::Success { home, .. } => self.screen = Screen::Home(home),
            other => self.screen = other,
        }
    }

    pub(super) fn on_sign_in(&mut self, action: sign_in::Action) -> Task<Message> {
        match action {
            sign_in::Action::None => Task::none(),
            sign_in::Action::Run(task) => task.map(Message::SignIn),
            sign_in::Action::Leave => self.welcome(None),
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
            success::Action::Restart(outcome) => match notice(&outcome) {
                welcome::Notice::SignedOut => self.sign_in(now),
                trouble => self.welcome(Some(trouble)),
            },
        }
    }

    pub(super) fn on_home(&mut self, action: home::Action) -> Task<Message> {
        match action {
            home::Action::None => Task::none(),
            home::Action::Run(task) => task.map(Message::Home),
            home::Action::Open(which) => {
                self.open(which);
                Task::none()
            }
            home::Action::Diagnose => self.diagnose(),
            home::Action::SignedOut(outcome) => self.welcome(Some(notice(&outcome))),
            home::Action::Ended(why) => {
                tracing::info!(%why, "session ended");
                self.welcome(Some(welcome::Notice::Ended))
            }
        }
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
    match (&outcome.not_removed, &outcome.revocation) {
        (Some(why), _) => welcome::Notice::NotRemoved(why.clone()),
        (None, Revocation::Failed(_)) => welcome::Notice::NotRevoked,
        (None, Revocation::Revoked | Revocation::NotOffered) => welcome::Notice::SignedOut,
    }
}
