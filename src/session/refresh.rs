//! One refresh, at servers that rotate refresh tokens too: lock, read again, note, spend, write, use. In that order,
//! whatever fails.

use std::time::{Instant, SystemTime};

use secrecy::SecretString;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::Error;
use super::account::unasked;
use super::account_file::{AccountFile, ReadError};
use super::account_record::{AccountRecord, unix};
use super::life;
use super::server::REVOCATION_LIMIT;
use super::shared::{Shared, life_of, now, program_is_ending, replaced, signed_out_elsewhere};
use crate::host::metrics;
use device_flow::{Failed, NetworkError, NetworkFailure, TokenSet, scheme};

/// Refreshes the session of `shared` unless another caller's refresh has come to an end since this one looked at the
/// counter of attempts, which was then `seen`. `needed` tells that the access token in hand serves no longer.
pub(super) async fn once(shared: &Shared, seen: u64, needed: bool) -> Result<(), Error> {
    let _gate = shared.gate.lock().await;
    if let Some(outcome) = shared.state().outcome_since(seen) {
        return outcome;
    }
    let result = run(shared, needed).await;
    shared.state().settle(&result, now());
    if matches!(result, Err(Error::Ended(_))) {
        shared.server.close_connections();
    }
    result
}

/// Refreshes the session of `shared`. The caller holds the gate: one at a time in this process. `needed`
/// tells that the access token in hand serves no longer.
async fn run(shared: &Shared, needed: bool) -> Result<(), Error> {
    // No other process knows the tokens of a guest.
    let file = shared.file();
    let lock = match file {
        Some(file) => before_the_end(shared, file.lock()).await??,
        None => None,
    };
    if let Some(file) = file {
        if lock.is_some() {
            file.sweep();
        }
        if adopt_from_disk(shared, file)? {
            return Ok(());
        }
    }
    if !needed && shared.state().postpones(now(), unix(SystemTime::now())) {
        return Ok(());
    }
    // Before anything is in doubt: as long as the token endpoint is not known, nothing is presented.
    let issuer = shared.state().record.issuer.clone();
    before_the_end(shared, shared.server.find_token_endpoint())
        .await?
        .inspect_err(|error| life::unreachable(&issuer, error))
        .map_err(Error::Refresh)?;
    // A shutdown waits for this refresh only if it had begun before.
    if shared.is_closing() {
        return Err(program_is_ending());
    }
    let before = shared.state().record.clone();
    let record = before.refreshing(SystemTime::now());
    match note(shared, &record).await {
        Ok(()) => {}
        // As long as the old access token serves, the refresh token on disk is worth more than a new one
        // that would be lost with this process.
        Err(error @ Error::Storage { .. }) if needed && !shared.is_brief() => {
            tracing::warn!(%error, "refreshing all the same");
        }
        Err(error) => return Err(error),
    }
    let span = tracing::info_span!(
        target: "vestibule::span",
        "refresh",
        "vestibule.result" = Empty,
        "error.type" = Empty,
    );
    let presented = present(shared, &before, &record);
    let result = presented.instrument(span.clone()).await;
    note_outcome(&span, &result, shared.state().newer_than_disk);
    result
}

/// Counts what a refresh came to, and notes it in its span.
fn note_outcome(span: &Span, result: &Result<(), Error>, is_unsaved: bool) {
    let outcome = match result {
        Ok(()) if is_unsaved => "unsaved",
        Ok(()) => "refreshed",
        Err(Error::Ended(_)) => "ended",
        Err(Error::Refresh(device_flow::Error::Network(_))) => "network",
        Err(_) => "rejected",
    };
    metrics::REFRESHES.add(outcome);
    let _ = span.record("vestibule.result", outcome);
    if result.is_err() {
        let _ = span.record("error.type", outcome);
    }
}

