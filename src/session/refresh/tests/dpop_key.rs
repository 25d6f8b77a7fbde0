//! The DPoP key of an account through refreshes.

use super::*;

#[tokio::test]
async fn the_accounts_key_goes_along_and_survives_restart_and_rotation() {
    let (b, name) = device_with_key(Script::new([
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
    let (b, _) = device_with_key(Script::new([]));
    let secret = on_disk(&b.file).key.unwrap().pkcs8().clone();
    let text = std::fs::read_to_string(b.file.path()).unwrap();
    assert!(text.contains("access-1"));
    assert!(!text.contains(reveal(&secret)));
    assert!(!format!("{:?}", b.session).contains(reveal(&secret)));
}

#[tokio::test]
async fn a_lost_key_leaves_it_to_the_server_to_end_the_session() {
    let (b, name) = device_with_key(Script::new([Err(offline()), Err(invalid_grant())]));
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
    let (b, name) = device_with_key(Script::new([Ok(tokens(2))]));
    b.file.keys().remove(&name);
    let _ = b.session.access_token().await.unwrap();
    assert_eq!(on_disk(&b.file).key.unwrap().thumbprint(), name);
}

#[tokio::test]
async fn the_key_goes_with_the_session() {
    let (b, name) = device_with_key(Script::new([]));
    let _ = b.session.sign_out().await;
    assert!(b.file.keys().read(&name).unwrap().is_none());
    let (b, name) = device_with_key(Script::new([Err(invalid_grant())]));
    let _ = b.session.access_token().await.unwrap_err();
    assert!(b.file.keys().read(&name).unwrap().is_none());
}

#[tokio::test]
async fn refused_proofs_and_nonces_end_nothing() {
    let clock = device_flow::Error::OAuth {
        status: 400,
        code: "invalid_dpop_proof".to_owned(),
        description: None,
    };
    let (b, name) = device_with_key(Script::new([Err(clock.clone())]));
    let failed = b.session.access_token().await.unwrap_err();
    assert_eq!(failed, Error::Refresh(clock));
    assert_eq!(on_disk(&b.file).key.unwrap().thumbprint(), name);
}
