//! Everybody signs out of this device, as far as whoever asks for it may decide that.

use futures::StreamExt;
use iced::Task;

use super::accounts::sign_outs;
use super::{App, Message};
use crate::app::screen::Context;
use crate::session::{Account, Listed, ProfileSignOut, Session};

impl App {
    /// Signs everybody out but those whose PIN was not given: a PIN is for what is somebody's own, and so is their
    /// session. They choose their tile, give it, and sign out there.
    pub(super) fn sign_everybody_out(&self, session: Session) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return Task::none();
        };
        let visit = self.accounts.visit();
        // Not aborted when the screen goes: the person asked for it.
        Task::future(async move {
            let Context {
                accounts, client, ..
            } = context;
            let account = session.account();
            let here = (accounts.clone(), client.clone());
            let listing = tokio::task::spawn_blocking(move || here.0.list(&here.1));
            let own = ProfileSignOut::SignedOut {
                account: Box::new(account.clone()),
                // First, and by itself: it may hold tokens that are newer than those on disk.
                outcome: session.sign_out().await,
            };
            let mut all = vec![(account.profile.clone(), own)];
            let Ok(listed) = listing.await else {
                // Who has a PIN is not known.
                return Message::EverybodyOut(visit, sign_outs(&all, Vec::new()));
            };
            let (spared, guarded) = guarded(&listed, &account);
            let rest = accounts.sign_out_all_but(&client, &spared);
            all.extend(rest.collect::<Vec<_>>().await);
            Message::EverybodyOut(visit, sign_outs(&all, guarded))
        })
    }
}

/// The others who have a PIN: their profiles, and what they are called.
fn guarded(listed: &[Listed], own: &Account) -> (Vec<String>, Vec<String>) {
    let others = listed.iter().filter(|one| one.profile != own.profile);
    let guarded = others.filter(|one| one.has_pin);
    guarded
        .map(|one| {
            let name = one.account().and_then(Account::display_name);
            let name = name.unwrap_or(&one.profile).to_owned();
            (one.profile.clone(), name)
        })
        .unzip()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::gallery;
    use crate::app::screen::who::samples::{broken, listed};

    #[test]
    fn whoever_has_a_pin_is_spared_but_for_the_one_who_asks() {
        let here = [
            listed(1, "Ada", true),
            listed(2, "Kofi", true),
            listed(3, "Mei", false),
            broken("attic"),
        ];
        let own = gallery::account("account-1", "Ada");
        let (spared, names) = guarded(&here, &own);
        assert_eq!(
            (spared, names),
            (vec!["account-2".to_owned()], vec!["Kofi".to_owned()])
        );
    }
}
