//! Device codes and user codes between a screen and a phone (RFC 8628), as pure state.
//!
//! Kept in memory: a code lives for minutes, and a box asks for a new one. `now` is always passed in.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use secrecy::SecretString;

use super::client::Client;
use super::people::Person;
use super::secret;

/// Letters of user codes: no vowels, so that no words appear (RFC 8628 section 6.1).
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Letters in a user code; 20^8 is about 2^34.6.
const LENGTH: usize = 8;
/// Codes that may wait for a person at one time.
const MAX_PENDING: usize = 1000;
/// Codes remembered in all, with those that are decided or expired.
const MAX_REMEMBERED: usize = 2 * MAX_PENDING;
/// How long an ended code is remembered, so that it is told as expired or spent and not as unknown.
const REMEMBERED: Duration = Duration::from_secs(600);
/// A poll this much before its time is not held against the client: a network that delivers one request
/// late and the next one on time makes them look too close.
const TOLERANCE: Duration = Duration::from_millis(100);
/// What `slow_down` adds to the interval, for good (RFC 8628 section 3.5).
const SLOWER: Duration = Duration::from_secs(5);

/// A code that was handed out.
#[derive(Debug, Clone)]
struct Grant {
    client: &'static Client,
    scopes: Vec<String>,
    expires: Instant,
    interval: Duration,
    /// The last poll; until there is one, when the code was handed out.
    last_seen: Instant,
    polled: bool,
    answer: Answer,
}

/// What became of a code.
#[derive(Debug, Clone)]
enum Answer {
    Waiting,
    Allowed(Approval),
    Declined,
    Redeemed,
}

/// A person's yes.
#[derive(Debug, Clone)]
pub(super) struct Approval {
    /// Who.
    pub(super) person: &'static Person,
    /// When, in seconds of Unix time.
    pub(super) auth_time: u64,
    /// What was granted.
    pub(super) scopes: Vec<String>,
}

/// A fresh pair of codes.
#[derive(Debug)]
pub(super) struct Issued {
    /// For the token endpoint.
    pub(super) device_code: SecretString,
    /// For the person, `XXXX-XXXX`.
    pub(super) user_code: String,
}

/// What the token endpoint has to say about a device code.
#[derive(Debug)]
pub(super) struct Polled {
    /// The answer.
    pub(super) outcome: Outcome,
    /// Time since the previous poll, or since the code was handed out. `None` for unknown codes.
    pub(super) gap: Option<Duration>,
}

/// The answer to a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// `authorization_pending`
    Pending,
    /// `slow_down`
    SlowDown,
    /// `access_denied`
    Denied,
    /// `expired_token`
    Expired,
    /// `invalid_grant`: never handed out, spent, or forgotten.
    Invalid,
    /// A person said yes: [`Devices::redeem`] it.
    Allowed,
}

/// Why the phone page cannot go on with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Never handed out, or long ago.
    Unknown,
    /// Too old.
    Expired,
    /// Somebody has decided already; a decision is final.
    Decided,
}

/// All codes.
#[derive(Debug, Clone, Default)]
pub(super) struct Devices {
    /// By hash of the device code.
    grants: HashMap<String, Grant>,
    /// Hash of the bare user code to hash of the device code.
    by_user: HashMap<String, String>,
}

/// Strips everything but letters and digits and folds case (RFC 8628 section 6.1).
pub(super) fn bare(user_code: &str) -> String {
    user_code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .take(LENGTH + 1)
        .collect()
}

/// A bare code as it is displayed.
pub(super) fn display(bare: &str) -> String {
    match bare.split_at_checked(LENGTH / 2) {
        Some((left, right)) if !right.is_empty() => format!("{left}-{right}"),
        _ => bare.to_owned(),
    }
}