/// Presents the refresh token and keeps what comes of it. `before` is what was on disk before this refresh was noted.
async fn present(
    shared: &Shared,
    before: &AccountRecord,
    record: &AccountRecord,
) -> Result<(), Error> {
    let begun = Instant::now();
    let Spent { result, in_doubt } = spend(shared, record).await;
    let said = result.as_ref().map(drop).map_err(|failed| &failed.error);
    life::refreshed(&record.issuer, begun.elapsed(), said);
    match result {
        Ok(tokens) => {
            let refreshed = record.refreshed(tokens.clone(), SystemTime::now());
            let is_alone = refreshed.holds_access_token(&SecretString::default());
            keep(shared, refreshed, &tokens).await?;
            match is_alone {
                true => Err(Error::Refresh(without_access_token())),
                false => Ok(()),
            }
        }
        Err(Failed { error, .. }) if is_invalid_grant(&error) => {
            if let Some(file) = shared.file()
                && let Err(error) = file.remove_account(record)
            {
                tracing::warn!(%error, "could not remove the file of a session that has ended");
            }
            Err(Error::Ended(error.to_string()))
        }
        Err(Failed {
            error, retry_after, ..
        }) => {
            shared.state().leave_alone(retry_after, now());
            if !in_doubt && let Err(ended @ Error::Ended(_)) = note(shared, before).await {
                return Err(ended);
            }
            Err(Error::Refresh(error))
        }
    }
}

/// What `work` comes to, unless the process is about to end first. Only for what may be called off.
async fn before_the_end<T>(shared: &Shared, work: impl Future<Output = T>) -> Result<T, Error> {
    tokio::select! {
        biased;
        done = work => Ok(done),
        () = shared.closes() => Err(program_is_ending()),
    }
}

/// Makes what is known of the present tokens durable, and remembers it.
async fn note(shared: &Shared, record: &AccountRecord) -> Result<(), Error> {
    let Some(file) = shared.file() else {
        shared.state().record.refresh_begun_at = record.refresh_begun_at;
        return Ok(());
    };
    let was_on_disk = shared.state().on_disk;
    let written = {
        let (file, record) = (file.clone(), record.clone());
        tokio::task::spawn_blocking(move || match was_on_disk {
            true => file.rewrite_with_room(&record),
            false => file.write(&record).map(|()| true),
        })
        .await
    };
    let mut state = shared.state();
    match written.unwrap_or_else(|_| Err(program_is_ending())) {
        Ok(true) => {
            state.record.refresh_begun_at = record.refresh_begun_at;
            state.is_written();
            Ok(())
        }
        Ok(false) => Err(signed_out_elsewhere()),
        Err(error) => {
            state.unsaved = Some(error.to_string());
            Err(error)
        }
    }
}

/// Looks at what another process may have done meanwhile; `true` when its tokens are good to use.
fn adopt_from_disk(shared: &Shared, file: &AccountFile) -> Result<bool, Error> {
    let mine = {
        let state = shared.state();
        if !state.on_disk {
            return Ok(false);
        }
        state.record.clone()
    };
    match file.read() {
        Ok(Some(found)) if !found.same_account(&mine) => Err(replaced()),
        // Tokens that could not be written are newer than those on disk.
        Ok(Some(found)) if !found.knows_the_same(&mine) && !shared.state().newer_than_disk => {
            let life = life_of(&found);
            let mut state = shared.state();
            state.adopt(*found, life);
            state.unsaved = None;
            Ok(!life.is_due(now()))
        }
        Ok(Some(_)) => Ok(false),
        Ok(None) => Err(signed_out_elsewhere()),
        Err(ReadError::Broken(why)) => {
            tracing::warn!(
                why,
                "the account file is broken; going on with what is in memory"
            );
            // That it is gone then is our own doing.
            shared.state().on_disk = false;
            if let Err(error) = file.set_aside("corrupt") {
                tracing::warn!(%error, "could not keep the broken account file aside");
                shared.state().on_disk = true;
            }
            Ok(false)
        }
        Err(ReadError::Unavailable(error)) => {
            tracing::warn!(%error, "the account file cannot be read; going on with what is in memory");
            Ok(false)
        }
    }
}

/// Presents the refresh token; the previous one only after the present one was refused for good, since
/// at any other time it would look like a theft (RFC 9700 section 4.14).
async fn spend(shared: &Shared, record: &AccountRecord) -> Spent {
    let Some(token) = &record.refresh_token else {
        let none = device_flow::Error::Misconfigured("the server gave no refresh token".to_owned());
        return Spent {
            result: Err(none.into()),
            in_doubt: false,
        };
    };
    let key = record.key.as_ref();
    let mut result = shared.server.refresh(token, key).await;
    let mut in_doubt = result.as_ref().is_err_and(leaves_doubt);
    if result.as_ref().is_err_and(was_cut_off) {
        // The server may have replaced the token, and forgives the spent one for a few seconds at most.
        tracing::info!("the answer was cut off; asking once more");
        result = shared.server.refresh(token, key).await;
    }
    if let (Err(failed), Some(previous)) = (&result, &record.previous_refresh_token)
        && is_invalid_grant(&failed.error)
    {
        tracing::info!("the refresh token was refused; trying the one before, once");
        result = shared.server.refresh(previous, key).await;
        in_doubt = result.as_ref().is_err_and(leaves_doubt);
    }
    Spent { result, in_doubt }
}

