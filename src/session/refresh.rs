//! One refresh: lock, read again, spend, write, use. In that order, whatever fails.

use std::time::{Duration, SystemTime};

use super::Error;
use super::live::{Inner, life_of, now, program_is_ending};
use super::store::Content;
use super::stored::Stored;
use crate::oauth::{self, NetworkFailure, TokenSet};

/// Pause between two tries to write tokens that could not be written.
const WRITE_PAUSE: Duration = Duration::from_millis(100);

/// Refreshes the session of `inner`. The caller holds the gate: one at a time in this process. `needed`
/// tells that the access token in hand serves no longer.
pub(super) async fn run(inner: &Inner, needed: bool) -> Result<(), Error> {
    let lock = inner.file.lock().await?;
    if lock.is_some() {
        inner.file.sweep();
    }
    if adopt_from_disk(inner)? {
        return Ok(());
    }
    let stored = inner.held().stored.clone();
    if let Err(error) = inner.file.can_write() {
        inner.held().unsaved = Some(error.to_string());
        // As long as the old access token serves, the refresh token on disk is worth more than a new one
        // that would be lost with this process.
        if !needed || inner.is_brief() {
            return Err(error);
        }
    }
    // Whoever ends the process waits for us only if we had begun before.
    if inner.is_closing() {
        return Err(program_is_ending());
    }
    match spend(inner, &stored).await {
        Ok(tokens) => {
            keep(
                inner,
                stored.refreshed(tokens.clone(), SystemTime::now()),
                &tokens,
            )
            .await
        }
        Err(error) if is_invalid_grant(&error) => {
            if let Err(error) = inner.file.remove() {
                tracing::warn!(%error, "could not remove the file of a session that has ended");
            }
            Err(Error::Ended(error.to_string()))
        }
        Err(error) => Err(Error::Refresh(error)),
    }
}

/// Looks at what another process may have done meanwhile; `true` when its tokens are good to use.
fn adopt_from_disk(inner: &Inner) -> Result<bool, Error> {
    let mine = {
        let held = inner.held();
        if !held.on_disk {
            return Ok(false);
        }
        held.stored.clone()
    };
    match inner.file.read() {
        Ok(Content::Account(found)) if !found.same_account(&mine) => Err(Error::Ended(
            "another account was signed in on this profile".to_owned(),
        )),
        // Tokens that could not be written are newer than those on disk.
        Ok(Content::Account(found))
            if !found.same_tokens(&mine) && !inner.held().newer_than_disk =>
        {
            let life = life_of(&found);
            let mut held = inner.held();
            held.adopt(*found, life);
            held.unsaved = None;
            Ok(!life.is_due(now()))
        }
        Ok(Content::Account(_)) => Ok(false),
        Ok(Content::Nothing) => Err(Error::Ended(
            "signed out on this device by another process".to_owned(),
        )),
        Ok(Content::Broken(why)) => {
            tracing::warn!(
                why,
                "the account file is broken; going on with what is in memory"
            );
            if let Err(error) = inner.file.set_aside("corrupt") {
                tracing::warn!(%error, "could not keep the broken account file aside");
            }
            Ok(false)
        }
        Err(error) => {
            tracing::warn!(%error, "the account file cannot be read; going on with what is in memory");
            Ok(false)
        }
    }
}

/// Presents the refresh token; the previous one only after the present one was refused for good, since
/// at any other time it would look like a theft (RFC 9700 section 4.14).
async fn spend(inner: &Inner, stored: &Stored) -> Result<TokenSet, oauth::Error> {
    let Some(token) = &stored.refresh_token else {
        return Err(oauth::Error::Misconfigured(
            "the server gave no refresh token".to_owned(),
        ));
    };
    let key = stored.key.as_ref();
    let mut result = inner.server.refresh(token, key).await;
    if result.as_ref().is_err_and(was_cut_off) {
        // The server may have replaced the token, and forgives the spent one for a few seconds at most.
        tracing::info!("the answer was cut off; asking once more");
        result = inner.server.refresh(token, key).await;
    }
    match (&result, &stored.previous_refresh_token) {
        (Err(error), Some(previous)) if is_invalid_grant(error) => {
            tracing::info!("the refresh token was refused; trying the one before, once");
            inner.server.refresh(previous, key).await
        }
        _ => result,
    }
}

/// Makes the new tokens durable, then lets them be used.
async fn keep(inner: &Inner, stored: Stored, tokens: &TokenSet) -> Result<(), Error> {
    let written = {
        let (file, stored) = (inner.file.clone(), stored.clone());
        tokio::task::spawn_blocking(move || file.write(&stored)).await
    };
    let subject = stored.subject.clone();
    {
        let life = life_of(&stored);
        let mut held = inner.held();
        held.adopt(stored, life);
        match written {
            Ok(Ok(())) => {
                held.unsaved = None;
                held.newer_than_disk = false;
                held.on_disk = true;
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "new tokens are kept in memory only");
                held.unsaved = Some(error.to_string());
                held.newer_than_disk = true;
            }
            Err(_) => {
                held.unsaved = Some("the program is ending".to_owned());
                held.newer_than_disk = true;
            }
        }
    }
    match inner.server.still(tokens, &subject).await {
        Err(error) => {
            tracing::error!(%error, "a refresh answered for somebody else");
            if let Err(error) = inner.file.remove() {
                tracing::warn!(%error, "could not remove the account file");
            }
            Err(Error::Ended(error.to_string()))
        }
        Ok(()) => Ok(()),
    }
}

/// Tries to write tokens that could not be written until it succeeds; the caller sets the limit, and holds
/// the gate.
pub(super) async fn write_what_is_unsaved(inner: &Inner) {
    if !inner.held().newer_than_disk {
        return;
    }
    let Ok(_lock) = inner.file.lock().await else {
        return;
    };
    let (stored, on_disk) = {
        let held = inner.held();
        (held.stored.clone(), held.on_disk)
    };
    loop {
        // What was signed out elsewhere does not come back.
        if on_disk && matches!(inner.file.read(), Ok(Content::Nothing)) {
            return;
        }
        if inner.file.write(&stored).is_ok() {
            let mut held = inner.held();
            held.unsaved = None;
            held.newer_than_disk = false;
            return;
        }
        tokio::time::sleep(WRITE_PAUSE).await;
    }
}

/// Whether the request went out and its answer did not come in.
fn was_cut_off(error: &oauth::Error) -> bool {
    matches!(
        error,
        oauth::Error::Network {
            failure: NetworkFailure::Interrupted,
            ..
        }
    )
}

fn is_invalid_grant(error: &oauth::Error) -> bool {
    matches!(error, oauth::Error::OAuth { code, .. } if code == "invalid_grant")
}

#[cfg(test)]
mod tests;
