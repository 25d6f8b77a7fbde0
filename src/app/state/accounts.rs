//! From one person to another: who is asked for, the PIN between, and what is left behind.
//!
//! Every time somebody's home is opened is a visit with a number. A message that was on its way for another
//! visit is dropped by that number: what one account may see is never shown to another.

use std::time::Instant;

use iced::Task;

use super::navigation::notice;
use super::{App, Message, Screen};
use crate::app::error_text::{self, ErrorText};
use crate::app::focus::Controls as _;
use crate::app::pictures::Pictures;
use crate::app::screen::account::{AccountEntry, EntryConditions};
use crate::app::screen::panel::PanelKind;
use crate::app::screen::pin::{self, PinPad, Purpose};
use crate::app::screen::who::{self, Choices, Who};
use crate::app::screen::{Context, home, welcome};
use crate::session::{
    Account, AccountState, Accounts, Destination, Listed, PinState, ProfileSignOut, RemovedFile,
    Session,
};

/// Who is here, and where a way back leads.
#[derive(Default)]
pub(super) struct AccountFlow {
    /// Number of the visit whose home is on.
    visit: u64,
    /// How many there have been.
    visits: u64,
    /// What is under a sign-in, a greeting or a PIN.
    pub(super) behind: Behind,
    /// The tile of "Who is watching?" that led to what is on.
    pub(super) tile: Option<String>,
    /// Whether somebody's session ended while somebody else was signing in.
    pub(super) ended: bool,
    /// Sessions that are not in use any more, while something of theirs is still being written.
    left: Vec<Session>,
}

/// What is under a screen that somebody may leave again.
#[derive(Default)]
pub(super) enum Behind {
    /// Nobody is signed in.
    #[default]
    Welcome,
    /// "Who is watching?"
    Who,
    /// Somebody's home, of this visit.
    Home(u64, Box<home::Home>),
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
        self.visits += 1;
        self.visit = self.visits;
        self.visit
    }

    /// The visit whose home is on.
    pub(super) fn visit(&self) -> u64 {
        self.visit
    }

    /// Whether a message of this visit is for the home that is on.
    pub(super) fn is_here(&self, visit: u64) -> bool {
        self.visit == visit
    }

    /// The home under what is on, where it is that of this visit.
    pub(super) fn home_behind(&mut self, visit: u64) -> Option<&mut home::Home> {
        match &mut self.behind {
            Behind::Home(other, home) if *other == visit => Some(home),
            _ => None,
        }
    }

    /// Sessions that the end has to wait for, besides the one in use.
    pub(super) fn sessions(&self) -> Vec<Session> {
        let behind = self.session_behind().cloned();
        self.left.iter().cloned().chain(behind).collect()
    }

    /// The session of the home under what is on.
    pub(super) fn session_behind(&self) -> Option<&Session> {
        match &self.behind {
            Behind::Home(_, home) => Some(home.session()),
            Behind::Welcome | Behind::Who => None,
        }
    }

    fn leave(&mut self, session: Option<Session>) {
        self.left.retain(|session| !session.is_settled());
        self.left
            .extend(session.filter(|session| !session.is_settled()));
    }
}

