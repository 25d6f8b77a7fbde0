//! Shutdown: what the window and the program agree on about their end. `state/lifecycle.rs` begins it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures::future::join_all;

use crate::host::control_socket::SocketPath;
use crate::session::Session;

/// Shared by the window, which may be lost, and the program in it.
#[derive(Debug, Default)]
pub struct Shutdown {
    requested: AtomicBool,
    sessions: Mutex<Vec<Session>>,
    socket: Mutex<Option<SocketPath>>,
}

impl Shutdown {
    /// The program ends because it was asked to, with everything settled.
    pub fn request(&self) {
        self.requested.store(true, Ordering::SeqCst);
    }

    /// Whether the end was asked for.
    pub fn is_requested(&self) -> bool {
        self.requested.load(Ordering::SeqCst)
    }

    /// The control socket is there until the program ends.
    pub fn keep_socket(&self, place: Option<SocketPath>) {
        *self.socket.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }

    /// Nobody can ask any more.
    pub fn close_socket(&self) {
        self.keep_socket(None);
    }

    /// These sessions are in use, or something of theirs is still being written.
    pub fn track(&self, sessions: Vec<Session>) {
        *self.sessions.lock().unwrap_or_else(PoisonError::into_inner) = sessions;
    }

    /// Waits until nothing of the sessions is in flight any more, each no longer than `limit`.
    pub async fn settle(&self, limit: Duration) {
        let sessions = self.sessions.lock();
        let sessions = std::mem::take(&mut *sessions.unwrap_or_else(PoisonError::into_inner));
        let settled = sessions.into_iter().map(|session| async move {
            session.shut_down(limit).await;
        });
        let _ = join_all(settled).await;
    }
}
