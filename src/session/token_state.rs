//! The tokens in hand and what to do with them: pure decisions over the monotonic clock.

use std::time::{Duration, Instant};

use secrecy::SecretString;

use super::account_record::AccountRecord;
use super::schedule::{Lifetime, background_pause, foreground_pause};
use super::{AccessToken, Error};
use device_flow::{Chance, later};

/// A token this young that the API refuses is not refused for its age.
const TOO_FRESH_TO_REFRESH: Duration = Duration::from_secs(10);

/// How long a server is left alone at its own wish (`Retry-After`) at the most: a person may be waiting, and it may
/// be back sooner than it thought.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(3600);

/// The state of a live session.
#[derive(Debug)]
pub(super) struct TokenState {
    pub(super) record: AccountRecord,
    pub(super) life: Lifetime,
    /// Whether the account was ever written: only then does a missing file mean a sign-out elsewhere.
    pub(super) on_disk: bool,
    /// Why the newest tokens are not on disk, if so.
    pub(super) unsaved: Option<String>,
    /// Whether the tokens in hand are newer than those on disk because writing them failed. Nothing else
    /// excuses presenting a token that the disk does not hold.
    pub(super) newer_than_disk: bool,
    /// Refreshes that came to an end, well or badly. A caller that waited compares it to know that
    /// another caller's refresh was also its own.
    attempts: u64,
    failures: u32,
    failure: Option<(Instant, Error)>,
    /// The server asked not to be asked for a refresh before.
    quiet_until: Option<Instant>,
    refreshed_at: Option<Instant>,
    ended: Option<Error>,
}

/// What a caller that wants an access token gets.
#[derive(Debug)]
pub(super) enum Decision {
    /// This token.
    Use(AccessToken),
    /// Nothing, for this reason.
    Refuse(Error),
    /// A refresh first.
    Refresh {
        /// Value of the attempt counter when the caller looked.
        seen: u64,
        /// The old token, where it is still good if the refresh fails.
        fallback: Option<AccessToken>,
    },
}

impl TokenState {
    pub(super) fn new(
        record: AccountRecord,
        life: Lifetime,
        on_disk: bool,
        unsaved: Option<String>,
    ) -> Self {
        Self {
            record,
            life,
            on_disk,
            newer_than_disk: unsaved.is_some(),
            unsaved,
            attempts: 0,
            failures: 0,
            failure: None,
            quiet_until: None,
            refreshed_at: None,
            ended: None,
        }
    }

    /// For a call that is about to be made.
    pub(super) fn decide(&self, now: Instant) -> Decision {
        if let Some(ended) = &self.ended {
            return Decision::Refuse(ended.clone());
        }
        let over = self.life.is_over(now);
        if !self.life.is_due(now) {
            return Decision::Use(self.token());
        }
        if self.record.refresh_token.is_none() {
            return if over {
                Decision::Refuse(Error::Ended(
                    "the access token has run out and the server gave no refresh token".to_owned(),
                ))
            } else {
                Decision::Use(self.token())
            };
        }
        match self.recent_failure(now) {
            Some(failure) if over => Decision::Refuse(failure),
            Some(_) => Decision::Use(self.token()),
            None => Decision::Refresh {
                seen: self.attempts,
                fallback: (!over).then(|| self.token()),
            },
        }
    }

    /// For a call that the API answered with 401 to `refused`.
    pub(super) fn decide_after_refusal(&self, refused: &SecretString, now: Instant) -> Decision {
        if let Some(ended) = &self.ended {
            return Decision::Refuse(ended.clone());
        }
        if !self.record.holds_access_token(refused) {
            return Decision::Use(self.token());
        }
        if self.record.refresh_token.is_none() {
            return Decision::Refuse(Error::Refused(
                "the server gave no refresh token".to_owned(),
            ));
        }
        if !self.life.is_over(now)
            && self
                .refreshed_at
                .is_some_and(|at| now.saturating_duration_since(at) < TOO_FRESH_TO_REFRESH)
        {
            return Decision::Refuse(Error::Refused("it was refreshed just now".to_owned()));
        }
        match self.recent_failure(now) {
            Some(failure) => Decision::Refuse(failure),
            None => Decision::Refresh {
                seen: self.attempts,
                fallback: None,
            },
        }
    }

    /// How another caller's refresh ended, if one did since the caller looked.
    pub(super) fn outcome_since(&self, seen: u64) -> Option<Result<(), Error>> {
        (self.attempts != seen).then(|| match (&self.ended, &self.failure) {
            (Some(ended), _) => Err(ended.clone()),
            (None, Some((_, failure))) => Err(failure.clone()),
            (None, None) => Ok(()),
        })
    }

