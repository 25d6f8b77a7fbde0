//! Guests: which of them are signed in, and their end.
//!
//! A guest lives in memory alone ([`Session::is_guest`]), so somebody has to hold their session while another person's home
//! is on: this list. It is what is signed out when no key is pressed, when the box is looked after, and at the end.

use futures::future::join_all;
use iced::Task;
use serde_json::json;

use super::accounts::Behind;
use super::control::ControlMessage;
use super::screen::{OverVisit, notice};
use super::{App, Message, Now};
use crate::app::screen::welcome::Notice;
use crate::host::control_socket::Request;
use crate::session::{Account, Session, SignOut};
use device_flow::Revocation;

/// More guests than stand in front of one screen; beyond it the one who came first leaves.
const MOST: usize = 8;

/// The guests of this program.
#[derive(Debug, Default)]
pub(super) struct Guests {
    here: Vec<Session>,
    /// Those who have left while their tokens are being revoked.
    left: Vec<Session>,
}

impl Guests {
    /// A guest has signed in. Those who give way: the same person, if they are known by now, and one who is too many.
    fn arrives(&mut self, session: &Session) -> Vec<Session> {
        self.tidy();
        let key = session.account().key();
        let mut gone = self.take(|other| other.account().key() == key);
        if self.here.len() >= MOST {
            gone.push(self.here.remove(0));
        }
        self.here.push(session.clone());
        self.left.extend(gone.iter().cloned());
        gone
    }

    fn take(&mut self, leaves: impl Fn(&Session) -> bool) -> Vec<Session> {
        let here = std::mem::take(&mut self.here);
        let (gone, here) = here.into_iter().partition(leaves);
        self.here = here;
        gone
    }

    /// All but the one who is `in_use` leave.
    fn leave_all_but(&mut self, in_use: Option<&Session>) -> Vec<Session> {
        let gone = self.take(|session| in_use.is_none_or(|in_use| !in_use.is_same(session)));
        self.left.extend(gone.iter().cloned());
        gone
    }

    /// Those who may be chosen.
    pub(super) fn here(&self) -> impl Iterator<Item = &Session> {
        let here = self.here.iter();
        here.filter(|session| session.is_guest() && !session.has_ended() && !session.is_leaving())
    }

    /// Who they are.
    pub(super) fn accounts(&self) -> Vec<Account> {
        self.here().map(Session::account).collect()
    }

    /// Every session that the end of the program has to revoke.
    pub(super) fn sessions(&self) -> Vec<Session> {
        self.here.iter().chain(&self.left).cloned().collect()
    }

    /// Lets go of those who stay signed in here, and of those of whom nothing is left to revoke.
    pub(super) fn tidy(&mut self) {
        let gone = self.take(Session::has_ended);
        self.left.extend(gone);
        self.here.retain(Session::is_guest);
        self.left
            .retain(|session| !session.has_ended() || session.owes_revocation());
    }
}

impl App {
    /// The guest whose home is on, or under what is theirs.
    pub(super) fn guest_in_use(&self) -> Option<&Session> {
        let screen = self.screen.active();
        let session = match (screen.visit(), screen.over_visit()) {
            (Some(visit), _) => Some(visit.session()),
            (None, OverVisit::Within) => self.accounts.session_behind(),
            (None, OverVisit::Beside | OverVisit::No) => None,
        };
        session.filter(|session| session.is_guest())
    }

    /// Whether guests are signed in whose home is not on.
    pub(super) fn has_guests_away(&self) -> bool {
        let in_use = self.guest_in_use();
        let mut here = self.accounts.guests.here();
        here.any(|guest| in_use.is_none_or(|in_use| !in_use.is_same(guest)))
    }

    /// A person has signed in: a guest is held from now on.
    pub(super) fn guest_arrives(&mut self, session: &Session) -> Task<Message> {
        if !session.is_guest() {
            return Task::none();
        }
        let gone = self.accounts.guests.arrives(session);
        let revokes = self.context.as_ref();
        if revokes.is_some_and(|context| !context.client.revokes_one_session()) {
            // The new session of the same person would end with the old.
            return Task::none();
        }
        sign_out(gone).discard()
    }

