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
use crate::oauth::dpop::Key;
use crate::oauth::{NetworkFailure, Revocation};
use crate::session::reveal;

/// Answers refreshes from a script and remembers what it was shown.
#[derive(Debug, Default)]
struct Script {
    answers: Mutex<VecDeque<Result<TokenSet, oauth::Error>>>,
    shown: Mutex<Vec<String>>,
    /// Thumbprints of the keys that were to be proved.
    proved: Mutex<Vec<Option<String>>>,
    revoked: Mutex<Vec<String>>,
    /// Whether a revocation reaches further than one session.
    reaches_far: bool,
    /// Whether nobody knows where to ask.
    is_lost: bool,
    /// `Retry-After` of what fails.
    retry_after: Option<Duration>,
    /// What is wrong with the ID token of a refresh.
    objection: Option<&'static str>,
    delay: Duration,
}

impl Script {
    fn new(answers: impl IntoIterator<Item = Result<TokenSet, oauth::Error>>) -> Self {
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
    fn find_token_endpoint(&self) -> BoxFuture<'_, Result<(), oauth::Error>> {
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
    ) -> BoxFuture<'a, Result<crate::oauth::Identity, oauth::Error>> {
        Box::pin(std::future::pending())
    }

    fn vouched<'a>(
        &'a self,
        _: &'a TokenSet,
    ) -> BoxFuture<'a, Result<crate::oauth::Identity, oauth::Error>> {
        Box::pin(std::future::pending())
    }

    fn still<'a>(&'a self, _: &'a TokenSet, _: &'a str) -> BoxFuture<'a, Result<(), oauth::Error>> {
        Box::pin(async move {
            match self.objection {
                Some(why) => Err(oauth::Error::IdToken(why.to_owned())),
                None => Ok(()),
            }
        })
    }

    fn revokes_one_session(&self) -> bool {
        !self.reaches_far
    }

    fn admit(&self, _: &str, _: bool) -> Result<(), oauth::Error> {
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
            Revocation::Revoked
        })
    }
}

fn invalid_grant() -> oauth::Error {
    oauth::Error::OAuth {
        status: 400,
        code: "invalid_grant".to_owned(),
        description: None,
    }
}

fn offline() -> oauth::Error {
    oauth::Error::Network {
        failure: NetworkFailure::Connect,
        detail: "test".to_owned(),
    }
}

struct Box_ {
    _home: tempfile::TempDir,
    file: AccountFile,
    server: Arc<Script>,
    session: Session,
}

