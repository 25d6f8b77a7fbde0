//! A guest: a session that is in memory alone, on a screen that others use, too.
//!
//! Nothing of it touches the disk until its person wants to stay; a box that loses its power has forgotten them. When they
//! leave, their tokens are revoked (RFC 7009), and where the server cannot be reached, that is tried again for as long as the
//! program runs: nothing on disk could remind a later run of it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use secrecy::SecretString;

use super::account_record::AccountRecord;
use super::schedule::background_pause;
use super::server::Server;
use super::shared::{Shared, now};
use super::sign_in::{revoke_replaced, save};
use super::{Accounts, Destination, Error, Session};
use crate::host::event::{self, Event};
use device_flow::{Chance, Revocation};

/// What stands where others have the name of a profile. No profile can be called so.
pub(super) const GUEST: &str = ".guest";

/// How long is tried to revoke what a guest has left behind. Tokens of a day ago have mostly run out by themselves.
const GIVES_UP_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Where a guest who wants to stay would be kept.
#[derive(Debug)]
pub(super) struct Stay {
    pub(super) accounts: Accounts,
    pub(super) destination: Destination,
}

impl Destination {
    /// Nowhere, until the person wants to stay; then here.
    #[must_use]
    pub fn of_a_guest(self) -> Self {
        match self {
            Self::Profile(_) | Self::Beside(_) => Self::Guest(Box::new(self)),
            Self::Guest(_) => self,
        }
    }
}

impl Session {
    /// The session of a guest that has just begun; `destination` is for one who wants to stay.
    pub(super) fn guest(
        server: Arc<dyn Server>,
        record: AccountRecord,
        accounts: Accounts,
        destination: Destination,
    ) -> Self {
        Self::of(Shared::guest(server, record, accounts, destination))
    }

    /// Whether it is a guest's, of whom nothing is kept.
    pub fn is_guest(&self) -> bool {
        self.shared().file().is_none()
    }

    /// Whether it is over, whatever ended it.
    pub fn has_ended(&self) -> bool {
        self.shared().state().ended().is_some()
    }

    /// Whether a guest has left whose tokens are still to be revoked.
    pub fn owes_revocation(&self) -> bool {
        self.shared().owes_revocation.load(Ordering::SeqCst)
    }

    /// Keeps a guest who wants to stay signed in on this device. Where nothing can be written, the account says so, as after
    /// any sign-in.
    pub async fn keep(&self) {
        let shared = Arc::clone(self.shared());
        // Detached, so that a screen that goes away does not leave half an account.
        let kept = tokio::spawn(async move { shared.keep().await });
        if let Err(error) = kept.await {
            tracing::warn!(%error, "a guest who wanted to stay is not kept");
        }
    }

    /// The program ends, and the guest's session with it.
    pub(super) async fn guest_ends_with_the_program(&self) {
        let shared = Arc::clone(self.shared());
        let left = tokio::spawn(async move {
            let _gate = shared.gate.lock().await;
            match shared.owes_revocation.load(Ordering::SeqCst) {
                true => shared.pays_revocation().await,
                false => shared.guest_leaves().await,
            }
        });
        if let Ok(revocation) = left.await {
            tracing::info!(?revocation, "a guest's tokens end with the program");
        }
    }
}

impl Shared {
    /// Makes the account of a guest durable, under the gate: no refresh comes in between.
    async fn keep(&self) {
        let _gate = self.gate.lock().await;
        let Some(Stay {
            accounts,
            destination,
        }) = &self.stay
        else {
            return;
        };
        if self.file().is_some() || self.state().ended().is_some() || self.is_closing() {
            return;
        }
        let record = self.state().record.clone();
        let (file, replaced, unsaved) = match save(accounts, destination, &record).await {
            Ok((file, replaced)) => (file, replaced, None),
            Err((file, cause)) => {
                tracing::error!(cause, "a guest stays, but will not be remembered");
                (file, None, Some(cause))
            }
        };
        let profile = file.profile().to_owned();
        self.keep_in(file, &record);
        self.state().is_kept(unsaved);
        event::tell(Event::GuestStays { profile });
        if let Some(replaced) = replaced {
            revoke_replaced(&self.server, &record, replaced);
        }
    }

