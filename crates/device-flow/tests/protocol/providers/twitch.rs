//! Twitch: the error stands in `message`, `scopes` go out and an array comes back, a refresh token works once.

use device_flow::Reason;
use device_flow::{Error, Revocation};
use serde_json::json as value;

use super::replay::{Provider, is_over, some, text_of};
use testing::scripted_server::{Says, json, text};

async fn twitch() -> Provider {
    let provider = Provider::start(
        "preset = 'twitch'\nscopes = ['openid', 'user:read:follows']",
        &["device", "token", "me", "revoke", "jwks"],
    )
    .await;
    provider.stub.on(
        "/device",
        json(
            200,
            &value!({"device_code": "ike3GM8Q", "expires_in": 1800, "interval": 5, "user_code": "ABCDEFGH",
                "verification_uri": "https://www.twitch.tv/activate?public=true&device-code=ABCDEFGH"}),
        ),
    );
    provider
}

fn refusal(status: u16, message: &str) -> Says {
    json(status, &value!({"status": status, "message": message}))
}

#[tokio::test]
async fn twitch_signs_in_refreshes_and_signs_out() {
    let twitch = twitch().await;
    twitch.stub.on("/me", json(200, &value!({"aud": "tv", "iss": "https://id.twitch.tv/oauth2", "sub": "713936733", "preferred_username": "ada"})));
    let grant = twitch
        .grant(&[
            refusal(400, "authorization_pending"),
            json(400, &value!({"error": "Bad Request", "status": 400, "message": "slow_down"})),
            json(
                200,
                &value!({"access_token": "fozfd", "expires_in": 14820, "refresh_token": "5b93c", "scope": ["openid", "user:read:follows"],
                    "token_type": "bearer"}),
            ),
        ])
        .await;
    assert_eq!(grant.code.user_code, "ABCDEFGH");
    assert!(grant.code.verification_uri.contains("device-code=ABCDEFGH"));
    assert_eq!(
        grant.polls,
        [("pending", 400, 6.0), ("slow_down", 400, 12.0)]
    );
    for path in ["/device", "/token"] {
        assert_eq!(
            twitch.sent(path, "scopes"),
            some("openid user:read:follows"),
            "{path}"
        );
        assert_eq!(twitch.sent(path, "scope"), None, "{path}");
    }
    let tokens = grant.tokens();
    assert_eq!(tokens.scopes.as_ref().unwrap().len(), 2);
    let identity = twitch.identity(tokens).await;
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("713936733", Some("ada"))
    );
    let fresh = twitch
        .refresh(tokens, json(200, &value!({"access_token": "1ssjq", "refresh_token": "eyJfa", "scope": ["openid"], "token_type": "bearer"})))
        .await
        .unwrap();
    assert_eq!(text_of(fresh.refresh_token.as_ref()), Some("eyJfa"));
    assert_eq!(
        twitch.sent("/token", "scopes"),
        None,
        "a refresh keeps what was granted"
    );
    // Presented a second time, or idle for 30 days.
    let spent = json(
        400,
        &value!({"error": "Bad Request", "status": 400, "message": "Invalid refresh token"}),
    );
    assert!(is_over(twitch.refresh(tokens, spent).await));
    let mistaken = refusal(403, "invalid client secret");
    assert!(!is_over(twitch.refresh(tokens, mistaken).await));
    twitch.stub.on("/revoke", text(200, "", ""));
    assert_eq!(twitch.revoke(tokens).await, Revocation::Revoked);
}

#[tokio::test]
async fn twitch_ends_in_its_own_dialect() {
    let twitch = twitch().await;
    for (status, message, code, reason) in [
        (400, "access_denied", "access_denied", Reason::Denied),
        (400, "expired_token", "expired_token", Reason::Expired),
        (
            400,
            "invalid device code",
            "invalid_grant",
            Reason::Rejected,
        ),
        (400, "invalid client", "invalid_client", Reason::Rejected),
    ] {
        let ending = twitch.ending(refusal(status, message)).await;
        assert_eq!(ending, (reason, some(code)), "{message}");
    }
}

#[tokio::test]
async fn twitchs_own_words_are_kept_for_who_looks_after_the_box() {
    let twitch = twitch().await;
    twitch
        .stub
        .on("/token", refusal(400, "Invalid refresh token"));
    let refused = twitch.client.refresh(&"rt".into(), None).await;
    let refused = refused.map_err(|failed| failed.error);
    assert!(
        matches!(&refused, Err(Error::OAuth { description, .. }) if description.as_deref() == Some("Invalid refresh token")),
        "{refused:?}"
    );
}