impl App {
    /// Asks who it is, or welcomes where nobody is left. Whoever was here is left behind, signed in or not.
    pub(super) fn root(&mut self, notice: Option<welcome::Notice>) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return self.welcome(notice);
        };
        self.panel = None;
        let ended = std::mem::take(&mut self.accounts.ended).then_some(welcome::Notice::Ended);
        let notice = notice.or(ended);
        let session = self.session().cloned();
        self.accounts.leave(session);
        self.forsake_home();
        let work = tokio::task::spawn_blocking(move || {
            // Whatever ended whose session: what was theirs goes with it.
            context.accounts.sweep();
            Choices {
                listed: context.accounts.list(&context.client),
                focus: context.accounts.last_used(),
                notice,
            }
        });
        self.wait_for(Task::future(async move {
            match work.await {
                Ok(choices) => Message::Gathered(Box::new(choices)),
                Err(error) => Message::Prepared(Box::new(Err(error_text::of_internal(&error)))),
            }
        }))
    }

    /// Lets go of the home that is under what is on.
    pub(super) fn forsake_home(&mut self) {
        self.keeper = None;
        if let Behind::Home(_, home) = std::mem::replace(&mut self.accounts.behind, Behind::Who) {
            self.accounts.leave(Some(home.session().clone()));
        }
    }

    /// Everybody on this device is known.
    pub(super) fn gathered(&mut self, choices: Choices) -> Task<Message> {
        let alone = choices.listed.is_empty();
        match choices {
            Choices { notice, .. } if alone => {
                self.accounts.behind = Behind::Welcome;
                self.welcome(notice)
            }
            choices => {
                let Some(context) = &self.context else {
                    return self.start();
                };
                self.accounts.behind = Behind::Who;
                let (mut screen, task) =
                    Who::new(context, choices, &self.launch.profile, &self.look);
                if let Some(tile) = self.accounts.tile.take() {
                    // It may be gone; then the focus is where it would be.
                    let _ = screen.aim(&tile);
                }
                self.screen = Screen::Who(screen);
                task.map(Message::Who)
            }
        }
    }

    pub(super) fn on_who(&mut self, action: who::Action, now: Instant) -> Task<Message> {
        if let Screen::Who(screen) = &self.screen {
            self.accounts.tile = screen.focus();
        }
        match action {
            who::Action::None => Task::none(),
            who::Action::Open { account, pin: true } => {
                self.ask_pin(*account, Purpose::Unlock, now)
            }
            who::Action::Open {
                account,
                pin: false,
            } => self.open_account(*account, false),
            who::Action::SignIn(destination) => self.sign_in_at(destination, Behind::Who, now),
            who::Action::SetAside(profile) => {
                let Some(context) = &self.context else {
                    return self.start();
                };
                // One rename; the list that follows tells whether it went well.
                if let Err(error) = context.accounts.set_aside(&profile) {
                    tracing::warn!(%error, "a broken account file stays where it is");
                }
                self.root(None)
            }
        }
    }

    /// Opens an account. Without the PIN (`unlocked`), one that has one asks for it first.
    pub(super) fn open_account(&mut self, account: Account, unlocked: bool) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return self.start();
        };
        let wanted = Box::new(account);
        let account = wanted.clone();
        let work = tokio::task::spawn_blocking(move || open(&context, &account, unlocked));
        self.wait_for(Task::future(async move {
            match work.await {
                Ok(Ok(opened)) => Message::Opened(wanted, Box::new(opened)),
                Ok(Err(words)) => Message::Prepared(Box::new(Err(words))),
                Err(error) => Message::Prepared(Box::new(Err(error_text::of_internal(&error)))),
            }
        }))
    }

    /// What lies on disk of an account that was chosen.
    pub(super) fn opened(
        &mut self,
        wanted: Account,
        opened: Opened,
        now: Instant,
    ) -> Task<Message> {
        match opened {
            Opened::Pin => self.ask_pin(wanted, Purpose::Unlock, now),
            // Another person may have signed in on the profile meanwhile: they have not been asked.
            Opened::Restored(AccountState::SignedIn(session))
                if session.account().key() == wanted.key() =>
            {
                self.go_home(session)
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

    /// Puts the PIN pad over what is on.
    pub(super) fn ask_pin(
        &mut self,
        account: Account,
        purpose: Purpose,
        now: Instant,
    ) -> Task<Message> {
        let Some(context) = &self.context else {
            return self.start();
        };
        let accounts = context.accounts.clone();
        let portrait = match &self.screen {
            Screen::Who(screen) => screen.portrait(&account, &self.look),
            Screen::Home(home) => home.portrait(&self.look),
            _ => Pictures::default(),
        };
        let (pad, task) = PinPad::new(&accounts, account, portrait, purpose, now);
        self.put_over(Screen::Pin(Box::new(pad)));
        task.map(Message::Pin)
    }

    pub(super) fn on_pin(&mut self, action: pin::Action, now: Instant) -> Task<Message> {
        let Screen::Pin(pad) = &self.screen else {
            return Task::none();
        };
        match action {
            pin::Action::None => Task::none(),
            pin::Action::Run(task) => task.map(Message::Pin),
            pin::Action::Leave => self.back(None),
            pin::Action::Unlocked => {
                let account = pad.account().clone();
                self.open_account(account, true)
            }
            pin::Action::Changed(pin) => {
                let task = self.back(None);
                if let Screen::Home(home) = &mut self.screen {
                    let company = home.conditions();
                    home.set_conditions(EntryConditions { pin, ..company });
                }
                task
            }
            pin::Action::SignIn => {
                let destination = Destination::Beside(pad.account().profile.clone());
                let behind = std::mem::take(&mut self.accounts.behind);
                self.sign_in_at(destination, behind, now)
            }
        }
    }

    /// What was chosen on the account screen.
    pub(super) fn on_account(&mut self, entry: AccountEntry, now: Instant) -> Task<Message> {
        let Screen::Home(home) = &self.screen else {
            return Task::none();
        };
        let account = home.session().account();
        match entry {
            AccountEntry::Language => self.open_panel(PanelKind::Language),
            AccountEntry::Accessibility => self.open_panel(PanelKind::Accessibility),
            AccountEntry::Diagnostics => self.diagnose(),
            AccountEntry::Switch => self.root(None),
            AccountEntry::Add => {
                let destination = Destination::Beside(self.launch.profile.clone());
                let behind = self.take_home();
                self.sign_in_at(destination, behind, now)
            }
            AccountEntry::SetPin | AccountEntry::ChangePin => {
                self.ask_pin(account, Purpose::Set, now)
            }
            AccountEntry::RemovePin => self.ask_pin(account, Purpose::Remove, now),
            AccountEntry::SignOutEverybody => self.sign_everybody_out(home.session().clone()),
            // Home does that itself.
            AccountEntry::SignOut => Task::none(),
        }
    }

    fn open_panel(&mut self, which: PanelKind) -> Task<Message> {
        self.open(which);
        Task::none()
    }

    /// Back to what is under the screen that is on.
    pub(super) fn back(&mut self, notice: Option<welcome::Notice>) -> Task<Message> {
        match std::mem::take(&mut self.accounts.behind) {
            Behind::Welcome => self.welcome(notice),
            Behind::Who => self.root(notice),
            Behind::Home(visit, home) => {
                let session = home.session().clone();
                self.note_profile(&session);
                self.screen = Screen::Home(home);
                self.accounts.visit = visit;
                self.keep(&session)
            }
        }
    }

    /// Puts a screen over the one that is on; a home is kept under it.
    fn put_over(&mut self, screen: Screen) {
        self.accounts.behind = match self.screen {
            Screen::Home(_) => self.take_home(),
            _ => Behind::Who,
        };
        self.screen = screen;
    }

    /// Takes the home that is on, to keep it.
    fn take_home(&mut self) -> Behind {
        match std::mem::replace(&mut self.screen, Screen::nothing()) {
            Screen::Home(home) => Behind::Home(self.accounts.visit, home),
            other => {
                self.screen = other;
                Behind::Who
            }
        }
    }

    /// Finds out who else is here, for the account screen of the visit that begins.
    pub(super) fn look_around(&self, session: &Session) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return Task::none();
        };
        let (account, visit) = (session.account(), self.accounts.visit);
        let work = tokio::task::spawn_blocking(move || {
            // Who was on this profile before may have left something.
            context.accounts.sweep();
            context.accounts.note_use(&account.profile);
            company(
                &context.accounts,
                &context.accounts.list(&context.client),
                &account,
            )
        });
        Task::future(async move { Message::Company(visit, work.await.unwrap_or_default()) })
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

fn company(accounts: &Accounts, listed: &[Listed], account: &Account) -> EntryConditions {
    EntryConditions {
        others: listed
            .iter()
            .any(|listed| listed.profile != account.profile),
        pin: accounts.pins().state(account) != PinState::NotSet,
    }
}

/// What the person is told when everybody was signed out; whoever has a PIN (`guarded`) was not.
pub(super) fn sign_outs(all: &[(String, ProfileSignOut)], guarded: Vec<String>) -> welcome::Notice {
    let (mut not_revoked, mut left) = (Vec::new(), Vec::new());
    for (profile, sign_out) in all {
        let (name, outcome) = match sign_out {
            ProfileSignOut::SignedOut { account, outcome } => {
                (account.display_name().unwrap_or(profile), outcome)
            }
            ProfileSignOut::Removed(files)
                if files.iter().any(|file| file.not_removed.is_some()) =>
            {
                left.push(profile.clone());
                continue;
            }
            ProfileSignOut::Removed(files) => {
                if files.iter().any(RemovedFile::leaves_tokens) {
                    not_revoked.push(profile.clone());
                }
                continue;
            }
            ProfileSignOut::NotSignedIn => continue,
        };
        match notice(outcome) {
            welcome::Notice::NotRemoved(_) => left.push(name.to_owned()),
            welcome::Notice::NotRevoked => not_revoked.push(name.to_owned()),
            _ => {}
        }
    }
    welcome::Notice::Everybody {
        not_revoked,
        left,
        guarded,
    }
}
