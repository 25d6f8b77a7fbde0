//! Sessions, each a family of tokens: rotation, reuse detection and expiry, as pure state.
//!
//! A session is what one sign-in on one device grew into. It is kept on disk, so its times are wall time in
//! milliseconds of the Unix epoch; `now` is always passed in. Only hashes of tokens are held.

use std::collections::BTreeMap;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::client::{self, Client};
use super::secret::{self, TokenKey, read_token, write_token};
use super::{people, scope};

/// What a refresh token's MAC is bound to.
const REFRESH: &str = "refresh";
/// What an access token's MAC is bound to.
const ACCESS: &str = "access";
/// A session that was not refreshed for this long is over (RFC 9700 section 2.2.2 asks for such a limit).
const IDLE: Duration = Duration::from_secs(90 * 24 * 3600);
/// Sessions kept; beyond it the one that was silent for longest goes.
const MAX_SESSIONS: usize = 500;
/// Access tokens kept per session; beyond it the oldest goes.
const MAX_ACCESS: usize = 16;

/// All sessions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Sessions {
    sessions: BTreeMap<String, Session>,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Session {
    /// Absent in files of a time with one client.
    #[serde(default = "main_client")]
    client: String,
    person: String,
    scopes: Vec<String>,
    /// Seconds.
    auth_time: u64,
    used_at: u64,
    /// Absent without `offline_access`.
    refresh: Option<Chain>,
    access: Vec<Access>,
}

fn main_client() -> String {
    client::MAIN.id.to_owned()
}

/// The refresh tokens of a session; only the last one is good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Chain {
    generation: u32,
    hash: String,
    /// When the previous one was exchanged; `None` before the first rotation.
    rotated_at: Option<u64>,
}

/// An access token.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Access {
    hash: String,
    scopes: Vec<String>,
    expires_at: u64,
}

/// Who a token speaks for and what it may do.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    /// The client that the token was issued to.
    pub(super) client: &'static Client,
    /// The person.
    pub(super) person: &'static people::Person,
    /// What the token may do.
    pub(super) scopes: Vec<String>,
    /// When the person said yes, in seconds of Unix time.
    pub(super) auth_time: u64,
}

/// Tokens to hand out.
#[derive(Debug)]
pub(super) struct Minted {
    /// Access token.
    pub(super) access: SecretString,
    /// What is left of its life.
    pub(super) expires_in: Duration,
    /// Refresh token, with `offline_access`.
    pub(super) refresh: Option<SecretString>,
    /// Who they speak for.
    pub(super) holder: Holder,
}

/// Why a refresh is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// `invalid_grant`: unknown, ended, or used again (which ended the session just now).
    Grant {
        /// Whether it was used again.
        reused: bool,
    },
    /// `invalid_scope`: more was asked for than granted.
    Scope,
}

const INVALID: Refused = Refused::Grant { reused: false };

/// The times of a server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifetimes {
    /// Of an access token.
    pub(super) access: Duration,
    /// In which a previous refresh token gets its successor again.
    pub(super) leeway: Duration,
}

impl Sessions {
    /// Begins a session.
    pub(super) fn begin(
        &mut self,
        now: u64,
        key: &TokenKey,
        lifetimes: Lifetimes,
        holder: Holder,
    ) -> Minted {
        self.prune(now);
        self.make_room();
        let id = secret::new_session();
        let mut session = Session {
            client: holder.client.id.to_owned(),
            person: holder.person.id.to_owned(),
            scopes: holder.scopes.clone(),
            auth_time: holder.auth_time,
            used_at: now,
            refresh: None,
            access: Vec::new(),
        };
        let refresh = scope::has(&holder.scopes, scope::OFFLINE).then(|| {
            let token = write_token(key, REFRESH, &id, 0, secret::random());
            session.refresh = Some(Chain {
                generation: 0,
                hash: secret::hash_of(&token),
                rotated_at: None,
            });
            token
        });
        let access = write_token(key, ACCESS, &id, 0, secret::random());
        session.grant_access(now, &access, holder.scopes.clone(), lifetimes.access);
        let _ = self.sessions.insert(id, session);
        Minted {
            access,
            expires_in: lifetimes.access,
            refresh,
            holder,
        }
    }

