//! What a session and the work in its name share: tokens, file, server, and the flags of its end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::watch;

use super::account_check::{AccountCheck, Presence};
use super::account_file::AccountFile;
use super::account_record::{AccountRecord, unix};
use super::guest::Stay;
use super::schedule::Lifetime;
use super::server::{REVOCATION_LIMIT, Server};
use super::token_state::TokenState;
use super::{Accounts, Destination, Error};
use crate::host::boot_clock;
use device_flow::{Chance, NetworkFailure, Revocation, scheme};

/// Where a session is kept.
#[derive(Debug)]
struct Kept {
    file: AccountFile,
    account_check: AccountCheck,
}

impl Kept {
    fn new(file: AccountFile, record: &AccountRecord) -> Self {
        let account = record.account(file.profile(), None);
        Self {
            account_check: AccountCheck::of(file.clone(), account),
            file,
        }
    }
}

/// What the clones of a session share. One refresh, sign-out or shutdown works on it at a time.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) server: Arc<dyn Server>,
    /// Where it is kept. Empty for a guest, of whom nothing is.
    kept: OnceLock<Kept>,
    /// Where a guest who wants to stay would be kept.
    pub(super) stay: Option<Stay>,
    /// Whether tokens of a guest who has left are still to be revoked.
    pub(super) owes_revocation: AtomicBool,
    state: Mutex<TokenState>,
    /// One refresh or sign-out at a time.
    pub(super) gate: tokio::sync::Mutex<()>,
    /// The process is about to end: what has not begun must not begin.
    pub(super) closing: watch::Sender<bool>,
    /// Tokens that cannot be written are of no use to this process.
    pub(super) brief: AtomicBool,
    /// Nothing is refreshed that still serves.
    pub(super) sparing: AtomicBool,
    /// It is being signed out by this process, which tells how that went.
    pub(super) leaving: AtomicBool,
}

impl Shared {
    pub(super) fn new(
        server: Arc<dyn Server>,
        file: AccountFile,
        record: AccountRecord,
        on_disk: bool,
        unsaved: Option<String>,
    ) -> Self {
        let kept = OnceLock::from(Kept::new(file, &record));
        let life = life_of(&record);
        Self::of(
            server,
            kept,
            None,
            TokenState::new(record, life, on_disk, unsaved),
        )
    }

    /// The session of a guest, which is in memory alone.
    pub(super) fn guest(
        server: Arc<dyn Server>,
        record: AccountRecord,
        accounts: Accounts,
        destination: Destination,
    ) -> Self {
        let stay = Stay {
            accounts,
            destination,
        };
        let life = life_of(&record);
        let state = TokenState::new(record, life, false, None);
        Self::of(server, OnceLock::new(), Some(stay), state)
    }

    fn of(
        server: Arc<dyn Server>,
        kept: OnceLock<Kept>,
        stay: Option<Stay>,
        state: TokenState,
    ) -> Self {
        Self {
            server,
            kept,
            stay,
            owes_revocation: AtomicBool::new(false),
            state: Mutex::new(state),
            gate: tokio::sync::Mutex::new(()),
            closing: watch::Sender::new(false),
            brief: AtomicBool::new(false),
            sparing: AtomicBool::new(false),
            leaving: AtomicBool::new(false),
        }
    }

    /// The file that it is kept in; none of a guest.
    pub(super) fn file(&self) -> Option<&AccountFile> {
        self.kept.get().map(|kept| &kept.file)
    }

    /// Whether it is still the one on disk; nothing of a guest is there.
    pub(super) fn account_check(&self) -> Option<&AccountCheck> {
        self.kept.get().map(|kept| &kept.account_check)
    }

    /// From now on it is kept in `file`. The caller holds the gate.
    pub(super) fn keep_in(&self, file: AccountFile, record: &AccountRecord) {
        let _ = self.kept.set(Kept::new(file, record));
    }

    pub(super) fn state(&self) -> MutexGuard<'_, TokenState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether no refresh may begin any more.
    pub(super) fn is_closing(&self) -> bool {
        *self.closing.borrow()
    }

    /// Waits until no refresh may begin any more.
    pub(super) async fn closes(&self) {
        // The sender is our own and stays.
        let _ = self.closing.subscribe().wait_for(|closing| *closing).await;
    }

    /// Whether tokens that cannot be written are of no use.
    pub(super) fn is_brief(&self) -> bool {
        self.brief.load(Ordering::SeqCst)
    }

    pub(super) fn confirm(&self) -> Result<(), Error> {
        {
            let state = self.state();
            if let Some(ended) = state.ended() {
                return Err(ended);
            }
            if !state.on_disk {
                return Ok(());
            }
        }
        let Some(account_check) = self.account_check() else {
            return Ok(());
        };
        let ended = match account_check.look() {
            Presence::Same | Presence::Unclear => return Ok(()),
            Presence::Gone => signed_out_elsewhere(),
            Presence::Another => replaced(),
        };
        let mut state = self.state();
        // A broken file that was set aside meanwhile is no sign-out.
        if state.on_disk {
            state.end(ended.clone());
            drop(state);
            // Their buffers hold the access token.
            self.server.close_connections();
            return Err(ended);
        }
        Ok(())
    }

    /// Revokes these tokens at the server, as far as it offers that.
    pub(super) async fn revoke(&self, record: &AccountRecord) -> Revocation {
        let (refresh, access) = (record.refresh_token.as_ref(), Some(&record.access_token));
        self.server.revoke(refresh, access, REVOCATION_LIMIT).await
    }
}

/// Nothing was asked of the server; the session lives on.
pub(super) fn program_is_ending() -> Error {
    Error::Refresh(device_flow::Error::network(
        NetworkFailure::Interrupted,
        "the program is ending".to_owned(),
    ))
}

/// The time for every rule of a session. It goes on while the box sleeps: an access token does not.
pub(super) fn now() -> Instant {
    static BEFORE: OnceLock<Duration> = OnceLock::new();
    let slept = boot_clock::slept();
    let before = BEFORE.get_or_init(|| slept);
    tokio::time::Instant::now().into_std() + slept.saturating_sub(*before)
}

pub(super) fn life_of(record: &AccountRecord) -> Lifetime {
    let (now, wall) = (now(), unix(SystemTime::now()));
    let life = Lifetime::new(
        now,
        wall,
        record.access_token_issued_at,
        record.access_token_expires_at,
        Chance::draw(),
    );
    match record.refresh_begun_at {
        // A token of a type that is not known may not be presented (RFC 6749 section 7.1): only another one helps.
        _ if record.refresh_token.is_some() && scheme(&record.token_type).is_err() => {
            life.over(now)
        }
        Some(begun_at) => life.in_doubt(now, wall, begun_at),
        None => life,
    }
}

const SIGNED_OUT_ELSEWHERE: &str = "signed out on this device by another process";
const REPLACED: &str = "another account was signed in on this profile";

pub(super) fn signed_out_elsewhere() -> Error {
    Error::Ended(SIGNED_OUT_ELSEWHERE.to_owned())
}

pub(super) fn replaced() -> Error {
    Error::Ended(REPLACED.to_owned())
}

/// Whether a session whose end is told so was ended on this device, by somebody at another screen or in a shell.
pub fn was_ended_here(why: &str) -> bool {
    [SIGNED_OUT_ELSEWHERE, REPLACED]
        .iter()
        .any(|here| why.ends_with(here))
}
