//! What other processes do with the accounts on this device while the window is open.

use std::path::PathBuf;

use futures::{Stream, StreamExt};
use iced::{Subscription, Task};

use super::accounts::Behind;
use super::{App, Message, Screen};
use crate::app::screen::who::Choices;
use crate::host::directory_watch;
use crate::session::Listed;

impl App {
    /// Tells when an account comes, changes or goes, while somebody's name or content is on the screen.
    pub(super) fn accounts(&self) -> Subscription<Message> {
        let concerns =
            self.session().is_some() || matches!(&self.screen, Screen::Who(_) | Screen::Pin(_));
        match &self.context {
            Some(context) if concerns => {
                Subscription::run_with(Watched(context.accounts.folder()), changes)
            }
            _ => Subscription::none(),
        }
    }

    /// An account on this device may be another one now. Whoever is not signed in any more leaves the screen.
    pub(super) fn accounts_changed(&mut self) -> Task<Message> {
        let behind = match &self.accounts.behind {
            Behind::Home(visit, home) => Some((*visit, home.session().clone())),
            Behind::Welcome | Behind::Who => None,
        };
        let here = match &self.screen {
            Screen::Success { home, .. } | Screen::Home(home) => {
                Some((self.accounts.visit(), home.session().clone()))
            }
            _ => None,
        };
        let mut tasks = Vec::new();
        for (visit, session) in behind.into_iter().chain(here) {
            // A sign-out on this screen tells of itself.
            if !session.is_leaving()
                && let Err(why) = session.confirm()
            {
                tasks.push(self.ended(visit, &why.to_string()));
            }
        }
        tasks.push(match (&self.context, &self.screen) {
            (Some(context), Screen::Pin(pad))
                if context.accounts.account_check(pad.account()).is_gone() =>
            {
                self.root(None)
            }
            (Some(context), Screen::Who(_)) => {
                let (accounts, client) = (context.accounts.clone(), context.client.clone());
                let listing = tokio::task::spawn_blocking(move || accounts.list(&client));
                Task::future(async move { Message::Listed(listing.await.ok()) })
            }
            _ => Task::none(),
        });
        Task::batch(tasks)
    }

    /// Who is on this device now, for "Who is watching?".
    pub(super) fn listed(&mut self, listed: Option<Vec<Listed>>) -> Task<Message> {
        match (&self.screen, listed) {
            (Screen::Who(who), Some(listed)) if !who.shows(&listed) => {
                self.accounts.tile = who.focus();
                self.gathered(Choices {
                    listed,
                    ..Choices::default()
                })
            }
            _ => Task::none(),
        }
    }
}

/// The folder that is watched.
#[derive(Hash)]
struct Watched(PathBuf);

fn changes(Watched(folder): &Watched) -> impl Stream<Item = Message> + use<> {
    directory_watch::changes(folder.clone(), ".json").map(|()| Message::Accounts)
}

#[cfg(test)]
mod tests;
