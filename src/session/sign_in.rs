//! From no account to a session on disk: the device grant, then identity, then storage.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures::StreamExt;
use futures::stream::{self, BoxStream};
use tokio::sync::mpsc;

use super::account_file::{AccountFile, ReadError};
use super::account_record::AccountRecord;
use super::destination::Destination;
use super::server::Server;
use super::{Accounts, Error, Session};
use crate::oauth::device::{Failure, Patience, Reason};
use crate::oauth::{self, Identity, TokenSet, poll};

/// Pauses between tries to learn who signed in, when the keys or userinfo cannot be fetched: the person
/// has confirmed already and should not have to do it again for a hiccup of the network.
const IDENTITY_PAUSES: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// How long a revocation that nobody waits for may take.
const REVOCATION_LIMIT: Duration = Duration::from_secs(10);

/// What happens on the way to a session.
#[derive(Debug, Clone)]
pub enum Event {
    /// No session could be kept now, and why: it would end with this process. Comes before a code is asked for.
    Unkept(Error),
    /// The device grant goes on. Never [`poll::Event::Ended`].
    Grant(poll::Event),
    /// The person has confirmed; identity and storage are being settled.
    Finishing,
    /// Signed in. The session is durable, or says in its account why it is not.
    SignedIn(Session),
    /// No session came of it.
    Failed(Failure),
}

/// Signs in; the session is kept at `place`. Dropping the stream cancels; tokens that arrive after that are
/// revoked.
///
/// `patience` is how often a code is asked for while the server can't be reached.
pub fn sign_in(
    client: &oauth::Client,
    accounts: &Accounts,
    place: Destination,
    patience: Patience,
) -> BoxStream<'static, Event> {
    let desk = Desk {
        server: Arc::new(client.clone()),
        accounts: accounts.clone(),
        place,
        issuer: client.issuer(),
        client_id: client.client_id().to_owned(),
        asked: client.scopes().to_vec(),
    };
    desk.run(client.device_grant(patience))
}

/// All that a sign-in needs besides the grant itself.
#[derive(Debug)]
struct Desk {
    server: Arc<dyn Server>,
    accounts: Accounts,
    place: Destination,
    issuer: String,
    client_id: String,
    asked: Vec<String>,
}

