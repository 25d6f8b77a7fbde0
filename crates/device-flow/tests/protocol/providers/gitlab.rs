//! GitLab: codes of five minutes with 0 and O in them, at times without a refresh token.

use device_flow::Reason;
use device_flow::Revocation;
use serde_json::json as value;

use super::replay::{Provider, error, is_over, some, text_of};
use testing::scripted_server::json;

async fn gitlab() -> Provider {
    let provider = Provider::start(
        "preset = 'gitlab'",
        &["device", "token", "me", "revoke", "jwks"],
    )
    .await;
    provider.stub.on(
        "/device",
        json(
            200,
            &value!({"device_code": "GmRhmhcxhwAzkoEqiMEg", "user_code": "0A44L90H", "expires_in": 300, "interval": 5,
                "verification_uri": "https://gitlab.com/oauth/device",
                "verification_uri_complete": "https://gitlab.com/oauth/device?user_code=0A44L90H"}),
        ),
    );
    provider
}

#[tokio::test]
async fn gitlab_signs_in_refreshes_and_signs_out() {
    let gitlab = gitlab().await;
    gitlab.stub.on(
        "/me",
        json(
            200,
            &value!({"sub": "ada", "name": "Ada", "nickname": "ada"}),
        ),
    );
    let id_token = gitlab.id_token("https://gitlab.com", &value!({}));
    let tokens = value!({"access_token": "at", "token_type": "Bearer", "expires_in": 7200, "scope": "openid profile email",
        "created_at": 1593096829, "refresh_token": "rt", "id_token": id_token});
    let grant = gitlab
        .grant(&[
            error(400, "authorization_pending"),
            error(400, "slow_down"),
            json(200, &tokens),
        ])
        .await;
    assert_eq!(
        (grant.code.user_code.as_str(), grant.life),
        ("0A44L90H", 300)
    );
    assert_eq!(
        grant.polls,
        [("pending", 400, 6.0), ("slow_down", 400, 12.0)]
    );
    // GitLab refuses scopes that it does not know, and it does not know offline_access.
    assert_eq!(
        gitlab.sent("/device", "scope"),
        some("openid profile email")
    );
    let tokens = grant.tokens();
    assert_eq!(gitlab.identity(tokens).await.name.as_deref(), Some("Ada"));
    let fresh = gitlab
        .refresh(
            tokens,
            json(
                200,
                &value!({"access_token": "at2", "refresh_token": "rt2", "expires_in": 7200}),
            ),
        )
        .await
        .unwrap();
    assert_eq!(text_of(fresh.refresh_token.as_ref()), Some("rt2"));
    assert!(is_over(
        gitlab.refresh(tokens, error(400, "invalid_grant")).await
    ));
    gitlab.stub.on("/revoke", json(200, &value!({})));
    assert_eq!(gitlab.revoke(tokens).await, Revocation::Revoked);
}

#[tokio::test]
async fn gitlab_may_grant_no_refresh_token() {
    let gitlab = gitlab().await;
    let grant = gitlab
        .grant(&[json(
            200,
            &value!({"access_token": "at", "token_type": "Bearer", "expires_in": 7200}),
        )])
        .await;
    assert!(grant.tokens().refresh_token.is_none());
}

#[tokio::test]
async fn gitlab_ends_in_its_own_dialect() {
    let gitlab = gitlab().await;
    for (status, code, reason) in [
        (400, "access_denied", Reason::Denied),
        (400, "expired_token", Reason::Expired),
        (401, "invalid_client", Reason::Rejected),
        (400, "invalid_grant", Reason::Rejected),
    ] {
        assert_eq!(
            gitlab.ending(error(status, code)).await,
            (reason, some(code))
        );
    }
}