    /// Guests whose home is not on leave, when no key has been pressed for long.
    pub(super) fn guests_leave_when_idle(&mut self, now: Now) -> Task<Message> {
        if !self.idle.guests_leave(now.uptime) || !self.has_guests_away() {
            return Task::none();
        }
        let in_use = self.guest_in_use().cloned();
        let gone = self.accounts.guests.leave_all_but(in_use.as_ref());
        self.forsake(&gone);
        tracing::info!("nobody has pressed a key for long: guests are signed out");
        sign_out(gone).map(|()| Message::AccountsChanged)
    }

    /// Somebody who looks after the box wants no guest on it any more.
    pub(super) fn sign_guests_out(&mut self, asked: Request) -> Task<Message> {
        let gone = self.accounts.guests.leave_all_but(None);
        Task::future(async move {
            let gone = all_sign_out(gone).await;
            Message::Control(ControlMessage::GuestsSignedOut(asked, gone))
        })
    }

    /// They are signed out; whoever asked hears what came of it.
    pub(super) fn guests_signed_out(
        &mut self,
        asked: Request,
        gone: &[(Session, SignOut)],
    ) -> Task<Message> {
        let is_revoked =
            |(_, out): &&(Session, SignOut)| !matches!(out.revocation, Revocation::Failed(_));
        let revoked = gone.iter().filter(is_revoked).count();
        asked.answer(&json!({ "signed_out": gone.len(), "revoked": revoked }));
        let sessions: Vec<_> = gone.iter().map(|(session, _)| session.clone()).collect();
        self.forsake(&sessions);
        let in_use = self.guest_in_use();
        let own = in_use.and_then(|own| gone.iter().find(|(session, _)| session.is_same(own)));
        match own {
            Some((_, out)) => self.root(Some(notice(out))),
            None => self.accounts_changed(),
        }
    }

    /// Everybody signs out, these too.
    pub(super) fn take_guests(&mut self) -> Vec<Session> {
        self.accounts.guests.leave_all_but(None)
    }

    /// Lets go of the home under a sign-in, where it is that of a guest who leaves.
    fn forsake(&mut self, gone: &[Session]) {
        let behind = self.accounts.session_behind();
        if behind.is_some_and(|behind| gone.iter().any(|one| one.is_same(behind)))
            && matches!(self.accounts.behind, Behind::Home(_))
            && self.screen.active().over_visit() != OverVisit::Within
        {
            self.accounts.forsake_home();
        }
    }

    /// Opens the home of a guest who is still signed in.
    pub(super) fn open_guest(&mut self, account: &Account, now: Now) -> Task<Message> {
        let key = account.key();
        let mut here = self.accounts.guests.here();
        let found = here.find(|guest| guest.account().key() == key).cloned();
        drop(here);
        match found {
            Some(session) => self.go_home(session, now),
            None => self.root(Some(Notice::Ended)),
        }
    }

    /// What a guest has set goes when they are not here any more.
    pub(super) fn forget_guest_settings(&mut self, now: Now) -> Task<Message> {
        let is_here = self.session().is_some_and(Session::is_guest);
        if is_here || !self.preferences.forget_guest() {
            return Task::none();
        }
        self.apply_preferences(now)
    }
}

/// Signs them out in the background.
fn sign_out(sessions: Vec<Session>) -> Task<()> {
    if sessions.is_empty() {
        return Task::none();
    }
    Task::future(all_sign_out(sessions)).map(drop)
}

/// Signs them out, all at once.
pub(super) async fn all_sign_out(sessions: Vec<Session>) -> Vec<(Session, SignOut)> {
    let leaving = sessions.into_iter().map(|session| async move {
        let out = session.sign_out().await;
        (session, out)
    });
    join_all(leaving).await
}
