//! The shutdown of the process: a refresh in flight is waited for, what is not on disk is written or given back.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::account_file::ReadError;
use super::shared::Shared;
use super::{Error, Session};
use device_flow::Revocation;

/// How long the end of the process waits for a refresh in flight ([`Session::shut_down`]): longer than the answer may
/// take ([`device_flow::REFRESH_LIMIT`]), since a server that rotates tokens has spent the old one and no other process would
/// ever see the new; shorter than the 90 seconds after which systemd kills.
pub const SHUTDOWN_LIMIT: Duration = Duration::from_secs(60);

/// How long the end of the process tries to write what could not be written. A disk that is full stays so.
const WRITE_LIMIT: Duration = Duration::from_secs(5);

/// Pause between two tries to write tokens that could not be written.
const WRITE_PAUSE: Duration = Duration::from_millis(100);

impl Session {
    /// Waits for a refresh or sign-out in flight to be finished and written, at most `limit` ([`SHUTDOWN_LIMIT`], unless
    /// something else sets it). For the end of the process: afterwards no refresh begins any more, and one that has
    /// not presented its token yet is called off. What could not be kept at all is given back.
    pub async fn shut_down(&self, limit: Duration) {
        let _ = self.shared().closing.send_replace(true);
        let finished = async {
            let _gate = self.shared().gate.lock().await;
            let written = write_unsaved(self.shared());
            timeout(WRITE_LIMIT, written).await.is_ok()
        };
        if !matches!(timeout(limit, finished).await, Ok(true)) {
            tracing::warn!("a refresh is still under way, or its tokens cannot be written");
        }
        if self.is_guest() {
            self.guest_ends_with_the_program().await;
        } else if self.shared().state().was_never_kept() {
            let revocation = self.give_back().await;
            tracing::info!(?revocation, "tokens that end with the program");
        }
    }

    /// Whether nothing is in flight and all is written.
    pub fn is_settled(&self) -> bool {
        self.shared().gate.try_lock().is_ok()
            && !self.shared().state().newer_than_disk
            && !self.owes_revocation()
    }

    /// Gives back tokens that this device cannot keep, before the process ends with which they would be lost. What
    /// lies on the disk stays. `None` where an older session of the same person is there and could end with these.
    pub async fn give_back(&self) -> Option<Revocation> {
        let shared = Arc::clone(self.shared());
        // Detached, as a sign-out is.
        let given = tokio::spawn(async move { shared.give_back().await });
        given.await.unwrap_or_default()
    }
}

impl Shared {
    async fn give_back(&self) -> Option<Revocation> {
        let _gate = self.gate.lock().await;
        let record = self.state().record.clone();
        let is_beside = self.file().is_some_and(|file| match file.read() {
            Ok(Some(found)) => found.may_be_of_the_same_person(&record),
            Ok(None) | Err(ReadError::Broken(_)) => false,
            Err(ReadError::Unavailable(_)) => !file.is_free(),
        });
        if is_beside && !self.server.revokes_one_session() {
            return None;
        }
        let revocation = self.revoke(&record).await;
        self.state()
            .end(Error::Ended("this device could not keep it".to_owned()));
        Some(revocation)
    }
}

/// Tries to write tokens that could not be written until it succeeds; the caller sets the limit, and holds
/// the gate.
async fn write_unsaved(shared: &Shared) {
    if !shared.state().newer_than_disk {
        return;
    }
    let Some(file) = shared.file() else {
        return;
    };
    let Ok(_lock) = file.lock().await else {
        return;
    };
    let (record, on_disk) = {
        let state = shared.state();
        (state.record.clone(), state.on_disk)
    };
    loop {
        let written = match on_disk {
            // What was signed out elsewhere does not come back.
            true => file.rewrite(&record),
            false => file.write(&record).map(|()| true),
        };
        match written {
            Ok(true) => return shared.state().is_written(),
            Ok(false) => return,
            Err(_) => tokio::time::sleep(WRITE_PAUSE).await,
        }
    }
}
