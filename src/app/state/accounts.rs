//! From one person to another: who is asked for, and what is left behind.
//!
//! Every time a person's home is opened is a visit with a number. A message that was on its way for another
//! visit is dropped by that number: what one account may see is never shown to another.

use iced::Task;
use iced::task::Handle;

use super::guests::Guests;
use super::screen::{OverVisit, restoring};
use super::{App, Message, Now, Screen, VisitMessage};
use crate::app::error_text::{self, ErrorText};
use crate::app::screen::account::EntryConditions;
use crate::app::screen::home::Home;
use crate::app::screen::pin::Purpose;
use crate::app::screen::who::Choices;
use crate::app::screen::{Context, welcome};
use crate::host::event::{self, Event};
use crate::host::log;
use crate::host::start_delay::StartDelay;
use crate::session::{self, Account, AccountState, Accounts, Listed, PinState, Session};

/// Whose turn it is, and where a way back leads.
#[derive(Default)]
pub(super) struct AccountFlow {
    /// How many visits there have been.
    visits: u64,
    /// What is under a sign-in, a greeting or a PIN.
    pub(super) behind: Behind,
    /// The tile of "Who is watching?" that led to what is on.
    pub(super) tile: Option<String>,
    /// Whether a session ended behind the sign-in of another person.
    ended: bool,
    /// Guests who are signed in.
    pub(super) guests: Guests,
    /// Sessions that are not in use any more, while something of theirs is still being written.
    left: Vec<Session>,
    /// Refreshes the session in use ahead of its expiry.
    keeper: Option<Handle>,
}

/// A person's home, from when it is opened until another one is.
pub(in crate::app) struct Visit {
    /// Its number.
    pub(super) number: u64,
    /// The home.
    pub(super) home: Box<Home>,
}

impl Visit {
    /// The visit with this number.
    pub(in crate::app) fn new(number: u64, home: Home) -> Self {
        Self {
            number,
            home: Box::new(home),
        }
    }

    /// The session in use.
    pub(super) fn session(&self) -> &Session {
        self.home.session()
    }

    /// Work whose messages are for this visit.
    pub(super) fn tell(&self, task: Task<crate::app::screen::home::Message>) -> Task<Message> {
        let number = self.number;
        task.map(move |message| Message::Visit(number, VisitMessage::Home(message)))
    }
}

/// What is under a screen that can be left again.
#[derive(Default)]
pub(super) enum Behind {
    /// The welcome: no person is signed in.
    #[default]
    Welcome,
    /// "Who is watching?"
    Who,
    /// A person's home.
    Home(Visit),
}

/// What came of opening an account.
pub enum Opened {
    /// Its PIN comes first.
    Pin,
    /// What lies on disk.
    Restored(AccountState<Session>),
}

impl AccountFlow {
    /// Begins a visit.
    pub(super) fn arrive(&mut self) -> u64 {
        self.tile = None;
        log::account_in_use();
        self.visits += 1;
        self.visits
    }

    /// The visit under what is on.
    pub(super) fn visit_behind(&self) -> Option<&Visit> {
        match &self.behind {
            Behind::Home(visit) => Some(visit),
            Behind::Welcome | Behind::Who => None,
        }
    }

    /// The home under what is on, where it is that of the visit with this number.
    pub(super) fn home_behind(&mut self, number: u64) -> Option<&mut Home> {
        match &mut self.behind {
            Behind::Home(visit) if visit.number == number => Some(&mut visit.home),
            Behind::Home(_) | Behind::Welcome | Behind::Who => None,
        }
    }

    /// Sessions that the end has to wait for, besides the one in use.
    pub(super) fn sessions(&self) -> Vec<Session> {
        let behind = self.session_behind().cloned();
        self.left.iter().cloned().chain(behind).collect()
    }

    /// The session of the home under what is on.
    pub(super) fn session_behind(&self) -> Option<&Session> {
        self.visit_behind().map(Visit::session)
    }

