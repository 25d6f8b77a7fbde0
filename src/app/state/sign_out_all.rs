//! Every account signs out of this device, as far as the person who asks for it may decide that.

use futures::StreamExt;
use iced::Task;

use super::guests::all_sign_out;
use super::screen::notice;
use super::{App, Message, VisitMessage};
use crate::app::screen::{Context, welcome};
use crate::session::{Account, Listed, ProfileSignOut, RemovedFile, Session};

impl App {
    /// Signs everybody out but those whose PIN was not given: a PIN is for what is a person's own, and so is the
    /// session. Its owner chooses the tile, gives the PIN, and signs out there.
    pub(super) fn sign_everybody_out(&mut self, visit: u64, session: Session) -> Task<Message> {
        let Some(context) = self.context.clone() else {
            return Task::none();
        };
        let mut guests = self.take_guests();
        guests.retain(|guest| !guest.is_same(&session));
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
            let guests = all_sign_out(guests).await.into_iter();
            all.extend(guests.map(|(guest, outcome)| {
                let account = Box::new(guest.account());
                let profile = account.profile.clone();
                (profile, ProfileSignOut::SignedOut { account, outcome })
            }));
            let Ok(listed) = listing.await else {
                // Who has a PIN is not known.
                return signed_out(visit, sign_outs(&all, Vec::new()));
            };
            let (spared, guarded) = guarded(&listed, &account);
            let rest = accounts.sign_out_all_but(&client, &spared);
            all.extend(rest.collect::<Vec<_>>().await);
            signed_out(visit, sign_outs(&all, guarded))
        })
    }
}

fn signed_out(visit: u64, notice: welcome::Notice) -> Message {
    Message::Visit(visit, VisitMessage::EverybodySignedOut(notice))
}

/// What the person is told when everybody was signed out; those with a PIN (`guarded`) were not.
fn sign_outs(all: &[(String, ProfileSignOut)], guarded: Vec<String>) -> welcome::Notice {
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
    use crate::app::screen::who::tests::samples::{broken, listed};

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