    /// Exchanges a refresh token (RFC 6749 section 6) with rotation (RFC 9700 section 4.14.2).
    ///
    /// `wanted` narrows the access token for this once. The previous refresh token gets the same successor
    /// for the leeway after its exchange; any other spent one ends the session.
    ///
    /// # Errors
    /// See [`Refused`].
    pub(super) fn refresh(
        &mut self,
        now: u64,
        key: &TokenKey,
        lifetimes: Lifetimes,
        client: &'static Client,
        token: &SecretString,
        wanted: Option<&[String]>,
    ) -> Result<Minted, Refused> {
        self.prune(now);
        let read = read_token(key, REFRESH, token).ok_or(INVALID)?;
        let session = self.sessions.get_mut(&read.session).ok_or(INVALID)?;
        // A refresh token is good for its client alone (RFC 6749 section 6).
        (session.client == client.id).then_some(()).ok_or(INVALID)?;
        let chain = session.refresh.as_mut().ok_or(INVALID)?;
        let person = people::find(&session.person).ok_or(INVALID)?;
        let scopes = match wanted {
            None => session.scopes.clone(),
            Some(wanted) => {
                let granted = |name: &String| scope::has(&session.scopes, name);
                let fine = !wanted.is_empty() && wanted.iter().all(granted);
                fine.then(|| wanted.to_vec()).ok_or(Refused::Scope)?
            }
        };

        let generation = read.generation.saturating_add(1);
        let next = key.follow(&["successor", token.expose_secret()]);
        let next = write_token(key, REFRESH, &read.session, generation, next);
        let is_current = read.generation == chain.generation
            && secret::same(&chain.hash, &secret::hash_of(token));
        let is_previous =
            generation == chain.generation && secret::same(&chain.hash, &secret::hash_of(&next));
        let forgiven = is_previous
            && chain
                .rotated_at
                .is_some_and(|at| Duration::from_millis(now.saturating_sub(at)) < lifetimes.leeway);
        if is_current {
            *chain = Chain {
                generation,
                hash: secret::hash_of(&next),
                rotated_at: Some(now),
            };
        } else if !forgiven {
            let _ = self.sessions.remove(&read.session);
            return Err(Refused::Grant { reused: true });
        }
        session.used_at = now;

        // The access token follows from the refresh token too: the same request, the same answer.
        let secret = key.follow(&["access", token.expose_secret(), &scopes.join(" ")]);
        let mut access = write_token(key, ACCESS, &read.session, generation, secret);
        let expires_in = match session.life_of(now, &access) {
            Some(left) => left,
            None => {
                if forgiven {
                    access = write_token(key, ACCESS, &read.session, 0, secret::random());
                }
                session.grant_access(now, &access, scopes.clone(), lifetimes.access);
                lifetimes.access
            }
        };
        Ok(Minted {
            access,
            expires_in,
            refresh: Some(next),
            holder: Holder {
                client,
                person,
                scopes,
                auth_time: session.auth_time,
            },
        })
    }

    /// Who an access token speaks for; `None` when it is unknown, expired or revoked.
    pub(super) fn holder(&self, now: u64, key: &TokenKey, token: &SecretString) -> Option<Holder> {
        let read = read_token(key, ACCESS, token)?;
        let session = self.sessions.get(&read.session)?;
        let hash = secret::hash_of(token);
        let access = session.access.iter().find(|access| access.hash == hash)?;
        (now < access.expires_at).then_some(())?;
        Some(Holder {
            client: client::find(&session.client)?,
            person: people::find(&session.person)?,
            scopes: access.scopes.clone(),
            auth_time: session.auth_time,
        })
    }

    /// Revokes a token (RFC 7009): a refresh token of any age ends its whole session, an access token only
    /// itself. Unknown tokens are as good as revoked; false for one of another client (section 2.1).
    pub(super) fn revoke(
        &mut self,
        now: u64,
        key: &TokenKey,
        client: &Client,
        token: &SecretString,
    ) -> bool {
        self.prune(now);
        let refresh = read_token(key, REFRESH, token);
        let ends_session = refresh.is_some();
        let Some(read) = refresh.or_else(|| read_token(key, ACCESS, token)) else {
            return true;
        };
        let Some(session) = self.sessions.get_mut(&read.session) else {
            return true;
        };
        if session.client != client.id {
            return false;
        }
        if ends_session {
            let _ = self.sessions.remove(&read.session);
        } else {
            let hash = secret::hash_of(token);
            session.access.retain(|access| access.hash != hash);
        }
        true
    }

    /// Forgets what has expired.
    fn prune(&mut self, now: u64) {
        for session in self.sessions.values_mut() {
            session.access.retain(|access| now < access.expires_at);
        }
        self.sessions.retain(|_, session| match session.refresh {
            Some(_) => Duration::from_millis(now.saturating_sub(session.used_at)) < IDLE,
            None => !session.access.is_empty(),
        });
    }

    /// Ends the sessions that were silent for longest when there are too many.
    fn make_room(&mut self) {
        while self.sessions.len() >= MAX_SESSIONS {
            let silent = self
                .sessions
                .iter()
                .min_by_key(|(_, session)| session.used_at);
            let Some(id) = silent.map(|(id, _)| id.clone()) else {
                return;
            };
            let _ = self.sessions.remove(&id);
        }
    }
}

impl Session {
    /// Makes an access token valid.
    fn grant_access(
        &mut self,
        now: u64,
        token: &SecretString,
        scopes: Vec<String>,
        life: Duration,
    ) {
        if self.access.len() >= MAX_ACCESS {
            let _ = self.access.remove(0);
        }
        self.access.push(Access {
            hash: secret::hash_of(token),
            scopes,
            expires_at: now.saturating_add(u64::try_from(life.as_millis()).unwrap_or(u64::MAX)),
        });
    }

    /// What is left of an access token's life; `None` when it is not valid.
    fn life_of(&self, now: u64, token: &SecretString) -> Option<Duration> {
        let hash = secret::hash_of(token);
        let access = self.access.iter().find(|access| access.hash == hash)?;
        access
            .expires_at
            .checked_sub(now)
            .filter(|left| *left > 0)
            .map(Duration::from_millis)
    }
}

#[cfg(test)]
mod tests;