    /// Keeps `session` fresh for as long as it is in use.
    pub(super) fn keep_fresh(
        &mut self,
        session: &Session,
        visit: u64,
        start: StartDelay,
    ) -> Task<Message> {
        let session = session.clone();
        let keep = async move {
            start.over().await;
            session.keep_fresh(start.spread()).await
        };
        let (task, handle) = Task::perform(keep, move |why| {
            Message::Visit(visit, VisitMessage::Ended(why))
        })
        .abortable();
        self.keeper = Some(handle.abort_on_drop());
        task
    }

    /// The session is not in use any more.
    pub(super) fn stop_keeping(&mut self) {
        self.keeper = None;
    }

    /// A person who signed in once more has a new session in place of the one that is behind.
    pub(super) fn replace_behind(&mut self, session: &Session) {
        let behind = self.session_behind();
        let same = |behind: &Session| {
            !behind.is_guest() && behind.account().profile == session.account().profile
        };
        if behind.is_some_and(same) {
            self.behind = Behind::Who;
        }
    }

    /// Lets go of the home that is under what is on.
    pub(super) fn forsake_home(&mut self) {
        self.keeper = None;
        if let Behind::Home(visit) = std::mem::replace(&mut self.behind, Behind::Who) {
            self.leave(Some(visit.session().clone()));
        }
    }

    fn leave(&mut self, session: Option<Session>) {
        self.left.retain(|session| !session.is_settled());
        self.left
            .extend(session.filter(|session| !session.is_settled()));
    }
}

impl App {
    /// The home of the visit with this number, on the screen or under it.
    pub(super) fn home(&mut self, number: u64) -> Option<&mut Home> {
        let here = self.screen.active_mut().visit_mut();
        match here.filter(|visit| visit.number == number) {
            Some(visit) => Some(&mut visit.home),
            None => self.accounts.home_behind(number),
        }
    }

