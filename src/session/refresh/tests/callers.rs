//! Who gets which token: many callers, one refresh.

use super::*;

#[tokio::test]
async fn b27_many_callers_share_one_refresh() {
    let b = device_with(Script::new([Ok(tokens(2))]));
    let all = futures::future::join_all((0..20).map(|_| b.session.access_token())).await;
    assert!(all.iter().all(|token| secret(token) == "access-2"));
    assert_eq!(b.server.shown(), ["refresh-1"]);
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
}

#[tokio::test]
async fn many_callers_share_one_failure() {
    let b = device_with(Script::new([Err(offline())]));
    let all = futures::future::join_all((0..20).map(|_| b.session.access_token())).await;
    assert!(all.iter().all(Result::is_err));
    assert_eq!(b.server.shown().len(), 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_lose_the_answer() {
    let b = device_with(Script::new([Ok(tokens(2))]));
    tokio::select! {
        biased;
        _ = b.session.access_token() => panic!("too soon"),
        () = async { while b.server.shown().is_empty() { tokio::task::yield_now().await } } => {}
    }
    b.session.shut_down(Duration::from_secs(5)).await;
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
}

#[tokio::test]
async fn tokens_of_another_process_are_taken_over_without_a_refresh() {
    let b = device_with(Script::new([]));
    b.file
        .write(&record(1).refreshed(tokens(5), SystemTime::now()))
        .unwrap();
    assert_eq!(secret(&b.session.access_token().await), "access-5");
    assert!(b.server.shown().is_empty());
}

#[tokio::test]
async fn an_answer_that_was_cut_off_is_asked_for_again_at_once() {
    let cut_off = || device_flow::Error::network(NetworkFailure::Interrupted, "test".to_owned());
    let b = device_with(Script::new([Err(cut_off()), Ok(tokens(2))]));
    assert_eq!(secret(&b.session.access_token().await), "access-2");
    assert_eq!(b.server.shown(), ["refresh-1", "refresh-1"]);
    let b = device_with(Script::new([Err(cut_off()), Err(cut_off())]));
    assert!(b.session.access_token().await.is_err());
    assert_eq!(b.server.shown().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn who_has_a_good_token_does_not_wait_for_a_slow_refresh() {
    let slow = Script {
        delay: Duration::from_secs(40),
        ..Script::new([Ok(tokens(2))])
    };
    let b = device_cut_off(slow, 3);
    let started = tokio::time::Instant::now();
    assert_eq!(secret(&b.session.access_token().await), "access-1");
    assert!(started.elapsed() < Duration::from_secs(20));
    b.session.shut_down(SHUTDOWN_LIMIT).await;
    assert!(on_disk(&b.file).holds_access_token(&"access-2".into()));
}

#[tokio::test]
async fn a_look_at_the_session_spends_nothing_while_its_access_token_serves() {
    let b = device_cut_off(Script::new([]), 3);
    b.session.refresh_only_what_is_over();
    assert_eq!(secret(&b.session.access_token().await), "access-1");
    let b = device_with(Script::new([Ok(tokens(2))]));
    b.session.refresh_only_what_is_over();
    assert_eq!(secret(&b.session.access_token().await), "access-2");
}

#[tokio::test(start_paused = true)]
async fn the_keeper_refreshes_ahead_of_expiry_and_ends_with_the_session() {
    let b = device_with(Script::new([
        Ok(tokens(2)),
        Err(offline()),
        Ok(tokens(3)),
        // The newest, and then the one before.
        Err(invalid_grant()),
        Err(invalid_grant()),
    ]));
    let started = tokio::time::Instant::now();
    assert!(matches!(
        b.session.keep_fresh(std::time::Duration::ZERO).await,
        Error::Ended(_)
    ));
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
    // Two lives of an hour, each used to between 50 and 80 percent.
    let hours = started.elapsed().as_secs_f64() / 3600.0;
    assert!((1.0..1.7).contains(&hours), "{hours}");
}

#[tokio::test]
async fn a_token_of_an_unknown_type_is_over_and_one_refresh_heals_it() {
    let of_type = |n, token_type: &str| TokenSet {
        token_type: token_type.to_owned(),
        ..tokens(n)
    };
    let device = device_with(Script::new([
        Ok(of_type(2, "mac")),
        Ok(of_type(3, "N_A")),
        Ok(tokens(4)),
    ]));
    let refused = device.session.access_token().await.unwrap_err();
    assert!(matches!(refused, Error::Refresh(_)), "{refused:?}");
    assert!(refused.to_string().contains("mac"), "{refused}");
    // The server is left alone before it is asked again.
    assert_eq!(device.session.access_token().await.unwrap_err(), refused);
    assert_eq!(device.server.shown(), ["refresh-1"]);

    // As another process, or this one after its start, finds the session.
    for (n, is_good) in [(3, false), (4, true)] {
        let record = device.file.read().unwrap().unwrap();
        let session = Session::restored(device.server.clone(), device.file.clone(), *record);
        let token = session.access_token().await;
        assert_eq!(token.is_ok(), is_good, "{n}: {token:?}");
    }
    assert_eq!(
        device.server.shown(),
        ["refresh-1", "refresh-2", "refresh-3"]
    );
}
