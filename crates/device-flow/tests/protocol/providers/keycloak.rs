//! Keycloak: discovery at the realm, 400 for everything, a code that is gone with a lost answer.

use device_flow::Reason;
use device_flow::Revocation;
use serde_json::json as value;

use super::replay::{Provider, error, is_over, some, text_of};
use testing::scripted_server::{Stub, json, text};

async fn keycloak() -> (Provider, String) {
    let stub = Stub::start().await;
    let realm = format!("{}/realms/acme", stub.base);
    let base = stub.base.clone();
    stub.on(
        "/realms/acme/.well-known/openid-configuration",
        json(
            200,
            &value!({"issuer": realm, "device_authorization_endpoint": format!("{base}/device"), "token_endpoint": format!("{base}/token"),
                "userinfo_endpoint": format!("{base}/me"), "revocation_endpoint": format!("{base}/revoke"), "jwks_uri": format!("{base}/jwks"),
                "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_basic", "client_secret_post"]}),
        ),
    )
    .on(
        "/device",
        json(
            200,
            &value!({"device_code": "N6LRpPHf", "user_code": "AWHS-VVSM", "expires_in": 600, "interval": 5,
                "verification_uri": format!("{realm}/device"), "verification_uri_complete": format!("{realm}/device?user_code=AWHS-VVSM")}),
        ),
    );
    let lines = format!("preset = 'keycloak'\nissuer = '{realm}'");
    (Provider::with(stub, &lines, &[]), realm)
}

#[tokio::test]
async fn keycloak_signs_in_refreshes_and_signs_out() {
    let (keycloak, realm) = keycloak().await;
    keycloak.stub.on(
        "/me",
        json(200, &value!({"sub": "ada", "preferred_username": "ada"})),
    );
    let id_token = keycloak.id_token(&realm, &value!({"azp": "tv", "sid": "x"}));
    let grant = keycloak
        .grant(&[
            json(400, &value!({"error": "authorization_pending", "error_description": "The authorization request is still pending"})),
            json(400, &value!({"error": "slow_down", "error_description": "Slow down"})),
            json(
                200,
                &value!({"access_token": "at", "expires_in": 300, "refresh_expires_in": 0, "refresh_token": "rt", "token_type": "Bearer",
                    "id_token": id_token, "not-before-policy": 0, "session_state": "x", "scope": "openid offline_access"}),
            ),
        ])
        .await;
    assert_eq!(
        (grant.code.user_code.as_str(), grant.life),
        ("AWHS-VVSM", 600)
    );
    assert_eq!(
        grant.polls,
        [("pending", 400, 6.0), ("slow_down", 400, 12.0)]
    );
    let tokens = grant.tokens();
    assert_eq!(keycloak.identity(tokens).await.name.as_deref(), Some("ada"));
    let fresh = keycloak
        .refresh(
            tokens,
            json(
                200,
                &value!({"access_token": "at2", "refresh_token": "rt2", "expires_in": 300}),
            ),
        )
        .await
        .unwrap();
    assert_eq!(text_of(fresh.refresh_token.as_ref()), Some("rt2"));
    let over = json(
        400,
        &value!({"error": "invalid_grant", "error_description": "Token is not active"}),
    );
    assert!(is_over(keycloak.refresh(tokens, over).await));
    keycloak.stub.on("/revoke", text(200, "", ""));
    assert_eq!(keycloak.revoke(tokens).await, Revocation::Revoked);
}

#[tokio::test]
async fn keycloak_ends_in_its_own_dialect() {
    let (keycloak, _) = keycloak().await;
    for (code, reason) in [
        ("access_denied", Reason::Denied),
        ("expired_token", Reason::Expired),
        ("invalid_grant", Reason::Rejected),
        ("unauthorized_client", Reason::Rejected),
        ("invalid_client", Reason::Rejected),
    ] {
        assert_eq!(
            keycloak.ending(error(400, code)).await,
            (reason, some(code))
        );
    }
}

#[tokio::test]
async fn keycloak_behind_a_proxy_that_hides_its_document_is_found_all_the_same() {
    let stub = Stub::start().await;
    let realm = "/realms/acme/protocol/openid-connect";
    stub.on(
        &format!("{realm}/auth/device"),
        error(400, "unauthorized_client"),
    );
    let lines = format!("preset = 'keycloak'\nissuer = '{}/realms/acme'", stub.base);
    let keycloak = Provider::with(stub, &lines, &[]);
    let refused = keycloak.client.refresh(&"rt".into(), None).await;
    assert!(refused.is_err());
    assert_eq!(keycloak.stub.asked(&format!("{realm}/token")).len(), 1);
}
