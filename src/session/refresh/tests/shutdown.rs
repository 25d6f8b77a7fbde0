//! The end of the process.

use super::*;

#[tokio::test]
async fn no_refresh_begins_when_the_program_ends() {
    let b = device_with(Script::new([]));
    let mut asked = std::pin::pin!(b.session.access_token());
    // On this runtime of one thread the refresh is now spawned and has not run.
    assert!(futures::poll!(asked.as_mut()).is_pending());
    b.session.shut_down(Duration::from_secs(5)).await;
    assert!(matches!(asked.await, Err(Error::Refresh(_))));
    assert!(b.server.shown().is_empty());
    assert!(on_disk(&b.file).same_tokens(&record(1)));
}

#[tokio::test(start_paused = true)]
async fn the_end_waits_for_the_slowest_answer_there_may_be() {
    assert!(
        SHUTDOWN_LIMIT > device_flow::REFRESH_LIMIT && SHUTDOWN_LIMIT < Duration::from_secs(90)
    );
    let b = device_with(Script {
        delay: device_flow::REFRESH_LIMIT,
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
    let b = device_with(Script::new([]));
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
    let b = device_with(Script::new([Ok(tokens(2))]));
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

#[tokio::test]
async fn tokens_that_cannot_be_kept_are_given_back_unless_an_older_session_could_end_with_them() {
    let b = device_with(Script::new([]));
    let unsaved = Some("no space left".to_owned());
    let new = Session::begun(b.server.clone(), b.file.clone(), record(7), unsaved.clone());
    assert_eq!(new.give_back().await, Some(Revocation::Revoked));
    assert_eq!(*b.server.revoked.lock().unwrap(), ["refresh-7", "access-7"]);
    assert!(on_disk(&b.file).same_tokens(&record(1)), "the older stays");
    assert!(matches!(new.access_token().await, Err(Error::Ended(_))));

    let b = device_with(Script {
        reaches_far: true,
        ..Script::new([])
    });
    let new = Session::begun(b.server.clone(), b.file.clone(), record(7), unsaved);
    assert_eq!(new.give_back().await, None);
    assert!(b.server.revoked.lock().unwrap().is_empty());
}