/// A random bare user code; each letter is equally likely.
fn user_code() -> String {
    let mut code = String::with_capacity(LENGTH);
    while code.len() < LENGTH {
        for byte in secret::random::<16>() {
            // 240 is the largest multiple of 20 in a byte: above it, letters would be uneven.
            if byte < 240 && code.len() < LENGTH {
                code.push(char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
            }
        }
    }
    code
}

impl Devices {
    /// Hands out a pair of codes. When too many wait already, the one that is missed least expires: one that nobody
    /// polls for before one that somebody does, and of these the one that was silent for longest.
    pub(super) fn issue(
        &mut self,
        now: Instant,
        client: &'static Client,
        scopes: Vec<String>,
        interval: Duration,
        lifetime: Duration,
    ) -> Issued {
        self.prune(now);
        let waiting = self.grants.values_mut().filter(|grant| grant.waits(now));
        let waiting: Vec<&mut Grant> = waiting.collect();
        if waiting.len() >= MAX_PENDING
            && let Some(least) = waiting
                .into_iter()
                .min_by_key(|grant| (grant.polled, grant.last_seen))
        {
            least.expires = now;
        }
        let mut bare = user_code();
        while self.by_user.contains_key(&secret::hash(&bare)) {
            bare = user_code();
        }
        let device_code = secret::fresh();
        let key = secret::hash_of(&device_code);
        let _ = self.by_user.insert(secret::hash(&bare), key.clone());
        let grant = Grant {
            client,
            scopes,
            expires: now + lifetime,
            interval,
            last_seen: now,
            polled: false,
            answer: Answer::Waiting,
        };
        let _ = self.grants.insert(key, grant);
        Issued {
            device_code,
            user_code: display(&bare),
        }
    }

    /// Answers a poll. Pace is judged only while a code waits: a decision is told at the first chance,
    /// so that a client with a fast clock still gets its tokens.
    /// A code is good for its client alone (RFC 8628 section 3.4).
    pub(super) fn poll(
        &mut self,
        now: Instant,
        client: &'static Client,
        device_code: &SecretString,
    ) -> Polled {
        let key = secret::hash_of(device_code);
        let grant = self.grants.get_mut(&key);
        let Some(grant) = grant.filter(|grant| grant.client == client) else {
            return Polled {
                outcome: Outcome::Invalid,
                gap: None,
            };
        };
        let gap = now.saturating_duration_since(grant.last_seen);
        let early = grant.polled && gap + TOLERANCE < grant.interval;
        grant.last_seen = now;
        grant.polled = true;
        let outcome = match grant.answer {
            Answer::Redeemed => Outcome::Invalid,
            Answer::Declined => Outcome::Denied,
            _ if now >= grant.expires => Outcome::Expired,
            Answer::Allowed(_) => Outcome::Allowed,
            Answer::Waiting if early => {
                grant.interval += SLOWER;
                Outcome::SlowDown
            }
            Answer::Waiting => Outcome::Pending,
        };
        Polled {
            outcome,
            gap: Some(gap),
        }
    }

    /// Takes an approved code out of use and returns the approval; `None` if another request was faster.
    pub(super) fn redeem(&mut self, now: Instant, device_code: &SecretString) -> Option<Approval> {
        let key = secret::hash_of(device_code);
        let grant = self.grants.get_mut(&key)?;
        match &grant.answer {
            Answer::Allowed(approval) if now < grant.expires => {
                let approval = approval.clone();
                grant.answer = Answer::Redeemed;
                Some(approval)
            }
            _ => None,
        }
    }

    /// The scopes that a waiting code asks for.
    ///
    /// # Errors
    /// [`Unusable`] when no decision can be taken.
    pub(super) fn asked(&self, now: Instant, bare: &str) -> Result<&[String], Unusable> {
        let key = self.by_user.get(&secret::hash(bare));
        let grant = key.and_then(|key| self.grants.get(key));
        let grant = grant.ok_or(Unusable::Unknown)?;
        match grant.answer {
            Answer::Waiting if now < grant.expires => Ok(&grant.scopes),
            Answer::Waiting => Err(Unusable::Expired),
            Answer::Allowed(_) | Answer::Declined | Answer::Redeemed => Err(Unusable::Decided),
        }
    }

    /// Writes a person's decision down: who they are, or `None` for no.
    ///
    /// # Errors
    /// [`Unusable`] when no decision can be taken any more.
    pub(super) fn decide(
        &mut self,
        now: Instant,
        bare: &str,
        person: Option<&'static Person>,
        auth_time: u64,
    ) -> Result<(), Unusable> {
        let scopes = self.asked(now, bare)?.to_vec();
        let key = self.by_user.get(&secret::hash(bare));
        let grant = key.and_then(|key| self.grants.get_mut(key));
        let grant = grant.ok_or(Unusable::Unknown)?;
        grant.answer = match person {
            Some(person) => Answer::Allowed(Approval {
                person,
                auth_time,
                scopes,
            }),
            None => Answer::Declined,
        };
        Ok(())
    }

    /// Forgets codes that ended long ago, and the oldest ended ones when there are too many.
    fn prune(&mut self, now: Instant) {
        self.grants
            .retain(|_, grant| now < grant.expires + REMEMBERED);
        if self.grants.len() >= MAX_REMEMBERED {
            let mut ended: Vec<(Instant, String)> = self
                .grants
                .iter()
                .filter(|(_, grant)| !grant.waits(now))
                .map(|(key, grant)| (grant.expires, key.clone()))
                .collect();
            ended.sort();
            for (_, key) in ended.into_iter().take(MAX_PENDING / 2) {
                let _ = self.grants.remove(&key);
            }
        }
        let grants = &self.grants;
        self.by_user.retain(|_, key| grants.contains_key(key));
    }
}

impl Grant {
    fn waits(&self, now: Instant) -> bool {
        matches!(self.answer, Answer::Waiting) && now < self.expires
    }
}

#[cfg(test)]
mod tests;
