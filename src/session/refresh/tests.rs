//! Refreshes against a scripted server: what the tests of every rule share.

mod callers;
mod disk;
mod dpop_key;
mod ending;
mod guest;
mod in_doubt;
mod shutdown;
mod sign_out;

use std::collections::VecDeque;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::BoxFuture;
use secrecy::SecretString;

use super::super::account_file::AccountFile;
use super::super::account_record::tests::{record, tokens};
use super::super::server::Server;
use super::super::{Accounts, SHUTDOWN_LIMIT, Session};
use super::*;
use crate::session::reveal;
use device_flow::dpop::Key;
use device_flow::{NetworkFailure, Revocation};

/// Answers refreshes from a script and remembers what it was shown.
#[derive(Debug, Default)]
struct Script {
    answers: Mutex<VecDeque<Result<TokenSet, device_flow::Error>>>,
    shown: Mutex<Vec<String>>,
    /// Thumbprints of the keys that were to be proved.
    proved: Mutex<Vec<Option<String>>>,
    revoked: Mutex<Vec<String>>,
    /// What revocations come to; after that, they are done.
    revocations: Mutex<VecDeque<Revocation>>,
    /// Whether a revocation reaches further than one session.
    reaches_far: bool,
    /// Whether the token endpoint is not known.
    is_lost: bool,
    /// `Retry-After` of what fails.
    retry_after: Option<Duration>,
    /// What is wrong with the ID token of a refresh.
    objection: Option<&'static str>,
    delay: Duration,
    closed: std::sync::atomic::AtomicUsize,
}

impl Script {
    fn new(answers: impl IntoIterator<Item = Result<TokenSet, device_flow::Error>>) -> Self {
        Self {
            answers: Mutex::new(answers.into_iter().collect()),
            delay: Duration::from_millis(50),
            ..Self::default()
        }
    }

    fn shown(&self) -> Vec<String> {
        self.shown.lock().unwrap().clone()
    }
}

impl Server for Script {
    fn close_connections(&self) {
        let _ = self
            .closed
            .fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }

    fn find_token_endpoint(&self) -> BoxFuture<'_, Result<(), device_flow::Error>> {
        Box::pin(async move {
            match self.is_lost {
                true => Err(network(NetworkFailure::Unavailable)),
                false => Ok(()),
            }
        })
    }

    fn refresh<'a>(
        &'a self,
        token: &'a SecretString,
        key: Option<&'a Arc<Key>>,
    ) -> BoxFuture<'a, Result<TokenSet, Failed>> {
        Box::pin(async move {
            self.shown.lock().unwrap().push(reveal(token).to_owned());
            let key = key.map(|key| key.thumbprint().to_owned());
            self.proved.lock().unwrap().push(key);
            tokio::time::sleep(self.delay).await;
            let answer = self.answers.lock().unwrap().pop_front();
            answer
                .expect("an unexpected refresh")
                .map_err(|error| Failed {
                    retry_after: self.retry_after,
                    ..error.into()
                })
        })
    }

    fn identity<'a>(
        &'a self,
        _: &'a TokenSet,
    ) -> BoxFuture<'a, Result<device_flow::Identity, device_flow::Error>> {
        Box::pin(std::future::pending())
    }

    fn vouched<'a>(
        &'a self,
        _: &'a TokenSet,
    ) -> BoxFuture<'a, Result<device_flow::Identity, device_flow::Error>> {
        Box::pin(std::future::pending())
    }

    fn still<'a>(
        &'a self,
        _: &'a TokenSet,
        _: &'a str,
    ) -> BoxFuture<'a, Result<(), device_flow::Error>> {
        Box::pin(async move {
            match self.objection {
                Some(why) => Err(device_flow::Error::IdToken(why.into())),
                None => Ok(()),
            }
        })
    }

    fn revokes_one_session(&self) -> bool {
        !self.reaches_far
    }

    fn admit(&self, _: &str, _: bool) -> Result<(), device_flow::Error> {
        Ok(())
    }

    fn revoke_for<'a>(
        &'a self,
        _: (&'a str, &'a str),
        (refresh, access): (Option<&'a SecretString>, Option<&'a SecretString>),
        limit: Duration,
    ) -> BoxFuture<'a, Revocation> {
        self.revoke(refresh, access, limit)
    }

    fn revoke<'a>(
        &'a self,
        refresh: Option<&'a SecretString>,
        access: Option<&'a SecretString>,
        _: Duration,
    ) -> BoxFuture<'a, Revocation> {
        Box::pin(async move {
            for token in [refresh, access].into_iter().flatten() {
                self.revoked.lock().unwrap().push(reveal(token).to_owned());
            }
            let next = self.revocations.lock().unwrap().pop_front();
            next.unwrap_or(Revocation::Revoked)
        })
    }
}

