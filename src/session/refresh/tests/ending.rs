//! What ends a session, and what does not.

use super::*;

#[tokio::test]
async fn b28_nothing_but_invalid_grant_ends_a_session() {
    for error in [
        offline(),
        device_flow::Error::OAuth {
            status: 401,
            code: "invalid_client".to_owned(),
            description: None,
        },
        device_flow::Error::Unexpected {
            status: 400,
            detail: "no body".to_owned(),
            is_page: false,
        },
        device_flow::Error::Unexpected {
            status: 500,
            detail: "HTML".to_owned(),
            is_page: true,
        },
    ] {
        let b = device_with(Script::new([Err(error.clone())]));
        assert_eq!(
            b.session.access_token().await.unwrap_err(),
            Error::Refresh(error)
        );
        assert!(on_disk(&b.file).same_tokens(&record(1)));
    }
    let b = device_with(Script::new([Err(invalid_grant())]));
    assert!(matches!(
        b.session.access_token().await,
        Err(Error::Ended(_))
    ));
    assert!(b.file.read().unwrap().is_none());
}

#[tokio::test]
async fn the_previous_token_is_tried_once_and_only_after_invalid_grant() {
    let b = device_with(Script::new([Err(invalid_grant()), Ok(tokens(3))]));
    b.session.shared().state().record.previous_refresh_token = Some("refresh-0".into());
    assert_eq!(secret(&b.session.access_token().await), "access-3");
    assert_eq!(b.server.shown(), ["refresh-1", "refresh-0"]);

    let b = device_with(Script::new([Err(offline())]));
    b.session.shared().state().record.previous_refresh_token = Some("refresh-0".into());
    assert!(b.session.access_token().await.is_err());
    assert_eq!(b.server.shown(), ["refresh-1"]);
}

#[tokio::test]
async fn a_sign_out_elsewhere_ends_it_here_without_a_request() {
    let b = device_with(Script::new([]));
    b.file.remove().unwrap();
    assert!(matches!(
        b.session.access_token().await,
        Err(Error::Ended(_))
    ));
}

#[tokio::test]
async fn a_sign_out_that_did_not_wait_is_not_undone_by_the_refresh_it_overtook() {
    let (b, name) = device_with_key(Script::new([Ok(tokens(2))]));
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
        let (b, own_key) = device_with_key(Script::new([answer]));
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
    let b = device_with(Script {
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
        let b = device_with_fresh_token();
        let token = b.session.access_token().await.unwrap();
        end(&b.file);
        let asked = b.session.access_token().await;
        assert!(matches!(asked, Err(Error::Ended(_))), "{asked:?}");
        let after_401 = b.session.replace(&token).await;
        assert!(matches!(after_401, Err(Error::Ended(_))), "{after_401:?}");
        assert!(matches!(
            b.session.keep_fresh(std::time::Duration::ZERO).await,
            Error::Ended(_)
        ));
        // Nothing brings it back.
        b.file.write(&record(1)).unwrap();
        assert!(b.session.access_token().await.is_err());
        assert!(b.server.shown().is_empty() && b.server.revoked.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_same_person_who_signs_in_anew_elsewhere_and_a_file_that_breaks_end_nothing() {
    let b = device_with_fresh_token();
    let mut anew = record(2);
    anew.signed_in_at += 60;
    b.file.write(&anew).unwrap();
    assert!(b.session.access_token().await.is_ok());
    std::fs::write(b.file.path(), "{").unwrap();
    assert!(b.session.access_token().await.is_ok());
}

#[tokio::test]
async fn connections_with_a_token_in_their_buffers_close_when_the_account_is_found_gone() {
    let b = device_with_fresh_token();
    b.session.shared().confirm().unwrap();
    let closed = || b.server.closed.load(std::sync::atomic::Ordering::SeqCst);
    assert_eq!(closed(), 0);
    std::fs::remove_file(b.file.path()).unwrap();
    assert!(b.session.shared().confirm().is_err());
    assert_eq!(closed(), 1);
}
