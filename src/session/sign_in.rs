//! From no account to a session on disk: the device grant, then identity, then storage.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use futures::future::{BoxFuture, FutureExt as _};
use futures::{Stream, StreamExt as _};
use tokio::sync::mpsc;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::account::unasked;
use super::account_file::{AccountFile, ReadError};
use super::account_record::AccountRecord;
use super::destination::Destination;
use super::life::SignInLife;
use super::server::Server;
use super::{Accounts, Error, Session};
use crate::host::metrics;
use device_flow::{
    GrantError, Identity, Jitter, PollResult, Progress, Reason, RetryLimit, TokenSet,
};

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

/// What happens on the way to a session. The end is none of it: it is the result of the sign-in.
#[derive(Debug, Clone)]
pub enum Step {
    /// No session could be kept now, and why: it would end with this process. Comes before a code is asked for.
    Unkept(Error),
    /// The device grant goes on.
    Grant(Progress),
    /// The person has confirmed; identity and storage are being settled.
    Finishing,
}

/// A sign-in under way: a stream of [`Step`], and [`SignIn::finish`] is its end.
///
/// It runs in a task of its own, which starts with the first look. Dropping this cancels; tokens that arrive after
/// that are revoked.
pub struct SignIn {
    /// Not started yet.
    task: Option<BoxFuture<'static, ()>>,
    messages: mpsc::UnboundedReceiver<Message>,
    result: Option<Result<Session, GrantError>>,
}

enum Message {
    Step(Step),
    End(Result<Session, GrantError>),
}

impl SignIn {
    /// The session. It is durable, or says in its account why it is not, or that it is a guest's. Steps that were not looked at are passed over.
    ///
    /// # Errors
    /// Why no session came of it.
    pub async fn finish(mut self) -> Result<Session, GrantError> {
        while self.next().await.is_some() {}
        self.result.take().unwrap_or_else(|| {
            Err(GrantError {
                reason: Reason::Cancelled,
                cause: None,
                detail: "the program is ending".to_owned(),
            })
        })
    }
}

impl Stream for SignIn {
    type Item = Step;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Step>> {
        if let Some(task) = self.task.take() {
            let _detached = tokio::spawn(task);
        }
        if self.result.is_some() {
            return Poll::Ready(None);
        }
        self.messages
            .poll_recv(context)
            .map(|message| match message? {
                Message::Step(step) => Some(step),
                Message::End(result) => {
                    self.result = Some(result);
                    None
                }
            })
    }
}

/// Where the task tells of its steps.
#[derive(Clone)]
struct Steps {
    messages: mpsc::UnboundedSender<Message>,
    life: SignInLife,
}

impl Steps {
    fn tell(&self, step: Step) {
        if let Step::Grant(progress) = &step {
            self.life.goes_on(progress);
        }
        // A watcher that has gone is noticed by `cancelled`.
        let _ = self.messages.send(Message::Step(step));
    }

    async fn cancelled(&self) {
        self.messages.closed().await;
    }
}

/// Signs in; the session is kept at `place`. `limit` is how often a code is asked for while the server can't be reached,
/// `spread` over how long a fleet that does so by itself comes back to it; zero where a person asked.
pub fn sign_in(
    client: &device_flow::Client,
    accounts: &Accounts,
    place: Destination,
    limit: RetryLimit,
    spread: Duration,
) -> SignIn {
    let flow = SignInFlow {
        server: Arc::new(client.clone()),
        accounts: accounts.clone(),
        place,
        issuer: client.issuer(),
        client_id: client.client_id().to_owned(),
        asked: client.scopes().to_vec(),
    };
    let client = client.clone();
    flow.start(move |steps| async move {
        let report = |progress| {
            if let Progress::Polled { result, .. } = &progress {
                metrics::POLLS.add(match result {
                    PollResult::AuthorizationPending => "authorization_pending",
                    PollResult::SlowDown => "slow_down",
                    PollResult::NetworkError => "network_error",
                });
            }
            steps.tell(Step::Grant(progress));
        };
        client
            .run_device_grant(limit, Jitter::new(spread), report, steps.cancelled())
            .await
    })
}

/// All that a sign-in needs besides the grant itself.
#[derive(Debug)]
struct SignInFlow {
    server: Arc<dyn Server>,
    accounts: Accounts,
    place: Destination,
    issuer: String,
    client_id: String,
    asked: Vec<String>,
}

