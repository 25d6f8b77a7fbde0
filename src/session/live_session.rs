//! A signed-in account in use.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::watch;
use tokio::time::timeout;

use super::account_check::{Presence, Witness};
use super::account_file::{AccountFile, Content};
use super::account_record::{AccountRecord, unix};
use super::refresh;
use super::schedule::{Lifetime, background_pause};
use super::server::Server;
use super::sign_out::REVOCATION_LIMIT;
use super::token_state::{Decision, TokenState};
use super::{AccessToken, Account, Error};
use crate::oauth::{self, NetworkFailure, Revocation};

/// How long the end of the process waits for a refresh in flight ([`Session::settle`]): longer than the answer may
/// take ([`oauth::REFRESH_LIMIT`]), since a server that rotates tokens has spent the old one and nobody else would
/// ever see the new; shorter than the 90 seconds after which systemd kills.
pub const SETTLE: Duration = Duration::from_secs(60);

/// How long the end of the process tries to write what could not be written. A disk that is full stays so.
const WRITE_LIMIT: Duration = Duration::from_secs(5);

/// How long a caller whose access token is still good waits for a refresh ahead of its end.
const FALLBACK_PATIENCE: Duration = Duration::from_secs(15);

/// A signed-in account. Cheap to clone; clones share one set of tokens.
#[derive(Debug, Clone)]
pub struct Session {
    shared: Arc<Shared>,
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) server: Arc<dyn Server>,
    pub(super) file: AccountFile,
    state: Mutex<TokenState>,
    pub(super) witness: Witness,
    /// One refresh or sign-out at a time.
    pub(super) gate: tokio::sync::Mutex<()>,
    /// The process is about to end: what has not begun must not begin.
    closing: watch::Sender<bool>,
    /// Tokens that cannot be written are of no use to this process.
    brief: AtomicBool,
    /// Nothing is refreshed that still serves.
    sparing: AtomicBool,
    /// It is being signed out by this process, which tells how that went.
    pub(super) leaving: AtomicBool,
}

impl Session {
    /// A session read from disk.
    pub(super) fn restored(
        server: Arc<dyn Server>,
        file: AccountFile,
        record: AccountRecord,
    ) -> Self {
        let life = life_of(&record);
        Self::with(server, file, TokenState::new(record, life, true, None))
    }

    /// A session that has just begun. `unsaved` tells why it is not on disk, if so.
    pub(super) fn begun(
        server: Arc<dyn Server>,
        file: AccountFile,
        record: AccountRecord,
        unsaved: Option<String>,
    ) -> Self {
        let life = life_of(&record);
        let on_disk = unsaved.is_none();
        Self::with(
            server,
            file,
            TokenState::new(record, life, on_disk, unsaved),
        )
    }

    fn with(server: Arc<dyn Server>, file: AccountFile, state: TokenState) -> Self {
        let account = state.record.account(file.profile(), None);
        Self {
            shared: Arc::new(Shared {
                witness: Witness::of(file.clone(), account),
                server,
                file,
                state: Mutex::new(state),
                gate: tokio::sync::Mutex::new(()),
                closing: watch::Sender::new(false),
                brief: AtomicBool::new(false),
                sparing: AtomicBool::new(false),
                leaving: AtomicBool::new(false),
            }),
        }
    }

    /// Who is signed in.
    pub fn account(&self) -> Account {
        let state = self.shared.state();
        state
            .record
            .account(self.shared.file.profile(), state.unsaved.clone())
    }

    /// Whether the session is still the one on this device. One that another process has signed out, or that somebody
    /// else's has replaced, ends here.
    ///
    /// # Errors
    /// [`Error::Ended`], also where it has ended before.
    pub fn confirm(&self) -> Result<(), Error> {
        self.shared.confirm()
    }

    /// An access token that is good for now, refreshed first when it is due.
    ///
    /// # Errors
    /// See [`Error`]; only [`Error::Ended`] means that the person must sign in again.
    pub async fn access_token(&self) -> Result<AccessToken, Error> {
        self.confirm()?;
        let decision = self.shared.state().decide(now());
        self.carry_out(decision).await
    }