    /// Takes over tokens that are now the newest.
    pub(super) fn adopt(&mut self, mut record: AccountRecord, life: Lifetime) {
        // The key in hand knows the servers' nonces, and its file may have been lost since.
        if record.dpop_jkt == self.record.dpop_jkt {
            record.key = self.record.key.clone().or(record.key);
        }
        self.record = record;
        self.life = life;
    }

    /// Whether what is in doubt has to wait, since the access token in hand still serves.
    pub(super) fn postpones(&mut self, now: Instant, wall: u64) -> bool {
        let Some(begun_at) = self.record.refresh_begun_at else {
            return false;
        };
        self.life = self.life.in_doubt(now, wall, begun_at);
        !self.life.is_due(now)
    }

    /// Whether the session lives and no part of it was ever on disk: it ends with this process.
    pub(super) fn was_never_kept(&self) -> bool {
        !self.on_disk && self.unsaved.is_some() && self.ended.is_none()
    }

    /// A guest is one no more: the tokens in hand are on disk, or `unsaved` says why they are not.
    pub(super) fn is_kept(&mut self, unsaved: Option<String>) {
        self.on_disk = unsaved.is_none();
        self.newer_than_disk = unsaved.is_some();
        self.unsaved = unsaved;
    }

    /// What was in memory only is on disk.
    pub(super) fn is_written(&mut self) {
        self.unsaved = None;
        self.newer_than_disk = false;
        self.on_disk = true;
    }

    /// The server does not want to be asked again for this long, if it said so.
    pub(super) fn leave_alone(&mut self, wait: Option<Duration>, now: Instant) {
        self.quiet_until = wait.map(|wait| now + wait.min(LONGEST_RETRY_AFTER));
    }

    /// How long the server wants to be left alone from `now` on.
    pub(super) fn quiet_for(&self, now: Instant) -> Duration {
        self.quiet_until
            .map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }

    /// Notes how a refresh ended.
    pub(super) fn settle(&mut self, result: &Result<(), Error>, now: Instant) {
        self.attempts = self.attempts.wrapping_add(1);
        match result {
            Ok(()) => {
                self.failures = 0;
                self.failure = None;
                self.quiet_until = None;
                self.refreshed_at = Some(now);
            }
            Err(ended @ Error::Ended(_)) => self.end(ended.clone()),
            Err(failure) => {
                self.failures = self.failures.saturating_add(1);
                self.failure = Some((now, failure.clone()));
            }
        }
    }

    /// Ends the session; nothing brings it back.
    pub(super) fn end(&mut self, why: Error) {
        self.ended = Some(why);
    }

    /// Wipes the tokens of a session that is signed out: whoever still holds the session has no use for them.
    pub(super) fn forget_tokens(&mut self) {
        let record = &mut self.record;
        record.access_token = SecretString::default();
        record.refresh_token = None;
        record.previous_refresh_token = None;
        record.key = None;
    }

    pub(super) fn ended(&self) -> Option<Error> {
        self.ended.clone()
    }

    /// Failed refreshes in a row.
    #[cfg(test)]
    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    pub(super) fn token(&self) -> AccessToken {
        AccessToken {
            secret: self.record.access_token.clone(),
            token_type: self.record.token_type.clone(),
            key: self.record.key.clone(),
        }
    }

    /// When the keeper refreshes next without being asked, on a box of a fleet that is spread over `spread`; never where
    /// nothing says when the token ends.
    pub(super) fn next_refresh(
        &self,
        now: Instant,
        spread: Duration,
        chance: Chance,
    ) -> Option<Instant> {
        const LEAST: Duration = Duration::from_secs(1);
        let wake = match self.record.refresh_token {
            Some(_) => self.life.refresh_at,
            None => self.life.ends_at,
        };
        let pause = wake?
            .saturating_duration_since(now)
            .max(background_pause(self.failures, spread, chance))
            .max(later(self.quiet_for(now), spread, chance))
            .max(LEAST);
        now.checked_add(pause)
    }

    fn recent_failure(&self, now: Instant) -> Option<Error> {
        let (at, failure) = self.failure.as_ref()?;
        let rests = now.saturating_duration_since(*at) < foreground_pause(self.failures)
            || !self.quiet_for(now).is_zero();
        rests.then(|| failure.clone())
    }
}

#[cfg(test)]
mod tests;
