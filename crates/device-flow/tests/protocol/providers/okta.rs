//! Okta: 400 for everything, a code without a dash, an authorization server of one's own.

use device_flow::Reason;
use device_flow::Revocation;
use serde_json::json as value;

use super::replay::{Provider, error, is_over, some, text_of};
use testing::scripted_server::{json, text};

const ISSUER: &str = "https://acme.okta.com/oauth2/default";

async fn okta() -> Provider {
    let provider = Provider::start(
        &format!("preset = 'okta'\nissuer = '{ISSUER}'"),
        &["device", "token", "me", "revoke", "jwks"],
    )
    .await;
    provider.stub.on(
        "/device",
        json(
            200,
            &value!({"device_code": "1a52", "user_code": "MHXTFRPK", "interval": 5, "expires_in": 600,
                "verification_uri": "https://acme.okta.com/activate",
                "verification_uri_complete": "https://acme.okta.com/activate?user_code=MHXTFRPK"}),
        ),
    );
    provider
}

#[tokio::test]
async fn okta_signs_in_refreshes_and_signs_out() {
    let okta = okta().await;
    okta.stub
        .on("/me", json(200, &value!({"sub": "ada", "name": "Ada"})));
    let id_token = okta.id_token(ISSUER, &value!({}));
    let grant = okta
        .grant(&[
            error(400, "authorization_pending"),
            error(400, "slow_down"),
            json(
                200,
                &value!({"access_token": "at", "refresh_token": "rt", "id_token": id_token, "token_type": "Bearer",
                    "expires_in": 3600, "scope": "openid profile offline_access"}),
            ),
        ])
        .await;
    assert_eq!(
        (grant.code.user_code.as_str(), grant.life),
        ("MHXTFRPK", 600)
    );
    assert_eq!(
        grant.polls,
        [("pending", 400, 6.0), ("slow_down", 400, 12.0)]
    );
    let tokens = grant.tokens();
    assert_eq!(okta.identity(tokens).await.name.as_deref(), Some("Ada"));
    let fresh = okta
        .refresh(
            tokens,
            json(
                200,
                &value!({"access_token": "at2", "token_type": "Bearer", "expires_in": 3600}),
            ),
        )
        .await
        .unwrap();
    assert_eq!(
        text_of(fresh.refresh_token.as_ref()),
        None,
        "the old one stays"
    );
    assert!(is_over(
        okta.refresh(tokens, error(400, "invalid_grant")).await
    ));
    okta.stub.on("/revoke", text(200, "", ""));
    assert_eq!(okta.revoke(tokens).await, Revocation::Revoked);
    let hints = okta.stub.asked("/revoke").into_iter();
    let hints: Vec<_> = hints
        .map(|asked| asked.map()["token_type_hint"].to_owned())
        .collect();
    assert_eq!(hints, ["refresh_token", "access_token"]);
}

#[tokio::test]
async fn okta_ends_in_its_own_dialect() {
    let okta = okta().await;
    for (code, reason) in [
        ("access_denied", Reason::Denied),
        ("expired_token", Reason::Expired),
        ("unauthorized_client", Reason::Rejected),
    ] {
        assert_eq!(okta.ending(error(400, code)).await, (reason, some(code)));
    }
}

#[tokio::test]
async fn okta_takes_a_secret_by_basic() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "s").unwrap();
    let lines = format!(
        "preset = 'okta'\ndomain = 'acme.okta.com'\nclient_secret_file = '{}'",
        secret.display()
    );
    let okta = Provider::start(&lines, &["device", "token"]).await;
    okta.stub.on("/token", error(400, "invalid_grant"));
    let _ = okta.client.refresh(&"rt".into(), None).await;
    let (asked, form) = okta.last("/token");
    assert_eq!(asked.authorization.as_deref(), Some("Basic dHY6cw=="));
    assert!(
        form.iter().all(|(name, _)| !name.starts_with("client_")),
        "{form:?}"
    );
}