    /// The token to retry with after the API answered 401 to `refused`. Many callers share one refresh.
    ///
    /// # Errors
    /// As [`Session::access_token`], and [`Error::Refused`] where no refresh can help.
    pub async fn replace(&self, refused: &AccessToken) -> Result<AccessToken, Error> {
        self.confirm()?;
        let decision = self
            .shared
            .state()
            .decide_after_refusal(&refused.secret, now());
        self.carry_out(decision).await
    }

    /// Refreshes the session ahead of expiry for as long as it lives, and tells why it ended. Silent about a sign-out by
    /// this process, whose end [`Session::sign_out`] tells.
    pub async fn keep_fresh(&self) -> Error {
        let ended = self.refresh_in_time().await;
        if self.is_leaving() {
            return std::future::pending().await;
        }
        ended
    }

    /// Whether this process is signing it out, or has done so.
    pub fn is_leaving(&self) -> bool {
        self.shared.leaving.load(Ordering::SeqCst)
    }

    async fn refresh_in_time(&self) -> Error {
        loop {
            let (wake, failures, quiet) = {
                let state = self.shared.state();
                if let Some(ended) = state.ended() {
                    return ended;
                }
                let wake = if state.record.refresh_token.is_some() {
                    state.life.refresh_at
                } else {
                    state.life.ends_at
                };
                (wake, state.failures(), state.quiet_for(now()))
            };
            let Some(wake) = wake else {
                return std::future::pending().await;
            };
            let pause = wake
                .saturating_duration_since(now())
                .max(background_pause(failures, fastrand::f64()))
                .max(quiet)
                .max(Duration::from_secs(1));
            tokio::time::sleep(pause).await;
            if let Err(ended @ Error::Ended(_)) = self.access_token().await {
                return ended;
            }
        }
    }

    /// For a process that ends soon: it refreshes only where the new tokens can be written. A program that
    /// stays may live from memory when the disk is full; this one would take the session with it.
    pub fn refresh_only_what_can_be_kept(&self) {
        self.shared.brief.store(true, Ordering::SeqCst);
    }

    /// For a look at the session that leaves it as it is wherever it can: an access token is used to its end, and
    /// refreshed only after that.
    pub fn refresh_only_what_is_over(&self) {
        self.shared.sparing.store(true, Ordering::SeqCst);
    }

    /// Lockouts for a refresh or sign-out in flight to be finished and written, at most `limit` ([`SETTLE`], unless
    /// something else sets it). For the end of the process: afterwards no refresh begins any more, and one that has
    /// not presented its token yet is called off. What could not be kept at all is given back.
    pub async fn settle(&self, limit: Duration) {
        let _ = self.shared.closing.send_replace(true);
        let finished = async {
            let _gate = self.shared.gate.lock().await;
            let written = refresh::write_what_is_unsaved(&self.shared);
            timeout(WRITE_LIMIT, written).await.is_ok()
        };
        if !matches!(timeout(limit, finished).await, Ok(true)) {
            tracing::warn!("a refresh is still under way, or its tokens cannot be written");
        }
        if self.shared.state().was_never_kept() {
            let revocation = self.give_back().await;
            tracing::info!(?revocation, "tokens that end with the program");
        }
    }

    /// Whether nothing is in flight and all is written.
    pub fn is_settled(&self) -> bool {
        self.shared.gate.try_lock().is_ok() && !self.shared.state().newer_than_disk
    }

    /// Gives back tokens that this device cannot keep, before the process ends with which they would be lost. What
    /// lies on the disk stays. `None` where an older session of the same person is there and could end with these.
    pub async fn give_back(&self) -> Option<Revocation> {
        let shared = Arc::clone(&self.shared);
        // Detached, as a sign-out is.
        let given = tokio::spawn(async move { shared.give_back().await });
        given.await.unwrap_or_default()
    }

    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    async fn carry_out(&self, decision: Decision) -> Result<AccessToken, Error> {
        let token = self.token_after(decision).await?;
        self.shared
            .server
            .admit(&token.token_type, token.key.is_some())
            .map_err(Error::Refresh)?;
        Ok(token)
    }

