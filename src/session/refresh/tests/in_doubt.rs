//! A refresh whose answer never came in.

use super::*;

#[tokio::test]
async fn a_look_up_that_fails_leaves_no_doubt_since_nothing_was_presented() {
    let b = device_with(Script {
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
    let b = device_with(Script {
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
async fn a_token_is_known_to_be_in_doubt_before_it_is_presented_and_until_it_is_not() {
    let b = device_with(Script::new([Ok(tokens(2))]));
    let session = b.session.clone();
    let refresh = tokio::spawn(async move { session.access_token().await });
    while b.server.shown().is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(on_disk(&b.file).refresh_begun_at.is_some());
    let _ = refresh.await.unwrap().unwrap();
    assert_eq!(on_disk(&b.file).refresh_begun_at, None);
    let refused = device_flow::Error::OAuth {
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
            device_flow::Error::Unexpected {
                status: 200,
                detail: "no token".to_owned(),
                is_page: false,
            },
            true,
        ),
    ] {
        let b = device_with(Script::new([Err(error.clone())]));
        let _ = b.session.access_token().await.unwrap_err();
        assert_eq!(
            on_disk(&b.file).refresh_begun_at.is_some(),
            in_doubt,
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn after_a_restart_what_is_in_doubt_is_tried_at_once_or_not_before_it_must() {
    let soon = device_cut_off(Script::new([Ok(tokens(2))]), 3);
    assert_eq!(secret(&soon.session.access_token().await), "access-2");
    assert_eq!(on_disk(&soon.file).refresh_begun_at, None);

    // No server forgives for an hour: the token would look stolen, and end the one in hand.
    let late = device_cut_off(Script::new([Ok(tokens(2))]), 3600);
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
    let b = device_cut_off(Script::new([]), 3600);
    let mut mine = on_disk(&b.file);
    mine.refresh_begun_at = None;
    // This one was started before and thinks that a refresh is due.
    mine.access_token_issued_at = 1;
    let session = Session::restored(b.server.clone(), b.file.clone(), mine);
    assert_eq!(secret(&session.access_token().await), "access-1");
    assert!(b.server.shown().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_comes_alone_is_kept_and_used_next() {
    let alone = TokenSet {
        access_token: SecretString::default(),
        expires_in: Some(Duration::ZERO),
        ..tokens(2)
    };
    let b = device_with(Script::new([Ok(alone), Ok(tokens(3))]));
    let failed = b.session.access_token().await.unwrap_err();
    assert!(failed.to_string().contains("access_token"), "{failed}");
    assert_eq!(on_disk(&b.file).refresh_begun_at, None);
    let deadline = tokio::time::Instant::now() + Duration::from_secs(600);
    let next = loop {
        match b.session.access_token().await {
            Ok(token) => break token,
            Err(_) if tokio::time::Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(secret(&Ok(next)), "access-3");
    assert_eq!(b.server.shown(), ["refresh-1", "refresh-2"]);
}