impl Desk {
    fn run(self, grant: BoxStream<'static, poll::Event>) -> BoxStream<'static, Event> {
        // Started at the first look, when a runtime is there for certain.
        stream::once(async move {
            let (events, received) = mpsc::channel(16);
            let _detached = tokio::spawn(self.attend(grant, events));
            stream::unfold(received, |mut received| async move {
                received.recv().await.map(|event| (event, received))
            })
        })
        .flatten()
        .boxed()
    }

    /// Runs in a task of its own: once there are tokens, they are either handed over or revoked,
    /// whatever the screen does meanwhile.
    async fn attend(self, mut grant: BoxStream<'static, poll::Event>, events: mpsc::Sender<Event>) {
        if let Err(error) = self.place.can_be_kept(&self.accounts).await {
            tracing::warn!(%error, "no sign-in can be kept");
            if events.send(Event::Unkept(error)).await.is_err() {
                return;
            }
        }
        let result = loop {
            let next = tokio::select! {
                biased;
                () = events.closed() => return,
                next = grant.next() => next,
            };
            match next {
                Some(poll::Event::Ended(result)) => break result,
                Some(event) => {
                    if events.send(Event::Grant(event)).await.is_err() {
                        return;
                    }
                }
                None => return,
            }
        };
        let last = match result {
            Err(failure) => Event::Failed(failure),
            Ok(tokens) => {
                if events.send(Event::Finishing).await.is_err() {
                    return self.hand_back(&tokens).await;
                }
                let identity = tokio::select! {
                    biased;
                    () = events.closed() => return self.hand_back(&tokens).await,
                    identity = self.identify(&tokens) => identity,
                };
                match identity {
                    Err(error) => {
                        self.hand_back(&tokens).await;
                        Event::Failed(failure(&error))
                    }
                    Ok(identity) => Event::SignedIn(self.admit(identity, tokens).await),
                }
            }
        };
        if let Err(undelivered) = events.send(last).await
            && let Event::SignedIn(session) = undelivered.0
        {
            tracing::info!("cancelled at the last moment; signing out again");
            let _ = session.sign_out().await;
        }
    }

    async fn identify(&self, tokens: &TokenSet) -> Result<Identity, oauth::Error> {
        for pause in IDENTITY_PAUSES {
            match self.server.identity(tokens).await {
                Err(error @ oauth::Error::Network { .. }) => {
                    tracing::warn!(%error, "cannot learn who signed in; trying again");
                    tokio::time::sleep(pause).await;
                }
                settled => return settled,
            }
        }
        match self.server.identity(tokens).await {
            // The person has confirmed. A name that cannot be had now is no reason to throw that away, as long as
            // nothing that was promised to be checked stays unchecked.
            Err(error @ oauth::Error::Network { .. }) => {
                tracing::warn!(%error, "signing in without a name");
                self.server.vouched(tokens).await
            }
            settled => settled,
        }
    }

    /// Makes the account durable and gives it to the person.
    async fn admit(self, identity: Identity, tokens: TokenSet) -> Session {
        let Self {
            server,
            accounts,
            place,
            issuer,
            client_id,
            asked,
        } = self;
        let stored = AccountRecord::new(
            issuer,
            client_id,
            identity,
            tokens,
            &asked,
            SystemTime::now(),
        );
        let (file, replaced, unsaved) = match save(&accounts, &place, &stored).await {
            Ok((file, replaced)) => (file, replaced, None),
            Err((file, cause)) => {
                tracing::error!(cause, "signed in, but it will not be remembered");
                (file, None, Some(cause))
            }
        };
        if let Some(replaced) = replaced {
            revoke_replaced(&server, &stored, replaced);
        }
        Session::begun(server, file, stored, unsaved)
    }

    async fn hand_back(&self, tokens: &TokenSet) {
        let revocation = self
            .server
            .revoke(
                tokens.refresh_token.as_ref(),
                Some(&tokens.access_token),
                REVOCATION_LIMIT,
            )
            .await;
        tracing::info!(?revocation, "tokens nobody wants any more");
    }
}

/// Writes the account at its place, under its lock; tells which account of the same server it replaced.
///
/// # Errors
/// Where it would have been written, and why it was not.
async fn save(
    accounts: &Accounts,
    place: &Destination,
    stored: &AccountRecord,
) -> Result<(AccountFile, Option<AccountRecord>), (AccountFile, String)> {
    let claim = match place.claim(accounts, stored).await {
        Ok(claim) => claim,
        Err(error) => return Err((place.fallback(accounts), error.to_string())),
    };
    let (file, stored) = (claim.file.clone(), stored.clone());
    let written = tokio::task::spawn_blocking(move || write(&file, &stored)).await;
    let written = written.unwrap_or_else(|_| Err("the program is ending".to_owned()));
    match written {
        Ok(replaced) => Ok((claim.file.clone(), replaced)),
        Err(cause) => Err((claim.file.clone(), cause)),
    }
}

fn write(file: &AccountFile, stored: &AccountRecord) -> Result<Option<AccountRecord>, String> {
    let replaced = match file.read() {
        Ok(Some(old)) if old.belongs_to(&stored.issuer, &stored.client_id) => Some(*old),
        // Nothing is lost: what we cannot use stays beside.
        Ok(Some(_)) => keep_aside(file, "other"),
        Err(ReadError::Broken(_)) => keep_aside(file, "corrupt"),
        Ok(None) | Err(ReadError::Unavailable(_)) => None,
    };
    file.sweep();
    file.write(stored).map_err(|error| error.to_string())?;
    // Whoever can sign in may do without the PIN: that is the way back for who forgot it.
    file.forget_pin();
    if let Some(key) = replaced.as_ref().and_then(|old| old.dpop_jkt.as_deref())
        && stored.dpop_jkt.as_deref() != Some(key)
    {
        file.keys().remove(key);
    }
    Ok(replaced)
}

fn keep_aside(file: &AccountFile, why: &str) -> Option<AccountRecord> {
    match file.set_aside(why) {
        Ok(kept) => tracing::warn!(kept = %kept.display(), "kept the account file that was there"),
        Err(error) => tracing::warn!(%error, "could not keep the account file that was there"),
    }
    None
}

/// Revokes the tokens that were replaced. Those of who may be the same person stay where a revocation may reach
/// further than one session: the new one would die with the old.
fn revoke_replaced(server: &Arc<dyn Server>, new: &AccountRecord, old: AccountRecord) {
    if old.may_be_of_the_same_person(new) && !server.revokes_one_session() {
        return;
    }
    let server = Arc::clone(server);
    let _detached = tokio::spawn(async move {
        let revocation = server
            .revoke(
                old.refresh_token.as_ref(),
                Some(&old.access_token),
                REVOCATION_LIMIT,
            )
            .await;
        tracing::info!(?revocation, "the account that was signed in before");
    });
}

fn failure(error: &oauth::Error) -> Failure {
    let (reason, code) = match error {
        oauth::Error::Network { .. } => (Reason::Network, None),
        oauth::Error::OAuth { code, .. } => (Reason::Rejected, Some(code.clone())),
        oauth::Error::Unexpected { .. }
        | oauth::Error::IdToken(_)
        | oauth::Error::Misconfigured(_) => (Reason::Rejected, None),
    };
    Failure {
        reason,
        error: code,
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
