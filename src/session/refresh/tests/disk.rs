//! A disk that fails, before and after the token was spent.

use super::*;

#[tokio::test]
async fn a_file_that_broke_is_kept_aside_and_written_anew() {
    let b = device_with(Script::new([Ok(tokens(2))]));
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
    let b = device_with(Script::new([Ok(tokens(2))]));
    if !make_unwritable(&b.file) {
        // The superuser writes everywhere; a file where the folder belongs stops it too.
        let folder = b.file.path().parent().map(Path::to_owned).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::write(&folder, "").unwrap();
    }
    assert_eq!(secret(&b.session.access_token().await), "access-2");
    assert!(b.session.account().not_remembered.is_some());
}

#[tokio::test]
async fn a_process_that_ends_soon_spends_nothing_that_it_cannot_write() {
    let b = device_with(Script::new([]));
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
    let b = device_with(Script::new([]));
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
    let b = device_with(Script::new([Ok(tokens(2))]));
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