    /// A guest leaves: their tokens are revoked and forgotten, or owed. The caller holds the gate.
    pub(super) async fn guest_leaves(self: &Arc<Self>) -> Revocation {
        let record = self.state().record.clone();
        if is_forgotten(&record) {
            return Revocation::Revoked;
        }
        let was_here = self.state().ended().is_none();
        let revocation = self.revoke_guest(&record).await;
        self.state()
            .end(Error::Ended("the guest has left".to_owned()));
        match &revocation {
            Revocation::Failed(error) => {
                tracing::warn!(%error, "a guest's tokens are not revoked yet");
                self.revoke_later();
            }
            Revocation::Revoked | Revocation::NotOffered => self.state().forget_tokens(),
        }
        self.server.close_connections();
        if was_here {
            event::tell(Event::SignedOut {});
        }
        revocation
    }

    /// Revokes the tokens of a guest. Where that would end the session of the same person that this device remembers,
    /// they are forgotten instead.
    async fn revoke_guest(&self, record: &AccountRecord) -> Revocation {
        if !self.server.revokes_one_session() && self.is_remembered(record) {
            return Revocation::NotOffered;
        }
        self.revoke(record).await
    }

    fn is_remembered(&self, record: &AccountRecord) -> bool {
        let Some(Stay { accounts, .. }) = &self.stay else {
            return false;
        };
        accounts.profiles().iter().any(|profile| {
            let found = accounts.account_file(profile).read();
            matches!(found, Ok(Some(found)) if found.may_be_of_the_same_person(record))
        })
    }

    /// Goes on trying, in the background.
    fn revoke_later(self: &Arc<Self>) {
        if self.owes_revocation.swap(true, Ordering::SeqCst) {
            return;
        }
        let shared = Arc::clone(self);
        let _detached = tokio::spawn(async move { shared.revoke_until_done().await });
    }

    async fn revoke_until_done(&self) {
        let begun = now();
        let mut failures = 1;
        while now().saturating_duration_since(begun) < GIVES_UP_AFTER {
            let pause = background_pause(failures, Duration::ZERO, Chance::draw());
            tokio::select! {
                biased;
                // The end of the program tries once more by itself.
                () = self.closes() => return,
                () = tokio::time::sleep(pause) => {}
            }
            let _gate = self.gate.lock().await;
            match self.pays_revocation().await {
                Revocation::Failed(_) => failures += 1,
                Revocation::Revoked | Revocation::NotOffered => return,
            }
        }
        tracing::warn!("a guest's tokens could not be revoked; they end as their server says");
        self.is_paid();
    }

    /// One more try to revoke what a guest has left behind. The caller holds the gate.
    async fn pays_revocation(&self) -> Revocation {
        let record = self.state().record.clone();
        if is_forgotten(&record) {
            return Revocation::Revoked;
        }
        let revocation = self.revoke_guest(&record).await;
        if !matches!(revocation, Revocation::Failed(_)) {
            tracing::info!(?revocation, "tokens that a guest has left behind");
            self.is_paid();
        }
        revocation
    }

    fn is_paid(&self) {
        self.state().forget_tokens();
        self.owes_revocation.store(false, Ordering::SeqCst);
    }
}

fn is_forgotten(record: &AccountRecord) -> bool {
    record.holds_access_token(&SecretString::default())
}

#[cfg(test)]
impl Session {
    /// A guest of this name, for tests of what comes after a sign-in.
    pub(crate) fn of_a_guest(
        accounts: &Accounts,
        client: &device_flow::Client,
        name: &str,
    ) -> Self {
        let record = AccountRecord::new(
            client.issuer(),
            client.client_id().to_owned(),
            device_flow::Identity {
                subject: format!("guest|{name}"),
                name: Some(name.to_owned()),
                ..device_flow::Identity::default()
            },
            super::account_record::tests::tokens(1),
            client.scopes(),
            std::time::SystemTime::now(),
        );
        let there = Destination::Profile("default".to_owned());
        Self::guest(Arc::new(client.clone()), record, accounts.clone(), there)
    }
}