/// What came of presenting a refresh token.
struct Spent {
    result: Result<TokenSet, Failed>,
    /// Whether the server may have taken it without an answer that says so.
    in_doubt: bool,
}

/// Makes the new tokens durable, then lets them be used.
async fn keep(shared: &Shared, record: AccountRecord, tokens: &TokenSet) -> Result<(), Error> {
    let was_on_disk = shared.state().on_disk;
    let written = match shared.file() {
        None => None,
        Some(file) => {
            let (file, record) = (file.clone(), record.clone());
            let writing = tokio::task::spawn_blocking(move || match was_on_disk {
                true => file.rewrite(&record),
                false => file.write(&record).map(|()| true),
            });
            Some(writing.await)
        }
    };
    if matches!(written, Some(Ok(Ok(false)))) {
        hand_back(shared, tokens).await;
        return Err(signed_out_elsewhere());
    }
    let subject = record.subject.clone();
    let presentable = scheme(&record.token_type);
    let before = shared.state().record.scopes.clone();
    let more = unasked(&record.scopes, &before);
    if !more.is_empty() {
        tracing::warn!(
            scopes = more.join(" "),
            "a refresh granted more than there was before"
        );
    }
    {
        let life = life_of(&record);
        let mut state = shared.state();
        state.adopt(record, life);
        match written {
            None => {}
            Some(Ok(Ok(_))) => state.is_written(),
            Some(Ok(Err(error))) => {
                tracing::error!(%error, "new tokens are kept in memory only");
                state.unsaved = Some(error.to_string());
                state.newer_than_disk = true;
            }
            Some(Err(_)) => {
                state.unsaved = Some("the program is ending".to_owned());
                state.newer_than_disk = true;
            }
        }
    }
    match shared.server.still(tokens, &subject).await {
        Err(error) => {
            tracing::error!(%error, "a refresh answered for somebody else");
            let record = shared.state().record.clone();
            if let Some(file) = shared.file()
                && let Err(error) = file.remove_account(&record)
            {
                tracing::warn!(%error, "could not remove the account file");
            }
            Err(Error::Ended(error.to_string()))
        }
        // As a failure it is not repeated without a pause.
        Ok(()) => presentable.map(drop).map_err(Error::Refresh),
    }
}

/// Gives tokens back that came after a sign-out that did not wait for them: what that sign-out revoked
/// were their predecessors.
async fn hand_back(shared: &Shared, tokens: &TokenSet) {
    tracing::info!("signed out while a refresh was under way; its tokens are revoked");
    // The key may have been written again for them.
    let record = shared.state().record.clone();
    if let Some(file) = shared.file()
        && let Err(error) = file.remove_account(&record)
    {
        tracing::warn!(%error, "could not remove what a sign-out left");
    }
    let refresh_token = tokens.refresh_token.as_ref();
    let access_token = Some(&tokens.access_token);
    let revoked = shared
        .server
        .revoke(refresh_token, access_token, REVOCATION_LIMIT);
    let revocation = revoked.await;
    tracing::info!(?revocation, "tokens that nobody wants any more");
}

/// The server replaced the refresh token, which is kept, and gave nothing to use.
fn without_access_token() -> device_flow::Error {
    device_flow::Error::Unexpected {
        status: 200,
        detail: "no access_token that can be used in the answer to a refresh".to_owned(),
        is_page: false,
    }
}

/// Whether the request went out and its answer did not come in.
fn was_cut_off(failed: &Failed) -> bool {
    matches!(
        failed.error,
        device_flow::Error::Network(NetworkError {
            failure: NetworkFailure::Interrupted,
            ..
        })
    )
}

fn leaves_doubt(failed: &Failed) -> bool {
    failed.error.leaves_doubt()
}

fn is_invalid_grant(error: &device_flow::Error) -> bool {
    matches!(error, device_flow::Error::OAuth { code, .. } if code == "invalid_grant")
}

#[cfg(test)]
mod tests;
