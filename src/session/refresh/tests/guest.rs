//! A guest: nothing on the disk, rotation in memory, and an end that is told to the server.

use super::*;
use crate::session::{Destination, SignOut};
use std::path::PathBuf;

struct Guest {
    home: tempfile::TempDir,
    accounts: Accounts,
    server: Arc<Script>,
    session: Session,
}

/// A guest whose access token has run out, and who would be kept on the profile "default".
fn guest_with(server: Script) -> Guest {
    let home = tempfile::tempdir().unwrap();
    let accounts = Accounts::new(&home.path().join("config"), &home.path().join("cache"));
    let mut old = record(1);
    old.access_token_issued_at = 1;
    old.access_token_expires_at = Some(2);
    let server = Arc::new(server);
    let there = Destination::Profile("default".to_owned());
    let session = Session::guest(server.clone(), old, accounts.clone(), there);
    Guest {
        home,
        accounts,
        server,
        session,
    }
}

impl Guest {
    fn files(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.home.path()).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    fn revoked(&self) -> Vec<String> {
        self.server.revoked.lock().unwrap().clone()
    }
}

fn unreachable() -> Revocation {
    Revocation::Failed(offline())
}

#[tokio::test(start_paused = true)]
async fn a_rotated_token_of_a_guest_is_in_memory_alone() {
    let b = guest_with(Script::new([Ok(tokens(2)), Ok(tokens(3))]));
    let token = b.session.access_token().await.unwrap();
    assert_eq!(reveal(&token.secret), "access-2");
    let token = b.session.replace(&token).await;
    assert!(matches!(token, Err(Error::Refused(_))), "just refreshed");
    tokio::time::advance(Duration::from_secs(60)).await;
    let token = b.session.access_token().await.unwrap();
    let token = b.session.replace(&token).await.unwrap();
    assert_eq!(reveal(&token.secret), "access-3");
    assert_eq!(b.server.shown(), ["refresh-1", "refresh-2"]);
    assert!(b.session.cache_dir().is_none());
    let account = b.session.account();
    assert!(
        account.guest && account.not_remembered.is_none(),
        "{account:?}"
    );
    assert!(b.files().is_empty(), "not even a lock");
}

#[tokio::test(start_paused = true)]
async fn a_guest_who_leaves_is_revoked_once_and_forgotten() {
    let b = guest_with(Script::new([Ok(tokens(2))]));
    let _ = b.session.access_token().await.unwrap();
    for _ in 0..2 {
        let out = b.session.sign_out().await;
        let done = SignOut {
            revocation: Revocation::Revoked,
            not_removed: None,
            beside: Vec::new(),
        };
        assert_eq!(out, done);
    }
    assert_eq!(b.revoked(), ["refresh-2", "access-2"]);
    assert!(b.session.has_ended() && b.session.is_settled());
    assert!(matches!(
        b.session.access_token().await,
        Err(Error::Ended(_))
    ));
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert_eq!(b.revoked().len(), 2, "nothing is left to revoke");
    assert!(b.files().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_revoked_now_is_tried_again_while_the_program_runs() {
    let mut script = Script::new([]);
    script.revocations = Mutex::new([unreachable(), unreachable()].into());
    let b = guest_with(script);
    let out = b.session.sign_out().await;
    assert_eq!(out.revocation, unreachable());
    assert!(b.session.has_ended() && b.session.owes_revocation() && !b.session.is_settled());
    while b.session.owes_revocation() {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
    assert_eq!(b.revoked(), ["refresh-1", "access-1"].repeat(3));
    assert!(b.session.is_settled());
}

#[tokio::test(start_paused = true)]
async fn the_end_of_the_program_revokes_a_guest_and_what_one_has_left_behind() {
    let b = guest_with(Script::new([]));
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert_eq!(b.revoked(), ["refresh-1", "access-1"]);

    let mut script = Script::new([]);
    script.revocations = Mutex::new([unreachable()].into());
    let b = guest_with(script);
    let _ = b.session.sign_out().await;
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert_eq!(b.revoked().len(), 4, "once more");
    assert!(!b.session.owes_revocation());
}

#[tokio::test(start_paused = true)]
async fn after_a_day_nothing_is_tried_any_more() {
    let mut script = Script::new([]);
    script.revocations = Mutex::new((0..1000).map(|_| unreachable()).collect());
    let b = guest_with(script);
    let _ = b.session.sign_out().await;
    tokio::time::sleep(Duration::from_secs(48 * 3600)).await;
    assert!(!b.session.owes_revocation() && b.session.is_settled());
    let tries = b.revoked().len() / 2;
    assert!((20..400).contains(&tries), "{tries}");
}

#[tokio::test(start_paused = true)]
async fn who_wants_to_stay_is_kept_with_the_newest_tokens() {
    let b = guest_with(Script::new([Ok(tokens(2)), Ok(tokens(3))]));
    let _ = b.session.access_token().await.unwrap();
    b.session.keep().await;
    b.session.keep().await;
    assert!(!b.session.is_guest());
    let account = b.session.account();
    assert_eq!(
        (account.profile.as_str(), account.guest),
        ("default", false)
    );
    let file = b.accounts.account_file("default");
    assert!(on_disk(&file).holds_access_token(&"access-2".into()));
    assert!(b.session.cache_dir().is_some());
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert_eq!(b.revoked(), [""; 0], "nobody is a guest any more");
}

#[tokio::test(start_paused = true)]
async fn a_guest_beside_their_own_account_takes_nothing_from_it() {
    for (reaches_far, revoked) in [(false, 2), (true, 0)] {
        let b = guest_with(Script {
            reaches_far,
            ..Script::new([])
        });
        let file = b.accounts.account_file("kitchen");
        file.write(&record(7)).unwrap();
        let _ = b.session.sign_out().await;
        assert!(on_disk(&file).same_tokens(&record(7)), "the account stays");
        assert_eq!(b.revoked().len(), revoked, "{reaches_far}");
        assert!(b.session.is_settled());
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ends_a_guest_leaves_the_accounts_alone() {
    let b = guest_with(Script::new([Err(invalid_grant())]));
    let file = b.accounts.account_file("default");
    file.write(&record(7)).unwrap();
    let ended = b.session.access_token().await;
    assert!(matches!(ended, Err(Error::Ended(_))), "{ended:?}");
    assert!(on_disk(&file).same_tokens(&record(7)));
    assert!(b.session.has_ended());
}
