//! Google: `verification_url`, 428 for pending, 403 for too fast, a secret in the form.

use device_flow::Progress;
use device_flow::Revocation;
use device_flow::{Reason, RetryLimit};
use serde_json::json as value;
use tempfile::TempDir;

use super::replay::{Provider, error, is_over, some, text_of};
use testing::scripted_server::json;

async fn google() -> (Provider, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "GOCSPX-x\n").unwrap();
    let lines = format!(
        "preset = 'google'\nclient_secret_file = '{}'",
        secret.display()
    );
    let provider = Provider::start(&lines, &["device", "token", "me", "revoke", "jwks"]).await;
    provider.stub.on(
        "/device",
        json(
            200,
            &value!({"device_code": "4/4-GMMhm", "user_code": "GQVQ-JKEC", "verification_url": "https://www.google.com/device",
                "expires_in": 1800, "interval": 5}),
        ),
    );
    (provider, folder)
}

#[tokio::test]
async fn google_signs_in_refreshes_and_signs_out() {
    let (google, _folder) = google().await;
    google.stub.on(
        "/me",
        json(
            200,
            &value!({"sub": "ada", "name": "Ada", "picture": "https://lh3.example/p"}),
        ),
    );
    let id_token = google.id_token("accounts.google.com", &value!({}));
    let grant = google
        .grant(&[
            json(428, &value!({"error": "authorization_pending", "error_description": "Precondition Required"})),
            json(403, &value!({"error": "slow_down", "error_description": "Forbidden"})),
            json(
                200,
                &value!({"access_token": "ya29.at", "expires_in": 3920, "refresh_token": "1//rt", "id_token": id_token,
                    "scope": "openid https://www.googleapis.com/auth/userinfo.profile", "token_type": "Bearer"}),
            ),
        ])
        .await;
    assert_eq!(grant.code.verification_uri, "https://www.google.com/device");
    assert_eq!(grant.code.verification_uri_complete, None);
    assert_eq!(
        grant.polls,
        [("pending", 428, 6.0), ("slow_down", 403, 12.0)]
    );
    for path in ["/device", "/token"] {
        assert_eq!(google.sent(path, "client_secret"), some("GOCSPX-x"));
    }
    assert_eq!(
        google.sent("/device", "scope"),
        some("openid profile email")
    );
    let tokens = grant.tokens();
    let identity = google.identity(tokens).await;
    assert_eq!(
        (identity.subject.as_str(), identity.name.as_deref()),
        ("ada", Some("Ada"))
    );
    let fresh = google
        .refresh(
            tokens,
            json(
                200,
                &value!({"access_token": "ya29.2", "expires_in": 3599, "token_type": "Bearer"}),
            ),
        )
        .await
        .unwrap();
    assert_eq!(text_of(fresh.refresh_token.as_ref()), None, "no rotation");
    let revoked = json(
        400,
        &value!({"error": "invalid_grant", "error_description": "Token has been expired or revoked."}),
    );
    assert!(is_over(google.refresh(tokens, revoked).await));
    google.stub.on("/revoke", json(200, &value!({})));
    assert_eq!(google.revoke(tokens).await, Revocation::Revoked);
}

#[tokio::test]
async fn google_ends_in_its_own_dialect() {
    let (google, _folder) = google().await;
    for (status, code, reason) in [
        (403, "access_denied", Reason::Denied),
        (400, "expired_token", Reason::Expired),
        (401, "invalid_client", Reason::Rejected),
        (400, "unsupported_grant_type", Reason::Rejected),
    ] {
        assert_eq!(
            google.ending(error(status, code)).await,
            (reason, some(code))
        );
    }
}

#[tokio::test]
async fn googles_quota_of_codes_is_a_reason_to_wait() {
    let (google, _folder) = google().await;
    let quota = json(403, &value!({"error_code": "rate_limit_exceeded"}));
    google.stub.forget("/device").on("/device", quota);
    let mut events = google.client.device_grant(RetryLimit::Forever);
    let _ = events.next().await;
    assert!(matches!(
        events.next().await,
        Some(Progress::RequestFailed { .. })
    ));
}