    /// Asks who it is, or welcomes where no account is left. The person who was here is left behind, signed in or not.
    pub(super) fn root(&mut self, notice: Option<welcome::Notice>) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return self.welcome(notice);
        };
        self.preferences.close_panel();
        log::account_left();
        let ended = std::mem::take(&mut self.accounts.ended).then_some(welcome::Notice::Ended);
        let notice = notice.or(ended);
        let session = self.session().cloned();
        self.accounts.leave(session);
        self.accounts.forsake_home();
        let work = tokio::task::spawn_blocking(move || {
            // Whatever ended whose session: what was theirs goes with it.
            context.accounts.sweep();
            Choices {
                listed: context.accounts.list(&context.client),
                focus: context.accounts.last_used(),
                notice,
                ..Choices::default()
            }
        });
        self.wait_for(async move {
            match work.await {
                Ok(choices) => restoring::Message::Listed(Box::new(choices)),
                Err(error) => restoring::Message::Failed(error_text::of_internal(&error)),
            }
        })
    }

    /// Opens an account. Without the PIN (`unlocked`), one that has one asks for it first.
    pub(super) fn open_account(
        &mut self,
        account: Account,
        unlocked: bool,
        now: Now,
    ) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return self.boot(now);
        };
        let wanted = Box::new(account);
        let account = wanted.clone();
        let work = tokio::task::spawn_blocking(move || open(&context, &account, unlocked));
        self.wait_for(async move {
            match work.await {
                Ok(Ok(opened)) => restoring::Message::Opened(wanted, Box::new(opened)),
                Ok(Err(words)) => restoring::Message::Failed(words),
                Err(error) => restoring::Message::Failed(error_text::of_internal(&error)),
            }
        })
    }

    /// What lies on disk of an account that was chosen.
    pub(super) fn opened(&mut self, wanted: Account, opened: Opened, now: Now) -> Task<Message> {
        match opened {
            Opened::Pin => self.ask_pin(wanted, Purpose::Unlock, now),
            // Another person may have signed in on the profile meanwhile: they have not been asked.
            Opened::Restored(AccountState::SignedIn(session))
                if session.account().key() == wanted.key() =>
            {
                self.go_home(session, now)
            }
            Opened::Restored(AccountState::SignedOut) => self.root(Some(welcome::Notice::Ended)),
            Opened::Restored(AccountState::Broken { file, why }) => {
                tracing::warn!(kept = %file.display(), %why, "session set aside");
                self.root(Some(welcome::Notice::SetAside))
            }
            Opened::Restored(AccountState::SignedIn(_) | AccountState::Foreign { .. }) => {
                self.root(None)
            }
        }
    }

    /// Back to what is under the screen that is on.
    pub(super) fn back(&mut self, notice: Option<welcome::Notice>) -> Task<Message> {
        match std::mem::take(&mut self.accounts.behind) {
            Behind::Welcome => self.welcome(notice),
            Behind::Who => self.root(notice),
            Behind::Home(visit) => {
                let (session, number) = (visit.session().clone(), visit.number);
                self.note_profile(&session);
                self.screen = Screen::Home(visit);
                self.accounts
                    .keep_fresh(&session, number, self.start_delay())
            }
        }
    }

    /// What is asked of servers by itself waits for this.
    pub(super) fn start_delay(&self) -> StartDelay {
        let context = self.context.as_ref();
        context.map_or_else(StartDelay::none, |context| context.start.clone())
    }

    /// The session of a visit came to its end.
    pub(super) fn ended(&mut self, visit: u64, why: &str) -> Task<Message> {
        event::tell(match session::was_ended_here(why) {
            true => Event::SignedOut {},
            false => Event::SessionEnded {
                why: event::words(why),
            },
        });
        let goes_with_it = self.screen.active().over_visit() == OverVisit::Within;
        if self.accounts.home_behind(visit).is_some() && !goes_with_it {
            // Another person is signing in just now and goes on; the way back leads to "Who is watching?".
            self.accounts.ended = true;
            self.accounts.behind = Behind::Who;
            return Task::none();
        }
        self.root(Some(welcome::Notice::Ended))
    }

    /// What is in use from now on, for every screen that asks.
    pub(super) fn note_profile(&mut self, session: &Session) {
        if let Some(context) = &mut self.context
            && !session.is_guest()
        {
            context.profile = session.account().profile;
        }
    }

    /// Finds out who else is here, for the account screen of the visit that begins.
    pub(super) fn find_conditions(&self, session: &Session, visit: u64) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return Task::none();
        };
        let account = session.account();
        let mut guests = self.accounts.guests.here();
        let other_guests = guests.any(|guest| !guest.is_same(session));
        let work = tokio::task::spawn_blocking(move || {
            // Who was on this profile before may have left something.
            context.accounts.sweep();
            if !account.guest {
                context.accounts.note_use(&account.profile);
            }
            let conditions = conditions(
                &context.accounts,
                &context.accounts.list(&context.client),
                &account,
            );
            EntryConditions {
                others: conditions.others || other_guests,
                ..conditions
            }
        });
        Task::future(async move {
            let conditions = work.await.unwrap_or_default();
            Message::Visit(visit, VisitMessage::Conditions(conditions))
        })
    }
}

/// Reads an account that was chosen.
fn open(context: &Context, account: &Account, unlocked: bool) -> Result<Opened, ErrorText> {
    if !unlocked && context.accounts.pins().state(account) != PinState::NotSet {
        return Ok(Opened::Pin);
    }
    let server = context.config.provider.preset.provider();
    let restored = Session::restore(&context.accounts, &context.client, &account.profile)
        .map_err(|error| error_text::of_session(&error, server))?;
    Ok(Opened::Restored(restored))
}

fn conditions(accounts: &Accounts, listed: &[Listed], account: &Account) -> EntryConditions {
    EntryConditions {
        others: listed
            .iter()
            .any(|listed| listed.profile != account.profile),
        pin: accounts.pins().state(account) != PinState::NotSet,
        guest: account.guest,
    }
}

#[cfg(test)]
impl AccountFlow {
    /// Whether a session is being kept fresh.
    pub(super) fn is_keeping(&self) -> bool {
        self.keeper.is_some()
    }

    /// Whether a session ended behind what is on.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Number of the last visit.
    pub(super) fn last_visit(&self) -> u64 {
        self.visits
    }
}