    async fn token_after(&self, decision: Decision) -> Result<AccessToken, Error> {
        let (seen, fallback) = match decision {
            Decision::Use(token) => return Ok(token),
            Decision::Refuse(error) => return Err(error),
            Decision::Refresh {
                fallback: Some(token),
                ..
            } if self.shared.sparing.load(Ordering::SeqCst) => return Ok(token),
            Decision::Refresh { seen, fallback } => (seen, fallback),
        };
        let shared = Arc::clone(&self.shared);
        // Detached: a caller that goes away must not drop the answer that holds the only refresh token.
        let needed = fallback.is_none();
        let refresh = tokio::spawn(async move { shared.refresh(seen, needed).await });
        let refreshed = match fallback {
            Some(_) => timeout(FALLBACK_PATIENCE, refresh).await,
            None => Ok(refresh.await),
        };
        let Ok(refreshed) = refreshed else {
            return fallback.ok_or_else(program_is_ending);
        };
        match refreshed.unwrap_or_else(|_| Err(program_is_ending())) {
            Ok(()) => Ok(self.shared.state().token()),
            Err(ended @ Error::Ended(_)) => Err(ended),
            Err(error) => fallback.ok_or(error),
        }
    }
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, TokenState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether no refresh may begin any more.
    pub(super) fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }

    /// Lockouts until no refresh may begin any more.
    pub(super) async fn closes(&self) {
        // The sender is our own and stays.
        let _ = self.closing.subscribe().wait_for(|closing| *closing).await;
    }

    /// Whether tokens that cannot be written are of no use.
    pub(super) fn is_brief(&self) -> bool {
        self.brief.load(Ordering::SeqCst)
    }

    fn confirm(&self) -> Result<(), Error> {
        {
            let state = self.state();
            if let Some(ended) = state.ended() {
                return Err(ended);
            }
            if !state.on_disk {
                return Ok(());
            }
        }
        let ended = match self.witness.look() {
            Presence::Same | Presence::Unclear => return Ok(()),
            Presence::Gone => refresh::signed_out_elsewhere(),
            Presence::Another => refresh::replaced(),
        };
        let mut state = self.state();
        // A broken file that was set aside meanwhile is no sign-out.
        if state.on_disk {
            state.end(ended.clone());
            return Err(ended);
        }
        Ok(())
    }

    async fn refresh(&self, seen: u64, needed: bool) -> Result<(), Error> {
        let _gate = self.gate.lock().await;
        if let Some(outcome) = self.state().outcome_since(seen) {
            return outcome;
        }
        let result = refresh::run(self, needed).await;
        self.state().settle(&result, now());
        result
    }

    async fn give_back(&self) -> Option<Revocation> {
        let _gate = self.gate.lock().await;
        let record = self.state().record.clone();
        let is_beside = match self.file.read() {
            Ok(Content::Account(found)) => found.may_be_of_the_same_person(&record),
            Ok(Content::Nothing | Content::Broken(_)) => false,
            Err(_) => !self.file.is_free(),
        };
        if is_beside && !self.server.revokes_one_session() {
            return None;
        }
        let revocation = self.revoke(&record).await;
        self.state()
            .end(Error::Ended("this device could not keep it".to_owned()));
        Some(revocation)
    }

    /// Revokes these tokens at the server, as far as it offers that.
    pub(super) async fn revoke(&self, record: &AccountRecord) -> Revocation {
        let (refresh, access) = (record.refresh_token.as_ref(), Some(&record.access_token));
        self.server.revoke(refresh, access, REVOCATION_LIMIT).await
    }
}

/// Nothing was asked of the server; the session lives on.
pub(super) fn program_is_ending() -> Error {
    Error::Refresh(oauth::Error::Network {
        failure: NetworkFailure::Interrupted,
        detail: "the program is ending".to_owned(),
    })
}

pub(super) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

pub(super) fn life_of(record: &AccountRecord) -> Lifetime {
    let (now, wall) = (now(), unix(SystemTime::now()));
    let life = Lifetime::new(
        now,
        wall,
        record.access_token_issued_at,
        record.access_token_expires_at,
        fastrand::f64(),
    );
    match record.refresh_begun_at {
        Some(begun_at) => life.in_doubt(now, wall, begun_at),
        None => life,
    }
}
