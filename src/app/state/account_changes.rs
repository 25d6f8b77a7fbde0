//! What other processes do with the accounts on this device while the window is open.

use std::path::PathBuf;

use futures::{Stream, StreamExt};
use iced::{Subscription, Task};

use super::message::ScreenMessage;
use super::screen::ShownAccounts;
use super::{App, Message};
use crate::host::directory_watch;

impl App {
    /// Tells when an account comes, changes or goes, while a person's name or content is on the screen.
    pub(super) fn account_changes(&self) -> Subscription<Message> {
        let concerns = self.session().is_some()
            || !matches!(self.screen.active().accounts(), ShownAccounts::None);
        match &self.context {
            Some(context) if concerns => {
                Subscription::run_with(Watched(context.accounts.folder()), changes)
            }
            Some(_) | None => Subscription::none(),
        }
    }

    /// An account on this device may be another one now. A person who is not signed in any more leaves the screen.
    pub(super) fn accounts_changed(&mut self) -> Task<Message> {
        let behind = self.accounts.visit_behind();
        let visits = behind.into_iter().chain(self.screen.active().visit());
        let visits = visits.map(|visit| (visit.number, visit.session().clone()));
        let mut tasks = Vec::new();
        for (visit, session) in visits.collect::<Vec<_>>() {
            // A sign-out on this screen tells of itself.
            if !session.is_leaving()
                && let Err(why) = session.confirm()
            {
                tasks.push(self.ended(visit, &why.to_string()));
            }
        }
        if let Some(context) = &self.context {
            match self.screen.active().accounts() {
                ShownAccounts::One(account) => {
                    if context.accounts.account_check(account).is_gone() {
                        tasks.push(self.root(None));
                    }
                }
                ShownAccounts::All => {
                    let (accounts, client) = (context.accounts.clone(), context.client.clone());
                    let listing = tokio::task::spawn_blocking(move || accounts.list(&client));
                    tasks.push(Task::future(async move {
                        Message::Screen(ScreenMessage::WhoListed(listing.await.ok()))
                    }));
                }
                ShownAccounts::None => {}
            }
        }
        Task::batch(tasks)
    }
}

/// The folder that is watched.
#[derive(Hash)]
struct Watched(PathBuf);

fn changes(Watched(folder): &Watched) -> impl Stream<Item = Message> + use<> {
    directory_watch::changes(folder.clone(), ".json").map(|()| Message::AccountsChanged)
}

#[cfg(test)]
mod tests;
