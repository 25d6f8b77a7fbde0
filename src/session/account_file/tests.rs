use std::os::unix::fs::PermissionsExt;

use super::super::account_record::tests::{record, tokens};
use super::super::lock::LOCK_PAUSE;
use super::super::{AccountState, Accounts, Session};
use super::*;

fn folder() -> (tempfile::TempDir, AccountFile) {
    let home = tempfile::tempdir().unwrap();
    let file = Accounts::new(&home.path().join("vestibule"), &home.path().join("cache"))
        .account_file("default");
    (home, file)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn written_private_and_read_back() {
    let (_home, file) = folder();
    assert!(file.read().unwrap().is_none());
    file.write(&record(1)).unwrap();
    assert_eq!(mode(&file.path()), 0o600);
    assert_eq!(mode(file.path().parent().unwrap()), 0o700);
    let Some(back) = file.read().unwrap() else {
        panic!("no account");
    };
    assert!(back.same_tokens(&record(1)));
}

#[test]
fn b31_a_rewrite_keeps_the_mode_and_leaves_nothing_beside() {
    let (_home, file) = folder();
    file.write(&record(1)).unwrap();
    file.write(&record(1).refreshed(tokens(2), std::time::SystemTime::now()))
        .unwrap();
    file.can_write().unwrap();
    assert_eq!(mode(&file.path()), 0o600);
    assert_eq!(fs::read_dir(&file.folder).unwrap().count(), 1);
}

#[test]
fn a_broken_file_is_kept_aside_under_the_first_free_number() {
    let (_home, file) = folder();
    for n in 1..=3 {
        atomic_file::create_private_directory(&file.folder).unwrap();
        fs::write(file.path(), b"\0\0garbage").unwrap();
        assert!(matches!(file.read(), Err(ReadError::Broken(_))));
        let kept = file.set_aside("corrupt").unwrap();
        assert!(kept.ends_with(format!("default.json.corrupt-{n}")));
        assert_eq!(fs::read(kept).unwrap(), b"\0\0garbage");
        assert!(file.read().unwrap().is_none());
    }
}

#[test]
fn a_folder_or_a_giant_in_place_of_the_file_is_broken_not_a_crash() {
    let (_home, file) = folder();
    fs::create_dir_all(file.path()).unwrap();
    assert!(matches!(file.read(), Err(ReadError::Broken(_))));
    fs::remove_dir(file.path()).unwrap();
    fs::File::create(file.path())
        .unwrap()
        .set_len(LARGEST + 1)
        .unwrap();
    assert!(matches!(file.read(), Err(ReadError::Broken(_))));
}

#[test]
fn removing_twice_is_fine() {
    let (_home, file) = folder();
    file.write(&record(1)).unwrap();
    file.remove().unwrap();
    file.remove().unwrap();
    assert!(file.read().unwrap().is_none());
}

#[tokio::test]
async fn the_lock_is_exclusive_until_dropped() {
    let (_home, file) = folder();
    let first = file.lock().await.unwrap();
    let second = tokio::spawn({
        let file = file.clone();
        async move { file.lock().await.unwrap() }
    });
    tokio::task::yield_now().await;
    assert!(!second.is_finished());
    drop(first);
    assert!(second.await.unwrap().is_some());
}

#[tokio::test]
async fn a_broken_file_is_left_to_the_process_that_holds_the_lock() {
    let (home, file) = folder();
    let provider = "preset = 'oidc'\nissuer = 'https://as.example/'\nclient_id = 'tv'";
    let client = toml::from_str::<crate::config::Provider>(provider)
        .unwrap()
        .client()
        .unwrap();
    let accounts = Accounts::new(&home.path().join("vestibule"), &home.path().join("cache"));
    let restore = || Session::restore(&accounts, &client, "default").unwrap();
    file.write(&record(1)).unwrap();
    fs::write(file.path(), "{").unwrap();
    let other = file.lock().await.unwrap();
    let AccountState::Broken { file: kept, .. } = restore() else {
        panic!("not broken");
    };
    assert_eq!(kept, file.path());
    assert!(kept.exists());
    drop(other);
    let AccountState::Broken { file: kept, .. } = restore() else {
        panic!("not broken");
    };
    assert!(kept.ends_with("default.json.corrupt-1"));
    assert!(matches!(restore(), AccountState::SignedOut));
}

#[test]
fn an_account_that_could_not_be_read_again_is_not_written() {
    let (_home, file) = folder();
    let mut giant = record(1);
    let text = "x".repeat(usize::try_from(LARGEST).unwrap());
    let _ = giant.claims.insert("picture".to_owned(), text.into());
    assert!(file.write(&giant).is_err());
    assert!(file.read().unwrap().is_none());
}

#[test]
fn sweeping_takes_our_left_overs_only() {
    let (_home, file) = folder();
    file.write(&record(1)).unwrap();
    let theirs = file.folder.join(".other.json.abc.tmp");
    fs::write(&theirs, "x").unwrap();
    let ours = file.folder.join(".default.json.abc.tmp");
    fs::write(&ours, "x").unwrap();
    file.sweep();
    assert!(theirs.exists() && !ours.exists() && file.path().exists());
}

#[test]
fn profiles_are_listed_by_name_and_odd_files_are_not() {
    let (home, file) = folder();
    file.write(&record(1)).unwrap();
    let accounts = Accounts::new(&home.path().join("vestibule"), &home.path().join("cache"));
    accounts.account_file("anna").write(&record(1)).unwrap();
    let _ = file.set_aside("corrupt").unwrap();
    fs::write(file.folder.join(".hidden.json"), "").unwrap();
    assert_eq!(accounts.profiles(), ["anna"]);
}

#[test]
fn a_profile_cannot_leave_its_folder() {
    for bad in ["", ".", "..", "../x", "a/b", "-x", ".x", "a b", "ä", "a\0"] {
        assert!(profile_name(bad).is_err(), "{bad:?}");
    }
    assert!(profile_name(&"x".repeat(65)).is_err());
    assert_eq!(profile_name("living-room_2.b").unwrap(), "living-room_2.b");
}

#[test]
fn sweeping_leaves_a_profile_whose_name_begins_alike() {
    let (home, file) = folder();
    file.write(&record(1)).unwrap();
    let alike = Accounts::new(&home.path().join("vestibule"), &home.path().join("cache"))
        .account_file("default.json");
    let theirs = file
        .folder
        .join(format!("{}Ab3dE6.tmp", alike.temporary_prefix()));
    fs::write(&theirs, "x").unwrap();
    file.sweep();
    assert!(theirs.exists());
    alike.sweep();
    assert!(!theirs.exists());
}

#[tokio::test]
async fn a_lock_file_that_was_removed_locks_nobody_out_and_nobody_in() {
    let (_home, file) = folder();
    let path = file.folder.join("default.lock");
    let first = file.lock().await.unwrap();
    let second = tokio::spawn({
        let file = file.clone();
        async move { file.lock().await.unwrap() }
    });
    tokio::task::yield_now().await;
    // Somebody cleans up, and a third process makes a lock file of its own.
    fs::remove_file(&path).unwrap();
    let third = file.lock().await.unwrap();
    drop(first);
    tokio::time::sleep(4 * LOCK_PAUSE).await;
    assert!(!second.is_finished(), "two would hold the lock");
    drop(third);
    assert!(second.await.unwrap().is_some());
}
