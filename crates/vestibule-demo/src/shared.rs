//! What all handlers share: the addresses, the keys, and the state behind one lock.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Options;
use super::artwork::Pictures;
use super::devices::Devices;
use super::idempotency::IdempotencyKeys;
use super::keys::Keys;
use super::library::People;
use super::limit::Limiter;
use super::secret::{self, TokenKey};
use super::sessions::{Lifetimes, Sessions};
use super::store::{Kept, Store};

/// One server.
#[derive(Debug)]
pub(super) struct Shared {
    /// Issuer identifier; no slash at the end.
    pub(super) issuer: String,
    /// Base address of the API; a slash at the end.
    pub(super) api: String,
    /// `verification_uri`.
    pub(super) phone_url: String,
    /// Least time between two polls.
    pub(super) interval: Duration,
    /// Life of a pair of codes.
    pub(super) code_lifetime: Duration,
    /// Lives of tokens.
    pub(super) lifetimes: Lifetimes,
    /// Signs and derives.
    pub(super) keys: Keys,
    /// What binds a form to the browser it was sent to. New with every start.
    pub(super) page_key: TokenKey,
    /// Wrong codes.
    pub(super) limiter: Mutex<Limiter>,
    /// Pictures drawn so far.
    pub(super) pictures: Pictures,
    /// What people do with the library.
    pub(super) people: Mutex<People>,
    /// What was done for which key.
    pub(super) idempotency_keys: Mutex<IdempotencyKeys>,
    /// Shelves of the library and items of each, where the demo was told.
    pub(super) library: Option<(usize, usize)>,
    state: Mutex<State>,
    store: Store,
}

/// What requests change.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Codes between screen and phone.
    pub(super) devices: Devices,
    /// Sessions.
    pub(super) sessions: Sessions,
}

/// The disk refused, or the server is ending: nothing has changed.
#[derive(Debug)]
pub(super) struct NotKept;

/// A lock whose holder panicked is still a lock: each change is complete or was rolled back.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Milliseconds of Unix time.
pub(super) fn wall() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

impl Shared {
    /// A server on `port` with what earlier runs left.
    pub(super) fn new(options: &Options, port: u16, kept: Kept) -> Self {
        let issuer = format!("http://127.0.0.1:{port}");
        let phone_url = match options.lan {
            Some(address) => format!("http://{}/activate", SocketAddr::new(address, port)),
            None => format!("{issuer}/activate"),
        };
        Self {
            api: format!("{issuer}/api/"),
            issuer,
            phone_url,
            interval: options.interval,
            code_lifetime: options.code_lifetime,
            lifetimes: Lifetimes {
                access: options.access_lifetime,
                leeway: options.rotation_leeway,
            },
            keys: kept.keys,
            page_key: TokenKey::derive(&secret::random::<32>()),
            limiter: Mutex::default(),
            pictures: Pictures::default(),
            people: Mutex::default(),
            idempotency_keys: Mutex::default(),
            library: options.library,
            state: Mutex::new(State {
                devices: Devices::default(),
                sessions: kept.sessions,
            }),
            store: kept.store,
        }
    }

    /// Runs `work` on the state. What it changes in the sessions is on disk before this returns; if that
    /// fails, all its changes are undone.
    ///
    /// The work runs on a thread of its own: it may wait for the disk, and a client that hangs up in the
    /// middle cannot leave memory and disk apart.
    ///
    /// # Errors
    /// [`NotKept`].
    pub(super) async fn with_state<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self, &mut State) -> T + Send + 'static,
    ) -> Result<T, NotKept> {
        let shared = Arc::clone(self);
        let task = tokio::task::spawn_blocking(move || {
            let mut state = lock(&shared.state);
            let before = state.clone();
            let out = work(&shared, &mut state);
            if state.sessions != before.sessions
                && let Err(error) = shared.store.save(&state.sessions)
            {
                tracing::error!(%error, "cannot write the sessions");
                *state = before;
                return Err(NotKept);
            }
            Ok(out)
        });
        task.await.unwrap_or(Err(NotKept))
    }
}
