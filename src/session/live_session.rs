//! A signed-in account in use.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use tokio::time::timeout;

use super::account_file::AccountFile;
use super::account_record::{AccountRecord, time};
use super::account_state::AccountState;
use super::guest::GUEST;
use super::refresh;
use super::schedule::nap;
use super::server::Server;
use super::shared::{Shared, now, program_is_ending};
use super::token_state::Decision;
use super::{AccessToken, Account, Accounts, Error};
use device_flow::Chance;

/// How long a caller whose access token is still good waits for a refresh ahead of its end.
const FALLBACK_PATIENCE: Duration = Duration::from_secs(15);

/// A signed-in account. Cheap to clone; clones share one set of tokens.
#[derive(Debug, Clone)]
pub struct Session {
    shared: Arc<Shared>,
}

impl Session {
    /// Repairs modes and reads the session of a profile; a broken file is set aside.
    ///
    /// # Errors
    /// [`Error::Storage`] when a file is there but cannot be read.
    pub fn restore(
        accounts: &Accounts,
        client: &device_flow::Client,
        profile: &str,
    ) -> Result<AccountState<Self>, Error> {
        accounts.repair_modes();
        let file = accounts.account_file(profile);
        let state = AccountState::of(file.read(), &file.path(), client, |record| {
            Self::restored(Arc::new(client.clone()), file.clone(), record)
        })?;
        let AccountState::Broken { why, .. } = state else {
            return Ok(state);
        };
        match file.set_broken_aside() {
            // Another process has put a good one in its place meanwhile.
            Ok(None) => Self::restore(accounts, client, profile),
            Ok(Some(kept)) => Ok(AccountState::Broken { file: kept, why }),
            Err(error) => {
                tracing::warn!(%error, "could not keep the broken account file aside");
                let file = file.path();
                Ok(AccountState::Broken { file, why })
            }
        }
    }

    pub(super) fn of(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
        }
    }

    /// A session read from disk.
    pub(super) fn restored(
        server: Arc<dyn Server>,
        file: AccountFile,
        record: AccountRecord,
    ) -> Self {
        Self::of(Shared::new(server, file, record, true, None))
    }

    /// A session that has just begun. `unsaved` tells why it is not on disk, if so.
    pub(super) fn begun(
        server: Arc<dyn Server>,
        file: AccountFile,
        record: AccountRecord,
        unsaved: Option<String>,
    ) -> Self {
        let on_disk = unsaved.is_none();
        Self::of(Shared::new(server, file, record, on_disk, unsaved))
    }

    /// Who is signed in.
    pub fn account(&self) -> Account {
        let state = self.shared.state();
        let file = self.shared.file();
        let profile = file.map_or(GUEST, AccountFile::profile);
        Account {
            guest: file.is_none(),
            ..state.record.account(profile, state.unsaved.clone())
        }
    }

    /// When they signed in.
    pub fn signed_in_at(&self) -> SystemTime {
        time(self.shared.state().record.signed_in_at)
    }

    /// Whether the session is still the one on this device. One that another process has signed out, or that another
    /// account has replaced, ends here.
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
    /// this process, whose end [`Session::sign_out`] tells. After a failure a box of a fleet waits up to `spread`.
    pub async fn keep_fresh(&self, spread: Duration) -> Error {
        let ended = self.refresh_in_time(spread).await;
        if self.is_leaving() {
            return std::future::pending().await;
        }
        ended
    }

    /// Whether both are clones of one session.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// Whether this process is signing it out, or has done so.
    pub fn is_leaving(&self) -> bool {
        self.shared.leaving.load(Ordering::SeqCst)
    }

    async fn refresh_in_time(&self, spread: Duration) -> Error {
        loop {
            let until = {
                let state = self.shared.state();
                if let Some(ended) = state.ended() {
                    return ended;
                }
                state.next_refresh(now(), spread, Chance::draw())
            };
            let Some(until) = until else {
                return std::future::pending().await;
            };
            while let Some(nap) = nap(now(), until) {
                tokio::time::sleep(nap).await;
            }
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
        let refresh = tokio::spawn(async move { refresh::once(&shared, seen, needed).await });
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
