//! Auth0: statuses 403 and 429, `expired_token` once, never a secret.

use device_flow::Reason;
use device_flow::Revocation;
use serde_json::json as value;

use super::replay::{Provider, error, is_over, some, text_of};
use testing::scripted_server::{json, text};

const ISSUER: &str = "https://acme.eu.auth0.com/";

async fn auth0() -> Provider {
    let provider = Provider::start(
        "preset = 'auth0'\ndomain = 'acme.eu.auth0.com'\naudience = 'https://api.acme.tv/'",
        &["device", "token", "me", "revoke", "jwks"],
    )
    .await;
    provider.stub.on(
        "/device",
        json(
            200,
            &value!({"device_code": "Ag_EE", "user_code": "QTZL-MCBW", "expires_in": 900, "interval": 5,
                "verification_uri": "https://acme.eu.auth0.com/activate",
                "verification_uri_complete": "https://acme.eu.auth0.com/activate?user_code=QTZL-MCBW"}),
        ),
    );
    provider
}

#[tokio::test]
async fn auth0_signs_in_refreshes_and_signs_out() {
    let auth0 = auth0().await;
    let id_token = auth0.id_token(
        ISSUER,
        &value!({"name": "Ada", "https://acme.tv/plan": "gold"}),
    );
    auth0
        .stub
        .on("/me", json(429, &value!({"error": "too_many_requests"})));
    let grant = auth0
        .grant(&[
            error(403, "authorization_pending"),
            json(
                429,
                &value!({"error": "slow_down",
                    "error_description": "You are polling faster than the specified interval of 5 seconds."}),
            ),
            // The global rate limit has a body of its own.
            json(429, &value!({"statusCode": 429, "error": "Too Many Requests", "message": "Global limit has been reached"}))
                .with("retry-after", "20"),
            json(
                200,
                &value!({"access_token": "at", "refresh_token": "rt", "id_token": id_token, "token_type": "Bearer",
                    "expires_in": 86400}),
            ),
        ])
        .await;
    assert_eq!(
        (grant.code.user_code.as_str(), grant.life),
        ("QTZL-MCBW", 900)
    );
    assert!(
        grant
            .code
            .verification_uri_complete
            .unwrap()
            .ends_with("?user_code=QTZL-MCBW")
    );
    assert_eq!(
        grant.polls,
        [
            ("pending", 403, 6.0),
            ("slow_down", 429, 12.0),
            ("slow_down", 429, 24.0)
        ]
    );
    let tokens = grant.end.as_ref().unwrap();
    assert_eq!(
        auth0.sent("/device", "audience"),
        some("https://api.acme.tv/")
    );
    assert_eq!(
        auth0.sent("/device", "scope"),
        some("openid profile email offline_access")
    );
    let identity = auth0.identity(tokens).await;
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("ada", Some("Ada"))
    );
    assert_eq!(identity.claims["https://acme.tv/plan"], "gold");

    let fresh = auth0
        .refresh(
            tokens,
            json(200, &value!({"access_token": "at2", "refresh_token": "rt2", "expires_in": 86400, "scope": "openid"})),
        )
        .await
        .unwrap();
    assert_eq!(text_of(fresh.refresh_token.as_ref()), Some("rt2"));
    let reused = json(
        403,
        &value!({"error": "invalid_grant", "error_description": "Unknown or invalid refresh token."}),
    );
    assert!(is_over(auth0.refresh(tokens, reused).await));
    assert!(!is_over(
        auth0.refresh(tokens, error(429, "too_many_requests")).await
    ));

    auth0.stub.on("/revoke", text(200, "", ""));
    assert_eq!(auth0.revoke(tokens).await, Revocation::Revoked);
    for path in ["/device", "/token", "/revoke"] {
        for asked in auth0.stub.asked(path) {
            assert!(!asked.map().contains_key("client_secret") && asked.authorization.is_none());
        }
    }
}

#[tokio::test]
async fn auth0_ends_in_its_own_dialect() {
    let auth0 = auth0().await;
    for (code, reason) in [
        ("access_denied", Reason::Denied),
        ("expired_token", Reason::Expired),
        ("unauthorized_client", Reason::Rejected),
        // Said of a code that is unknown, and after the one `expired_token`.
        ("invalid_grant", Reason::Rejected),
    ] {
        assert_eq!(auth0.ending(error(403, code)).await, (reason, some(code)));
    }
}
