//! Any OAuth 2.0 server, here one as Dex was: 401 for pending, no identity, nothing to revoke.

use device_flow::Reason;
use device_flow::Revocation;
use serde_json::json as value;

use super::replay::{Provider, error, is_over, some, text_of};
use testing::scripted_server::json;

async fn oauth2() -> Provider {
    let provider =
        Provider::start("preset = 'oauth2'\nscopes = ['tv']", &["device", "token"]).await;
    provider.stub.on(
        "/device",
        json(
            200,
            &value!({"device_code": "f00bar", "user_code": "HZNQ-BVTG", "verification_uri": "https://dex.example/device", "interval": 5,
                "expires_in": 300}),
        ),
    );
    provider
}

#[tokio::test]
async fn oauth2_signs_in_refreshes_and_signs_out() {
    let oauth2 = oauth2().await;
    let grant = oauth2
        .grant(&[
            error(401, "authorization_pending"),
            error(400, "slow_down"),
            json(
                200,
                &value!({"access_token": "at", "refresh_token": "rt", "token_type": "bearer"}),
            ),
        ])
        .await;
    assert_eq!(
        grant.polls,
        [("pending", 401, 6.0), ("slow_down", 400, 12.0)]
    );
    let tokens = grant.tokens();
    assert_eq!(oauth2.identity(tokens).await.subject, "");
    assert!(
        oauth2.client.issuer().ends_with("/token"),
        "accounts are told apart by the token endpoint"
    );
    let fresh = oauth2
        .refresh(tokens, json(200, &value!({"access_token": "at2"})))
        .await
        .unwrap();
    assert_eq!(text_of(fresh.refresh_token.as_ref()), None);
    assert!(is_over(
        oauth2.refresh(tokens, error(400, "invalid_grant")).await
    ));
    assert_eq!(oauth2.revoke(tokens).await, Revocation::NotOffered);
}

#[tokio::test]
async fn oauth2_ends_in_its_own_dialect() {
    let oauth2 = oauth2().await;
    for (status, code, reason) in [
        (400, "access_denied", Reason::Denied),
        (400, "expired_token", Reason::Expired),
        // Dex says this of a refusal, too.
        (400, "invalid_request", Reason::Rejected),
    ] {
        assert_eq!(
            oauth2.ending(error(status, code)).await,
            (reason, some(code))
        );
    }
}
