//! Tokens that are taken back.

use super::*;

async fn revoke(client: &Client) -> Revocation {
    let tokens = tokens(None);
    let refresh = tokens.refresh_token.as_ref();
    client
        .revoke(refresh, Some(&tokens.access_token), Duration::from_secs(5))
        .await
}

#[tokio::test]
async fn both_tokens_are_revoked_the_refresh_token_first() {
    let stub = Stub::start().await;
    let client = client(&oauth2(&stub));
    for says in [
        text(200, "", ""),
        text(200, "text/html", ""),
        json(200, &value!(null)),
        json(200, &value!({})),
        json(
            400,
            &value!({"error": "invalid_request", "error_description": "token not found"}),
        ),
    ] {
        stub.forget("/revoke").on("/revoke", says.clone());
        assert_eq!(revoke(&client).await, Revocation::Revoked, "{says:?}");
    }
    let asked = stub.asked("/revoke");
    let sent: Vec<_> = asked[..2]
        .iter()
        .map(|asked| asked.map().into_iter().collect::<Vec<_>>())
        .collect();
    assert_eq!(
        sent,
        [
            [
                ("client_id", "tv"),
                ("token", "marker-refresh"),
                ("token_type_hint", "refresh_token")
            ],
            [
                ("client_id", "tv"),
                ("token", "marker-access"),
                ("token_type_hint", "access_token")
            ],
        ]
    );
}

#[tokio::test]
async fn a_server_that_wants_a_bearer_gets_one_once() {
    let stub = Stub::start().await;
    let client = client(&oauth2(&stub));
    stub.on("/revoke", text(401, "", ""))
        .on("/revoke", text(200, "", ""))
        .on("/revoke", text(403, "", ""));
    assert!(matches!(
        revoke(&client).await,
        Revocation::Failed(Error::Unexpected { status: 403, .. })
    ));
    let headers: Vec<_> = stub
        .asked("/revoke")
        .into_iter()
        .map(|asked| asked.authorization)
        .collect();
    let bearer = Some("Bearer marker-access".to_owned());
    assert_eq!(headers, [None, bearer.clone(), None, bearer]);
}

#[tokio::test]
async fn what_could_not_be_revoked_is_said() {
    let stub = Stub::start().await;
    stub.on(
        OPENID,
        json(200, &without(document(&stub.base), "revocation_endpoint")),
    );
    assert_eq!(revoke(&oidc(&stub, "")).await, Revocation::NotOffered);
    let client = client(&oauth2(&stub));
    for says in [
        text(400, "", ""),
        json(
            400,
            &value!({"error": "invalid_request", "error_description": "no client"}),
        ),
    ] {
        stub.forget("/revoke").on("/revoke", says.clone());
        let revoked = revoke(&client).await;
        assert!(
            matches!(revoked, Revocation::Failed(_)),
            "{says:?}: {revoked:?}"
        );
    }
    stub.forget("/revoke");
    let before = stub.asked("/revoke").len();
    stub.on("/revoke", text(500, "text/html", "<html>"));
    assert!(matches!(
        revoke(&client).await,
        Revocation::Failed(Error::Network(_))
    ));
    assert_eq!(
        stub.asked("/revoke").len() - before,
        2,
        "the access token is tried all the same"
    );
    stub.forget("/revoke")
        .on("/revoke", json(401, &value!({"error": "invalid_client"})));
    assert!(
        matches!(revoke(&client).await, Revocation::Failed(Error::OAuth { code, .. }) if code == "invalid_client")
    );
    // A listener that accepts and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let config = format!(
        "preset = 'oauth2'\nrevocation_endpoint = 'http://{}/'",
        silent.local_addr().unwrap()
    );
    let tokens = tokens(None);
    let slow = self::client(&config)
        .revoke(None, Some(&tokens.access_token), Duration::from_millis(200))
        .await;
    assert!(matches!(
        slow,
        Revocation::Failed(Error::Network(NetworkError {
            failure: NetworkFailure::Timeout,
            ..
        }))
    ));
}