fn invalid_grant() -> device_flow::Error {
    device_flow::Error::OAuth {
        status: 400,
        code: "invalid_grant".to_owned(),
        description: None,
    }
}

fn offline() -> device_flow::Error {
    device_flow::Error::network(NetworkFailure::Connect, "test".to_owned())
}

struct Device {
    _home: tempfile::TempDir,
    file: AccountFile,
    server: Arc<Script>,
    session: Session,
}

/// A box whose stored access token has run out.
fn device_with(server: Script) -> Device {
    let home = tempfile::tempdir().unwrap();
    let file = Accounts::new(home.path(), &home.path().join("cache")).account_file("default");
    let mut old = record(1);
    old.access_token_issued_at = 1;
    old.access_token_expires_at = Some(2);
    file.write(&old).unwrap();
    let server = Arc::new(server);
    let session = Session::restored(server.clone(), file.clone(), old);
    Device {
        _home: home,
        file,
        server,
        session,
    }
}

fn on_disk(file: &AccountFile) -> AccountRecord {
    match file.read().unwrap() {
        Some(record) => *record,
        other => panic!("{other:?}"),
    }
}

fn secret(token: &Result<super::super::AccessToken, Error>) -> &str {
    reveal(&token.as_ref().unwrap().secret)
}

/// Puts a folder where the file of `Device` belongs, so that nothing can be renamed there; and away again.
fn block(file: &AccountFile) -> std::path::PathBuf {
    let aside = file.path().with_extension("aside");
    std::fs::rename(file.path(), &aside).unwrap();
    std::fs::create_dir_all(file.path().join("in the way")).unwrap();
    aside
}

fn network(failure: NetworkFailure) -> device_flow::Error {
    device_flow::Error::network(failure, "test".to_owned())
}

/// A box whose account is bound to a key, with that key's name.
fn device_with_key(server: Script) -> (Device, String) {
    let mut b = device_with(server);
    let key = Arc::new(Key::generate().unwrap());
    let mut old = on_disk(&b.file);
    old.token_type = "DPoP".to_owned();
    old.dpop_jkt = Some(key.thumbprint().to_owned());
    old.key = Some(Arc::clone(&key));
    b.file.write(&old).unwrap();
    // As a restart would: from what is on disk.
    b.session = Session::restored(b.server.clone(), b.file.clone(), on_disk(&b.file));
    (b, key.thumbprint().to_owned())
}

/// A box whose access token is good for an hour.
fn device_with_fresh_token() -> Device {
    let b = device_with(Script::default());
    b.file.write(&record(1)).unwrap();
    let session = Session::restored(b.server.clone(), b.file.clone(), record(1));
    Device { session, ..b }
}

/// A box with a young access token, that was cut off in a refresh this many seconds ago.
fn device_cut_off(server: Script, ago: u64) -> Device {
    let mut b = device_with(server);
    let now = unix(SystemTime::now());
    let mut old = on_disk(&b.file);
    old.access_token_issued_at = now - 10 * ago;
    old.access_token_expires_at = Some(now + 3600);
    old.refresh_begun_at = Some(now - ago);
    b.file.write(&old).unwrap();
    b.session = Session::restored(b.server.clone(), b.file.clone(), old);
    b
}