impl SignInFlow {
    fn start<G>(self, grant: impl FnOnce(Steps) -> G + Send + 'static) -> SignIn
    where
        G: Future<Output = Result<TokenSet, GrantError>> + Send + 'static,
    {
        let (sender, messages) = mpsc::unbounded_channel();
        let span = tracing::info_span!(
            target: "vestibule::span",
            "sign_in",
            "vestibule.result" = Empty,
            "vestibule.guest" = Empty,
            "error.type" = Empty,
        );
        let steps = Steps {
            messages: sender,
            life: SignInLife::begins(&self.issuer),
        };
        SignIn {
            task: Some(self.run(grant, steps).instrument(span).boxed()),
            messages,
            result: None,
        }
    }

    /// Runs in a task of its own: once there are tokens, they are either handed over or revoked,
    /// whatever the screen does meanwhile.
    async fn run<G>(self, grant: impl FnOnce(Steps) -> G, steps: Steps)
    where
        G: Future<Output = Result<TokenSet, GrantError>>,
    {
        if let Err(error) = self.place.can_be_kept(&self.accounts).await {
            tracing::warn!(%error, "no sign-in can be kept");
            steps.tell(Step::Unkept(error));
        }
        let life = steps.life.clone();
        let granted = grant(steps.clone()).await;
        match &granted {
            Ok(_) => metrics::POLLS.add("granted"),
            Err(error) if error.reason == Reason::Denied => metrics::POLLS.add("denied"),
            Err(_) => {}
        }
        let result = match granted {
            Err(failure) => Err(failure),
            Ok(tokens) => {
                steps.tell(Step::Finishing);
                let identity = tokio::select! {
                    biased;
                    () = steps.cancelled() => {
                        ended(Some(Reason::Cancelled));
                        return self.hand_back(&tokens).await;
                    }
                    identity = self.identify(&tokens) => identity,
                };
                match identity {
                    Err(error) => {
                        self.hand_back(&tokens).await;
                        Err(failure(error))
                    }
                    Ok(identity) => Ok(self.persist(identity, tokens).await),
                }
            }
        };
        life.ended(&result);
        if let Ok(session) = &result {
            let _ = Span::current().record("vestibule.guest", session.is_guest());
        }
        ended(result.as_ref().err().map(|error| error.reason));
        if let Err(undelivered) = steps.messages.send(Message::End(result))
            && let Message::End(Ok(session)) = undelivered.0
        {
            tracing::info!("cancelled at the last moment; signing out again");
            let _ = session.sign_out().await;
        }
    }

    async fn identify(&self, tokens: &TokenSet) -> Result<Identity, device_flow::Error> {
        for pause in IDENTITY_PAUSES {
            match self.server.identity(tokens).await {
                Err(error @ device_flow::Error::Network(_)) => {
                    tracing::warn!(%error, "cannot learn who signed in; trying again");
                    tokio::time::sleep(pause).await;
                }
                settled => return settled,
            }
        }
        match self.server.identity(tokens).await {
            // The person has confirmed. A name that cannot be had now is no reason to throw that away, as long as
            // nothing that was promised to be checked stays unchecked.
            Err(error @ device_flow::Error::Network(_)) => {
                tracing::warn!(%error, "signing in without a name");
                self.server.vouched(tokens).await
            }
            settled => settled,
        }
    }

    /// Makes the account durable and gives it to the person.
    async fn persist(self, identity: Identity, tokens: TokenSet) -> Session {
        let Self {
            server,
            accounts,
            place,
            issuer,
            client_id,
            asked,
        } = self;
        let more = unasked(tokens.scopes.as_deref().unwrap_or_default(), &asked);
        if !more.is_empty() {
            tracing::warn!(
                scopes = more.join(" "),
                "the server granted what was not asked for"
            );
        }
        let stored = AccountRecord::new(
            issuer,
            client_id,
            identity,
            tokens,
            &asked,
            SystemTime::now(),
        );
        if let Destination::Guest(there) = place {
            return Session::guest(server, stored, accounts, *there);
        }
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
pub(super) async fn save(
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
        Ok(Some(_)) => keep_aside(file, "other")?,
        Err(ReadError::Broken(_)) => keep_aside(file, "corrupt")?,
        Err(ReadError::Unavailable(_)) if file.path().is_symlink() => keep_aside(file, "other")?,
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

/// Nothing is written over what could not be kept.
fn keep_aside(file: &AccountFile, why: &str) -> Result<Option<AccountRecord>, String> {
    let kept = file.set_aside(why).map_err(|error| {
        let path = file.path();
        format!(
            "{} is in the way and cannot be kept aside ({error}); a sign-out removes it",
            path.display()
        )
    })?;
    tracing::warn!(kept = %kept.display(), "kept the account file that was there");
    Ok(None)
}

/// Revokes the tokens that were replaced. Those of who may be the same person stay where a revocation may reach
/// further than one session: the new one would die with the old.
pub(super) fn revoke_replaced(server: &Arc<dyn Server>, new: &AccountRecord, old: AccountRecord) {
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

/// Counts how a sign-in ended, and notes it in its span: `why` there is no session.
fn ended(why: Option<Reason>) {
    let result = match why {
        None => "signed_in",
        Some(Reason::Denied) => "denied",
        Some(Reason::Expired) => "expired",
        Some(Reason::Rejected) => "rejected",
        Some(Reason::Network) => "network",
        Some(Reason::Cancelled) => "cancelled",
    };
    metrics::SIGN_INS.add(result);
    let span = Span::current();
    let _ = span.record("vestibule.result", result);
    // What a person decides is no error.
    if matches!(why, Some(Reason::Rejected | Reason::Network)) {
        let _ = span.record("error.type", result);
    }
}

fn failure(error: device_flow::Error) -> GrantError {
    let reason = match error {
        device_flow::Error::Network(_) => Reason::Network,
        _ => Reason::Rejected,
    };
    GrantError::new(reason, error)
}

#[cfg(test)]
mod tests;