/// A box whose stored access token has run out.
fn box_with(server: Script) -> Box_ {
    let home = tempfile::tempdir().unwrap();
    let file = Accounts::new(home.path(), &home.path().join("cache")).account_file("default");
    let mut old = record(1);
    old.access_token_issued_at = 1;
    old.access_token_expires_at = Some(2);
    file.write(&old).unwrap();
    let server = Arc::new(server);
    let session = Session::restored(server.clone(), file.clone(), old);
    Box_ {
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

#[tokio::test]
async fn b27_many_callers_share_one_refresh() {
    let b = box_with(Script::new([Ok(tokens(2))]));
    let all = futures::future::join_all((0..20).map(|_| b.session.access_token())).await;
    assert!(all.iter().all(|token| secret(token) == "access-2"));
    assert_eq!(b.server.shown(), ["refresh-1"]);
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
}

#[tokio::test]
async fn many_callers_share_one_failure() {
    let b = box_with(Script::new([Err(offline())]));
    let all = futures::future::join_all((0..20).map(|_| b.session.access_token())).await;
    assert!(all.iter().all(Result::is_err));
    assert_eq!(b.server.shown().len(), 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_lose_the_answer() {
    let b = box_with(Script::new([Ok(tokens(2))]));
    tokio::select! {
        biased;
        _ = b.session.access_token() => panic!("too soon"),
        () = async { while b.server.shown().is_empty() { tokio::task::yield_now().await } } => {}
    }
    b.session.shut_down(Duration::from_secs(5)).await;
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
}

#[tokio::test]
async fn b28_nothing_but_invalid_grant_ends_a_session() {
    for error in [
        offline(),
        oauth::Error::OAuth {
            status: 401,
            code: "invalid_client".to_owned(),
            description: None,
        },
        oauth::Error::Unexpected {
            status: 400,
            detail: "no body".to_owned(),
        },
        oauth::Error::Unexpected {
            status: 500,
            detail: "HTML".to_owned(),
        },
    ] {
        let b = box_with(Script::new([Err(error.clone())]));
        assert_eq!(
            b.session.access_token().await.unwrap_err(),
            Error::Refresh(error)
        );
        assert!(on_disk(&b.file).same_tokens(&record(1)));
    }
    let b = box_with(Script::new([Err(invalid_grant())]));
    assert!(matches!(
        b.session.access_token().await,
        Err(Error::Ended(_))
    ));
    assert!(b.file.read().unwrap().is_none());
}

#[tokio::test]
async fn the_previous_token_is_tried_once_and_only_after_invalid_grant() {
    let b = box_with(Script::new([Err(invalid_grant()), Ok(tokens(3))]));
    b.session.shared().state().record.previous_refresh_token = Some("refresh-0".into());
    assert_eq!(secret(&b.session.access_token().await), "access-3");
    assert_eq!(b.server.shown(), ["refresh-1", "refresh-0"]);

    let b = box_with(Script::new([Err(offline())]));
    b.session.shared().state().record.previous_refresh_token = Some("refresh-0".into());
    assert!(b.session.access_token().await.is_err());
    assert_eq!(b.server.shown(), ["refresh-1"]);
}

#[tokio::test]
async fn tokens_of_another_process_are_taken_over_without_a_refresh() {
    let b = box_with(Script::new([]));
    b.file
        .write(&record(1).refreshed(tokens(5), SystemTime::now()))
        .unwrap();
    assert_eq!(secret(&b.session.access_token().await), "access-5");
    assert!(b.server.shown().is_empty());
}

#[tokio::test]
async fn a_sign_out_elsewhere_ends_it_here_without_a_request() {
    let b = box_with(Script::new([]));
    b.file.remove().unwrap();
    assert!(matches!(
        b.session.access_token().await,
        Err(Error::Ended(_))
    ));
}

#[tokio::test]
async fn a_file_that_broke_is_kept_aside_and_written_anew() {
    let b = box_with(Script::new([Ok(tokens(2))]));
    std::fs::write(b.file.path(), b"garbage").unwrap();
    assert_eq!(secret(&b.session.access_token().await), "access-2");
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
    assert!(b.file.path().with_extension("json.corrupt-1").exists());
}

fn make_unwritable(file: &AccountFile) -> bool {
    let folder = file.path().parent().map(Path::to_owned).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o500)).unwrap();
    file.can_write().is_err()
}

#[tokio::test]
async fn b26_an_unwritable_folder_is_said_and_does_not_stop_the_person() {
    let b = box_with(Script::new([Ok(tokens(2))]));
    if !make_unwritable(&b.file) {
        // The superuser writes everywhere; a file where the folder belongs stops it too.
        let folder = b.file.path().parent().map(Path::to_owned).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::write(&folder, "").unwrap();
    }
    assert_eq!(secret(&b.session.access_token().await), "access-2");
    assert!(b.session.account().not_remembered.is_some());
}

/// Puts a folder where the file of `Box_` belongs, so that nothing can be renamed there; and away again.
fn block(file: &AccountFile) -> std::path::PathBuf {
    let aside = file.path().with_extension("aside");
    std::fs::rename(file.path(), &aside).unwrap();
    std::fs::create_dir_all(file.path().join("in the way")).unwrap();
    aside
}

#[tokio::test]
async fn a_process_that_ends_soon_spends_nothing_that_it_cannot_write() {
    let b = box_with(Script::new([]));
    b.session.refresh_only_what_can_be_kept();
    let folder = b.file.path().parent().map(Path::to_owned).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    assert!(matches!(
        b.session.access_token().await,
        Err(Error::Storage { .. })
    ));
    assert!(b.server.shown().is_empty());
}

#[tokio::test]
async fn a_disk_that_was_full_for_a_while_does_not_hide_what_others_wrote() {
    let b = box_with(Script::new([]));
    b.session.shared().state().unsaved = Some("no space left".to_owned());
    b.file
        .write(&record(1).refreshed(tokens(5), SystemTime::now()))
        .unwrap();
    assert_eq!(secret(&b.session.access_token().await), "access-5");
    assert!(b.server.shown().is_empty(), "a spent token");
    assert_eq!(b.session.account().not_remembered, None);
}

#[tokio::test]
async fn tokens_that_could_not_be_written_are_written_before_the_end() {
    let b = box_with(Script::new([Ok(tokens(2))]));
    let session = b.session.clone();
    let refresh = tokio::spawn(async move { session.access_token().await });
    while b.server.shown().is_empty() {
        tokio::task::yield_now().await;
    }
    // The disk fails after the token was spent.
    let aside = block(&b.file);
    assert_eq!(secret(&refresh.await.unwrap()), "access-2");
    assert!(b.session.account().not_remembered.is_some());
    std::fs::remove_dir_all(b.file.path()).unwrap();
    std::fs::rename(&aside, b.file.path()).unwrap();
    b.session.shut_down(Duration::from_secs(5)).await;
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
    assert_eq!(b.session.account().not_remembered, None);
}

#[tokio::test]
async fn no_refresh_begins_when_the_program_ends() {
    let b = box_with(Script::new([]));
    let mut asked = std::pin::pin!(b.session.access_token());
    // On this runtime of one thread the refresh is now spawned and has not run.
    assert!(futures::poll!(asked.as_mut()).is_pending());
    b.session.shut_down(Duration::from_secs(5)).await;
    assert!(matches!(asked.await, Err(Error::Refresh(_))));
    assert!(b.server.shown().is_empty());
    assert!(on_disk(&b.file).same_tokens(&record(1)));
}

#[tokio::test]
async fn an_answer_that_was_cut_off_is_asked_for_again_at_once() {
    let cut_off = || oauth::Error::Network {
        failure: NetworkFailure::Interrupted,
        detail: "test".to_owned(),
    };
    let b = box_with(Script::new([Err(cut_off()), Ok(tokens(2))]));
    assert_eq!(secret(&b.session.access_token().await), "access-2");
    assert_eq!(b.server.shown(), ["refresh-1", "refresh-1"]);
    let b = box_with(Script::new([Err(cut_off()), Err(cut_off())]));
    assert!(b.session.access_token().await.is_err());
    assert_eq!(b.server.shown().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_end_waits_for_the_slowest_answer_there_may_be() {
    assert!(SHUTDOWN_LIMIT > oauth::REFRESH_LIMIT && SHUTDOWN_LIMIT < Duration::from_secs(90));
    let b = box_with(Script {
        delay: oauth::REFRESH_LIMIT,
        ..Script::new([Ok(tokens(2))])
    });
    let session = b.session.clone();
    let refresh = tokio::spawn(async move { session.access_token().await });
    while b.server.shown().is_empty() {
        tokio::task::yield_now().await;
    }
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
    assert_eq!(secret(&refresh.await.unwrap()), "access-2");
}

#[tokio::test(start_paused = true)]
async fn the_end_waits_for_nobody_who_only_waits_for_the_lock() {
    let b = box_with(Script::new([]));
    let other = b.file.lock().await.unwrap().unwrap();
    let session = b.session.clone();
    let refresh = tokio::spawn(async move { session.access_token().await });
    tokio::task::yield_now().await;
    let started = tokio::time::Instant::now();
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert!(started.elapsed() < Duration::from_secs(1));
    assert!(matches!(refresh.await.unwrap(), Err(Error::Refresh(_))));
    drop(other);
}

#[tokio::test(start_paused = true)]
async fn the_end_does_not_wait_long_for_a_disk_that_takes_nothing() {
    let b = box_with(Script::new([Ok(tokens(2))]));
    let session = b.session.clone();
    let refresh = tokio::spawn(async move { session.access_token().await });
    while b.server.shown().is_empty() {
        tokio::task::yield_now().await;
    }
    let _aside = block(&b.file);
    let _ = refresh.await.unwrap().unwrap();
    let started = tokio::time::Instant::now();
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test(start_paused = true)]
async fn who_has_a_good_token_does_not_wait_for_a_slow_refresh() {
    let slow = Script {
        delay: Duration::from_secs(40),
        ..Script::new([Ok(tokens(2))])
    };
    let b = cut_off_box(slow, 3);
    let started = tokio::time::Instant::now();
    assert_eq!(secret(&b.session.access_token().await), "access-1");
    assert!(started.elapsed() < Duration::from_secs(20));
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
}

#[tokio::test]
async fn a_look_at_the_session_spends_nothing_while_its_access_token_serves() {
    let b = cut_off_box(Script::new([]), 3);
    b.session.refresh_only_what_is_over();
    assert_eq!(secret(&b.session.access_token().await), "access-1");
    let b = box_with(Script::new([Ok(tokens(2))]));
    b.session.refresh_only_what_is_over();
    assert_eq!(secret(&b.session.access_token().await), "access-2");
}

#[tokio::test]
async fn a_look_up_that_fails_leaves_no_doubt_since_nothing_was_presented() {
    let b = box_with(Script {
        is_lost: true,
        ..Script::new([])
    });
    let failed = b.session.access_token().await.unwrap_err();
    assert_eq!(failed, Error::Refresh(network(NetworkFailure::Unavailable)));
    assert!(b.server.shown().is_empty());
    assert_eq!(on_disk(&b.file).refresh_begun_at, None);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_names_a_wait_is_not_asked_before() {
    let b = box_with(Script {
        retry_after: Some(Duration::from_secs(90)),
        ..Script::new([Err(network(NetworkFailure::Unavailable)), Ok(tokens(2))])
    });
    for _ in 0..9 {
        assert!(b.session.access_token().await.is_err());
        tokio::time::sleep(Duration::from_secs(9)).await;
    }
    assert_eq!(b.server.shown().len(), 1);
    tokio::time::sleep(Duration::from_secs(9)).await;
    assert_eq!(secret(&b.session.access_token().await), "access-2");
}

#[tokio::test]
async fn tokens_that_cannot_be_kept_are_given_back_unless_an_older_session_could_end_with_them() {
    let b = box_with(Script::new([]));
    let unsaved = Some("no space left".to_owned());
    let new = Session::begun(b.server.clone(), b.file.clone(), record(7), unsaved.clone());
    assert_eq!(new.give_back().await, Some(Revocation::Revoked));
    assert_eq!(*b.server.revoked.lock().unwrap(), ["refresh-7", "access-7"]);
    assert!(on_disk(&b.file).same_tokens(&record(1)), "the older stays");
    assert!(matches!(new.access_token().await, Err(Error::Ended(_))));

    let b = box_with(Script {
        reaches_far: true,
        ..Script::new([])
    });
    let new = Session::begun(b.server.clone(), b.file.clone(), record(7), unsaved);
    assert_eq!(new.give_back().await, None);
    assert!(b.server.revoked.lock().unwrap().is_empty());
}

fn network(failure: NetworkFailure) -> oauth::Error {
    oauth::Error::Network {
        failure,
        detail: "test".to_owned(),
    }
}

#[tokio::test]
async fn a_token_is_known_to_be_in_doubt_before_it_is_presented_and_until_it_is_not() {
    let b = box_with(Script::new([Ok(tokens(2))]));
    let session = b.session.clone();
    let refresh = tokio::spawn(async move { session.access_token().await });
    while b.server.shown().is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(on_disk(&b.file).refresh_begun_at.is_some());
    let _ = refresh.await.unwrap().unwrap();
    assert_eq!(on_disk(&b.file).refresh_begun_at, None);
    let refused = oauth::Error::OAuth {
        status: 401,
        code: "invalid_client".to_owned(),
        description: None,
    };
    for (error, in_doubt) in [
        (network(NetworkFailure::Connect), false),
        (network(NetworkFailure::Tls), false),
        (refused, false),
        (network(NetworkFailure::Timeout), true),
        (network(NetworkFailure::Unavailable), true),
        (
            oauth::Error::Unexpected {
                status: 200,
                detail: "no token".to_owned(),
            },
            true,
        ),
    ] {
        let b = box_with(Script::new([Err(error.clone())]));
        let _ = b.session.access_token().await.unwrap_err();
        assert_eq!(
            on_disk(&b.file).refresh_begun_at.is_some(),
            in_doubt,
            "{error:?}"
        );
    }
}

/// A box with a young access token, that was cut off in a refresh this many seconds ago.
fn cut_off_box(server: Script, ago: u64) -> Box_ {
    let mut b = box_with(server);
    let now = unix(SystemTime::now());
    let mut old = on_disk(&b.file);
    old.access_token_issued_at = now - 10 * ago;
    old.access_token_expires_at = Some(now + 3600);
    old.refresh_begun_at = Some(now - ago);
    b.file.write(&old).unwrap();
    b.session = Session::restored(b.server.clone(), b.file.clone(), old);
    b
}

#[tokio::test]
async fn after_a_restart_what_is_in_doubt_is_tried_at_once_or_not_before_it_must() {
    let soon = cut_off_box(Script::new([Ok(tokens(2))]), 3);
    assert_eq!(secret(&soon.session.access_token().await), "access-2");
    assert_eq!(on_disk(&soon.file).refresh_begun_at, None);

    // No server forgives for an hour: the token would look stolen, and end the one in hand.
    let late = cut_off_box(Script::new([Ok(tokens(2))]), 3600);
    assert_eq!(secret(&late.session.access_token().await), "access-1");
    assert!(late.server.shown().is_empty());
    let refused = late.session.access_token().await.unwrap();
    assert_eq!(
        secret(&late.session.replace(&refused).await),
        "access-2",
        "once it serves no longer there is nothing left to lose"
    );
}

#[tokio::test]
async fn a_refresh_that_another_process_left_in_doubt_is_not_repeated_here() {
    let b = cut_off_box(Script::new([]), 3600);
    let mut mine = on_disk(&b.file);
    mine.refresh_begun_at = None;
    // This one was started before and thinks that a refresh is due.
    mine.access_token_issued_at = 1;
    let session = Session::restored(b.server.clone(), b.file.clone(), mine);
    assert_eq!(secret(&session.access_token().await), "access-1");
    assert!(b.server.shown().is_empty());
}

#[tokio::test]
async fn a_sign_out_that_did_not_wait_is_not_undone_by_the_refresh_it_overtook() {
    let (b, name) = bound_box(Script::new([Ok(tokens(2))]));
    let session = b.session.clone();
    let refresh = tokio::spawn(async move { session.access_token().await });
    while b.server.shown().is_empty() {
        tokio::task::yield_now().await;
    }
    // What a sign-out does that could not get the lock.
    b.file.remove().unwrap();
    assert!(matches!(refresh.await.unwrap(), Err(Error::Ended(_))));
    assert!(b.file.read().unwrap().is_none());
    assert!(b.file.keys().read(&name).unwrap().is_none());
    assert_eq!(*b.server.revoked.lock().unwrap(), ["refresh-2", "access-2"]);
}

#[tokio::test]
async fn who_signs_in_without_the_lock_is_not_undone_by_a_refresh_of_the_one_before() {
    for (answer, revoked) in [
        (Ok(tokens(2)), vec!["refresh-2", "access-2"]),
        (Err(invalid_grant()), vec![]),
    ] {
        let (b, own_key) = bound_box(Script::new([answer]));
        let session = b.session.clone();
        let refresh = tokio::spawn(async move { session.access_token().await });
        while b.server.shown().is_empty() {
            tokio::task::yield_now().await;
        }
        let mut kofi = record(9);
        kofi.subject = "kofi".to_owned();
        b.file.write(&kofi).unwrap();
        assert!(matches!(refresh.await.unwrap(), Err(Error::Ended(_))));
        assert!(on_disk(&b.file).same_account(&kofi));
        assert!(b.file.keys().read(&own_key).unwrap().is_none());
        assert_eq!(*b.server.revoked.lock().unwrap(), revoked);
        // Nor by the end of that session.
        let _ = b.session.sign_out().await;
        assert!(on_disk(&b.file).same_account(&kofi));
    }
}

#[tokio::test]
async fn a_refresh_that_answers_for_somebody_else_ends_the_session() {
    let b = box_with(Script {
        objection: Some("it speaks of another person"),
        ..Script::new([Ok(tokens(2))])
    });
    assert!(matches!(
        b.session.access_token().await,
        Err(Error::Ended(_))
    ));
    assert!(b.file.read().unwrap().is_none());
}

#[tokio::test]
async fn sign_out_revokes_the_newest_tokens_and_forgets() {
    let b = box_with(Script::new([]));
    b.file
        .write(&record(1).refreshed(tokens(5), SystemTime::now()))
        .unwrap();
    let out = b.session.sign_out().await;
    assert_eq!(out.not_removed, None);
    assert_eq!(*b.server.revoked.lock().unwrap(), ["refresh-5", "access-5"]);
    assert!(b.file.read().unwrap().is_none());
    assert!(matches!(
        b.session.access_token().await,
        Err(Error::Ended(_))
    ));
}

#[tokio::test]
async fn sign_out_removes_the_cached_content_of_the_account() {
    let b = box_with(Script::new([]));
    let cache = b.session.cache_dir();
    let put = || std::fs::write(cache.path().join("answer"), "PRIVATE");
    cache.write(put).unwrap();
    assert!(cache.path().join("answer").is_file());
    let _ = b.session.sign_out().await;
    assert!(!cache.path().exists());
    // Late ones, of requests that were on their way.
    assert!(cache.write(put).is_err());
    assert!(!cache.path().exists());
}

#[tokio::test(start_paused = true)]
async fn the_keeper_refreshes_ahead_of_expiry_and_ends_with_the_session() {
    let b = box_with(Script::new([
        Ok(tokens(2)),
        Err(offline()),
        Ok(tokens(3)),
        // The newest, and then the one before.
        Err(invalid_grant()),
        Err(invalid_grant()),
    ]));
    let started = tokio::time::Instant::now();
    assert!(matches!(b.session.keep_fresh().await, Error::Ended(_)));
    let shown = b.server.shown();
    assert_eq!(
        shown,
        [
            "refresh-1",
            "refresh-2",
            "refresh-2",
            "refresh-3",
            "refresh-2"
        ]
    );
    // Two lives of an hour, each used to between 60 and 80 percent.
    let hours = started.elapsed().as_secs_f64() / 3600.0;
    assert!((1.2..1.7).contains(&hours), "{hours}");
}

/// A box whose account is bound to a key, with that key's name.
fn bound_box(server: Script) -> (Box_, String) {
    let mut b = box_with(server);
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

#[tokio::test]
async fn the_accounts_key_goes_along_and_survives_restart_and_rotation() {
    let (b, name) = bound_box(Script::new([
        Err(invalid_grant()),
        Ok(TokenSet {
            token_type: "DPoP".to_owned(),
            ..tokens(3)
        }),
    ]));
    {
        let mut state = b.session.shared().state();
        state.record.previous_refresh_token = Some("refresh-0".into());
    }
    let token = b.session.access_token().await.unwrap();
    assert_eq!(token.key.as_ref().unwrap().thumbprint(), name);
    assert_eq!(
        *b.server.proved.lock().unwrap(),
        [Some(name.clone()), Some(name.clone())]
    );
    let again = on_disk(&b.file);
    assert_eq!(again.dpop_jkt.as_deref(), Some(name.as_str()));
    assert_eq!(again.key.unwrap().thumbprint(), name);
}

#[tokio::test]
async fn the_account_file_alone_has_no_key() {
    let (b, _) = bound_box(Script::new([]));
    let secret = on_disk(&b.file).key.unwrap().pkcs8().clone();
    let text = std::fs::read_to_string(b.file.path()).unwrap();
    assert!(text.contains("access-1"));
    assert!(!text.contains(reveal(&secret)));
    assert!(!format!("{:?}", b.session).contains(reveal(&secret)));
}

#[tokio::test]
async fn a_lost_key_leaves_it_to_the_server_to_end_the_session() {
    let (b, name) = bound_box(Script::new([Err(offline()), Err(invalid_grant())]));
    b.file.keys().remove(&name);
    let session = Session::restored(b.server.clone(), b.file.clone(), on_disk(&b.file));
    let first = session.access_token().await;
    assert!(matches!(first, Err(Error::Refresh(_))), "{first:?}");
    assert!(b.file.path().exists());
    let session = Session::restored(b.server.clone(), b.file.clone(), on_disk(&b.file));
    let second = session.access_token().await;
    assert!(matches!(second, Err(Error::Ended(_))), "{second:?}");
    assert_eq!(*b.server.proved.lock().unwrap(), [None, None]);
}

#[tokio::test]
async fn a_key_that_vanishes_while_in_use_is_written_again() {
    let (b, name) = bound_box(Script::new([Ok(tokens(2))]));
    b.file.keys().remove(&name);
    let _ = b.session.access_token().await.unwrap();
    assert_eq!(on_disk(&b.file).key.unwrap().thumbprint(), name);
}

#[tokio::test]
async fn the_key_goes_with_the_session() {
    let (b, name) = bound_box(Script::new([]));
    let _ = b.session.sign_out().await;
    assert!(b.file.keys().read(&name).unwrap().is_none());
    let (b, name) = bound_box(Script::new([Err(invalid_grant())]));
    let _ = b.session.access_token().await.unwrap_err();
    assert!(b.file.keys().read(&name).unwrap().is_none());
}

#[tokio::test]
async fn refused_proofs_and_nonces_end_nothing() {
    let clock = oauth::Error::OAuth {
        status: 400,
        code: "invalid_dpop_proof".to_owned(),
        description: None,
    };
    let (b, name) = bound_box(Script::new([Err(clock.clone())]));
    let failed = b.session.access_token().await.unwrap_err();
    assert_eq!(failed, Error::Refresh(clock));
    assert_eq!(on_disk(&b.file).key.unwrap().thumbprint(), name);
}

/// A box whose access token is good for an hour.
fn fresh_box() -> Box_ {
    let b = box_with(Script::default());
    b.file.write(&record(1)).unwrap();
    let session = Session::restored(b.server.clone(), b.file.clone(), record(1));
    Box_ { session, ..b }
}

#[tokio::test]
async fn a_session_that_another_process_ended_gives_no_token() {
    let of_another = |change: fn(&mut AccountRecord)| {
        move |file: &AccountFile| {
            let mut other = record(2);
            change(&mut other);
            file.write(&other).unwrap();
        }
    };
    let signed_out = |file: &AccountFile| file.remove().unwrap();
    let kofi = of_another(|other| other.subject = "kofi".to_owned());
    let client = of_another(|other| other.client_id = "tv2".to_owned());
    let server = of_another(|other| other.issuer.push('2'));
    let ends: [&dyn Fn(&AccountFile); 4] = [&signed_out, &kofi, &client, &server];
    for end in ends {
        let b = fresh_box();
        let token = b.session.access_token().await.unwrap();
        end(&b.file);
        let asked = b.session.access_token().await;
        assert!(matches!(asked, Err(Error::Ended(_))), "{asked:?}");
        let after_401 = b.session.replace(&token).await;
        assert!(matches!(after_401, Err(Error::Ended(_))), "{after_401:?}");
        assert!(matches!(b.session.keep_fresh().await, Error::Ended(_)));
        // Nothing brings it back.
        b.file.write(&record(1)).unwrap();
        assert!(b.session.access_token().await.is_err());
        assert!(b.server.shown().is_empty() && b.server.revoked.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_same_person_who_signs_in_anew_elsewhere_and_a_file_that_breaks_end_nothing() {
    let b = fresh_box();
    let mut anew = record(2);
    anew.signed_in_at += 60;
    b.file.write(&anew).unwrap();
    assert!(b.session.access_token().await.is_ok());
    std::fs::write(b.file.path(), "{").unwrap();
    assert!(b.session.access_token().await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_sign_out_here_is_told_by_itself_alone() {
    let b = fresh_box();
    let _ = b.session.sign_out().await;
    let day = Duration::from_secs(86_400);
    let told = tokio::time::timeout(day, b.session.keep_fresh()).await;
    assert!(told.is_err(), "{told:?}");
}

#[tokio::test]
async fn a_sign_out_takes_along_what_had_been_kept_aside() {
    let b = fresh_box();
    let folder = b.file.folder();
    let mut other = record(7);
    other.client_id = "tv2".to_owned();
    let aside = folder.join("default.json.other-1");
    std::fs::write(&aside, serde_json::to_vec(&other).unwrap()).unwrap();
    std::fs::write(folder.join("default.json.corrupt-1"), "{\"refresh_token\":").unwrap();
    std::fs::write(folder.join(".default.json.abc.tmp"), "x").unwrap();
    let unfinished = record(1).refreshed(tokens(5), SystemTime::now());
    let unfinished = serde_json::to_vec(&unfinished).unwrap();
    std::fs::write(folder.join(".default.json.abd.tmp"), unfinished).unwrap();
    std::fs::write(folder.join("kitchen.json.corrupt-1"), "of somebody else").unwrap();
    let out = b.session.sign_out().await;
    let revoked = b.server.revoked.lock().unwrap().clone();
    let newest = ["refresh-1", "access-1", "refresh-5", "access-5"];
    assert_eq!(revoked[..4], newest);
    assert_eq!(revoked[4..], ["refresh-7", "access-7"]);
    let said: Vec<_> = out.beside.iter().map(|file| file.at.is_some()).collect();
    assert_eq!(said, [true, false, true]);
    assert!(out.beside.iter().all(|file| file.not_removed.is_none()));
    assert_eq!(out.beside[2].file, aside);
    let mut left: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["default.lock", "kitchen.json.corrupt-1"]);
}
