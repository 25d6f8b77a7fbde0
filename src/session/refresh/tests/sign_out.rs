//! Signing out.

use super::*;

#[tokio::test]
async fn sign_out_revokes_the_newest_tokens_and_forgets() {
    let b = device_with(Script::new([]));
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
    let b = device_with(Script::new([]));
    let cache = b.session.cache_dir().unwrap();
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
async fn a_sign_out_here_is_told_by_itself_alone() {
    let b = device_with_fresh_token();
    let _ = b.session.sign_out().await;
    let day = Duration::from_secs(86_400);
    let told = tokio::time::timeout(day, b.session.keep_fresh(std::time::Duration::ZERO)).await;
    assert!(told.is_err(), "{told:?}");
}

#[tokio::test]
async fn a_sign_out_takes_along_what_had_been_kept_aside() {
    let b = device_with_fresh_token();
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
